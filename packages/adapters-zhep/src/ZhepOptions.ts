import type * as Redacted from "effect/Redacted";

/** Where ZHEP is, who we are to it, and how long we put up with it. */
export interface ZhepOptions {
  /** Base URL: paths of the wire contract are appended to it. `https`, or `http` on this machine. */
  readonly url: URL;
  readonly apiKey: string;
  readonly apiSecret: Redacted.Redacted;
  /** The longest a caller waits for one call, repeats included. **Units** milliseconds. */
  readonly deadlineMillis: number;
  /** How often a call is repeated after a cut connection or a server error, within the deadline. */
  readonly retries: number;
  /** Calls to one path that fail in a row before that path is left alone. */
  readonly breakerFailures: number;
  /** How long it is left alone, the first time; each further time twice as long, up to 16 times. **Units** seconds. */
  readonly breakerOpenSeconds: number;
  /** The longest answer that is read. **Units** bytes. */
  readonly maxAnswerBytes: number;
}

export const defaults = {
  deadlineMillis: 800,
  retries: 1,
  breakerFailures: 5,
  breakerOpenSeconds: 10,
  maxAnswerBytes: 65_536,
} satisfies Partial<ZhepOptions>;
