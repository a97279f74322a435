import { assert, describe, it } from "@effect/vitest";
import * as fc from "fast-check";
import { Instant, RoomId, SessionInstanceId, UserAccountId } from "../../../src/kernel/index.ts";
import { type ScheduledBlock, ScheduledBlocks } from "../../../src/moveos/index.ts";

const uuid = (n: number) => `0195f000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
const instructor = (n: number) => UserAccountId.make(uuid(1_000 + n));
const room = (n: number) => RoomId.make(uuid(2_000 + n));

const block = (
  n: number,
  startTime: number,
  endTime: number,
  holds: { readonly instructor?: number; readonly room?: number },
): ScheduledBlock => ({
  sessionInstanceId: SessionInstanceId.make(uuid(n)),
  startTime: Instant.make(startTime),
  endTime: Instant.make(endTime),
  ...(holds.instructor !== undefined && { instructorId: instructor(holds.instructor) }),
  ...(holds.room !== undefined && { roomId: room(holds.room) }),
});

const told = (kept: ReadonlyArray<ScheduledBlock>, wanted: ReadonlyArray<ScheduledBlock>) =>
  ScheduledBlocks.conflicts(kept, wanted).map(
    ({ resource, sessionInstanceId, wantedStartTime }) =>
      `${resource} ${Number.parseInt(sessionInstanceId.slice(-4), 16)} @${wantedStartTime}`,
  );

describe("what is in the way of a session", () => {
  const kept = [block(1, 100, 200, { instructor: 1, room: 1 })];

  it("overlaps by a moment at either end; what only touches does not", () => {
    assert.deepStrictEqual(told(kept, [block(2, 50, 100, { instructor: 1 })]), []);
    assert.deepStrictEqual(told(kept, [block(2, 50, 101, { instructor: 1 })]), ["instructor 1 @50"]);
    assert.deepStrictEqual(told(kept, [block(2, 199, 250, { instructor: 1 })]), ["instructor 1 @199"]);
    assert.deepStrictEqual(told(kept, [block(2, 200, 250, { instructor: 1 })]), []);
    assert.deepStrictEqual(told(kept, [block(2, 120, 130, { instructor: 1 })]), ["instructor 1 @120"]);
    assert.deepStrictEqual(told(kept, [block(2, 50, 250, { instructor: 1 })]), ["instructor 1 @50"]);
  });

  it("has the same instructor or the same room, and both are told", () => {
    assert.deepStrictEqual(told(kept, [block(2, 100, 200, { instructor: 1, room: 1 })]), [
      "instructor 1 @100",
      "room 1 @100",
    ]);
    assert.deepStrictEqual(told(kept, [block(2, 100, 200, { instructor: 2, room: 2 })]), []);
    assert.deepStrictEqual(told(kept, [block(2, 100, 200, {})]), []);
  });

  it("is never the session itself, wherever it was before", () =>
    assert.deepStrictEqual(told(kept, [block(1, 150, 250, { instructor: 1, room: 1 })]), []));

  it("may be another that is wanted at once", () =>
    assert.deepStrictEqual(told([], [block(1, 100, 200, { room: 1 }), block(2, 150, 250, { room: 1 })]), [
      "room 1 @150",
    ]));

  it("is not told of those that overlapped before", () => {
    const already = [...kept, block(3, 150, 180, { instructor: 1 })];
    assert.deepStrictEqual(told(already, [block(2, 300, 400, { instructor: 1 })]), []);
  });

  const drawn = (ids: number) =>
    fc
      .record({
        start: fc.integer({ min: 0, max: 60 }),
        lasts: fc.integer({ min: 1, max: 20 }),
        instructor: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
        room: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
      })
      .map(
        ({ start, lasts, instructor: who, room: where }) =>
          (n: number) =>
            block(ids + n, start, start + lasts, {
              ...(who !== undefined && { instructor: who }),
              ...(where !== undefined && { room: where }),
            }),
      );
  const many = (ids: number) =>
    fc.array(drawn(ids), { maxLength: 8 }).map((makers) => makers.map((make, index) => make(index)));

  it("is every pair that overlaps, of which one is wanted", () =>
    fc.assert(
      fc.property(many(1), many(100), (before, wanted) => {
        let pairs = 0;
        const all = [
          ...before.map((each) => ({ each, isWanted: false })),
          ...wanted.map((each) => ({ each, isWanted: true })),
        ];
        for (const [index, left] of all.entries()) {
          for (const right of all.slice(index + 1)) {
            if (!left.isWanted && !right.isWanted) continue;
            if (left.each.startTime >= right.each.endTime || right.each.startTime >= left.each.endTime) continue;
            if (left.each.instructorId !== undefined && left.each.instructorId === right.each.instructorId) pairs++;
            if (left.each.roomId !== undefined && left.each.roomId === right.each.roomId) pairs++;
          }
        }
        assert.strictEqual(ScheduledBlocks.conflicts(before, wanted).length, pairs);
      }),
    ));
});
