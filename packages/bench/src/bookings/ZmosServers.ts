/** ZMOS as it is deployed: `packages/http/src/main.ts` on a PostgreSQL server, one process or several. */
import { layerServer, StoresPg } from "@zmos/adapters-pg";
import { IdSource, TenantId } from "@zmos/core";
import { AccessTokens, TokenAuthentication } from "@zmos/http";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Redacted from "effect/Redacted";
import { fileURLToPath } from "node:url";
import { type BookingPlan, idOf } from "./BookingPlan.ts";
import { type ServerProcess, startServer } from "./ServerProcess.ts";

const MAIN = fileURLToPath(import.meta.resolve("@zmos/http/main"));

export const startZmos = async (databaseUrl: string, processes: number): Promise<ReadonlyArray<ServerProcess>> => {
  const servers: Array<ServerProcess> = [];
  while (servers.length < processes) servers.push(await startServer(MAIN, { DATABASE_URL: databaseUrl }));
  return servers;
};

/** One token of an owner for each tenant, signed with the installation's key. */
export const zmosTokens = (databaseUrl: string, plan: BookingPlan): Promise<ReadonlyArray<string>> => {
  const stores = StoresPg.layer.pipe(Layer.provideMerge(layerServer({ url: Redacted.make(databaseUrl) })));
  return Effect.runPromise(
    Effect.gen(function* () {
      const tokens = yield* AccessTokens;
      const issued: Array<string> = [];
      for (let tenant = 0; tenant < plan.tenants; tenant++) {
        const bearer = { tenantId: TenantId.make(idOf("tenant", tenant)), actorId: "owner-1", role: "owner" } as const;
        issued.push((yield* tokens.issue(bearer)).accessToken);
      }
      return issued;
    }).pipe(Effect.provide(TokenAuthentication.layer.pipe(Layer.provide(Layer.merge(stores, IdSource.layer))))),
  );
};
