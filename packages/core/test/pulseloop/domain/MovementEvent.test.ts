import { assert, describe, it } from "@effect/vitest";
import * as Schema from "effect/Schema";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import { LocationId, MemberId, MovementEventId, TenantId } from "../../../src/kernel/Ids.ts";
import { Instant } from "../../../src/kernel/Instant.ts";
import { MovementEvent, toWire } from "../../../src/pulseloop/domain/MovementEvent.ts";

const id = "018f2f3c-9c6d-7d3a-8a4e-5b6c7d8e9f00";
const imported: MovementEvent = {
  id: MovementEventId.make(id),
  tenantId: TenantId.make(id),
  memberId: MemberId.make(id),
  version: 2,
  isEnteredInError: false,
  type: "gym_checkin",
  occurredAt: { precision: "day", day: CivilDate.of("2026-03-07") },
  civilDate: CivilDate.of("2026-03-06"),
  source: "import",
  createdAt: Instant.make(1_772_900_000_123),
};
const checkedIn: MovementEvent = {
  ...imported,
  occurredAt: { precision: "instant", instant: Instant.make(1_772_800_000_000) },
  externalId: "door/7",
  locationId: LocationId.make(id),
  durationMinutes: 12.5,
  intensity: "vigorous",
};

describe("a fact on the wire", () => {
  it.each([
    ["on a day", imported],
    ["at an instant", checkedIn],
  ])("is what its schema encodes: %s", (_, event) => {
    assert.deepStrictEqual(toWire(event), Schema.encodeSync(MovementEvent)(event));
  });
});
