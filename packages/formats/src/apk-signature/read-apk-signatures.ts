/**
 * Who signed an APK, in short: `verifyApkSignatures` without the questions of range, stamps and issues. Kept for callers
 * that do not know the manifest yet.
 */
import { createDiagnostics, type Host } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import type { Certificate } from '../x509/read-certificate.ts';
import type { ZipArchive } from '../zip/read-zip.ts';
import { signingTargets } from './manifest-targets.ts';
import type { Verification } from './scheme-result.ts';
import { verifyApkSignatures } from './verify-apk-signatures.ts';

export type SignatureScheme = 'v1' | 'v2' | 'v3' | 'v3.1';

export interface ApkSigner {
  readonly scheme: SignatureScheme;
  /** The signer's own certificate: the first of its chain. */
  readonly certificate: Certificate;
  /** Platform versions a v3 signer is for; null for v1 and v2. */
  readonly sdkRange: { readonly min: number; readonly max: number } | null;
  /** `not-checked` for a v1 signature that did not verify or does not count, and where the host or key does not allow it. */
  readonly verified: Verification;
}

export interface ApkSignatures {
  /** Newest scheme first. */
  readonly signers: readonly ApkSigner[];
  /** Schemes for which anything is there, readable or not. */
  readonly schemes: readonly SignatureScheme[];
}

const SCHEMES: readonly string[] = ['v1', 'v2', 'v3', 'v3.1'];

function isBlockOrJar(scheme: string): scheme is SignatureScheme {
  return SCHEMES.includes(scheme);
}

/** Diagnostics that this function gives: about who signed and whether it holds, not about everything that is odd. */
const KEPT =
  /^apk-signature\.(stripped|none|unknown|signers?|v1\.no-sf|jar-sig-parse-exception|verify\..*|block\.(size|pair|unknown-id|channel|duplicate))$/;

export function readApkSignatures(bytes: Uint8Array, zip: ZipArchive, host: Host): Parsed<ApkSignatures> {
  const targets = signingTargets(zip) ?? { minSdk: 24 };
  const { value: report, diagnostics } = verifyApkSignatures(bytes, zip, host, targets);
  const kept = createDiagnostics();
  for (const diagnostic of diagnostics) {
    if (!KEPT.test(diagnostic.id)) continue;
    const unsure = diagnostic.id === 'apk-signature.verify.key' || diagnostic.id === 'apk-signature.verify.host';
    kept.addAll([unsure ? { ...diagnostic, level: 'note' } : diagnostic]);
  }
  const signers = report.signers.flatMap(({ scheme, certificate, verified, minSdk, maxSdk }): ApkSigner[] => {
    if (certificate === null || !isBlockOrJar(scheme)) return [];
    const sdkRange = minSdk === undefined || maxSdk === undefined ? null : { min: minSdk, max: maxSdk };
    const told = scheme === 'v1' && verified === 'failed' ? 'not-checked' : verified;
    return [{ scheme, certificate, sdkRange, verified: told }];
  });
  return { value: { signers, schemes: report.present.filter(isBlockOrJar) }, diagnostics: kept.list() };
}
