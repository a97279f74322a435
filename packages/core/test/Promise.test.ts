import { assert, describe, it } from "@effect/vitest";
import { InvalidCommand, Zmos } from "../src/index.ts";
import { openZmos } from "../src/promise.ts";

const tomorrow = (): string => new Date(Date.now() + 86_400_000).toISOString();

const open = async () => {
  const zmos = await openZmos(Zmos.layerMemory);
  const tenant = await zmos.createTenant({ name: "Karura Runners", timezone: "Africa/Nairobi" });
  return { zmos, host: zmos.as({ tenantId: tenant.id, actorId: "host", actorType: "host", roles: [] }) };
};

describe("the doors of a host that does not use Effect", () => {
  it("take and give plain JSON", async () => {
    const { zmos, host } = await open();
    const location = await host.platform.createLocation({ name: "Karura", timezone: "Africa/Nairobi" });
    const run = await host.moveOs.createSessionType({
      name: "Run",
      category: "class",
      defaultDuration: 60,
      defaultCapacity: 9,
    });
    const session = await host.moveOs.scheduleSession({
      sessionTypeId: run.id,
      locationId: location.id,
      startTime: tomorrow(),
    });
    const member = await host.platform.registerMember({ firstName: "Amina", lastName: "Otieno" });
    const booking = await host.moveOs.bookSession({ memberId: member.id, sessionInstanceId: session.id });
    assert.strictEqual(booking.status, "booked");
    assert.match(booking.createdAt, /^\d{4}-\d\d-\d\dT.*Z$/);
    await zmos.close();
  });

  it("do what is due when the host says so", async () => {
    const { zmos } = await open();
    assert.strictEqual(await zmos.runDue(), 0);
    await zmos.close();
  });

  it("reject with typed errors, and with every field that is wrong", async () => {
    const { zmos, host } = await open();
    const refused = await host.platform
      .registerMember({ firstName: "", lastName: " x", email: "nobody" })
      .catch((error: unknown) => error);
    assert.instanceOf(refused, InvalidCommand);
    assert.deepStrictEqual(
      refused.errors.map(({ path }) => path),
      ["/firstName", "/lastName", "/email"],
    );
    await zmos.close();
  });

  it("do a command once under an idempotency key", async () => {
    const { zmos, host } = await open();
    const join = (firstName: string) =>
      host.platform.registerMember({ firstName, lastName: "Otieno" }, { idempotencyKey: "join-1" });
    const [one, same] = [await join("Amina"), await join("Amina")];
    assert.deepStrictEqual(one, same);
    assert.strictEqual((await host.platform.listMembers({})).items.length, 1);
    const other = await join("Juma").catch((error: unknown) => error);
    assert.propertyVal(other, "_tag", "IdempotencyKeyReused");
    await zmos.close();
  });
});
