import * as Schema from "effect/Schema";
import { LocationId } from "../../kernel/Ids.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { useCase } from "../../kernel/UseCase.ts";
import { Location } from "../domain/Location.ts";
import { LocationStore } from "../ports/LocationStore.ts";
import { authorize } from "./authorize.ts";

export const GetLocation = Schema.Struct({ locationId: LocationId }).annotate({ identifier: "GetLocation" });

/** One site. */
export const getLocation = useCase("GetLocation", { command: GetLocation, answer: Location }, function* (command) {
  const { tenantId } = yield* authorize("location:read");
  const locations = yield* LocationStore;
  const units = yield* UnitOfWork;
  return yield* units.read(tenantId, locations.find(tenantId, command.locationId));
});
