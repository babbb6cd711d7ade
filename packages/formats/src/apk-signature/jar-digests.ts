import type { HashAlgorithm } from '@vedette/bytes';
import { type JarSection, jarAttribute } from './jar-manifest.ts';

export interface NamedDigest {
  readonly hash: HashAlgorithm;
  /** Null when it is not Base64: nothing equals it. */
  readonly digest: Uint8Array | null;
}

export interface SdkRange {
  readonly minSdk: number;
  readonly maxSdk: number;
}

/** Names of hashes in digest attributes, upper case, and the first platform that takes them in manifests. */
const NAMES: ReadonlyMap<string, readonly [hash: HashAlgorithm, minSdk: number]> = new Map([
  ['MD5', ['md5', 0]],
  ['SHA', ['sha1', 0]],
  ['SHA1', ['sha1', 0]],
  ['SHA-1', ['sha1', 0]],
  ['SHA-256', ['sha256', 0]],
  ['SHA-384', ['sha384', 9]],
  ['SHA-512', ['sha512', 9]],
]);

/** Android 4.3 takes the strongest; before, an attribute lists which to try. */
const STRONGEST_FIRST_SDK = 18;
const STRONGEST: readonly (readonly [attribute: string, hash: HashAlgorithm])[] = [
  ['SHA-512', 'sha512'],
  ['SHA-384', 'sha384'],
  ['SHA-256', 'sha256'],
  ['SHA1', 'sha1'],
];

/**
 * The digests in a section that some platform of the range would check (apksig, getDigestsToVerify); none when the oldest
 * platform finds none that it knows.
 *
 * @param suffix `-Digest`, `-Digest-Manifest` or `-Digest-Manifest-Main-Attributes`
 */
export function digestsToVerify(
  section: JarSection,
  suffix: string,
  { minSdk, maxSdk }: SdkRange,
): readonly NamedDigest[] {
  const digests: NamedDigest[] = [];
  if (minSdk < STRONGEST_FIRST_SDK) {
    const old = listedDigest(section, suffix, minSdk);
    if (old === null) return [];
    digests.push(old);
  }
  if (maxSdk < STRONGEST_FIRST_SDK) return digests;
  for (const [attribute, hash] of STRONGEST) {
    const value = jarAttribute(section, attribute + suffix);
    if (value === null) continue;
    const digest = fromBase64(value);
    const known = digests.find((candidate) => candidate.hash === hash);
    if (known === undefined || String(known.digest) !== String(digest)) digests.push({ hash, digest });
    break;
  }
  return digests;
}

function listedDigest(section: JarSection, suffix: string, minSdk: number): NamedDigest | null {
  const algorithms = jarAttribute(section, 'Digest-Algorithms') ?? 'SHA SHA1';
  for (const name of algorithms.split(/\s+/).slice(0, 16)) {
    const value = name === '' ? null : jarAttribute(section, name + suffix);
    const known = NAMES.get(name.toUpperCase());
    if (value === null || known === undefined || known[1] > minSdk) continue;
    return { hash: known[0], digest: fromBase64(value) };
  }
  return null;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Longest digest there is has 64 bytes; what is longer is none. */
const MAX_BASE64 = 128;

/** RFC 4648, section 4; the padding may be missing. Null for other characters. */
export function fromBase64(text: string): Uint8Array | null {
  const digits = text.replace(/={1,2}$/, '');
  if (digits.length > MAX_BASE64 || digits.length % 4 === 1) return null;
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const digit of digits) {
    const value = ALPHABET.indexOf(digit);
    if (value < 0) return null;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  return Uint8Array.from(bytes);
}
