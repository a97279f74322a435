import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { newId } from "../../kernel/IdSource.ts";
import { TenantId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { Principal } from "../../kernel/Principal.ts";
import { Name } from "../../kernel/Text.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { ZoneName } from "../../kernel/ZoneName.ts";
import { DayStartHours, Tenant, TenantMode, WeekStart } from "../domain/Tenant.ts";
import { TenantStore } from "../ports/TenantStore.ts";

export const CreateTenant = Schema.Struct({
  name: Name,
  timezone: ZoneName,
  mode: Schema.optionalKey(TenantMode),
  weekStart: Schema.optionalKey(WeekStart),
  dayStartHours: Schema.optionalKey(DayStartHours),
  brandSettings: Schema.optionalKey(Schema.Record(Schema.String, Schema.Json)),
}).annotate({ identifier: "CreateTenant" });

/** Sets up a movement provider. An operator's act: it needs no principal, because there is no tenant yet to have one. */
export const createTenant = UseCase.make(
  "CreateTenant",
  { command: CreateTenant, answer: Tenant },
  function* (command) {
    const id = yield* newId(TenantId);
    const at = yield* now;
    const tenant: Tenant = {
      mode: "zmos_only",
      weekStart: 1,
      dayStartHours: 0,
      brandSettings: {},
      ...command,
      id,
      createdAt: at,
      updatedAt: at,
    };
    const store = Effect.gen(function* () {
      yield* TenantStore.use((tenants) => tenants.insert(tenant));
      yield* record({ type: "TenantCreated", entityType: "Tenant", entityId: id, data: { name: tenant.name } });
      return tenant;
    });
    const operator = Principal.of({ tenantId: id, actorId: "operator", actorType: "system", roles: [] });
    const units = yield* UnitOfWork;
    return yield* units.run(id, Effect.provideService(store, Principal, operator));
  },
);
