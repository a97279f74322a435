/** What the fake partner knows and has been told, and what it therefore answers when no script says otherwise. */
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import type { Introspection } from "../Wire.ts";
import * as Wire from "../Wire.ts";

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const ok = (body: unknown): Reply => ({ status: 200, body });

/** More than this is declined. **Units** minor units of any currency. */
export const CHARGE_LIMIT_MINOR_UNITS = 1_000_000;

/**
 * **Contract** deterministic: a party whose id ends in `-lapsed` is not entitled, in `-unsure` unknown, any other is entitled; a member without a
 * party is not entitled; a charge above {@link CHARGE_LIMIT_MINOR_UNITS} is declined. One idempotency key is one act; with another body it is
 * refused (422).
 */
export class Ledger {
  readonly visits = new Map<
    string,
    typeof Wire.recordVisit extends Wire.Notice<infer Visit, unknown> ? Visit : never
  >();
  readonly messages: Array<typeof Wire.sendMessage extends Wire.Notice<infer Message, unknown> ? Message : never> = [];
  readonly charges: Array<typeof Wire.charge extends Wire.Notice<infer Charge, unknown> ? Charge : never> = [];
  readonly scores: Array<typeof Wire.publishScore extends Wire.Notice<infer Score, unknown> ? Score : never> = [];
  readonly #tokens = new Map<string, Introspection>();
  readonly #told = new Map<string, { readonly body: string; readonly reply: Reply }>();

  /** From now on, this token is somebody's. */
  vouchFor(token: string, whom: Omit<Extract<Introspection, { readonly active: true }>, "active">): void {
    this.#tokens.set(token, { ...whom, active: true } as Introspection);
  }

  /** From now on, it is nobody's any more. */
  revoke(token: string): void {
    this.#tokens.set(token, { active: false, reason: "revoked" });
  }

  answer(path: string, body: string, idempotencyKey: string | undefined): Reply {
    switch (path) {
      case Wire.introspect.path:
        return read(Wire.introspect, body, ({ token }) =>
          ok(this.#tokens.get(token) ?? { active: false, reason: "unknown" }),
        );
      case Wire.checkEligibility.path:
        return read(Wire.checkEligibility, body, ({ externalPartyId }) => ok(coverOf(externalPartyId)));
      case Wire.recordVisit.path:
        return this.#once(Wire.recordVisit, body, idempotencyKey, (visit) => {
          this.visits.set(visit.bookingId, visit);
          return ok({ outcome: "recorded" });
        });
      case Wire.sendMessage.path:
        return this.#once(Wire.sendMessage, body, idempotencyKey, (message) => {
          this.messages.push(message);
          return ok({ outcome: "accepted" });
        });
      case Wire.charge.path:
        return this.#once(Wire.charge, body, idempotencyKey, (charge) => {
          this.charges.push(charge);
          return ok({ outcome: charge.amount.minorUnits > CHARGE_LIMIT_MINOR_UNITS ? "declined" : "paid" });
        });
      case Wire.publishScore.path:
        return this.#once(Wire.publishScore, body, idempotencyKey, (score) => {
          this.scores.push(score);
          return ok({ outcome: "accepted" });
        });
      default:
        return { status: 404, body: { problem: "no such path" } };
    }
  }

  #once<Request>(
    notice: Wire.Notice<Request, unknown>,
    body: string,
    key: string | undefined,
    act: (request: Request) => Reply,
  ): Reply {
    if (key === undefined) return { status: 400, body: { problem: "an Idempotency-Key is needed" } };
    const earlier = this.#told.get(`${notice.path} ${key}`);
    if (earlier !== undefined) {
      return earlier.body === body ? earlier.reply : { status: 422, body: { problem: "same key, other body" } };
    }
    return read(notice, body, (request) => {
      const reply = act(request);
      this.#told.set(`${notice.path} ${key}`, { body, reply });
      return reply;
    });
  }
}

const coverOf = (externalPartyId: string | undefined): Wire.Cover => {
  if (externalPartyId === undefined) return { outcome: "not_entitled", reason: "the member is no party of ZHEP" };
  if (externalPartyId.endsWith("-lapsed")) return { outcome: "not_entitled", reason: "the cover has lapsed" };
  if (externalPartyId.endsWith("-unsure")) return { outcome: "unknown", retryAfterSeconds: 30 };
  return { outcome: "entitled", source: "ZHEP benefit" };
};

/** The fake is strict about what it is sent: a request beside the wire contract is 400. */
const read = <Request>(
  endpoint: Wire.Question<Request, unknown> | Wire.Notice<Request, unknown>,
  body: string,
  reply: (request: Request) => Reply,
): Reply => {
  const decode = Schema.decodeUnknownResult(Schema.fromJsonString(endpoint.request), { onExcessProperty: "error" });
  const request = decode(body);
  return Result.isSuccess(request)
    ? reply(request.success)
    : { status: 400, body: { problem: "not the wire contract" } };
};
