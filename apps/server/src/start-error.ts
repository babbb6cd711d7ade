/** Why the server cannot start: one line, for the terminal. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
