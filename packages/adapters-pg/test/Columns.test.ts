import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import * as SqlClient from "effect/sql/SqlClient";
import { columnsOf } from "../src/Columns.ts";
import { layerPglite } from "./support/TestDatabase.ts";

const Note = Schema.Struct({ noteText: Schema.String, isRead: Schema.Boolean, extra: Schema.Unknown });

describe("rows as columns", () => {
  it.layer(layerPglite)((it) => {
    it.effect("arrive as they were, whatever is in them, and what is absent is null", () =>
      Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient;
        const columns = columnsOf(Note, { note_text: "text", is_read: "boolean", extra: "jsonb" });
        const rows = [
          { note_text: `a "quote", {a brace}, a \\ and a line\nbreak`, is_read: true, extra: { text: `"\\{},NULL` } },
          { note_text: "NULL", is_read: false, extra: "NULL" },
          { note_text: "", extra: [1, null] },
        ];
        yield* sql`create temporary table note (extra jsonb, note_text text, is_read boolean)`;
        yield* sql`insert into note ${columns(sql, rows)}`;
        assert.deepStrictEqual(yield* sql`select note_text, is_read, extra from note`, [
          rows[0] ?? {},
          rows[1] ?? {},
          { note_text: "", is_read: null, extra: [1, null] },
        ]);
      }),
    );
  });

  it("have a type for each field, or are not written at all", () => {
    assert.throws(() => columnsOf(Note, { note_text: "text", extra: "jsonb" }), /is_read/);
  });
});
