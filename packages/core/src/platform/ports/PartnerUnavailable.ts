import * as Schema from "effect/Schema";

/** A partner did not answer in time, or answered nonsense: the outcome is unknown. **Units** `retryAfterSeconds`: seconds. */
export class PartnerUnavailable extends Schema.TaggedError<PartnerUnavailable>()("PartnerUnavailable", {
  partner: Schema.String,
  retryAfterSeconds: Schema.Int,
}) {
  override get message() {
    return `${this.partner} does not answer now. Try again in ${this.retryAfterSeconds} s.`;
  }
}
