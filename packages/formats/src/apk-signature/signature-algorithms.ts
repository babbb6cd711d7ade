import type { SignatureRequest } from '@vedette/bytes';

/** How the content of a file is digested: in chunks of 1 MiB, as the root of a verity tree, or (v1) the manifest alone. */
export type ContentDigestKind = 'chunked-sha256' | 'chunked-sha512' | 'verity-sha256' | 'manifest-sha256';

/** Numbers of the kinds in source stamps (apksig, ContentDigestAlgorithm). */
export const CONTENT_DIGEST_NUMBERS: Readonly<Record<ContentDigestKind, number>> = {
  'chunked-sha256': 1,
  'chunked-sha512': 2,
  'verity-sha256': 3,
  'manifest-sha256': 4,
};

export interface BlockAlgorithm {
  readonly id: number;
  readonly name: string;
  readonly algorithm: SignatureRequest['algorithm'];
  readonly hash: 'sha256' | 'sha512';
  readonly digest: ContentDigestKind;
  /** First platform that takes it in v2 and v3 signatures. */
  readonly minSdk: number;
  /** First platform whose Java libraries have it: what counts for lineages and stamps. */
  readonly librarySdk: number;
}

const NOUGAT = 24;
const PIE = 28;

/** "APK Signature Scheme v2", "Signature Algorithm IDs"; "APK Signature Scheme v3" for those with verity. */
export const BLOCK_ALGORITHMS: ReadonlyMap<number, BlockAlgorithm> = new Map(
  (
    [
      [0x0101, 'RSASSA-PSS with SHA-256', 'rsa-pss', 'sha256', 'chunked-sha256', NOUGAT, 23],
      [0x0102, 'RSASSA-PSS with SHA-512', 'rsa-pss', 'sha512', 'chunked-sha512', NOUGAT, 23],
      [0x0103, 'RSASSA-PKCS1-v1_5 with SHA-256', 'rsa-pkcs1', 'sha256', 'chunked-sha256', NOUGAT, 1],
      [0x0104, 'RSASSA-PKCS1-v1_5 with SHA-512', 'rsa-pkcs1', 'sha512', 'chunked-sha512', NOUGAT, 1],
      [0x0201, 'ECDSA with SHA-256', 'ecdsa', 'sha256', 'chunked-sha256', NOUGAT, 11],
      [0x0202, 'ECDSA with SHA-512', 'ecdsa', 'sha512', 'chunked-sha512', NOUGAT, 11],
      [0x0301, 'DSA with SHA-256', 'dsa', 'sha256', 'chunked-sha256', NOUGAT, 1],
      [0x0421, 'RSASSA-PKCS1-v1_5 with SHA-256, verity', 'rsa-pkcs1', 'sha256', 'verity-sha256', PIE, 1],
      [0x0423, 'ECDSA with SHA-256, verity', 'ecdsa', 'sha256', 'verity-sha256', PIE, 11],
      [0x0425, 'DSA with SHA-256, verity', 'dsa', 'sha256', 'verity-sha256', PIE, 1],
    ] as const
  ).map(([id, name, algorithm, hash, digest, minSdk, librarySdk]) => [
    id,
    { id, name, algorithm, hash, digest, minSdk, librarySdk },
  ]),
);

export interface SupportedSignature {
  readonly algorithm: BlockAlgorithm;
  readonly signature: Uint8Array;
}

/** SHA-512 before verity before SHA-256, as the platform and apksig prefer them. */
const STRENGTH: readonly ContentDigestKind[] = ['manifest-sha256', 'chunked-sha256', 'verity-sha256', 'chunked-sha512'];

/**
 * Which of a signer's signatures some platform of `[minSdk, maxSdk]` would check: for each release that brought new
 * algorithms, the strongest of them (apksig, getSignaturesToVerify). Null when the oldest platform asked about knows none.
 */
export function signaturesToVerify(
  signatures: readonly SupportedSignature[],
  range: { readonly minSdk: number; readonly maxSdk: number },
  since: 'minSdk' | 'librarySdk' = 'minSdk',
): readonly SupportedSignature[] | null {
  const best = new Map<number, SupportedSignature>();
  let first = Number.POSITIVE_INFINITY;
  for (const signature of signatures) {
    const sdk = signature.algorithm[since];
    if (sdk > range.maxSdk) continue;
    first = Math.min(first, sdk);
    const known = best.get(sdk);
    if (known === undefined || strength(signature) > strength(known)) best.set(sdk, signature);
  }
  if (best.size === 0 || range.minSdk < first) return null;
  return [...best.values()].sort((a, b) => a.algorithm.id - b.algorithm.id);
}

function strength({ algorithm }: SupportedSignature): number {
  return STRENGTH.indexOf(algorithm.digest);
}
