import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type PolicyDocument, PolicyPreview } from '@vedette/contracts';
import { Card, Chip, counted, durationWords, EmptyState, Facts, SeverityChip } from '@vedette/ui';
import { Bell, BookCheck, Timer, Undo2 } from 'lucide-react';
import { send } from '../../api/client.ts';
import { actionLine } from '../../lib/devices-words.ts';

type Rule = PolicyDocument['rules'][number];

/** The rules as cards one can read aloud: when, how bad, what it makes of the device, what is done; and on how many devices each fires now. */
export function PolicyRules({ document }: { readonly document: PolicyDocument }) {
  const firing = useQuery({
    queryKey: ['policy', 'firing', document],
    queryFn: () => send(PolicyPreview, 'POST', '/policy/preview', { document }),
    staleTime: 60_000,
  });
  const countOf = (ruleId: string) => firing.data?.firing.find((entry) => entry.ruleId === ruleId)?.devices;
  return (
    <div className="grid xl:grid-cols-[minmax(0,1fr)_320px] gap-4 items-start">
      {document.rules.length === 0 ? (
        <div className="card">
          <EmptyState title="The policy has no rules" icon={<BookCheck size={24} strokeWidth={1.5} aria-hidden />}>
            Without rules every device with fresh evidence counts as compliant.{' '}
            <Link to="/policies" search={{ tab: 'edit' }} className="link">
              Write the first rule
            </Link>
          </EmptyState>
        </div>
      ) : (
        <div>
          <h2 className="sr-only">Rules in the order they are applied</h2>
          <ol className="flex flex-col gap-3">
            {document.rules.map((rule, index) => (
              <li key={rule.id}>
                <RuleCard rule={rule} number={index + 1} devices={rule.enabled ? countOf(rule.id) : undefined} />
              </li>
            ))}
          </ol>
        </div>
      )}
      <Card title="Limits">
        {document.description === '' ? null : <p className="text-14 text-ink-2 mb-3">{document.description}</p>}
        <Facts
          items={[
            { name: 'Evidence is stale after', value: durationWords(document.staleAfterHours * 3600) },
            { name: 'Patch level is old after', value: durationWords(document.maxPatchAgeDays * 86_400) },
            { name: 'Malice is a threat from', value: `${document.appThresholds.malice} of 100` },
            { name: 'Data risk is a threat from', value: `${document.appThresholds.dataRisk} of 100` },
          ]}
        />
      </Card>
    </div>
  );
}

function RuleCard({
  rule,
  number,
  devices,
}: {
  readonly rule: Rule;
  readonly number: number;
  readonly devices: number | undefined;
}) {
  return (
    <article className={`card p-4 ${rule.enabled ? '' : 'border-dashed'}`}>
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-13 text-ink-3 tnum w-5">{number}</span>
        <h3 className="text-14 font-semibold grow min-w-0">{rule.title}</h3>
        {rule.enabled ? null : <Chip>switched off</Chip>}
        <SeverityChip severity={rule.severity} />
      </div>
      <div className="pl-7 max-sm:pl-0 mt-2 flex flex-col gap-2">
        <pre
          tabIndex={0}
          aria-label={`Condition of ${rule.title}`}
          className="overflow-x-auto whitespace-pre-wrap break-words rounded-v bg-sunken border border-line px-2.5 py-1.5 text-12 leading-5"
        >
          {rule.when}
        </pre>
        <p className="text-13 text-ink-2">
          {rule.compliance === 'non-compliant' ? 'Makes the device not compliant.' : 'Does not change compliance.'}
          {devices === undefined
            ? ''
            : devices === 0
              ? ' Fires on no device now.'
              : ` Fires on ${counted(devices, 'device')} now.`}
        </p>
        {rule.actions.length === 0 ? null : (
          <ul className="flex flex-col gap-1 text-13">
            {rule.actions.map((action) => (
              <li key={action.id} className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
                <span className="inline-flex items-center gap-1.5 font-semibold">
                  <Bell size={14} aria-hidden className="text-ink-3" />
                  {actionLine(action)}
                </span>
                {action.waitMinutes > 0 ? (
                  <span className="inline-flex items-center gap-1 text-ink-2">
                    <Timer size={14} aria-hidden /> after {durationWords(action.waitMinutes * 60)}
                  </span>
                ) : null}
                {action.undo ? (
                  <span className="inline-flex items-center gap-1 text-ink-2">
                    <Undo2 size={14} aria-hidden /> undone when it no longer fires
                  </span>
                ) : null}
              </li>
            ))}
          </ul>
        )}
        {rule.userText === '' ? null : (
          <p className="text-13 border-l-2 border-line pl-3 text-ink-2">{rule.userText}</p>
        )}
      </div>
    </article>
  );
}
