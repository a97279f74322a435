import * as Config from "effect/Config";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type * as Redacted from "effect/Redacted";
import * as Schema from "effect/Schema";

/** Where this process keeps its data and where it listens. **Shape** with `databaseUrl`, a PostgreSQL server; else the folder `dataDir`. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly databaseUrl: Redacted.Redacted | undefined;
}

/** **Units** a TCP port; 0 takes any that is free. */
const TcpPort = Schema.FiniteFromString.check(Schema.isInt(), Schema.isBetween({ minimum: 0, maximum: 65_535 }));

/** An environment variable cannot be understood. Names it, and never repeats its value. */
export class SettingUnusable extends Schema.TaggedError<SettingUnusable>()("SettingUnusable", {
  variable: Schema.String,
  expected: Schema.String,
}) {
  override get message() {
    return `${this.variable} is not usable: expected ${this.expected}.`;
  }
}

const setting = <A>(variable: string, expected: string, config: Config.Config<A>) =>
  Effect.mapError(config, () => new SettingUnusable({ variable, expected }));

/** The settings that the environment gives: `PORT`, `HOST`, `ZMOS_DATA_DIR`, `DATABASE_URL`. */
export const settings: Effect.Effect<Settings, SettingUnusable> = Effect.gen(function* () {
  const port = Config.schema(TcpPort, "PORT").pipe(Config.withDefault(3000));
  const host = Config.NonEmptyString("HOST").pipe(Config.withDefault("127.0.0.1"));
  const dataDir = Config.NonEmptyString("ZMOS_DATA_DIR").pipe(Config.withDefault("./.zmos"));
  const databaseUrl = Config.option(Config.Redacted("DATABASE_URL"));
  return {
    port: yield* setting("PORT", "a port number, 0 to 65535", port),
    host: yield* setting("HOST", "an address to listen on, like 127.0.0.1", host),
    dataDir: yield* setting("ZMOS_DATA_DIR", "a folder", dataDir),
    databaseUrl: Option.getOrUndefined(yield* setting("DATABASE_URL", "a postgres:// address", databaseUrl)),
  };
});
