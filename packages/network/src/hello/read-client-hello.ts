import { Cursor } from '@vedette/bytes';

/** A ClientHello, as it stands on the wire (RFC 8446, 4.1.2). Numbers of GREASE (RFC 8701) are kept: who makes a fingerprint leaves them out. */
export interface ClientHello {
  /** `legacy_version`, e.g. 0x0303. */
  readonly legacyVersion: number;
  /** Of the record that it came in. */
  readonly recordVersion: number;
  readonly cipherSuites: readonly number[];
  /** Types, in the order they were sent. */
  readonly extensions: readonly number[];
  /** `server_name`; null: none was sent. */
  readonly serverName: string | null;
  readonly alpn: readonly string[];
  readonly supportedVersions: readonly number[];
  readonly groups: readonly number[];
  readonly pointFormats: readonly number[];
  readonly signatureAlgorithms: readonly number[];
}

/** `incomplete`: more bytes may make it one. `foreign`: no TLS, or damaged. */
export type HelloResult =
  | { readonly kind: 'hello'; readonly hello: ClientHello }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'foreign'; readonly reason: string };

/** A hello is not larger: with keys for after quantum computers they have some 1.8 kB. */
export const MAX_HELLO_BYTES = 16_384;
const MAX_RECORDS = 64;
const HANDSHAKE_RECORD = 22;
const CLIENT_HELLO = 1;

const foreign = (reason: string): HelloResult => ({ kind: 'foreign', reason });

/**
 * Reads the first bytes of a connection as a ClientHello. It may span several records (RFC 8446, 5.1) and come in several pieces. Never throws.
 * @param bytes all that came so far
 */
export function readClientHello(bytes: Uint8Array): HelloResult {
  const joined = joinRecords(bytes);
  if (!('message' in joined)) return joined;
  const { message, recordVersion } = joined;
  const cursor = new Cursor(message);
  const legacyVersion = u16(cursor);
  cursor.skip(32);
  cursor.skip(cursor.u8());
  const suites = vector16(cursor);
  cursor.skip(cursor.u8());
  if (cursor.truncated) return foreign('a part reaches beyond the end of the message');
  if (suites.remaining % 2 !== 0) return foreign('the list of cipher suites has half an entry');
  const parts: Parts = {
    extensions: [],
    serverName: null,
    alpn: [],
    supportedVersions: [],
    groups: [],
    pointFormats: [],
    signatureAlgorithms: [],
  };
  // A hello of SSL 3.0 or of a plain TLS 1.0 client may end here (RFC 5246, 7.4.1.2).
  if (!cursor.atEnd) {
    const all = vector16(cursor);
    if (cursor.truncated || !cursor.atEnd) return foreign('the list of extensions does not end with the message');
    while (!all.atEnd) {
      const type = u16(all);
      const content = vector16(all);
      if (all.truncated) return foreign('an extension reaches beyond the end of the list');
      parts.extensions.push(type);
      readExtension(type, content, parts);
    }
  }
  return { kind: 'hello', hello: { legacyVersion, recordVersion, cipherSuites: list16(suites), ...parts } };
}

interface Parts {
  extensions: number[];
  serverName: string | null;
  alpn: string[];
  supportedVersions: number[];
  groups: number[];
  pointFormats: number[];
  signatureAlgorithms: number[];
}

/** Puts the records together until the handshake message is whole. */
function joinRecords(
  bytes: Uint8Array,
): HelloResult | { readonly message: Uint8Array; readonly recordVersion: number } {
  const pieces: Uint8Array[] = [];
  let gathered = 0;
  let needed = Number.POSITIVE_INFINITY;
  let recordVersion = 0;
  const cursor = new Cursor(bytes);
  for (let record = 0; gathered < needed; record++) {
    if (record >= MAX_RECORDS) return foreign('it is spread over more records than any client needs');
    if (cursor.remaining >= 1 && bytes[cursor.offset] !== HANDSHAKE_RECORD) return foreign('no record of a handshake');
    if (cursor.remaining >= 2 && bytes[cursor.offset + 1] !== 3) return foreign('no version of TLS');
    if (cursor.remaining < 5) return { kind: 'incomplete' };
    cursor.skip(1);
    const version = u16(cursor);
    if (record === 0) recordVersion = version;
    const length = u16(cursor);
    if (length === 0 || length > MAX_HELLO_BYTES) return foreign('a record of a size that no client sends');
    const piece = cursor.take(Math.min(length, cursor.remaining));
    pieces.push(piece);
    gathered += piece.length;
    if (needed === Number.POSITIVE_INFINITY && gathered >= 4) {
      const head = concat(pieces, gathered);
      if (head[0] !== CLIENT_HELLO) return foreign('no ClientHello');
      needed = 4 + (((head[1] ?? 0) << 16) | ((head[2] ?? 0) << 8) | (head[3] ?? 0));
      if (needed > MAX_HELLO_BYTES) return foreign('larger than any client sends');
    }
    if (piece.length < length && gathered < needed) return { kind: 'incomplete' };
  }
  return { message: concat(pieces, gathered).subarray(4, needed), recordVersion };
}

function readExtension(type: number, content: Cursor, parts: Parts): void {
  switch (type) {
    case 0: {
      // server_name (RFC 6066, 3): a list of one name of type host_name.
      const names = vector16(content);
      const kind = names.u8();
      const name = vector16(names);
      if (!names.truncated && kind === 0) parts.serverName = name.latin1(name.remaining).toLowerCase().slice(0, 255);
      return;
    }
    case 10:
      parts.groups = list16(vector16(content));
      return;
    case 11:
      parts.pointFormats = [...content.take(Math.min(content.u8(), content.remaining))];
      return;
    case 13:
      parts.signatureAlgorithms = list16(vector16(content));
      return;
    case 16: {
      // application_layer_protocol_negotiation (RFC 7301, 3.1).
      const protocols = vector16(content);
      while (!protocols.atEnd && parts.alpn.length < 50) {
        const length = protocols.u8();
        if (length > protocols.remaining) return;
        parts.alpn.push(protocols.latin1(length));
      }
      return;
    }
    case 43:
      parts.supportedVersions = list16(new Cursor(content.take(Math.min(content.u8(), content.remaining))));
      return;
  }
}

function u16(cursor: Cursor): number {
  const high = cursor.u8();
  return (high << 8) | cursor.u8();
}

/** A vector with its length in two bytes; what does not fit marks `cursor` as truncated. */
function vector16(cursor: Cursor): Cursor {
  const length = u16(cursor);
  return new Cursor(cursor.take(length));
}

function list16(cursor: Cursor): number[] {
  const values: number[] = [];
  while (cursor.remaining >= 2) values.push(u16(cursor));
  return values;
}

function concat(pieces: readonly Uint8Array[], total: number): Uint8Array {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only;
  const joined = new Uint8Array(total);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
