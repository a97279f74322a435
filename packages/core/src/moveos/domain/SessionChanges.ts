import type { Happening } from "../../kernel/DomainEvent.ts";
import { toIso } from "../../kernel/Instant.ts";
import type { Changed } from "./Schedule.ts";
import type { SessionInstance } from "./SessionInstance.ts";

/** What is told of a session that was put on the timetable. */
export const sessionScheduled = (session: SessionInstance): Happening => ({
  type: "SessionScheduled",
  entityType: "SessionInstance",
  entityId: session.id,
  data: {
    sessionTypeId: session.sessionTypeId,
    locationId: session.locationId,
    startTime: toIso(session.startTime),
    capacity: session.capacity,
    ...held(session),
    ...(session.scheduleId !== undefined && { scheduleId: session.scheduleId }),
  },
});

/** What is told of a session that changed: that it was moved, was given somebody or something else, or left the timetable. */
export const sessionChanged = ({ before, after }: Changed): ReadonlyArray<Happening> => {
  const told = (type: string, data: Happening["data"]): Happening => ({
    type,
    entityType: "SessionInstance",
    entityId: after.id,
    data,
  });
  const happenings: Array<Happening> = [];
  if (before.startTime !== after.startTime || before.endTime !== after.endTime) {
    happenings.push(told("SessionMoved", { from: times(before), to: times(after), seatsTaken: after.seatsTaken }));
  }
  if (before.roomId !== after.roomId || before.instructorId !== after.instructorId) {
    happenings.push(told("SessionReassigned", { from: held(before), to: held(after) }));
  }
  if (before.status !== after.status)
    happenings.push(told("SessionCancelled", { reason: "not in its series any more" }));
  return happenings;
};

const times = ({ startTime, endTime }: SessionInstance) => ({ startTime: toIso(startTime), endTime: toIso(endTime) });

const held = ({ roomId, instructorId }: SessionInstance) => ({
  ...(roomId !== undefined && { roomId }),
  ...(instructorId !== undefined && { instructorId }),
});
