import type { Finding, PolicyVersion } from '@vedette/contracts';
import { Card, Chip, counted, Facts, formatBytes, Hash, type Tab, Tabs, VerdictChip, wordsOf } from '@vedette/ui';
import { useEffect, useRef } from 'react';
import type { InspectSummary } from '../../inspect/inspect-file.ts';
import type { Inspector } from '../../inspect/inspector.ts';
import { AppCoverage } from '../app/app-coverage.tsx';
import { AppComponents, AppHosts, AppPermissions } from '../app/app-facts.tsx';
import { AppFindings } from '../app/app-findings.tsx';
import { AppLibraries } from '../app/app-libraries.tsx';
import { AppScores } from '../app/app-scores.tsx';
import { ReportMenu } from '../app/report-menu.tsx';
import { ContentTab, contentCount } from './content-tab.tsx';
import { EntriesTab } from './entries-tab.tsx';
import { ManifestTab } from './manifest-tab.tsx';
import { SignatureChip, SignatureTab } from './signature-tab.tsx';
import { StringsTab } from './strings-tab.tsx';

type Thresholds = PolicyVersion['document']['appThresholds'];

/** An app that was opened here: what it is at a glance, then each part of it. */
export function InspectResult({
  summary,
  inspector,
  thresholds,
  tab,
  onTab,
  evidence,
  onEvidence,
}: {
  readonly summary: InspectSummary;
  readonly inspector: Inspector;
  readonly thresholds: Thresholds;
  readonly tab: string | undefined;
  readonly onTab: (tab: string | undefined) => void;
  readonly evidence: string | undefined;
  readonly onEvidence: (ruleId: string) => void;
}) {
  const { appraisal } = summary;
  const { app, file } = appraisal;
  const heading = useRef<HTMLHeadingElement>(null);
  // The result takes the place of the drop area that had the focus: whoever reads by ear is led to it.
  useEffect(() => heading.current?.focus(), []);
  const tabs: readonly Tab[] = [
    {
      value: 'findings',
      label: 'Findings',
      count: appraisal.findings.filter((finding: Finding) => finding.status === 'bad').length,
      content: (
        <div className="flex flex-col gap-4">
          <Card title="What the rules make of it">
            <AppScores appraisal={appraisal} thresholds={thresholds} onOpen={onEvidence} />
          </Card>
          <AppFindings appraisal={appraisal} open={evidence} onOpen={onEvidence} />
        </div>
      ),
    },
    {
      value: 'manifest',
      label: 'Manifest',
      content: <ManifestTab documents={summary.documents} />,
    },
    {
      value: 'permissions',
      label: 'Permissions',
      count: app.permissions.length,
      content: <AppPermissions app={app} />,
    },
    { value: 'components', label: 'Components', count: app.components.length, content: <AppComponents app={app} /> },
    {
      value: 'signature',
      label: 'Signature',
      count: app.signers.length,
      content: <SignatureTab signing={summary.signing} app={app} />,
    },
    {
      value: 'entries',
      label: 'Entries',
      count: summary.entryCount,
      content: <EntriesTab inspector={inspector} />,
    },
    {
      value: 'inside',
      label: 'Inside',
      count: contentCount(summary.content),
      content: <ContentTab content={summary.content} />,
    },
    { value: 'strings', label: 'Strings', content: <StringsTab inspector={inspector} /> },
    { value: 'hosts', label: 'Hosts', count: app.hosts.length, content: <AppHosts app={app} indicators={undefined} /> },
    {
      value: 'libraries',
      label: 'Libraries',
      count: app.libraries?.length,
      content: <AppLibraries app={app} />,
    },
    {
      value: 'notes',
      label: 'Reader notes',
      count: appraisal.diagnostics.length,
      content: <AppCoverage appraisal={appraisal} />,
    },
  ];
  const open = tabs.some((candidate) => candidate.value === tab) ? (tab ?? 'findings') : 'findings';
  return (
    <div className="flex flex-col gap-4">
      <section className="card p-4">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 ref={heading} tabIndex={-1} className="text-16 font-semibold break-words min-w-0 outline-none">
            {app.label ?? (app.package === '' ? file.name : app.package)}
          </h2>
          <VerdictChip verdict={appraisal.verdict} />
          <SignatureChip state={summary.signing.state} />
          {appraisal.classes.map((found) => (
            <Chip key={found.class}>{wordsOf(found.class).toLowerCase()}</Chip>
          ))}
          <span className="no-print ml-auto">
            <ReportMenu appraisal={appraisal} />
          </span>
        </div>
        <div className="mt-3 grid md:grid-cols-2 gap-x-10 gap-y-1.5">
          <Facts
            items={[
              { name: 'Package', value: <code className="text-12 break-all">{app.package || 'not said'}</code> },
              {
                name: 'Version',
                value: `${app.versionName ?? 'not said'}${app.versionCode === null ? '' : ` (${app.versionCode})`}`,
              },
              {
                name: 'Platform',
                value: `${app.platform === 'android' ? 'Android' : 'iOS'}${app.targetSdk === null ? '' : `, targets API ${app.targetSdk}`}${app.minSdk === null ? '' : `, needs API ${app.minSdk}`}`,
              },
            ]}
          />
          <Facts
            items={[
              { name: 'File', value: <span className="break-all">{file.name}</span> },
              {
                name: 'Kind',
                value: `${summary.content.container}, ${formatBytes(file.size)}, ${counted(summary.entryCount, 'entry', 'entries')}`,
              },
              { name: 'SHA-256', value: <Hash value={file.sha256} label="Copy hash" full /> },
            ]}
          />
        </div>
        <p className="mt-3 pt-3 border-t border-line flex flex-wrap gap-x-6 gap-y-1 text-13 text-ink-3 tnum">
          {appraisal.engine.rules === 0 ? (
            <span>There are no rules for files of this kind yet: it is read, not judged.</span>
          ) : (
            <>
              <span>
                Malice <strong className="text-ink">{appraisal.score.malice.value}</strong> of 100
              </span>
              <span>
                Data risk <strong className="text-ink">{appraisal.score.dataRisk.value}</strong> of 100
              </span>
            </>
          )}
          <span>
            Read{appraisal.engine.rules === 0 ? '' : ` and judged by ${counted(appraisal.engine.rules, 'rule')}`} in
            this browser in {seconds(summary.elapsedMs)}
          </span>
        </p>
      </section>
      <Tabs
        label="About this file"
        tabs={tabs}
        value={open}
        onChange={(value) => onTab(value === 'findings' ? undefined : value)}
      />
    </div>
  );
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}
