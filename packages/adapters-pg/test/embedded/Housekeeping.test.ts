import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as SqlClient from "effect/sql/SqlClient";
import { layerEmbedded } from "../../src/Database.ts";
import { tidy } from "../../src/embedded/Housekeeping.ts";

const insertTenants = (count: number) =>
  Effect.flatMap(
    SqlClient.SqlClient,
    (sql) => sql`insert into tenant (id, name, timezone, created_at, updated_at)
      select gen_random_uuid(), 'T', 'UTC', now(), now() from generate_series(1, ${count})`,
  );

describe("housekeeping", () => {
  it.layer(layerEmbedded())((it) => {
    it.effect("tells the planner of tables that have grown or changed by a tenth, and leaves the others alone", () =>
      Effect.gen(function* () {
        yield* tidy;
        yield* insertTenants(50);
        assert.deepStrictEqual(yield* tidy, []);
        yield* insertTenants(10);
        assert.deepStrictEqual(yield* tidy, ["tenant"]);
        assert.deepStrictEqual(yield* tidy, []);
        yield* insertTenants(56);
        assert.deepStrictEqual(yield* tidy, []);
        yield* insertTenants(7);
        assert.deepStrictEqual(yield* tidy, ["tenant"]);
      }),
    );
  });
});
