import * as Schema from "effect/Schema";

/** Another account of the tenant has this address. */
export class EmailInUse extends Schema.TaggedError<EmailInUse>()("EmailInUse", { email: Schema.String }) {
  override get message() {
    return `Another account has the address ${this.email}; an address signs in one person. Choose another.`;
  }
}
