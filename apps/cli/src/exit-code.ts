/** What the process ends with; the same for every command. */
export const EXIT = {
  /** Done. */
  done: 0,
  /** Done, and something at or above `--fail-on` was found. */
  found: 1,
  /** Called in a wrong way. */
  usage: 2,
  /** An input cannot be read, or a server cannot be reached or refuses; one line says why. */
  failed: 3,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command with one line on stderr. The message says what happened and what to do. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
