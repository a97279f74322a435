import { assert, describe, it } from "@effect/vitest";
import * as Result from "effect/Result";
import { RecurrenceRule } from "../../../src/moveos/index.ts";
import { at } from "../../support/Gym.ts";

const read = (text: string) => Result.getOrThrow(RecurrenceRule.read(text));
const written = (rule: RecurrenceRule.RecurrenceRule) => RecurrenceRule.write(rule);

describe("a recurrence rule", () => {
  it("is read however it is written, and written as RFC 5545 does", () =>
    assert.strictEqual(written(read("rrule:freq=weekly;byday=mo,th")), "FREQ=WEEKLY;BYDAY=MO,TH"));

  it("that ends before an instant has UNTIL, in UTC, a second before it, and counts no more", () => {
    const before = (text: string, instant: string) => written(RecurrenceRule.endingBefore(read(text), at(instant)));
    assert.strictEqual(before("FREQ=DAILY", "2026-03-29T07:00:00Z"), "FREQ=DAILY;UNTIL=20260329T065959Z");
    assert.strictEqual(before("FREQ=DAILY;COUNT=9", "2026-03-29T07:00:00Z"), "FREQ=DAILY;UNTIL=20260329T065959Z");
    assert.strictEqual(before("FREQ=DAILY", "2026-03-29T07:00:00.500Z"), "FREQ=DAILY;UNTIL=20260329T070000Z");
  });

  it("that ends earlier anyway stays so", () => {
    const ended = RecurrenceRule.endingBefore(read("FREQ=DAILY;UNTIL=20260301T000000Z"), at("2026-03-29T07:00:00Z"));
    assert.strictEqual(written(ended), "FREQ=DAILY;UNTIL=20260301T000000Z");
  });

  it("that counts has as many fewer left as there were; one that does not, stays", () => {
    assert.strictEqual(written(RecurrenceRule.after(read("FREQ=DAILY;COUNT=9"), 4)), "FREQ=DAILY;COUNT=5");
    assert.strictEqual(written(RecurrenceRule.after(read("FREQ=DAILY"), 4)), "FREQ=DAILY");
  });

  it("says what it takes instead, where it cannot be followed", () => {
    const refused = Result.getOrThrow(Result.flip(RecurrenceRule.read("FREQ=WEEKLY;UNTIL=20261231")));
    assert.strictEqual(
      refused.message,
      "The series cannot recur like that: UNTIL is an instant in UTC, like 20261231T225959Z.",
    );
  });
});
