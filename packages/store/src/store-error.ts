/** What can go wrong with the database itself, apart from a failing statement. */
export type StoreErrorCode =
  | 'not-a-uuid'
  | 'folder-not-writable'
  | 'folder-unreachable'
  | 'disk-full'
  | 'other-version'
  | 'no-binaries'
  | 'socket-path-too-long'
  | 'in-use'
  | 'start-failed'
  | 'unreachable'
  | 'refused'
  | 'too-old'
  | 'may-not-create-role'
  | 'newer-schema';

/** `message` is one line that says what happened, where, and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
