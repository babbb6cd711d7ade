/** A phone went away or does not answer, and what to do, in one line. */
export class PhoneError extends Error {
  override readonly name = 'PhoneError';
}
