import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { newId } from "../../kernel/IdSource.ts";
import { LocationId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { Name, Prose } from "../../kernel/Text.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { useCase } from "../../kernel/UseCase.ts";
import { ZoneName } from "../../kernel/ZoneName.ts";
import { CapacityDefaults, Location } from "../domain/Location.ts";
import { LocationStore } from "../ports/LocationStore.ts";
import { authorize } from "./authorize.ts";

export const CreateLocation = Schema.Struct({
  name: Name,
  address: Schema.optionalKey(Prose),
  timezone: ZoneName,
  capacityDefaults: Schema.optionalKey(CapacityDefaults),
}).annotate({ identifier: "CreateLocation" });

/** Opens a site where sessions are held. */
export const createLocation = useCase(
  "CreateLocation",
  { command: CreateLocation, answer: Location },
  function* (command) {
    const { tenantId } = yield* authorize("location:manage");
    const at = yield* now;
    const location: Location = { ...command, id: yield* newId(LocationId), tenantId, createdAt: at, updatedAt: at };
    const locations = yield* LocationStore;
    const units = yield* UnitOfWork;
    return yield* units.run(
      tenantId,
      Effect.gen(function* () {
        yield* locations.insert(location);
        yield* record({
          type: "LocationCreated",
          entityType: "Location",
          entityId: location.id,
          data: { name: location.name, timezone: location.timezone },
        });
        return location;
      }),
    );
  },
);
