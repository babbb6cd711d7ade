import type { HashAlgorithm } from '@vedette/bytes';
import { DIGEST_ALGORITHMS } from '../x509/signature-methods.ts';

/** Inclusive ranges of platform versions. */
type Ranges = readonly (readonly [from: number, to: number])[];

const EVER = Number.MAX_SAFE_INTEGER;
const since = (sdk: number): Ranges => [[sdk, EVER]];
const LOLLIPOP_TO_M: Ranges = [[21, 23]];
const LOLLIPOP_ONLY: Ranges = [[21, 21]];
const EARLY_AND_SINCE = (sdk: number): Ranges => [
  [0, 8],
  [sdk, EVER],
];

/** Signature algorithms that name their hash, by kind of key. */
const HASHED: Readonly<Record<'rsa' | 'dsa' | 'ec', ReadonlyMap<string, HashAlgorithm>>> = {
  rsa: new Map([
    ['1.2.840.113549.1.1.4', 'md5'],
    ['1.2.840.113549.1.1.5', 'sha1'],
    ['1.2.840.113549.1.1.14', 'sha224'],
    ['1.2.840.113549.1.1.11', 'sha256'],
    ['1.2.840.113549.1.1.12', 'sha384'],
    ['1.2.840.113549.1.1.13', 'sha512'],
  ]),
  dsa: new Map([
    ['1.2.840.10040.4.3', 'sha1'],
    ['2.16.840.1.101.3.4.3.1', 'sha224'],
    ['2.16.840.1.101.3.4.3.2', 'sha256'],
  ]),
  ec: new Map([
    ['1.2.840.10045.4.1', 'sha1'],
    ['1.2.840.10045.4.3.1', 'sha224'],
    ['1.2.840.10045.4.3.2', 'sha256'],
    ['1.2.840.10045.4.3.3', 'sha384'],
    ['1.2.840.10045.4.3.4', 'sha512'],
  ]),
};

/** Where the algorithm names only the kind of key, by digest. */
const BARE: Readonly<Record<string, Readonly<Partial<Record<HashAlgorithm, Ranges>>>>> = {
  '1.2.840.113549.1.1.1': {
    md5: since(0),
    sha1: since(0),
    sha224: EARLY_AND_SINCE(21),
    sha256: EARLY_AND_SINCE(18),
    sha384: since(18),
    sha512: since(18),
  },
  '1.2.840.10040.4.1': { sha1: since(0), sha224: since(22), sha256: since(22) },
  '1.2.840.10045.2.1': {
    sha1: since(18),
    sha224: since(21),
    sha256: since(18),
    sha384: since(18),
    sha512: since(18),
  },
};

/** Where the algorithm names the same hash as the digest does. */
const MATCHING: Readonly<Record<'rsa' | 'dsa' | 'ec', Readonly<Partial<Record<HashAlgorithm, Ranges>>>>> = {
  rsa: {
    md5: EARLY_AND_SINCE(21),
    sha1: since(0),
    sha224: EARLY_AND_SINCE(21),
    sha256: EARLY_AND_SINCE(18),
    sha384: since(21),
    sha512: since(21),
  },
  dsa: { sha1: since(9), sha224: since(21), sha256: since(21) },
  ec: { sha1: since(18), sha224: since(21), sha256: since(21), sha384: since(21), sha512: since(21) },
};

/** Pairs of different hashes went unnoticed in Android 5.0 to 6.0; three of RSA only in 5.0. */
const LOLLIPOP_ONLY_PAIRS = ['sha224 sha256', 'sha256 sha1', 'sha512 sha384'];

/**
 * Platform versions on which a JAR signature of this digest and signature algorithm verifies, as apksig lists them
 * (OidConstants, found by trying).
 */
function supportedRanges(digestOid: string, signatureOid: string): Ranges {
  const digest = DIGEST_ALGORITHMS.get(digestOid);
  if (digest === undefined) return [];
  const bare = BARE[signatureOid];
  if (bare !== undefined) return bare[digest] ?? [];
  for (const kind of ['rsa', 'dsa', 'ec'] as const) {
    const hash = HASHED[kind].get(signatureOid);
    if (hash === undefined) continue;
    if (hash === digest) return MATCHING[kind][digest] ?? [];
    return kind === 'rsa' && LOLLIPOP_ONLY_PAIRS.includes(`${digest} ${hash}`) ? LOLLIPOP_ONLY : LOLLIPOP_TO_M;
  }
  return [];
}

/** The first platform of the range on which such a signature does not verify; null when it does on all. */
export function firstUnsupportedSdk(
  digestOid: string,
  signatureOid: string,
  { minSdk, maxSdk }: { readonly minSdk: number; readonly maxSdk: number },
): number | null {
  let sdk = minSdk;
  for (const [from, to] of supportedRanges(digestOid, signatureOid)) {
    if (sdk >= from && sdk <= to) sdk = to + 1;
    if (sdk > maxSdk) return null;
  }
  return sdk;
}
