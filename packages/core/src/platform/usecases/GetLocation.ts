import * as Schema from "effect/Schema";
import { LocationId } from "../../kernel/Ids.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { Location } from "../domain/Location.ts";
import { LocationStore } from "../ports/LocationStore.ts";
import { authorize } from "./Authorize.ts";

export const GetLocation = Schema.Struct({ locationId: LocationId }).annotate({ identifier: "GetLocation" });

/** One site. */
export const getLocation = UseCase.query(
  "GetLocation",
  { command: GetLocation, answer: Location, first: () => authorize("location:read") },
  function* ({ locationId }, { tenantId }) {
    return yield* LocationStore.use((locations) => locations.find(tenantId, locationId));
  },
);
