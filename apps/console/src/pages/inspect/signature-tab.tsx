import type { Appraisal, Diagnostic } from '@vedette/contracts';
import { Card, type Look, LookChip, SEVERITY_LOOK, STATUS_LOOK } from '@vedette/ui';
import { DiagnosticTable } from '../app/app-coverage.tsx';
import { AppSigners } from '../app/app-facts.tsx';

const LOOK = {
  verified: { ...STATUS_LOOK.ok, word: 'Signature verified' },
  failed: { ...SEVERITY_LOOK.critical, word: 'Signature does not hold' },
  unsigned: { ...SEVERITY_LOOK.high, word: 'Not signed' },
  unknown: { ...STATUS_LOOK.unknown, word: 'Signature not verified' },
} satisfies Record<string, Look>;

export type SignatureState = keyof typeof LOOK;

/** The newest scheme counts, as it does for the platform; a signature that does not hold outweighs all others. */
export function signatureState(signers: Appraisal['app']['signers']): SignatureState {
  if (signers.length === 0) return 'unsigned';
  if (signers.some((signer) => signer.verified === 'failed')) return 'failed';
  const newest = signers[0]?.scheme;
  return signers.every((signer) => signer.scheme !== newest || signer.verified === 'verified') ? 'verified' : 'unknown';
}

export function SignatureChip({ signers }: { readonly signers: Appraisal['app']['signers'] }) {
  return <LookChip look={LOOK[signatureState(signers)]} />;
}

const SENTENCE: Record<SignatureState, string> = {
  verified:
    'The signature was verified over the whole file, here in the browser: nothing in it was changed since it was signed.',
  failed:
    'The signature does not hold for this file. Android refuses to install it, or it was changed after it was signed.',
  unsigned: 'The file carries no signature. Android refuses to install it.',
  unknown: 'There is a signature, but it could not be verified here: it is a claim.',
};

/** Whether the signature holds, by whom, and every issue with its code. */
export function SignatureTab({ appraisal }: { readonly appraisal: Appraisal }) {
  const { signers } = appraisal.app;
  const schemes = [...new Set(signers.map((signer) => signer.scheme))];
  const issues = appraisal.diagnostics.filter(isAboutSignature);
  return (
    <div className="flex flex-col gap-4">
      <Card title="Does the signature hold?" aside={<SignatureChip signers={signers} />}>
        <p className="text-14">{SENTENCE[signatureState(signers)]}</p>
        {schemes.length === 0 ? null : (
          <p className="mt-1 text-13 text-ink-3">
            {schemes.length === 1 ? 'Scheme' : 'Schemes'} {schemes.join(', ')}
          </p>
        )}
      </Card>
      {signers.length === 0 ? null : <AppSigners app={appraisal.app} />}
      {issues.length === 0 ? null : (
        <Card title="Issues of the signature" flush>
          <DiagnosticTable diagnostics={issues} label="Issues of the signature" />
        </Card>
      )}
    </div>
  );
}

function isAboutSignature({ id }: Diagnostic): boolean {
  return /^(apk-signature|signature|x509|cms|certificate|codesign)\./.test(id);
}
