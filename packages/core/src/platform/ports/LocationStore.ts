import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { LocationId, TenantId } from "../../kernel/Ids.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { ZoneName } from "../../kernel/ZoneName.ts";
import type { Location } from "../domain/Location.ts";

/**
 * Where locations are kept.
 *
 * **Contract** `list` is in order of id: oldest first. `zones` answers the zone of each location asked for that exists in the tenant.
 */
export class LocationStore extends Context.Service<
  LocationStore,
  {
    readonly find: (tenantId: TenantId, locationId: LocationId) => Effect.Effect<Location, NotFound>;
    readonly list: (tenantId: TenantId, page: PageRequest) => Effect.Effect<Rows<Location>>;
    readonly zones: (
      tenantId: TenantId,
      locationIds: ReadonlyArray<LocationId>,
    ) => Effect.Effect<ReadonlyMap<LocationId, ZoneName>>;
    readonly insert: (location: Location) => Effect.Effect<void>;
  }
>()("@zmos/core/platform/ports/LocationStore") {}
