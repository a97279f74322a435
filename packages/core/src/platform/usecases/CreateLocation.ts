import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { newId } from "../../kernel/IdSource.ts";
import { LocationId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { Name, Prose } from "../../kernel/Text.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { ZoneName } from "../../kernel/ZoneName.ts";
import { CapacityDefaults, Location } from "../domain/Location.ts";
import { LocationStore } from "../ports/LocationStore.ts";
import { authorize } from "./Authorize.ts";

export const CreateLocation = Schema.Struct({
  name: Name,
  address: Schema.optionalKey(Prose),
  timezone: ZoneName,
  capacityDefaults: Schema.optionalKey(CapacityDefaults),
}).annotate({ identifier: "CreateLocation" });

/** Opens a site where sessions are held. */
export const createLocation = UseCase.command(
  "CreateLocation",
  { command: CreateLocation, answer: Location, first: () => authorize("location:manage") },
  function* (command, { tenantId }) {
    const at = yield* now;
    const location: Location = { ...command, id: yield* newId(LocationId), tenantId, createdAt: at, updatedAt: at };
    yield* LocationStore.use((locations) => locations.insert(location));
    yield* record({
      type: "LocationCreated",
      entityType: "Location",
      entityId: location.id,
      data: { name: location.name, timezone: location.timezone },
    });
    return location;
  },
);
