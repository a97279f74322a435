import * as Schema from "effect/Schema";
import { LocationId, RoomId, SessionTypeId, UserAccountId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { SessionInstance } from "../domain/SessionInstance.ts";
import { SessionInstanceStore } from "../ports/SessionInstanceStore.ts";

/** Which part of the timetable. **Units** sessions that start at `from` or later, and before `to`. */
export const ListSessionInstances = Schema.Struct({
  from: Schema.optionalKey(InstantFromString),
  to: Schema.optionalKey(InstantFromString),
  locationId: Schema.optionalKey(LocationId),
  sessionTypeId: Schema.optionalKey(SessionTypeId),
  instructorId: Schema.optionalKey(UserAccountId),
  roomId: Schema.optionalKey(RoomId),
  ...pageFields,
}).annotate({ identifier: "ListSessionInstances" });

/** The timetable, in order of start. */
export const listSessionInstances = UseCase.query(
  "ListSessionInstances",
  { command: ListSessionInstances, answer: Page(SessionInstance), first: () => authorize("session:read") },
  function* (command, { tenantId }) {
    return toPage(
      yield* SessionInstanceStore.use((sessions) => sessions.list(tenantId, command, pageRequest(command))),
    );
  },
);
