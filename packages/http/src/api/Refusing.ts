import type * as Schema from "effect/Schema";
import * as HttpApiSchema from "effect/http-api/HttpApiSchema";
import { Problem, PROBLEM_JSON, problems, type ProblemTag, type ProblemType } from "../Problem.ts";

/** A problem of these kinds, for the types of handlers and clients. */
export type ProblemOf<Tag extends ProblemTag> = Problem & { readonly type: ProblemType<Tag> };

/** What any endpoint may refuse. */
const byAnybody = ["InvalidCommand", "NotAcceptable", "StoreUnavailable", "InternalError"] as const;

/** What any endpoint behind a token may refuse. */
const byTheDoor = ["Unauthenticated", "PartnerUnavailable", "NotPermitted"] as const;

/** What any endpoint with a body may refuse. */
const byTheBody = ["MalformedBody", "BodyTooLarge", "UnsupportedMediaType"] as const;

/** What any command may refuse. */
const byTheKey = ["IdempotencyKeyMissing", "IdempotencyKeyInFlight", "IdempotencyKeyReused"] as const;

/** One schema for each status, which names the problems that come with it. */
const schemasOf = <Tag extends ProblemTag>(tags: ReadonlyArray<Tag>) => {
  const byStatus = new Map<number, Array<Tag>>();
  for (const tag of tags) byStatus.set(problems[tag].status, [...(byStatus.get(problems[tag].status) ?? []), tag]);
  return [...byStatus].map(([status, told]) =>
    Problem.annotate({ description: told.map((tag) => problems[tag].slug).join(", ") }).pipe(
      HttpApiSchema.status(status),
      HttpApiSchema.asJson({ contentType: PROBLEM_JSON }),
    ),
  ) as unknown as ReadonlyArray<Schema.Codec<ProblemOf<Tag>, unknown>>;
};

/** The refusals of an endpoint that reads: those any has, and its own. */
export const reading = <const Own extends ReadonlyArray<ProblemTag>>(...own: Own) =>
  schemasOf<(typeof byAnybody)[number] | (typeof byTheDoor)[number] | Own[number]>([
    ...byAnybody,
    ...byTheDoor,
    ...own,
  ]);

/** The refusals of an endpoint that changes something. */
export const changing = <const Own extends ReadonlyArray<ProblemTag>>(...own: Own) =>
  schemasOf<
    | (typeof byAnybody)[number]
    | (typeof byTheDoor)[number]
    | (typeof byTheBody)[number]
    | (typeof byTheKey)[number]
    | Own[number]
  >([...byAnybody, ...byTheDoor, ...byTheBody, ...byTheKey, ...own]);

/** The refusals of the endpoint that needs no token, because it gives one. */
export const signingIn = () =>
  schemasOf([...byAnybody, ...byTheBody, "Unauthenticated", "TooManyRequests", "RouteNotFound"] as const);
