import { type Host, u32At } from '@vedette/bytes';
import { END_RECORD_SIZE } from '../zip/zip-records.ts';
import type { ContentDigestKind } from './signature-algorithms.ts';
import { verityTree } from './verity-tree.ts';

/** Digests of a file's content as the signature schemes take them, each computed once. */
export interface ContentDigests {
  /** Null where there is no directory, or the host has no such hash. */
  get(kind: ContentDigestKind): Uint8Array | null;
}

/** "APK Signature Scheme v2", "Integrity-protected contents": chunks of 1 MiB, each hashed with its length. */
const CHUNK = 1024 * 1024;
const CHUNK_MARK = 0xa5;
const TOP_MARK = 0x5a;
/** "APK Signature Scheme v3" and apksig, VerityTreeBuilder: eight zero bytes. */
const VERITY_SALT = new Uint8Array(8);

export interface ContentPlace {
  /** Where the signing block begins, in bytes. */
  readonly blockStart: number;
  readonly zip: { readonly directoryOffset: number | null; readonly endRecordOffset: number | null };
  readonly host: Host;
}

export function createContentDigests(bytes: Uint8Array, place: ContentPlace): ContentDigests {
  const known = new Map<ContentDigestKind, Uint8Array | null>();
  return {
    get(kind) {
      const cached = known.get(kind);
      if (cached !== undefined) return cached;
      const sections = protectedSections(bytes, place);
      const digest = sections === null ? null : contentDigest(sections, kind, place.host);
      known.set(kind, digest);
      return digest;
    },
  };
}

function contentDigest(sections: readonly Uint8Array[], kind: ContentDigestKind, host: Host): Uint8Array | null {
  const { signatures } = host;
  switch (kind) {
    case 'chunked-sha256':
      return chunkedDigest(sections, 32, host.sha256);
    case 'chunked-sha512':
      return signatures === undefined
        ? null
        : chunkedDigest(sections, 64, (input) => signatures.digest('sha512', input));
    case 'verity-sha256':
      return verityDigest(sections, host);
    case 'manifest-sha256':
      return null;
  }
}

/** What a signature protects: all but the signing block, the end record as if the directory began where the block does. */
function protectedSections(bytes: Uint8Array, { blockStart, zip }: ContentPlace): readonly Uint8Array[] | null {
  const { directoryOffset, endRecordOffset } = zip;
  if (directoryOffset === null || endRecordOffset === null) return null;
  // A copy even of a Node Buffer, whose own `slice` is a view: the input must stay as it is.
  const end = new Uint8Array(bytes.subarray(endRecordOffset));
  if (end.length < END_RECORD_SIZE || u32At(end, 16) !== directoryOffset) return null;
  for (let index = 0; index < 4; index++) end[16 + index] = (blockStart >>> (index * 8)) & 0xff;
  return [bytes.subarray(0, blockStart), bytes.subarray(directoryOffset, endRecordOffset), end];
}

function chunkedDigest(
  sections: readonly Uint8Array[],
  width: number,
  digestOf: (input: Uint8Array) => Uint8Array,
): Uint8Array {
  const digests: Uint8Array[] = [];
  const largest = Math.max(...sections.map((section) => section.length));
  const buffer = new Uint8Array(5 + Math.min(largest, CHUNK));
  for (const section of sections) {
    for (let at = 0; at < section.length; at += CHUNK) {
      const chunk = section.subarray(at, at + CHUNK);
      mark(buffer, CHUNK_MARK, chunk.length);
      buffer.set(chunk, 5);
      digests.push(digestOf(buffer.subarray(0, 5 + chunk.length)));
    }
  }
  const top = new Uint8Array(5 + digests.length * width);
  mark(top, TOP_MARK, digests.length);
  for (const [index, digest] of digests.entries()) top.set(digest, 5 + index * width);
  return digestOf(top);
}

function mark(target: Uint8Array, first: number, value: number): void {
  target[0] = first;
  for (let index = 0; index < 4; index++) target[1 + index] = (value >>> (index * 8)) & 0xff;
}

/** The root of the tree, followed by the length of what it covers as 64 bits, little-endian. */
function verityDigest(sections: readonly Uint8Array[], host: Host): Uint8Array {
  const digest = new Uint8Array(40);
  digest.set(verityTree(sections, VERITY_SALT, host).rootHash);
  let length = sections.reduce((sum, section) => sum + section.length, 0);
  for (let index = 32; index < 40; index++) {
    digest[index] = length % 256;
    length = Math.floor(length / 256);
  }
  return digest;
}
