import * as Schema from "effect/Schema";

/** What was asked for is not there, or belongs to another tenant: the two are not told apart. */
export class NotFound extends Schema.TaggedError<NotFound>()("NotFound", {
  entityType: Schema.String,
  entityId: Schema.String,
}) {
  override get message() {
    return `There is no ${this.entityType} ${this.entityId}.`;
  }
}
