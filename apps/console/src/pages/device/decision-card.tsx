import { Link } from '@tanstack/react-router';
import { compareSeverity, type DeviceDetail, SIGNAL_IDS, SIGNALS } from '@vedette/contracts';
import { Card, COMPLIANCE_LOOK, RelativeTime, SeverityChip } from '@vedette/ui';
import { Fragment } from 'react';
import { factWords } from './fact-words.ts';

/** What the policy says about this device now, which rules fired, since when and because of what, and what lifts it. */
export function DecisionCard({ device }: { readonly device: DeviceDetail }) {
  const decision = device.decision;
  if (decision === null) {
    return (
      <Card title="Decision">
        <p className="text-14 text-ink-2">
          Nothing is decided yet. The policy is applied when the first report arrives.
        </p>
      </Card>
    );
  }
  const fired = [...decision.fired].sort((a, b) => compareSeverity(a.severity, b.severity));
  const look = COMPLIANCE_LOOK[decision.compliance];
  const Icon = look.icon;
  const sentence =
    decision.compliance === 'non-compliant'
      ? 'This device does not meet the policy'
      : decision.compliance === 'unknown'
        ? 'Too little is known to call this device compliant'
        : 'This device meets the policy';
  return (
    <Card
      title={
        <span className="inline-flex items-center gap-2">
          <Icon size={18} aria-hidden style={{ color: `var(--${look.tone})` }} />
          {sentence}
        </span>
      }
      aside={
        <span className="prose-v text-12 text-ink-3 max-sm:hidden">
          <Link to="/policies" className="link">
            Policy version {decision.policyVersion}
          </Link>
          , decided <RelativeTime at={decision.at} />
        </span>
      }
      flush
    >
      {decision.fired.length === 0 ? (
        <p className="px-4 py-3 text-14 text-ink-2">
          {decision.compliance === 'unknown'
            ? 'No rule fires. The hatched signals below say what is missing or old; a fresh report lifts it.'
            : 'No rule fires.'}
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {fired.map((rule) => (
            <li
              key={rule.ruleId}
              className="px-4 py-2.5 grid md:grid-cols-[84px_minmax(0,1fr)_minmax(0,1fr)] gap-x-4 gap-y-1"
            >
              <span>
                <SeverityChip severity={rule.severity} />
              </span>
              <div className="min-w-0">
                <p className="text-14 font-semibold">{rule.title}</p>
                <p className="text-13 text-ink-2">
                  Since <RelativeTime at={rule.since} />
                  {rule.because.length === 0 ? '' : ', because of '}
                  {rule.because.map((fact, index) => (
                    <Fragment key={fact}>
                      {index === 0 ? '' : ', '}
                      <Because fact={fact} threats={device.threats} />
                    </Fragment>
                  ))}
                  {rule.compliance === 'unchanged' ? '. Notifies only.' : '.'}
                </p>
              </div>
              <p className="text-13 min-w-0">
                <span className="font-semibold">What lifts it. </span>
                <span className="text-ink-2">{liftWords(rule.userText, rule.because)}</span>
              </p>
            </li>
          ))}
        </ul>
      )}
      {decision.errors.length === 0 ? null : (
        <ul className="border-t border-line px-4 py-2 text-13 text-high-ink">
          {decision.errors.map((error) => (
            <li key={error.ruleId}>
              Rule <code>{error.ruleId}</code> could not be applied: {error.message}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** What a rule read, by name; a threat leads to its page. */
function Because({ fact, threats }: { readonly fact: string; readonly threats: DeviceDetail['threats'] }) {
  const { words, threatId } = factWords(fact, threats);
  if (threatId === null) return words;
  return (
    <Link to="/threats/$id" params={{ id: threatId }} className="link">
      {words}
    </Link>
  );
}

/** The policy's own words when it has some, else the remedies of the signals it read. */
export function liftWords(userText: string, because: readonly string[]): string {
  if (userText !== '') return userText;
  const remedies = because.flatMap((fact) => {
    const signal = SIGNAL_IDS.find((id) => fact.endsWith(id));
    return signal === undefined ? [] : [SIGNALS[signal].remedy];
  });
  return remedies.length > 0
    ? [...new Set(remedies)].join(' ')
    : 'It lifts by itself when the rule no longer fires on a fresh report.';
}
