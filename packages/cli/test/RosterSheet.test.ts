import { type Booking, CivilDate, Instant, type SessionInstance, type WaitlistEntry } from "@zmos/core";
import { describe, expect, it } from "vitest";
import { penaltyText, rosterSheet } from "../src/output/RosterSheet.ts";
import { seatBar } from "../src/output/SeatBar.ts";

const at = (time: string) => Instant.make(Date.parse(`2026-03-07T${time}:00+03:00`));

const session = {
  sessionTypeId: "yoga",
  locationId: "studio",
  startTime: at("07:00"),
  endTime: at("08:00"),
  timezone: "Africa/Nairobi",
  civilDate: CivilDate.of("2026-03-07"),
  capacity: 4,
  seatsTaken: 2,
  offersOpen: 1,
  waitlistLength: 2,
  status: "scheduled",
} as unknown as SessionInstance;

const booking = (id: string, more: object): Booking =>
  ({
    id,
    memberId: id,
    status: "booked",
    channel: "online",
    origin: "booked",
    paidBy: { source: "open" },
    ...more,
  }) as unknown as Booking;

const bookings = [
  booking("w", { status: "checked_in", checkedInAt: at("06:55") }),
  booking("a", {
    status: "no_show",
    channel: "desk",
    paidBy: { source: "membership", because: "Ten visits" },
    penalty: { for: "no_show", status: "final", credit: "lost", fee: { minorUnits: 50_000, currency: "KES" } },
  }),
  booking("b", { channel: "desk", origin: "walk_in", advisedAgainst: ["Hernia"], isAcknowledged: true }),
];

const place = (id: string, position: number, because: string, more: object = {}) => ({
  entry: { id, memberId: id, createdAt: at("06:00"), ...more } as unknown as WaitlistEntry,
  position,
  because,
});

const names = new Map([
  ["yoga", "Yoga"],
  ["studio", "Westlands"],
  ["w", "Wanjiru Kamau"],
  ["a", "Amina Hassan"],
  ["b", "Brian Otieno"],
  ["c", "Chep Rono"],
]);

describe("a roster at a terminal", () => {
  it("has its seats as a bar, who came and who did not, what it cost, and the line with the reason of each", () => {
    const places = [
      place("c", 1, "A seat is offered; it must be accepted in time.", { offerExpiresAt: at("06:30") }),
      place("unknown", 2, "The free seats are for those before in line."),
    ];
    expect(rosterSheet({ session, bookings, places, names })).toMatchInlineSnapshot(`
      "Yoga, Westlands, Saturday 2026-03-07, 07:00–08:00 (Africa/Nairobi): scheduled
      ███████████████▒▒▒▒▒▒▒░░░░░░░░ 2 of 4 seats taken, 1 offered, 2 waiting

      Member         Now         How            Pays        Note                                 Booking
      ─────────────  ──────────  ─────────────  ──────────  ───────────────────────────────────  ───────
      Wanjiru Kamau  came 06:55  online         open                                             w
      Amina Hassan   missed      desk           Ten visits  no show: credit lost and KES 500.00  a
      Brian Otieno   booked      desk, walk in  open        Hernia (acknowledged)                b

      #  Waits      Since  Why there is no seat yet                                    Place in line
      ─  ─────────  ─────  ──────────────────────────────────────────────────────────  ─────────────
      1  Chep Rono  06:00  A seat is offered; it must be accepted in time (by 06:30).  c
      2  unknown    06:00  The free seats are for those before in line.                unknown"
    `);
  });

  it("says nothing of bookings or a line where there are none", () => {
    const empty = { ...session, seatsTaken: 0, offersOpen: 0, waitlistLength: 0 };
    expect(rosterSheet({ session: empty, bookings: [], places: [], names })).toMatchInlineSnapshot(`
      "Yoga, Westlands, Saturday 2026-03-07, 07:00–08:00 (Africa/Nairobi): scheduled
      ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 0 of 4 seats taken"
    `);
  });
});

describe("the bar of seats", () => {
  it("is empty only when no seat is taken, full only when none is left, and shows what is offered", () => {
    expect(seatBar({ seatsTaken: 0, capacity: 30 }, 10)).toBe("░░░░░░░░░░");
    expect(seatBar({ seatsTaken: 1, capacity: 30 }, 10)).toBe("█░░░░░░░░░");
    expect(seatBar({ seatsTaken: 29, capacity: 30 }, 10)).toBe("█████████░");
    expect(seatBar({ seatsTaken: 30, capacity: 30 }, 10)).toBe("██████████");
    expect(seatBar({ seatsTaken: 5, offersOpen: 5, capacity: 10 }, 10)).toBe("█████▒▒▒▒▒");
  });
});

describe("a penalty in words", () => {
  it.each([
    [{ status: "pending", credit: "lost" }, "late cancel: credit lost, forgiven if the seat is taken again"],
    [{ status: "forgiven", credit: "lost" }, "late cancel: credit lost, forgiven"],
    [{ status: "final", credit: "kept", membershipDays: 2 }, "late cancel: 2 membership days"],
    [
      { status: "final", credit: "kept", fee: { minorUnits: 1_500, currency: "JPY" }, settlement: "on_account" },
      "late cancel: JPY 1,500, on account",
    ],
  ] as const)("%o is %s", (penalty, text) => {
    expect(penaltyText({ for: "late_cancel", ...penalty } as Parameters<typeof penaltyText>[0])).toBe(text);
  });
});
