import { assert, describe, it } from "@effect/vitest";
import * as Result from "effect/Result";
import * as fc from "fast-check";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import { BookingId } from "../../../src/kernel/Ids.ts";
import * as Ledger from "../../../src/moveos/domain/CreditLedger.ts";
import { at, day, lotId, memberId, membershipId, tenantId, uuid } from "../../support/Memberships.ts";

const account = { tenantId, memberId, membershipId };
const bookingId = BookingId.make(uuid(500));
const visit = { tenantId, memberId, bookingId, civilDate: day("2026-03-10") };
const MARCH_END = day("2026-03-31");
const credit: Ledger.Payment = { membershipId, credits: 1, lotId: lotId(1), expiresOn: MARCH_END, left: 3 };

const today = day("2026-03-10");
const held = Result.getOrThrow(Ledger.hold([], credit, visit, at(0)));
const spent = [...held, ...Result.getOrThrow(Ledger.consume(held, at(1)))];
const back = [...held, ...Result.getOrThrow(Ledger.release(held, today, at(1)))];

const tagOf = (result: Result.Result<unknown, { readonly _tag: string }>) =>
  Result.isFailure(result) ? result.failure._tag : undefined;

describe("a booking in the ledger", () => {
  it("holds a credit, and spends it when the member comes", () => {
    assert.strictEqual(Ledger.balance(held), -1);
    assert.strictEqual(Ledger.holdOf(held), "held");
    assert.strictEqual(Ledger.balance(spent), -1);
    assert.strictEqual(Ledger.holdOf(spent), "consumed");
  });

  it("gives the credit back to the lot it came from, with its last day", () => {
    assert.strictEqual(Ledger.balance(back), 0);
    const { lotId: lot, expiresOn, credits } = back.at(-1) ?? {};
    assert.deepStrictEqual({ lot, expiresOn, credits }, { lot: lotId(1), expiresOn: MARCH_END, credits: 1 });
  });

  it("gives back on the lot's last day what stays, and the day after what expires at once", () => {
    const onTheLast = Result.getOrThrow(Ledger.release(held, MARCH_END, at(1)));
    assert.deepStrictEqual(
      onTheLast.map(({ kind }) => kind),
      ["release"],
    );
    const after = Result.getOrThrow(Ledger.release(held, CivilDate.addDays(MARCH_END, 1), at(1)));
    assert.deepStrictEqual(
      after.map(({ kind, credits }) => [kind, credits]),
      [
        ["release", 1],
        ["expire", -1],
      ],
    );
    assert.strictEqual(Ledger.balance([...held, ...after]), -1);
    assert.strictEqual(Ledger.holdOf([...held, ...after]), "released");
    assert.deepStrictEqual(Ledger.usageOf([...held, ...after]), []);
  });

  it("gives back what was spent, when a penalty is forgiven", () => {
    const forgiven = Result.getOrThrow(Ledger.release(spent, today, at(2), "forgiven"));
    assert.strictEqual(Ledger.balance([...spent, ...forgiven]), 0);
  });

  it("holds again what was spent, when a check-in is taken back", () => {
    const again = [...spent, ...Result.getOrThrow(Ledger.unconsume(spent, at(2)))];
    assert.strictEqual(Ledger.holdOf(again), "held");
    assert.strictEqual(Ledger.balance(again), -1);
    assert.strictEqual(Ledger.openBookings(again, today), 1);
    const gone = [...again, ...Result.getOrThrow(Ledger.release(again, today, at(3)))];
    assert.strictEqual(Ledger.balance(gone), 0);
  });

  it("takes again what was given back, if the lot still has it", () => {
    assert.strictEqual(tagOf(Ledger.retake(back, 0, at(2))), "CreditsMissing");
    const again = [...back, ...Result.getOrThrow(Ledger.retake(back, 1, at(2)))];
    assert.strictEqual(Ledger.holdOf(again), "held");
    assert.strictEqual(Ledger.balance(again), -1);
  });

  it("done twice is done once", () => {
    assert.deepStrictEqual(Ledger.hold(held, credit, visit, at(5)), Result.succeed([]));
    assert.deepStrictEqual(Ledger.consume(spent, at(5)), Result.succeed([]));
    assert.deepStrictEqual(Ledger.release(back, today, at(5)), Result.succeed([]));
    assert.deepStrictEqual(Ledger.unconsume(held, at(5)), Result.succeed([]));
    assert.deepStrictEqual(Ledger.retake(held, 0, at(5)), Result.succeed([]));
  });

  it("of which nothing is held refuses to spend or to give back", () => {
    for (const result of [
      Ledger.consume([], at(1)),
      Ledger.unconsume([], at(1)),
      Ledger.release([], today, at(1)),
      Ledger.retake([], 1, at(1)),
      Ledger.consume(back, at(1)),
      Ledger.unconsume(back, at(1)),
    ]) {
      assert.strictEqual(tagOf(result), "NothingHeld");
    }
  });

  it("is not held for a credit that the lot does not have", () => {
    assert.strictEqual(tagOf(Ledger.hold([], { ...credit, left: 0 }, visit, at(0))), "CreditsMissing");
    assert.strictEqual(tagOf(Ledger.hold([], { ...credit, left: 1 }, visit, at(0))), undefined);
  });

  it("counts a visit of a plan that counts visits, on the day of the visit, and nothing of one without limit", () => {
    const counted = Result.getOrThrow(Ledger.hold([], { membershipId, credits: 1 }, visit, at(0)));
    assert.deepStrictEqual(Ledger.usageOf(counted), [{ civilDate: visit.civilDate, visits: 1 }]);
    assert.strictEqual(Ledger.balance(counted), 0);
    const free = Result.getOrThrow(Ledger.hold([], { membershipId, credits: 0 }, visit, at(0)));
    assert.deepStrictEqual(Ledger.usageOf(free), []);
    assert.strictEqual(Ledger.openBookings(free, today), 1);
    const freed = Result.getOrThrow(Ledger.release(free, today, at(1)));
    assert.isTrue(Object.is(freed[0]?.credits, 0));
  });

  it("is open until it is spent or given back, and while its day has not gone by", () => {
    assert.strictEqual(Ledger.openBookings(held, today), 1);
    assert.strictEqual(Ledger.openBookings(held, CivilDate.addDays(today, 1)), 0);
    assert.strictEqual(Ledger.openBookings(spent, today), 0);
    assert.strictEqual(Ledger.openBookings(back, today), 0);
  });

  it("after any steps has one more step each time, and costs one credit or none", () => {
    const step = fc.constantFrom("hold", "consume", "unconsume", "release", "retake");
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let entries: ReadonlyArray<Ledger.NewEntry> = [];
        let left = 3;
        for (const name of steps) {
          const result = {
            hold: () => Ledger.hold(entries, { ...credit, left }, visit, at(1)),
            consume: () => Ledger.consume(entries, at(1)),
            unconsume: () => Ledger.unconsume(entries, at(1)),
            release: () => Ledger.release(entries, today, at(1)),
            retake: () => Ledger.retake(entries, left, at(1)),
          }[name]();
          if (Result.isFailure(result)) continue;
          entries = [...entries, ...result.success];
          left = 3 + Ledger.balance(entries);
          const standing = Ledger.holdOf(entries);
          assert.strictEqual(left, standing === "held" || standing === "consumed" ? 2 : 3);
        }
        assert.deepStrictEqual(
          entries.map((entry) => entry.step),
          entries.map((_, index) => index + 1),
        );
      }),
    );
  });
});

