import {
  Adb,
  type AdbCredentialStore,
  type AdbDaemonConnection,
  AdbDaemonTransport,
  AdbPublicKeyAuthenticator,
  AdbSignatureAuthenticator,
} from '@yume-chan/adb';
import { PhoneError } from './phone-error.ts';
import { linkOf, type PhoneLink } from './phone-link.ts';
import { OutOfTimeError, withinTime } from './within-time.ts';

/** Time for a person to find the phone, unlock it and read the question, in milliseconds. */
const ALLOW_MS = 60_000;

export interface SignInOptions {
  /** Messages of ADB to and from the phone, whatever carries them. */
  readonly connection: AdbDaemonConnection;
  readonly serial: string;
  readonly keys: AdbCredentialStore;
  readonly signal: AbortSignal;
  /** Called when the phone shows its question. */
  readonly onQuestion: () => void;
  readonly allowMs?: number;
}

/**
 * Signs in to a phone that is reached without an adb server: with the keys at hand, else by asking its owner.
 * @throws PhoneError when the phone does not let this computer in
 * @throws Error when `signal` aborts
 */
export async function signIn(options: SignInOptions): Promise<PhoneLink> {
  const { connection, serial, keys, signal, onQuestion, allowMs = ALLOW_MS } = options;
  let asked = false;
  try {
    const transport = await withinTime(allowMs, signal, () =>
      AdbDaemonTransport.authenticate({
        serial,
        connection,
        credentialStore: keys,
        authenticators: [
          AdbSignatureAuthenticator,
          async function* (store, next) {
            for await (const packet of AdbPublicKeyAuthenticator(store, next)) {
              asked = true;
              onQuestion();
              yield packet;
            }
          },
        ],
        // One packet under way at a time: an answer that is given up leaves little behind.
        initialDelayedAckBytes: 0,
      }),
    );
    return linkOf(new Adb(transport), serial);
  } catch (error) {
    if (signal.aborted) throw error;
    const waited = asked && error instanceof OutOfTimeError;
    throw new PhoneError(
      waited
        ? `phone ${serial} has not allowed this computer; unlock it, accept “Allow USB debugging?” and try again`
        : `phone ${serial} did not let this computer sign in: ${reasonOf(error)}`,
      { cause: error },
    );
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  return error instanceof Error ? error.message : String(error);
}
