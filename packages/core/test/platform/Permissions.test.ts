import { assert, describe, it } from "@effect/vitest";
import { allows, GRANTS, MemberId, type PrincipalClaims, type Role, TenantId } from "../../src/index.ts";

const tenantId = TenantId.make("0195f000-0000-7000-8000-000000000002");
const amina = MemberId.make("0195f000-0000-7000-8000-000000000003");
const juma = MemberId.make("0195f000-0000-7000-8000-000000000004");

const staff = (role: Role): PrincipalClaims => ({ tenantId, actorId: "u-1", actorType: "user_account", roles: [role] });
const asMember = (memberId: MemberId): PrincipalClaims => ({
  tenantId,
  actorId: memberId,
  actorType: "member",
  roles: ["member"],
});

describe("what a principal may do", () => {
  it("a member books for itself, and for nobody else", () => {
    assert.isTrue(allows(asMember(amina), "booking:manage", amina));
    assert.isFalse(allows(asMember(amina), "booking:manage", juma));
    assert.isFalse(allows(asMember(amina), "booking:manage"));
  });

  it("staff who happen to bear a member's id are no member", () =>
    assert.isFalse(allows({ ...staff("member"), actorId: amina }, "booking:manage", amina)));

  it("the front desk checks people in and registers them, and does not change the timetable", () => {
    assert.isTrue(allows(staff("front_desk"), "booking:manage", juma));
    assert.isTrue(allows(staff("front_desk"), "member:manage"));
    assert.isFalse(allows(staff("front_desk"), "session:manage"));
  });

  it("a coach plans sessions, and does not register members", () => {
    assert.isTrue(allows(staff("coach"), "session:manage"));
    assert.isFalse(allows(staff("coach"), "member:manage"));
  });

  it("only the owner changes the tenant", () => {
    for (const role of Object.keys(GRANTS) as ReadonlyArray<Role>) {
      assert.strictEqual(allows(staff(role), "tenant:manage"), role === "owner");
    }
  });

  it("nobody may do anything without a role; a host and ZMOS itself may do everything", () => {
    assert.isFalse(allows({ ...staff("owner"), roles: [] }, "location:read"));
    assert.isTrue(allows({ ...staff("owner"), roles: [], actorType: "host" }, "tenant:manage"));
    assert.isTrue(allows({ ...staff("owner"), roles: [], actorType: "system" }, "tenant:manage"));
  });
});
