import type { PlistValue } from '../plist/plist-value.ts';
import type { Certificate } from '../x509/read-certificate.ts';

export type CodeHashType = 'sha1' | 'sha256' | 'sha256-truncated' | 'sha384' | 'unknown';

/** One CodeDirectory (xnu, osfmk/kern/cs_blobs.h). */
export interface CodeDirectory {
  /** 0 for the first, 0x1000 and up for alternates. */
  readonly slot: number;
  /** The whole blob, its header included: what is hashed and signed. */
  readonly bytes: Uint8Array;
  /** E.g. 0x20400. */
  readonly version: number;
  readonly flags: number;
  /** Names of the known flags, e.g. `adhoc`, `linker-signed`. */
  readonly flagNames: readonly string[];
  readonly identifier: string;
  readonly teamId: string | null;
  readonly hashType: CodeHashType;
  readonly hashSize: number;
  /** In bytes; 0 for one page over everything. */
  readonly pageSize: number;
  /** How much of the slice is covered, in bytes. */
  readonly codeLimit: number;
  readonly codeHashCount: number;
  /** The hash of a page, from 0 to `codeHashCount`. */
  codeHashAt(page: number): Uint8Array;
  /** By the number of the special slot, 1 and up; a hash of zeros means there is no such thing. */
  readonly specialHashes: ReadonlyMap<number, Uint8Array>;
  readonly platform: number;
  readonly execSegmentFlags: number | null;
  /** Its own hash cut to 20 bytes, lower-case hex; null when the host has no such hash. */
  readonly cdHash: string | null;
}

export interface SignatureBlob {
  readonly slot: number;
  readonly magic: number;
  /** The whole blob, its header included. */
  readonly bytes: Uint8Array;
}

/** What a code signature claims; `verifyCodeSignature` says what of it holds. */
export interface CodeSignature {
  readonly blobs: readonly SignatureBlob[];
  readonly codeDirectories: readonly CodeDirectory[];
  /** The one the platform uses: that with the strongest hash (xnu, cs_validate_csblob). */
  readonly chosen: CodeDirectory | null;
  readonly entitlements: {
    readonly xml: PlistValue | null;
    readonly der: PlistValue | null;
    /** Null when only one form, or none, is there. */
    readonly agree: boolean | null;
  };
  /** The internal requirements blob. */
  readonly requirements: Uint8Array | null;
  /** CMS of the signer; null when the blob is missing or empty, as in ad-hoc signatures. */
  readonly cms: Uint8Array | null;
}

/** Why a signature does not hold, or what is unusual about it; the last three groups are no failure of the signature. */
export type SigningIssueCode =
  // The signature itself.
  | 'unsigned'
  | 'ad-hoc'
  | 'malformed'
  | 'no-code-directory'
  | 'page-hash'
  | 'code-not-covered'
  | 'special-slot'
  | 'special-slot-missing'
  | 'hash-unsupported'
  | 'cms-missing'
  | 'cms-failed'
  | 'cms-not-checked'
  | 'cdhashes-mismatch'
  | 'entitlements-differ'
  // Sealed resources.
  | 'resources-missing'
  | 'resources-malformed'
  | 'resource-missing'
  | 'resource-changed'
  | 'resource-added'
  | 'resource-not-checked'
  // The bundle.
  | 'bundle-info-missing'
  | 'bundle-executable-missing'
  | 'bundle-id-mismatch'
  | 'nested-unsigned'
  | 'team-mismatch'
  | 'certificate-outdated'
  // The profile.
  | 'profile-missing'
  | 'profile-failed'
  | 'profile-expired'
  | 'profile-app-id'
  | 'profile-certificate'
  | 'entitlement-not-covered';

export interface SigningIssue {
  readonly code: SigningIssueCode;
  /** Whether a signature with this issue is still a valid one. */
  readonly breaks: boolean;
  readonly detail: string;
  /** Entry path or part of the file, where one is meant. */
  readonly where?: string;
}

export type SigningState = 'verified' | 'broken' | 'ad-hoc' | 'unsigned' | 'not-checked';

/** What verification of one code signature found. */
export interface CodeSignatureVerdict {
  readonly state: SigningState;
  readonly issues: readonly SigningIssue[];
  /** Leaf first, as far as the certificates are in the block; empty for ad-hoc signatures. No trust is judged. */
  readonly certificates: readonly Certificate[];
  readonly teamId: string | null;
  readonly identifier: string | null;
  /** `2026-01-31T12:00:00Z`; the signer's claim. */
  readonly signingTime: string | null;
}
