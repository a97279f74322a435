import { assert, describe, it } from "@effect/vitest";
import type { Booking, WaitlistEntry } from "../../../src/moveos/index.ts";
import { noticeFor, noticeOf } from "../../../src/moveos/domain/Notice.ts";
import { at } from "../../support/Gym.ts";
import { BookingId } from "../../../src/kernel/index.ts";

const bookingId = BookingId.make("0195f000-0000-7000-8000-000000000001");
const now = at("2026-03-06T12:00:00Z");
const given = { status: "cancelled", origin: "waitlist" } as Booking;

describe("what members are told by themselves", () => {
  it("a seat that is lost to a smaller room, but no cancellation of their own", () => {
    const cancelled = { _tag: "BookingCancelled", bookingId, at: now } as const;
    assert.strictEqual(noticeFor({ ...cancelled, because: "capacity_lowered" }), "moved_to_waitlist");
    assert.strictEqual(noticeFor({ ...cancelled, because: "session_cancelled" }), "session_cancelled");
    assert.strictEqual(noticeFor({ ...cancelled, because: "member" }), undefined);
  });

  it("nothing of joining a line, wherever in it", () => {
    const entry = { id: bookingId, priority: -1 } as WaitlistEntry;
    assert.strictEqual(noticeFor({ _tag: "WaitlistJoined", entry }), undefined);
  });

  it("that a session is off only if it is: who cancelled a seat just given is told nothing", () => {
    assert.strictEqual(noticeOf({ status: "scheduled" }, given, undefined), undefined);
    assert.strictEqual(noticeOf({ status: "cancelled" }, given, undefined), "session_cancelled");
  });

  it("that a session is off: also who had not come and who waited, but nobody whose seat others refilled or who got out of line", () => {
    const forgiven = { _tag: "PenaltyForgiven", bookingId, at: now } as const;
    assert.strictEqual(noticeFor({ ...forgiven, because: "session_cancelled" }), "session_cancelled");
    assert.strictEqual(noticeFor({ ...forgiven, because: "seat_refilled" }), undefined);
    const left = { _tag: "WaitlistLeft", entryId: bookingId, at: now } as const;
    assert.strictEqual(noticeFor({ ...left, because: "session_cancelled" }), "session_cancelled");
    assert.strictEqual(noticeFor({ ...left, because: "closed" }), undefined);
    const [missing, here] = [{ status: "no_show" } as Booking, { status: "checked_in" } as Booking];
    assert.strictEqual(noticeOf({ status: "cancelled" }, missing, undefined), "session_cancelled");
    assert.strictEqual(noticeOf({ status: "cancelled" }, here, undefined), undefined);
    const entry = (status: WaitlistEntry["status"]) => ({ status }) as WaitlistEntry;
    assert.strictEqual(noticeOf({ status: "cancelled" }, undefined, entry("closed")), "session_cancelled");
    assert.strictEqual(noticeOf({ status: "cancelled" }, undefined, entry("left")), undefined);
    assert.strictEqual(noticeOf({ status: "completed" }, undefined, entry("closed")), undefined);
  });
});
