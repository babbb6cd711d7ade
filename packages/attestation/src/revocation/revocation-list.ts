/** What a list says of one serial number. */
export interface RevokedSerial {
  readonly status: 'REVOKED' | 'SUSPENDED';
  readonly reason: string;
}

/** Google's list of attestation certificates that are not to be trusted. */
export interface RevocationList {
  /** By serial number as the list writes it: lower-case hexadecimal without leading zeros. */
  readonly entries: ReadonlyMap<string, RevokedSerial>;
}

/** A list of all of Google's has some megabytes. */
const MAX_BYTES = 64 * 1024 * 1024;
/** How old a list may be (the server's `Cache-Control` says a day). */
export const MAX_LIST_AGE_MS = 24 * 60 * 60 * 1000;

/**
 * Reads `https://android.googleapis.com/attestation/status` as it was answered: `{ "entries": { serial: { status, reason } } }`.
 * A status that nobody knows counts as suspended.
 * @returns null for anything else: a list that cannot be read is none, and none refuses every chain
 */
export function readRevocationList(text: string): RevocationList | null {
  if (text.length > MAX_BYTES) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const entries = fieldOf(value, 'entries');
  if (!isObject(entries)) return null;
  const found = new Map<string, RevokedSerial>();
  for (const [serial, about] of Object.entries(entries)) {
    if (!isObject(about) || typeof fieldOf(about, 'status') !== 'string') return null;
    const reason = fieldOf(about, 'reason');
    found.set(serial.toLowerCase().replace(/^0+(?=.)/, ''), {
      status: fieldOf(about, 'status') === 'REVOKED' ? 'REVOKED' : 'SUSPENDED',
      reason: typeof reason === 'string' ? reason.slice(0, 100) : 'UNSPECIFIED',
    });
  }
  return { entries: found };
}

/**
 * What the list says of a serial number. Its keys are hexadecimal; those without a letter in them read as decimal just as
 * well, and old lists have such. Both readings are looked up: refusing one key too many is the smaller harm.
 */
export function revocationOf(list: RevocationList, serial: Uint8Array): RevokedSerial | null {
  const number = serial.subarray(0, 64).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return list.entries.get(number.toString(16)) ?? list.entries.get(number.toString(10)) ?? null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldOf(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
