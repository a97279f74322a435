import * as Schema from "effect/Schema";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { Location } from "../domain/Location.ts";
import { LocationStore } from "../ports/LocationStore.ts";
import { authorize } from "./Authorize.ts";

export const ListLocations = Schema.Struct(pageFields).annotate({ identifier: "ListLocations" });

/** The tenant's sites, oldest first. */
export const listLocations = UseCase.query(
  "ListLocations",
  { command: ListLocations, answer: Page(Location), first: () => authorize("location:read") },
  function* (command, { tenantId }) {
    return toPage(yield* LocationStore.use((locations) => locations.list(tenantId, pageRequest(command))));
  },
);
