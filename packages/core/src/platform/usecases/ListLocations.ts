import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { useCase } from "../../kernel/UseCase.ts";
import { Location } from "../domain/Location.ts";
import { LocationStore } from "../ports/LocationStore.ts";
import { authorize } from "./authorize.ts";

export const ListLocations = Schema.Struct(pageFields).annotate({ identifier: "ListLocations" });

/** The tenant's sites, oldest first. */
export const listLocations = useCase(
  "ListLocations",
  { command: ListLocations, answer: Page(Location) },
  function* (command) {
    const { tenantId } = yield* authorize("location:read");
    const locations = yield* LocationStore;
    const units = yield* UnitOfWork;
    return yield* units.read(tenantId, Effect.map(locations.list(tenantId, pageRequest(command)), toPage));
  },
);
