import { type CborMap, type CborValue, derBits, derOid, derSequence, readCborItem } from '@vedette/formats';

/** Authenticator data (W3C Web Authentication, 6.1). */
export interface AuthenticatorData {
  readonly rpIdHash: Uint8Array;
  readonly flags: number;
  /** Unsigned, 32 bits. */
  readonly signCount: number;
  readonly credential: {
    readonly aaguid: Uint8Array;
    readonly id: Uint8Array;
    /** COSE_Key (RFC 9052, 7) as it is written. */
    readonly key: CborMap;
  } | null;
  /** What the ED flag announces; null without. */
  readonly extensions: CborMap | null;
}

const ATTESTED_CREDENTIAL = 0x40;
const EXTENSIONS = 0x80;
const FIXED = 37;

/** Reads authenticator data strictly: its flags say what it holds, and nothing else follows. Null where it is anything else. */
export function readAuthenticatorData(bytes: Uint8Array): AuthenticatorData | null {
  return read(bytes, true);
}

/** The same of an assertion of App Attest: it has no credential in it, though it sets the flag for one. */
export function readAssertionData(bytes: Uint8Array): AuthenticatorData | null {
  return read(bytes, false);
}

function read(bytes: Uint8Array, withCredential: boolean): AuthenticatorData | null {
  if (bytes.length < FIXED) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const flags = view.getUint8(32);
  let at = FIXED;
  let credential: AuthenticatorData['credential'] = null;
  if (withCredential && (flags & ATTESTED_CREDENTIAL) !== 0) {
    if (bytes.length < at + 18) return null;
    const length = view.getUint16(at + 16);
    const id = bytes.subarray(at + 18, at + 18 + length);
    const key = readCborItem(bytes, at + 18 + length);
    if (id.length !== length || key === null || !isMap(key.value)) return null;
    credential = { aaguid: bytes.subarray(at, at + 16), id, key: key.value };
    at = key.end;
  }
  let extensions: CborMap | null = null;
  if ((flags & EXTENSIONS) !== 0) {
    const item = readCborItem(bytes, at);
    if (item === null || !isMap(item.value)) return null;
    extensions = item.value;
    at = item.end;
  }
  if (at !== bytes.length) return null;
  return { rpIdHash: bytes.subarray(0, 32), flags, signCount: view.getUint32(33), credential, extensions };
}

export function isMap(value: CborValue | undefined): value is CborMap {
  return value instanceof Map;
}

/** A point of P-256 in the uncompressed form (SEC 1, 2.3.3) from an EC2 key of COSE (RFC 9053, 7.1.1); null for any other key. */
export function p256Point(key: CborMap): Uint8Array | null {
  const [type, curve, x, y] = [key.get(1), key.get(-1), key.get(-2), key.get(-3)];
  if (type !== 2 || curve !== 1 || !(x instanceof Uint8Array) || !(y instanceof Uint8Array)) return null;
  return x.length === 32 && y.length === 32 ? Uint8Array.from([4, ...x, ...y]) : null;
}

/** The uncompressed point in a SubjectPublicKeyInfo of P-256 (RFC 5480); null for any other key. */
export function pointOfPublicKey(publicKey: Uint8Array): Uint8Array | null {
  const point = publicKey.subarray(-65);
  const written = point[0] === 4 ? p256PublicKey(point) : null;
  return written !== null &&
    written.every((byte, index) => byte === publicKey[index]) &&
    written.length === publicKey.length
    ? point
    : null;
}

/** SubjectPublicKeyInfo (RFC 5480) of an uncompressed point of P-256. */
export function p256PublicKey(point: Uint8Array): Uint8Array {
  return derSequence(derSequence(derOid('1.2.840.10045.2.1'), derOid('1.2.840.10045.3.1.7')), derBits(point));
}
