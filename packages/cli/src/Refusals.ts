/** What the command line itself refuses. Each says what to do. */
import { FieldError } from "@zmos/core";
import * as Schema from "effect/Schema";

/** An argument, an option or a file cannot be understood. */
export class BadInput extends Schema.TaggedError<BadInput>()("BadInput", { detail: Schema.String }) {
  override get message() {
    return this.detail;
  }
}

/** Lines of a file cannot be taken, so none was. **Shape** the path of an error is `/lines/<number>/<column>`. */
export class LinesRefused extends Schema.TaggedError<LinesRefused>()("LinesRefused", {
  file: Schema.String,
  lines: Schema.Int,
  errors: Schema.Array(FieldError),
}) {
  override get message() {
    const [lines, them] = this.lines === 1 ? ["One line", "it"] : [`${this.lines} lines`, "them"];
    return `${lines} of ${this.file} cannot be taken, so nothing was imported. Mend ${them}, or leave ${them} out with --skip-bad.`;
  }
}

/** Nothing goes by this name here. */
export class NoSuch extends Schema.TaggedError<NoSuch>()("NoSuch", { thing: Schema.String, name: Schema.String }) {
  override get message() {
    return `There is no ${this.thing} ${this.name}.`;
  }
}

/** A database whose tables are not those of this version. **Units** numbers of migrations. */
export class DatabaseNotMigrated extends Schema.TaggedError<DatabaseNotMigrated>()("DatabaseNotMigrated", {
  current: Schema.Int,
  needed: Schema.Int,
}) {
  override get message() {
    const state = `The database has had migration ${this.current}, and this version works with ${this.needed}.`;
    return this.current < this.needed
      ? `${state} Run \`zmos migrate\` as the user who owns the tables.`
      : `${state} Update ZMOS.`;
  }
}
