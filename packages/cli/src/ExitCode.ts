/** How a command ended, for programs. Documented in docs/cli.md; the numbers never change their meaning. */
export const ExitCode = {
  ok: 0,
  /** The product refused, or something went wrong. */
  refused: 1,
  /** The command line, a setting or a file cannot be understood. */
  badInput: 2,
  /** Somebody else has the folder or the port, or a server or database does not answer. Try again later. */
  unavailable: 3,
  /** Ctrl-C. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
