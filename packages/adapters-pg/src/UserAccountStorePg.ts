import { NotFound } from "@zmos/core/kernel";
import { UserAccount, UserAccountStore } from "@zmos/core/platform";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { changeRow } from "./ChangeRow.ts";
import type { Row } from "./Row.ts";
import { tenantTable } from "./TenantTable.ts";

const CHANGING = ["first_name", "last_name", "email", "phone", "role", "is_active", "updated_at"];

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const accounts = tenantTable(sql, { table: "user_account", entityType: "UserAccount", schema: UserAccount });
  return UserAccountStore.of({
    find: accounts.find,
    lock: (tenantId, id) =>
      sql<Row>`select * from user_account where tenant_id = ${tenantId} and id = ${id} for no key update`.pipe(
        Effect.orDie,
        Effect.flatMap(([row]) =>
          row === undefined
            ? Effect.fail(new NotFound({ entityType: "UserAccount", entityId: id }))
            : Effect.succeed(accounts.decode(row)),
        ),
      ),
    list: accounts.list,
    byEmail: (tenantId, email) =>
      sql<Row>`select * from user_account where tenant_id = ${tenantId} and lower(email) = lower(${email})`.pipe(
        Effect.orDie,
        Effect.map(([row]) => (row === undefined ? undefined : accounts.decode(row))),
      ),
    insert: (account) => accounts.insert([account]),
    change: (account) => changeRow(sql, "user_account", accounts.encode(account), CHANGING),
  });
});

/** The accounts of staff in PostgreSQL. */
export const layer = Layer.effect(UserAccountStore, make);
