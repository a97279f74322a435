/** A session's roster for people at a terminal: its seats, who holds them, and the line for them. */
import { type Booking, CivilDate, type Penalty, type SessionInstance, type WaitlistEntry } from "@zmos/core";
import { localClock } from "./LocalClock.ts";
import { seatBar } from "./SeatBar.ts";
import { type Column, table } from "./Table.ts";
import { styled } from "./Terminal.ts";
import { money, weekdayOf, words } from "./Words.ts";

/** A place in line. **Shape** `because`: the sentence why it has no seat yet. **Units** `position`: 1 is next. */
export interface Place {
  readonly entry: WaitlistEntry;
  readonly position: number;
  readonly because: string;
}

/** What is drawn. **Shape** `names`: what sessions' types, places and members are called, by id. */
export interface Sheet {
  readonly session: SessionInstance;
  readonly bookings: ReadonlyArray<Booking>;
  readonly places: ReadonlyArray<Place>;
  readonly names: ReadonlyMap<string, string>;
}

/** **Units** characters. */
const BAR = 30;

export const rosterSheet = ({ session, bookings, places, names }: Sheet): string => {
  const nameOf = (id: string): string => names.get(id) ?? id;
  const clock = (instant: number): string => localClock(session.timezone, instant);
  const day = `${weekdayOf(CivilDate.weekday(session.civilDate))} ${CivilDate.toIso(session.civilDate)}`;
  const parts = [
    [
      `${styled("bold", nameOf(session.sessionTypeId))}, ${nameOf(session.locationId)}, ${day}, ${clock(session.startTime)}–${clock(session.endTime)} (${session.timezone}): ${session.status}`,
      `${seatBar(session, BAR)} ${seatsText(session)}`,
    ].join("\n"),
  ];
  if (bookings.length > 0) {
    const columns: ReadonlyArray<Column<Booking>> = [
      { title: "Member", of: ({ memberId }) => nameOf(memberId) },
      { title: "Now", of: (booking) => painted(booking, standing(booking, clock)) },
      { title: "How", of: ({ channel, origin }) => (origin === "booked" ? channel : `${channel}, ${words(origin)}`) },
      { title: "Pays", of: ({ paidBy }) => paidBy.because ?? paidBy.source },
      { title: "Note", of: noteOf },
      { title: "Booking", of: ({ id }) => id, isWhole: true },
    ];
    parts.push(table(shown(columns, bookings), bookings));
  }
  if (places.length > 0) {
    const columns: ReadonlyArray<Column<Place>> = [
      { title: "#", align: "right", of: ({ position }) => String(position) },
      { title: "Waits", of: ({ entry }) => nameOf(entry.memberId) },
      { title: "Since", of: ({ entry }) => clock(entry.createdAt) },
      { title: "Why there is no seat yet", of: (place) => reasonOf(place, clock) },
      { title: "Place in line", of: ({ entry }) => entry.id, isWhole: true },
    ];
    parts.push(table(columns, places));
  }
  return parts.join("\n\n");
};

/** Columns that say something of nobody are left out. */
const shown = <Row>(columns: ReadonlyArray<Column<Row>>, rows: ReadonlyArray<Row>): ReadonlyArray<Column<Row>> =>
  columns.filter(({ of }) => rows.some((row) => of(row) !== ""));

const seatsText = ({ seatsTaken, offersOpen, waitlistLength, capacity }: SessionInstance): string =>
  [
    `${seatsTaken} of ${capacity} seats taken`,
    ...(offersOpen === 0 ? [] : [`${offersOpen} offered`]),
    ...(waitlistLength === 0 ? [] : [`${waitlistLength} waiting`]),
  ].join(", ");

const standing = ({ status, checkedInAt, cancelledAt }: Booking, clock: (instant: number) => string): string => {
  if (status === "checked_in") return `came${checkedInAt === undefined ? "" : ` ${clock(checkedInAt)}`}`;
  if (status === "cancelled") return `cancelled${cancelledAt === undefined ? "" : ` ${clock(cancelledAt)}`}`;
  return status === "no_show" ? "missed" : "booked";
};

const painted = ({ status }: Booking, text: string): string => {
  if (status === "checked_in") return styled("green", text);
  return status === "no_show" ? styled("red", text) : text;
};

/** What a late cancellation or a no-show cost, in words. */
export const penaltyText = (penalty: Penalty): string => {
  const { for: what, status, credit, fee, membershipDays, isLetPass, settlement } = penalty;
  const costs = [
    ...(credit === "lost" ? ["credit lost"] : []),
    ...(fee === undefined ? [] : [money(fee)]),
    ...(membershipDays === undefined ? [] : [`${membershipDays} membership days`]),
  ];
  const state = status === "final" ? [] : [status === "pending" ? "forgiven if the seat is taken again" : "forgiven"];
  const letPass = isLetPass === true ? ["let pass this month"] : [];
  const settled = settlement === undefined || settlement === "nothing_due" ? [] : [words(settlement)];
  return [
    `${words(what)}: ${costs.length === 0 ? "nothing" : costs.join(" and ")}`,
    ...letPass,
    ...state,
    ...settled,
  ].join(", ");
};

const noteOf = ({ penalty, advisedAgainst = [], isAcknowledged, reason }: Booking): string =>
  [
    ...(penalty === undefined ? [] : [penaltyText(penalty)]),
    ...(advisedAgainst.length === 0
      ? []
      : [`${advisedAgainst.join(", ")}${isAcknowledged === true ? " (acknowledged)" : ""}`]),
    ...(reason === undefined ? [] : [`“${reason}”`]),
  ].join("; ");

const reasonOf = ({ entry: { offerExpiresAt }, because }: Place, clock: (instant: number) => string): string =>
  offerExpiresAt === undefined ? because : `${because.replace(/\.$/, "")} (by ${clock(offerExpiresAt)}).`;
