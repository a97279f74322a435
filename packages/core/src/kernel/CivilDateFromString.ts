import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import * as SchemaIssue from "effect/SchemaIssue";
import * as SchemaTransformation from "effect/SchemaTransformation";
import * as CivilDate from "./CivilDate.ts";

const expected = "a calendar day that exists, like 2026-03-07";

/** A civil date on the wire: `YYYY-MM-DD` outside, an epoch day inside. */
export const CivilDateFromString = Schema.String.pipe(
  Schema.decodeTo(
    Schema.declare((day): day is CivilDate.CivilDate => typeof day === "number" && Number.isInteger(day)),
    SchemaTransformation.transformEffect({
      decode: (text) => {
        const day = CivilDate.fromIso(text);
        return day === undefined
          ? Effect.fail(new SchemaIssue.InvalidValue({ message: `Expected ${expected}` }))
          : Effect.succeed(day);
      },
      encode: (day) => Effect.succeed(CivilDate.toIso(day)),
    }),
  ),
).annotate({ identifier: "CivilDate", description: expected });
