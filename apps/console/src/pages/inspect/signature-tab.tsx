import type { Appraisal } from '@vedette/contracts';
import { Card, counted, type Look, LookChip, SEVERITY_LOOK, STATUS_LOOK } from '@vedette/ui';
import type { SigningFacts, SigningState } from '../../inspect/signing-facts.ts';
import { DiagnosticTable } from '../app/app-coverage.tsx';
import { AppSigners } from '../app/app-facts.tsx';

const LOOK: Record<SigningState, Look> = {
  verified: { ...STATUS_LOOK.ok, word: 'Signature verified' },
  failed: { ...SEVERITY_LOOK.critical, word: 'Signature does not hold' },
  unsigned: { ...SEVERITY_LOOK.high, word: 'Not signed' },
  'ad-hoc': { ...SEVERITY_LOOK.medium, word: 'Signed by nobody' },
  unknown: { ...STATUS_LOOK.unknown, word: 'Signature not verified' },
  'none-expected': { ...STATUS_LOOK.unknown, word: 'Carries no signature' },
};

const SENTENCE: Record<SigningState, string> = {
  verified:
    'The signature was verified over the whole file, here in the browser: nothing in it was changed since it was signed.',
  failed: 'The signature does not hold for this file: the platform refuses it, or it was changed after it was signed.',
  unsigned: 'The file carries no signature. The platform refuses to install it.',
  'ad-hoc': 'The hashes agree, but nobody stands for them: there is no certificate.',
  unknown: 'There is a signature, but it could not be verified here: it is a claim.',
  'none-expected': 'Files of this kind are not signed as they are; what is made of them for a phone is.',
};

export function SignatureChip({ state }: { readonly state: SigningState }) {
  return <LookChip look={LOOK[state]} />;
}

/** Whether the signature holds, by whom, and every issue with its code. */
export function SignatureTab({ signing, app }: { readonly signing: SigningFacts; readonly app: Appraisal['app'] }) {
  const { state, schemes, present, notes, issues } = signing;
  const lines = [
    ...(present.length === 0 ? [] : [`There: ${present.join(', ')}`]),
    ...(schemes.length === 0 ? [] : [`Verified: ${schemes.join(', ')}`]),
    ...notes,
  ];
  return (
    <div className="flex flex-col gap-4">
      <Card title="Does the signature hold?" aside={<SignatureChip state={state} />}>
        <p className="text-14">{SENTENCE[state]}</p>
        {lines.length === 0 ? null : (
          <ul className="mt-1 text-13 text-ink-3">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </Card>
      {issues.length === 0 ? null : (
        <Card title={`${counted(issues.length, 'issue')} of the signature`} flush>
          <DiagnosticTable
            label="Issues of the signature"
            diagnostics={issues.map(({ code, level, detail, where }) => ({
              id: code,
              level,
              message: detail,
              ...(where === '' ? {} : { where }),
            }))}
          />
        </Card>
      )}
      {app.signers.length === 0 ? null : <AppSigners app={app} />}
    </div>
  );
}
