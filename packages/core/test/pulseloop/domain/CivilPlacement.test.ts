import { assert, describe, it } from "@effect/vitest";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import { zoneInForce } from "../../../src/platform/index.ts";
import { place } from "../../../src/pulseloop/domain/CivilPlacement.ts";
import { at } from "../../support/Gym.ts";

const dayOf = (iso: string, zones: Parameters<typeof place>[1], dayStartHours = 0) =>
  CivilDate.toIso(place({ precision: "instant", instant: at(iso) }, zones, dayStartHours).civilDate);

describe("a fact falls on the civil day", () => {
  const late = "2026-03-06T22:30:00Z";

  it("of its own zone, before its location's, its member's and its tenant's", () => {
    const all = { fact: "UTC", location: "Africa/Nairobi", member: "Asia/Tokyo", tenant: "Africa/Nairobi" };
    assert.strictEqual(dayOf(late, all), "2026-03-06");
    assert.strictEqual(dayOf(late, { ...all, fact: undefined }), "2026-03-07");
    assert.strictEqual(dayOf(late, { ...all, fact: undefined, location: "America/Lima" }), "2026-03-06");
    assert.strictEqual(dayOf(late, { member: "Asia/Tokyo", tenant: "UTC" }), "2026-03-07");
    assert.strictEqual(dayOf(late, { tenant: "UTC" }), "2026-03-06");
  });

  it("before, when it happens before the tenant's day starts", () => {
    assert.strictEqual(dayOf("2026-03-07T02:59:59Z", { tenant: "UTC" }, 3), "2026-03-06");
    assert.strictEqual(dayOf("2026-03-07T03:00:00Z", { tenant: "UTC" }, 3), "2026-03-07");
  });

  it("that it names itself, in no zone at all", () => {
    const day = CivilDate.of("2026-03-07");
    assert.deepStrictEqual(place({ precision: "day", day }, { tenant: "Asia/Tokyo" }, 5), { civilDate: day });
  });
});

describe("the zone in force for a member", () => {
  const zones = [
    { from: at("2026-03-01T00:00:00Z"), timezone: "Africa/Nairobi" },
    { from: at("2026-03-10T00:00:00Z"), timezone: "Europe/Vienna" },
  ];

  it("is the one that had begun", () => {
    assert.strictEqual(zoneInForce(zones, at("2026-03-09T23:59:59Z")), "Africa/Nairobi");
    assert.strictEqual(zoneInForce(zones, at("2026-03-10T00:00:00Z")), "Europe/Vienna");
    assert.strictEqual(zoneInForce(zones.toReversed(), at("2026-03-10T00:00:00Z")), "Europe/Vienna");
  });

  it("is the first one for all time before it", () =>
    assert.strictEqual(zoneInForce(zones, at("2019-01-01T00:00:00Z")), "Africa/Nairobi"));

  it("is none for a member without any", () => assert.isUndefined(zoneInForce([], at("2026-03-09T00:00:00Z"))));
});