describe("credits", () => {
  it("are granted as a lot, which expires at once where its last day is over", () => {
    const due = { credits: 10, civilDate: day("2026-01-01"), expiresOn: MARCH_END };
    assert.strictEqual(Ledger.balance(Ledger.grant(account, lotId(1), due, MARCH_END, at(0))), 10);
    const late = Ledger.grant(account, lotId(1), due, day("2026-04-01"), at(0));
    assert.deepStrictEqual(
      late.map(({ credits }) => credits),
      [10, -10],
    );
  });

  it("expire as far as they are left", () => {
    assert.deepStrictEqual(Ledger.expire(account, { lotId: lotId(1), balance: 0 }, today, at(0)), []);
    const [entry] = Ledger.expire(account, { lotId: lotId(1), balance: 4 }, today, at(0));
    assert.strictEqual(entry?.credits, -4);
  });

  it("are given by staff as a lot of their own, and taken from what expires soonest", () => {
    const lots = [
      { lotId: lotId(1), balance: 5 },
      { lotId: lotId(2), balance: 2, expiresOn: MARCH_END },
    ];
    const adjust = (credits: number) =>
      Ledger.adjust(account, lots, { credits, reason: "because", lotId: lotId(9) }, today, at(0));
    assert.deepStrictEqual(
      Result.getOrThrow(adjust(-3)).map((entry) => [entry.lotId, entry.credits]),
      [
        [lotId(2), -2],
        [lotId(1), -1],
      ],
    );
    assert.deepStrictEqual(
      Result.getOrThrow(adjust(4)).map((entry) => [entry.lotId, entry.credits]),
      [[lotId(9), 4]],
    );
    assert.strictEqual(tagOf(adjust(-7)), undefined);
    const refused = adjust(-8);
    assert.isTrue(Result.isFailure(refused) && refused.failure.credits === 7 && refused.failure.needed === 8);
  });

  it("after any history are the sum of their entries, lot by lot and never below zero, and lots kept along the way say the same", () => {
    const operation = fc.record({
      kind: fc.constantFrom("grant", "hold", "release", "consume", "adjust", "expire"),
      which: fc.integer({ min: 0, max: 5 }),
      amount: fc.integer({ min: -4, max: 4 }),
      days: fc.integer({ min: 0, max: 40 }),
    });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
        let ledger: ReadonlyArray<Ledger.NewEntry> = [];
        let kept: ReadonlyArray<Ledger.CreditLot> = [];
        const bookings = new Map<number, ReadonlyArray<Ledger.NewEntry>>();
        let fresh = 0;
        for (const { kind, which, amount, days } of operations) {
          const now = CivilDate.addDays(today, days);
          const booking = bookings.get(which) ?? [];
          const lot = kept[which];
          const paid: Ledger.Payment = {
            membershipId,
            credits: 1,
            ...(lot && { lotId: lot.lotId, left: lot.balance }),
            ...(lot?.expiresOn !== undefined && { expiresOn: lot.expiresOn }),
          };
          const visitOf = { ...visit, bookingId: BookingId.make(uuid(600 + which)) };
          const newLot = { lotId: lotId(++fresh), expiresOn: CivilDate.addDays(today, days) };
          const steps = {
            grant: () =>
              Result.succeed(
                Ledger.grant(
                  account,
                  newLot.lotId,
                  { credits: 3, civilDate: now, expiresOn: newLot.expiresOn },
                  today,
                  at(0),
                ),
              ),
            hold: () => (lot === undefined ? Result.succeed([]) : Ledger.hold(booking, paid, visitOf, at(0))),
            release: () => Ledger.release(booking, now, at(0)),
            consume: () => Ledger.consume(booking, at(0)),
            adjust: () => Ledger.adjust(account, kept, { credits: amount, reason: "because", ...newLot }, now, at(0)),
            expire: () => Result.succeed(lot === undefined ? [] : Ledger.expire(account, lot, now, at(0))),
          };
          const result: Result.Result<ReadonlyArray<Ledger.NewEntry>, unknown> = steps[kind]();
          if (Result.isFailure(result)) continue;
          ledger = [...ledger, ...result.success];
          kept = Ledger.afterEntries(kept, result.success);
          if (kind === "hold" || kind === "release" || kind === "consume") {
            bookings.set(which, [...booking, ...result.success]);
          }
          const lots = Ledger.lotsOf(ledger);
          assert.deepStrictEqual(kept, lots);
          assert.isTrue(lots.every(({ balance }) => balance >= 0));
          assert.strictEqual(
            lots.reduce((sum, { balance }) => sum + balance, 0),
            Ledger.balance(ledger),
          );
        }
      }),
    );
  });
});
