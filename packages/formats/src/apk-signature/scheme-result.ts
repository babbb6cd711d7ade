import type { HashAlgorithm } from '@vedette/bytes';
import type { Certificate } from '../x509/read-certificate.ts';
import type { ApkIssue, ApkScheme } from './apk-issue.ts';
import type { Lineage } from './lineage.ts';
import type { TaggedItem } from './prefixed.ts';
import { BLOCK_ALGORITHMS, type ContentDigestKind } from './signature-algorithms.ts';

export type Verification = 'verified' | 'failed' | 'not-checked';

/** One signer, as far as its scheme could be read. */
export interface SchemeSigner {
  readonly scheme: ApkScheme;
  /** Its place in the block, counted from 0, or the name of its file in META-INF. */
  readonly name: string;
  /** Its own certificate, the first of its chain. Null when there is none that can be read. */
  readonly certificate: Certificate | null;
  /** The chain, its own certificate first. */
  readonly certificates: readonly Certificate[];
  readonly verified: Verification;
  /** v3 and v3.1: the platforms it is for. */
  readonly sdkRange: { readonly min: number; readonly max: number } | null;
  readonly lineage: Lineage | null;
  /** Digests of the content that it claims, by id of the signature algorithm. */
  readonly contentDigests: readonly TaggedItem[];
  /** Hash of the signature file that a JAR signer signs; missing for the other schemes. */
  readonly digestAlgorithm?: HashAlgorithm | null;
}

/** What the verification of one scheme came to. */
export interface SchemeResult {
  readonly scheme: ApkScheme;
  readonly verified: boolean;
  readonly signers: readonly SchemeSigner[];
  readonly lineage: Lineage | null;
  readonly issues: readonly ApkIssue[];
}

export type DigestsByKind = ReadonlyMap<ContentDigestKind, Uint8Array>;

/** The digests that all signers claim, by how they are made; of several of one kind the last counts, as in apksig. */
export function claimedDigests(signers: readonly SchemeSigner[]): DigestsByKind {
  const digests = new Map<ContentDigestKind, Uint8Array>();
  for (const { contentDigests } of signers) {
    for (const { id, value } of contentDigests) {
      const algorithm = BLOCK_ALGORITHMS.get(id);
      if (algorithm !== undefined) digests.set(algorithm.digest, value);
    }
  }
  return digests;
}
