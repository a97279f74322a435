import { assert, describe, it } from "@effect/vitest";
import { MemberId, MovementEventId, TenantId } from "../../../src/kernel/index.ts";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import { admit, type MovementEvent, prevailing } from "../../../src/pulseloop/index.ts";
import { at } from "../../support/Gym.ts";

const fact = (more: Partial<MovementEvent> = {}): MovementEvent => ({
  id: MovementEventId.make("0195f000-0000-7000-8000-000000000001"),
  tenantId: TenantId.make("0195f000-0000-7000-8000-000000000002"),
  memberId: MemberId.make("0195f000-0000-7000-8000-000000000003"),
  version: 1,
  isEnteredInError: false,
  type: "home_workout",
  occurredAt: { precision: "instant", instant: at("2026-03-07T06:00:00Z") },
  civilDate: CivilDate.of("2026-03-07"),
  timezone: "Africa/Nairobi",
  durationMinutes: 30,
  source: "device",
  externalId: "watch-1",
  createdAt: at("2026-03-07T07:00:00Z"),
  ...more,
});

describe("a fact that is told", () => {
  it("is news the first time", () => assert.strictEqual(admit(fact(), [])._tag, "New"));

  it("is known when it is told again, whenever and under whatever id", () => {
    const again = fact({
      id: MovementEventId.make("0195f000-0000-7000-8000-000000000009"),
      createdAt: at("2026-04-01T00:00:00Z"),
    });
    const admission = admit(again, [fact()]);
    assert.strictEqual(admission._tag, "Known");
    assert.deepStrictEqual(admission._tag === "Known" && admission.event, fact());
  });

  it("is known although a later change of zone would place it on another day", () => {
    const moved = fact({ civilDate: CivilDate.of("2026-03-08"), timezone: "Pacific/Auckland" });
    assert.strictEqual(admit(moved, [fact()])._tag, "Known");
  });

  it.each([
    ["durationMinutes", { durationMinutes: 31 }],
    ["type", { type: "other" }],
    ["intensity", { intensity: "light" }],
    ["isEnteredInError", { isEnteredInError: true }],
    ["occurredAt", { occurredAt: { precision: "instant", instant: at("2026-03-07T06:00:00.001Z") } }],
  ] as const)("is refused when it says the same version with another %s", (field, more) => {
    const admission = admit(fact(more), [fact()]);
    assert.deepStrictEqual(admission._tag === "Conflict" && admission.conflict.fields, [field]);
  });

  it("corrects the fact when its version is higher, and keeps its id", () => {
    const correction = fact({
      id: MovementEventId.make("0195f000-0000-7000-8000-000000000009"),
      version: 2,
      durationMinutes: 45,
    });
    const admission = admit(correction, [fact()]);
    assert.deepStrictEqual(admission._tag === "New" && admission.event, { ...correction, id: fact().id });
  });

  it("is told which version would correct it, when it is refused", () => {
    const admission = admit(fact({ durationMinutes: 1 }), [fact(), fact({ version: 4 })]);
    assert.strictEqual(admission._tag === "Conflict" && admission.conflict.standingVersion, 4);
  });
});

describe("the version that stands", () => {
  it("is the highest, in whatever order they came", () => {
    const versions = [fact({ version: 2 }), fact({ version: 3 }), fact()];
    assert.strictEqual(prevailing(versions)?.version, 3);
    assert.strictEqual(prevailing(versions.toReversed())?.version, 3);
  });

  it("is one entered in error, whatever came after it", () => {
    const error = fact({ version: 2, isEnteredInError: true });
    assert.strictEqual(prevailing([error, fact({ version: 3 })]), error);
    assert.strictEqual(prevailing([fact({ version: 3 }), error]), error);
  });
});
