import type { Diagnostics, Host } from '@vedette/bytes';
import type { AppSigner } from '@vedette/contracts';
import {
  type ApkSignatureReport,
  type ReportedSigner,
  signingTargets,
  type VerifyOptions,
  verifyApkSignatures,
} from '@vedette/formats';
import type { OpenPart } from './container/open-part.ts';

/** Where nothing is known of the platforms an app is for: those of today, which look at block signatures first. */
const UNKNOWN_TARGETS = { minSdk: 24 };

/** Verifies the signatures of each part that is an archive; an installer refuses splits that are signed by somebody else. */
export function readSignatures(
  parts: readonly OpenPart[],
  host: Host,
  diagnostics: Diagnostics,
): ReadonlyMap<OpenPart, ApkSignatureReport> {
  const reports = new Map<OpenPart, ApkSignatureReport>();
  let expected: string | null = null;
  // A split is installed where its base is, whatever its own manifest leaves out.
  let targets: VerifyOptions | null = null;
  for (const part of parts) {
    if (part.archive === null) continue;
    const { bytes, zip } = part.archive;
    targets ??= signingTargets(zip) ?? UNKNOWN_TARGETS;
    const { value, diagnostics: noticed } = verifyApkSignatures(bytes, zip, host, targets);
    diagnostics.addAll(noticed, part.path === '' ? undefined : part.path);
    reports.set(part, value);
    const signed = signerSet(value);
    expected ??= signed;
    if (signed !== expected) {
      const message = 'the split is not signed as the base is: an installer refuses the set';
      diagnostics.warning('container.set.other-signer', message, { where: part.path });
    }
  }
  return reports;
}

/** Who signs, by the newest scheme that is there; whether it holds is another question. */
function signerSet({ signers }: ApkSignatureReport): string {
  const newest = signers[0]?.scheme;
  const certificates = signers.filter(({ scheme }) => scheme === newest).map(({ sha256 }) => sha256 ?? '');
  return [...new Set(certificates)].sort().join(' ');
}

/** The signers of an APK's own signatures, as appraisals list them; stamps and v4 tell no more about who made the app. */
export function appSigners({ signers }: ApkSignatureReport): AppSigner[] {
  return signers.flatMap((signer) => appSigner(signer) ?? []);
}

function appSigner({ scheme, certificate, verified }: ReportedSigner): AppSigner | null {
  if (certificate === null || scheme === 'v4' || scheme === 'stamp') return null;
  const { sha256, sha1, subject, issuer, notBefore, notAfter, keyAlgorithm, keyBits, signatureAlgorithm } = certificate;
  const named = sha1 === null ? { sha256 } : { sha256, sha1 };
  return {
    ...named,
    scheme,
    subject,
    issuer,
    notBefore,
    notAfter,
    keyAlgorithm,
    keyBits,
    signatureAlgorithm,
    verified,
  };
}
