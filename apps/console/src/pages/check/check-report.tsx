import { useNavigate } from '@tanstack/react-router';
import { type CheckResult, type Finding, isAskable, type Signal } from '@vedette/contracts';
import { EVIDENCE_KINDS } from '@vedette/contracts/vocabulary';
import { buttonClass, Card, Chip, COMPLIANCE_LOOK, EmptyState, PostureBoard, RelativeTime } from '@vedette/ui';
import { Printer } from 'lucide-react';
import { useMemo, useState } from 'react';
import { FindingCard } from '../../app/finding-card.tsx';
import { UsageCurves } from '../../app/usage-curves.tsx';
import { useEvidence } from '../../app/use-evidence.tsx';
import { systemLine } from '../../lib/devices-words.ts';
import { findingOfSignal } from '../../lib/finding-of-signal.ts';
import { DeviceApps } from '../device/device-apps.tsx';
import { CheckDownload } from './check-download.tsx';
import { CheckTimeline } from './check-timeline.tsx';

export function CheckReport({ result, answer }: { readonly result: CheckResult; readonly answer: string }) {
  const [open, setOpen] = useState<string>();
  const navigate = useNavigate();
  const signals = result.signals.filter(isAskable);
  const findings = useMemo<readonly Finding[]>(() => result.findings, [result]);
  const { drawer, show } = useEvidence(findings, open, setOpen);
  const bad = signals.some((signal) => signal.status === 'bad');
  const unknown = signals.some((signal) => signal.status === 'unknown');
  const look = COMPLIANCE_LOOK[bad ? 'non-compliant' : unknown ? 'unknown' : 'compliant'];
  const Icon = look.icon;
  const shown = findings.filter((finding) => finding.status === 'bad');
  const openSignal = (signal: Signal) => {
    const finding = findingOfSignal(signal, findings);
    if (finding !== undefined) show(finding.ruleId);
  };
  const name = [result.device.manufacturer, result.device.model].filter((part) => part !== null).join(' ');
  return (
    <div className="flex flex-col gap-4">
      <section className="card p-4 flex flex-wrap gap-3 items-start">
        <Icon size={26} aria-hidden className="flex-none mt-0.5" style={{ color: `var(--${look.tone})` }} />
        <div className="grow basis-[280px]">
          <p className="text-20 font-semibold">{answer}</p>
          <p className="text-14 text-ink-2">
            {name === '' ? 'Unnamed phone' : name}, {systemLine(result.device)}
            {result.device.patchLevel === null ? '' : `, patch level ${result.device.patchLevel}`}.{' '}
            {result.input.kind === 'several' ? 'From' : 'From the'} {EVIDENCE_KINDS[result.input.kind]}{' '}
            {result.input.path}
            {result.input.collectedAt === null ? '' : ', taken '}
            {result.input.collectedAt === null ? null : <RelativeTime at={result.input.collectedAt} />}.{' '}
            {result.indicators === undefined
              ? 'Held against no list of indicators.'
              : `Held against ${result.indicators.total.toLocaleString('en')} indicators (${result.indicators.lists.join(', ')}).`}
          </p>
          {result.input.parts === undefined ? null : (
            <ul className="list-disc pl-5 text-13 text-ink-2 mt-1">
              {result.input.parts.map(({ path, kind }) => (
                <li key={path}>
                  {EVIDENCE_KINDS[kind]}: <code className="text-12 break-all">{path === '' ? '.' : path}</code>
                </li>
              ))}
            </ul>
          )}
        </div>
        <span className="no-print flex gap-2">
          <button type="button" className={buttonClass('plain')} onClick={() => window.print()}>
            <Printer size={15} aria-hidden /> Print
          </button>
          <CheckDownload check={result} answer={answer} />
        </span>
      </section>
      <Card title="Posture">
        <PostureBoard signals={signals} onOpen={openSignal} />
      </Card>
      <section className="flex flex-col gap-3" aria-label="Findings">
        <h2 className="text-16 font-semibold">What is wrong, and how we know</h2>
        {shown.length === 0 ? (
          <div className="card">
            <EmptyState title="Nothing wrong was found">
              {unknown ? 'Hatched cells above could not be checked from this evidence.' : undefined}
            </EmptyState>
          </div>
        ) : null}
        {shown.map((finding, index) => (
          <FindingCard
            key={`${finding.ruleId}-${index}`}
            finding={finding}
            open={open === finding.ruleId}
            onOpen={() => show(finding.ruleId)}
          />
        ))}
      </section>
      {result.usage === undefined ? null : (
        <Card title="Use by apps">
          <UsageCurves curves={result.usage} />
        </Card>
      )}
      <CheckTimeline result={result} />
      {result.apps.length === 0 ? null : (
        <section>
          <h2 className="text-16 font-semibold mb-2">Installed apps</h2>
          <DeviceApps apps={result.apps.map((app) => ({ ...app, appraisal: null }))} complete />
        </section>
      )}
      {result.diagnostics.length === 0 ? null : (
        <Card title="Notes on the evidence">
          <ul className="flex flex-col gap-1.5 text-13">
            {result.diagnostics.slice(0, 50).map((diagnostic, index) => (
              <li key={`${diagnostic.id}-${index}`}>
                <Chip>{diagnostic.level}</Chip> {diagnostic.message}{' '}
                {diagnostic.where === undefined ? null : (
                  <code className="text-12 text-ink-3 break-all">{diagnostic.where}</code>
                )}
              </li>
            ))}
          </ul>
        </Card>
      )}
      <p className="text-13 text-ink-3">
        Rather follow this phone over time?{' '}
        <button
          type="button"
          className="link"
          onClick={() => void navigate({ to: '/settings', search: { tab: 'enrolment', create: '1' } })}
        >
          Enrol it
        </button>
      </p>
      {drawer}
    </div>
  );
}
