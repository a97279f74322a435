import type * as Schema from "effect/Schema";
import * as HttpApiSchema from "effect/http-api/HttpApiSchema";

/** An answer that tells of something new: 201. */
export const created = <S extends Schema.Top>(answer: S) => answer.pipe(HttpApiSchema.status(201));
