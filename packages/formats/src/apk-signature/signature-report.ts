import type { ApkIssue, ApkScheme } from './apk-issue.ts';
import type { Lineage } from './lineage.ts';
import type { SchemeSigner } from './scheme-result.ts';
import type { SourceStamp } from './source-stamp.ts';

export interface VerifyOptions {
  /** Platform versions asked about; default 1, and no end. The app's own are in its manifest, see `signingTargets`. */
  readonly minSdk?: number;
  readonly maxSdk?: number;
  /** From the manifest: what the platform demands of the signature depends on them. */
  readonly targetSdk?: number;
  readonly targetSandboxVersion?: number;
  /** The `.idsig` file beside the APK: the v4 signature. */
  readonly idsig?: Uint8Array;
  /** SHA-256 of the certificate that should have stamped the file, in hexadecimal. */
  readonly expectedStampCertificateSha256?: string;
}

export interface ReportedSigner {
  /** Of the certificate, lower-case hexadecimal; null when it cannot be read. */
  readonly sha256: string | null;
  readonly scheme: ApkScheme;
  /** Its place in the block, or the name of its file in META-INF. */
  readonly name: string;
  readonly certificate: SchemeSigner['certificate'];
  readonly certificates: SchemeSigner['certificates'];
  /** `not-checked`: nobody asked (v1, where no platform of the range looks at it), or the host or key does not allow it. */
  readonly verified: SchemeSigner['verified'];
  readonly minSdk?: number;
  readonly maxSdk?: number;
  readonly lineage?: Lineage;
}

export interface ApkSignatureReport {
  /** Whether every platform of the range takes the file's signatures. */
  readonly verified: boolean;
  /** Schemes that verified and count on some platform of the range, newest first; `stamp` last. */
  readonly schemes: readonly ApkScheme[];
  /** Schemes of which anything is there, readable or not. */
  readonly present: readonly ApkScheme[];
  /** Of all schemes that are there, newest first; those that no platform of the range looks at too. */
  readonly signers: readonly ReportedSigner[];
  /** The keys that the app had, oldest first, as the newest signature proves them; null without. */
  readonly lineage: Lineage | null;
  readonly stamp: SourceStamp | null;
  readonly issues: readonly ApkIssue[];
  /** The range the answer is for. */
  readonly range: { readonly minSdk: number; readonly maxSdk: number };
}

const NEWEST_FIRST: readonly ApkScheme[] = ['v3.1', 'v3', 'v2', 'v1', 'v4', 'stamp'];

/** Each scheme once, newest first. */
export function orderedSchemes(schemes: readonly ApkScheme[]): readonly ApkScheme[] {
  return NEWEST_FIRST.filter((scheme) => schemes.includes(scheme));
}

/** Signers as they are reported, those of the newest scheme first. */
export function reportedSigners(signers: readonly SchemeSigner[]): readonly ReportedSigner[] {
  return signers.map(reported).sort((a, b) => NEWEST_FIRST.indexOf(a.scheme) - NEWEST_FIRST.indexOf(b.scheme));
}

function reported(signer: SchemeSigner): ReportedSigner {
  const { scheme, name, certificate, certificates, verified, sdkRange, lineage } = signer;
  return {
    sha256: certificate?.sha256 ?? null,
    scheme,
    name,
    certificate,
    certificates,
    verified,
    ...(sdkRange === null ? {} : { minSdk: sdkRange.min, maxSdk: sdkRange.max }),
    ...(lineage === null ? {} : { lineage }),
  };
}
