import { type Host, u32At } from '@vedette/bytes';
import type { ZipArchive } from '../zip/read-zip.ts';
import { END_RECORD_SIZE } from '../zip/zip-records.ts';

export type DigestHash = 'sha256' | 'sha512';

/** Digests of a file's content as the signature schemes take them, each computed once. */
export interface ContentDigests {
  /** Null where there is no directory, or the host has no such hash. */
  get(hash: DigestHash): Uint8Array | null;
}

/** "APK Signature Scheme v2", "Integrity-protected contents": chunks of 1 MiB, each hashed with its length. */
const CHUNK = 1024 * 1024;
const CHUNK_MARK = 0xa5;
const TOP_MARK = 0x5a;

export interface ContentPlace {
  /** Where the signing block begins, in bytes. */
  readonly blockStart: number;
  readonly zip: Pick<ZipArchive, 'directoryOffset' | 'endRecordOffset'>;
  readonly host: Host;
}

export function createContentDigests(bytes: Uint8Array, place: ContentPlace): ContentDigests {
  const known = new Map<DigestHash, Uint8Array | null>();
  return {
    get(hash) {
      const cached = known.get(hash);
      if (cached !== undefined) return cached;
      const digest = contentDigest(bytes, hash, place);
      known.set(hash, digest);
      return digest;
    },
  };
}

function contentDigest(
  bytes: Uint8Array,
  hash: DigestHash,
  { blockStart, zip, host }: ContentPlace,
): Uint8Array | null {
  const { directoryOffset, endRecordOffset } = zip;
  const { signatures } = host;
  const digestOf =
    hash === 'sha256'
      ? host.sha256
      : signatures && ((input: Uint8Array): Uint8Array => signatures.digest('sha512', input));
  if (directoryOffset === null || endRecordOffset === null || digestOf === undefined) return null;

  // The end record is hashed as if the directory began where the signing block does.
  // A copy even of a Node Buffer, whose own `slice` is a view: the input must stay as it is.
  const end = new Uint8Array(bytes.subarray(endRecordOffset));
  if (end.length < END_RECORD_SIZE || u32At(end, 16) !== directoryOffset) return null;
  for (let index = 0; index < 4; index++) end[16 + index] = (blockStart >>> (index * 8)) & 0xff;

  const sections = [bytes.subarray(0, blockStart), bytes.subarray(directoryOffset, endRecordOffset), end];
  const digests: Uint8Array[] = [];
  const buffer = new Uint8Array(5 + CHUNK);
  for (const section of sections) {
    for (let at = 0; at < section.length; at += CHUNK) {
      const chunk = section.subarray(at, at + CHUNK);
      mark(buffer, CHUNK_MARK, chunk.length);
      buffer.set(chunk, 5);
      digests.push(digestOf(buffer.subarray(0, 5 + chunk.length)));
    }
  }
  const width = hash === 'sha256' ? 32 : 64;
  const top = new Uint8Array(5 + digests.length * width);
  mark(top, TOP_MARK, digests.length);
  for (const [index, digest] of digests.entries()) top.set(digest, 5 + index * width);
  return digestOf(top);
}

function mark(target: Uint8Array, first: number, value: number): void {
  target[0] = first;
  for (let index = 0; index < 4; index++) target[1 + index] = (value >>> (index * 8)) & 0xff;
}
