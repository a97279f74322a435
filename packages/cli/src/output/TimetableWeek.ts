/** A timetable as blocks by day, for people at a terminal. */
import { CivilDate, type SessionInstance } from "@zmos/core";
import { localClock } from "./LocalClock.ts";
import { seatBar } from "./SeatBar.ts";
import { table } from "./Table.ts";
import { styled } from "./Terminal.ts";
import { weekdayOf } from "./Words.ts";

/** The names of what sessions refer to, by id. */
export type Names = ReadonlyMap<string, string>;

const BAR = 10;

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
      of: (session: SessionInstance) =>
        `${localClock(session.timezone, session.startTime)}–${localClock(session.timezone, session.endTime)}`,
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
      const heading = `${weekdayOf(CivilDate.weekday(day))} ${CivilDate.toIso(day)}`;
      return `${styled("bold", heading)}\n${table(columns, ofDay)}`;
    })
    .join("\n\n");
};

const nameOf = (names: Names, id: string | undefined): string => (id === undefined ? "–" : (names.get(id) ?? "–"));

/** A bar of the seats that are taken, and who waits. */
const seats = ({ status, seatsTaken, capacity, waitlistLength }: SessionInstance): string => {
  if (status === "cancelled") return "cancelled";
  const waiting = waitlistLength === 0 ? "" : `, ${waitlistLength} waiting`;
  return `${seatBar({ seatsTaken, capacity }, BAR)} ${seatsTaken} of ${capacity}${waiting}`;
};
