/** A booking policy in plain language: a sentence a rule. */
import type { BookingPolicy, Consequence, PolicyOverride, Strikes, Window } from "@zmos/core";
import { money, weekdayOf } from "./Words.ts";

/** What a policy says, or what a kind of session does otherwise: only the sections that are there. */
export const policySentences = (policy: PolicyOverride): ReadonlyArray<string> =>
  sections.flatMap((section) => section(policy));

type Section = (policy: PolicyOverride) => ReadonlyArray<string>;

/** The sentences of one section, where it is there. */
const on =
  <Name extends keyof BookingPolicy>(
    name: Name,
    tell: (section: NonNullable<BookingPolicy[Name]>) => ReadonlyArray<string>,
  ): Section =>
  (policy) => {
    const section = policy[name] as NonNullable<BookingPolicy[Name]> | undefined;
    return section === undefined ? [] : tell(section);
  };

const sections: ReadonlyArray<Section> = [
  on("access", (access) => [
    access === "open" ? "Every member may book." : "Whoever holds a membership that covers the visit may book.",
  ]),
  on("booking", ({ opens, closes }) => [
    `Booking opens ${opens === undefined ? "with the timetable" : whenText(opens)} and closes ${whenText(closes)}.`,
  ]),
  on("seatsKeptForDesk", (seats) => [
    seats === 0 ? "Every seat can be booked online." : `${people(seats, "seat is", "seats are")} the desk's to give.`,
  ]),
  on("overlap", (overlap) => [
    `A member ${overlap === "allow" ? "may hold" : "cannot hold"} seats in two sessions at the same time.`,
  ]),
  on("cancellation", ({ freeUntil, closes, late, lastMinute, isForgivenIfRefilled }) => [
    `Cancelling is free until ${windowText(freeUntil)}, and not possible from ${windowText(closes)} on.`,
    `A late cancellation ${consequenceText(late)}${isForgivenIfRefilled ? ", unless somebody else takes the seat" : ""}.`,
    ...(lastMinute === undefined
      ? []
      : [`From ${windowText(lastMinute.from)} on it ${consequenceText(lastMinute.consequence)}.`]),
  ]),
  on("noShow", ({ automaticMinutesAfterStart: minutes, consequence, freeEachMonth }) => [
    minutes === undefined
      ? "No-shows are marked by hand."
      : `Who has not come by ${windowText({ minutesBeforeStart: -minutes })} is marked as a no-show.`,
    `A no-show ${consequenceText(consequence)}.`,
    ...(freeEachMonth === undefined
      ? []
      : [`The first ${freeEachMonth === 1 ? "" : `${freeEachMonth} `}of each month costs nothing.`]),
  ]),
  on("strikes", ({ of, count, withinDays, closedDays, opens }) => [
    `${people(count, strikeText(of, "one"), strikeText(of, "many"))} within ${people(withinDays, "day", "days")} close booking online for ${people(closedDays, "day", "days")}.`,
    ...(opens === undefined ? [] : [`Meanwhile it opens ${whenText(opens)}.`]),
  ]),
  on("unpaidFees", (rule) => [
    rule === "refuse" ? "Who owes a fee cannot book until it is paid." : "Who owes a fee may book.",
  ]),
  on("waitlist", (waitlist) => {
    if (waitlist.limit === 0) return ["There is no waitlist."];
    const { limit, joinUntil, promoteUntil, promotion, creditOn, unentitled, standby } = waitlist;
    return [
      `${people(limit, "member", "members")} may wait; joining ends ${whenText(joinUntil)}.`,
      promotion.kind === "automatic"
        ? `A freed seat is the next one's at once, until ${windowText(promoteUntil)}.`
        : `A freed seat is offered to the next for ${span(promotion.minutesToAccept)}, until ${windowText(promoteUntil)}.`,
      `A credit is held when ${creditOn === "join" ? "a member joins the line" : "the seat becomes theirs"}.`,
      unentitled === "skip"
        ? "Who is not covered when their turn comes is passed over."
        : "Who is not covered when their turn comes keeps everybody behind waiting.",
      {
        off: "Who still waits at the start has to go.",
        first_come: "Seats that nobody came for go to who is at the door first.",
        in_order: "Seats that nobody came for go to who is at the door, in the order of the line.",
      }[standby],
    ];
  }),
  on("checkIn", ({ opensMinutesBeforeStart, closesMinutesAfterEnd }) => [
    `The door opens ${span(opensMinutesBeforeStart)} before the start and closes ${span(closesMinutesAfterEnd)} after the end.`,
  ]),
  on("whenCapacityLowered", (rule) => [
    rule === "refuse"
      ? "The capacity cannot be lowered below the seats taken."
      : "Where the capacity is lowered below the seats taken, who booked last waits first in line.",
  ]),
  on("contraindications", (rule) => [
    {
      advise: "A member is told of contraindications that it has declared.",
      acknowledge: "A member must acknowledge contraindications that it has declared.",
      refuse: "A member with a declared contraindication is refused.",
    }[rule],
  ]),
  on("whenEligibilityUnknown", (rule) => [
    `Where a partner does not answer whether a member is covered, the booking is ${rule === "book" ? "taken" : "refused"}.`,
  ]),
];

/** A moment told from a session's start, in words. */
const windowText = (window: Window): string => {
  if ("minutesBeforeStart" in window) {
    const { minutesBeforeStart: minutes } = window;
    if (minutes === 0) return "the start";
    return minutes > 0 ? `${span(minutes)} before the start` : `${span(-minutes)} after the start`;
  }
  if ("daysBefore" in window) {
    const day = ["on the day", "on the day before"][window.daysBefore] ?? `${window.daysBefore} days before`;
    return `${window.at} ${day}`;
  }
  const { weeksBefore, weekday, at } = window;
  const week = ["of the session's week", "of the week before"][weeksBefore] ?? `${weeksBefore} weeks before`;
  return `${weekdayOf(weekday)} ${at} ${week}`;
};

/** The same, as when something happens: "at the start". */
const whenText = (window: Window): string => {
  if ("weekday" in window) return `on ${windowText(window)}`;
  return "daysBefore" in window || window.minutesBeforeStart === 0 ? `at ${windowText(window)}` : windowText(window);
};

const strikeText = (of: Strikes["of"], number: "one" | "many"): string =>
  of.map((kind) => (kind === "no_show" ? "no-show" : "late cancellation") + (number === "one" ? "" : "s")).join(" or ");

const consequenceText = ({ credit, fee, membershipDays, isInPlaceOfCredit }: Consequence): string => {
  const costs = [
    ...(credit === "lose" ? ["the credit or visit"] : []),
    ...(fee === undefined ? [] : [money(fee)]),
    ...(membershipDays === undefined ? [] : [`${people(membershipDays, "day", "days")} of the membership`]),
  ];
  if (costs.length === 0) return "costs nothing";
  const [first, ...rest] = costs;
  return isInPlaceOfCredit === true && credit === "lose" && rest.length > 0
    ? `costs ${first}, or who has none to lose ${rest.join(" and ")}`
    : `costs ${costs.join(" and ")}`;
};

const people = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** **Units** minutes. */
const span = (minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
};
