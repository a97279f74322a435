import * as Redacted from "effect/Redacted";

/** What every command is told: where the data are, for which tenant, and how to answer. */
export interface Settings {
  /** The folder of the embedded database, where no database is named. */
  readonly dataDir: string;
  /** A PostgreSQL server. */
  readonly databaseUrl: Redacted.Redacted | undefined;
  /** A ZMOS server to talk to instead of a database. */
  readonly url: string | undefined;
  readonly token: string | undefined;
  /** Id or name of a tenant. */
  readonly tenant: string | undefined;
  readonly json: boolean;
  /** What was typed, and not only in the environment: a server, a database. */
  readonly isUrlTyped: boolean;
  readonly isDatabaseTyped: boolean;
}

/** The global options as commander reads them, from the command line or from the environment. */
export interface GlobalOptions {
  readonly dataDir: string;
  readonly databaseUrl?: string;
  readonly url?: string;
  readonly token?: string;
  readonly tenant?: string;
  readonly json?: boolean;
}

/** The settings that the options make. What is typed wins over what the environment says of the same choice. */
export const settingsOf = (options: GlobalOptions, isTyped: (option: keyof GlobalOptions) => boolean): Settings => {
  const wantsDatabase = isTyped("dataDir") || isTyped("databaseUrl");
  const wantsFolder = isTyped("dataDir") && !isTyped("databaseUrl");
  const databaseUrl = wantsFolder ? undefined : options.databaseUrl;
  return {
    dataDir: options.dataDir,
    databaseUrl: databaseUrl === undefined ? undefined : Redacted.make(databaseUrl),
    url: wantsDatabase && !isTyped("url") ? undefined : options.url?.replace(/\/+$/, ""),
    token: options.token,
    tenant: options.tenant,
    json: options.json ?? false,
    isUrlTyped: isTyped("url"),
    isDatabaseTyped: wantsDatabase,
  };
};
