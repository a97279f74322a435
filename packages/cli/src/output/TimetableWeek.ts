/** A timetable as blocks by day, for people at a terminal. */
import { CivilDate, type SessionInstance, ZoneRules } from "@zmos/core";
import { table } from "./Table.ts";
import { styled } from "./Terminal.ts";

/** The names of what sessions refer to, by id. */
export type Names = ReadonlyMap<string, string>;

const WEEKDAYS = ["", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const BAR = 10;
const MILLIS_PER_MINUTE = 60_000;
const MINUTES_PER_DAY = 1_440;

/** Every day that has sessions, with its sessions in order; cancelled ones last in their own words. */
export const timetableWeek = (
  sessions: ReadonlyArray<SessionInstance>,
  names: Names,
  options: { readonly showLocation: boolean },
): string => {
  const byDay = Map.groupBy(sessions, ({ civilDate }) => civilDate);
  const columns = [
    {
      title: "Time",
      of: (session: SessionInstance) => `${clock(session, session.startTime)}–${clock(session, session.endTime)}`,
    },
    { title: "Session", of: ({ sessionTypeId }: SessionInstance) => names.get(sessionTypeId) ?? "–" },
    { title: "Instructor", of: ({ instructorId }: SessionInstance) => nameOf(names, instructorId) },
    { title: "Room", of: ({ roomId }: SessionInstance) => nameOf(names, roomId) },
    ...(options.showLocation
      ? [{ title: "Location", of: ({ locationId }: SessionInstance) => nameOf(names, locationId) }]
      : []),
    { title: "Seats", of: seats },
  ];
  return [...byDay]
    .toSorted(([left], [right]) => left - right)
    .map(([day, ofDay]) => {
      const heading = `${WEEKDAYS[CivilDate.weekday(day)]} ${CivilDate.toIso(day)}`;
      return `${styled("bold", heading)}\n${table(columns, ofDay)}`;
    })
    .join("\n\n");
};

const nameOf = (names: Names, id: string | undefined): string => (id === undefined ? "–" : (names.get(id) ?? "–"));

/** What the clock of the session's place shows. */
const clock = ({ timezone }: SessionInstance, instant: number): string => {
  const minutes = Math.floor((instant + ZoneRules.offsetSecondsAt(timezone, instant) * 1_000) / MILLIS_PER_MINUTE);
  const ofDay = ((minutes % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY;
  return `${String(Math.floor(ofDay / 60)).padStart(2, "0")}:${String(ofDay % 60).padStart(2, "0")}`;
};

/** A bar of the seats that are taken, and who waits. */
const seats = ({ status, seatsTaken, capacity, waitlistLength }: SessionInstance): string => {
  if (status === "cancelled") return "cancelled";
  // The bar is full only when the session is, and empty only when it is.
  const share = seatsTaken / capacity;
  const filled =
    seatsTaken === 0 ? 0 : Math.min(Math.max(1, Math.floor(share * BAR)), seatsTaken < capacity ? BAR - 1 : BAR);
  const waiting = waitlistLength === 0 ? "" : `, ${waitlistLength} waiting`;
  const bar = `${"█".repeat(filled)}${"░".repeat(BAR - filled)}`;
  return `${bar} ${seatsTaken} of ${capacity}${waiting}`;
};
