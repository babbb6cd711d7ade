import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { AppDetail } from '@vedette/contracts';
import {
  buttonClass,
  Card,
  Chip,
  counted,
  EmptyState,
  formatBytes,
  Hash,
  RelativeTime,
  Tabs,
  VerdictChip,
  wordsOf,
} from '@vedette/ui';
import { PackageSearch } from 'lucide-react';
import { useCallback } from 'react';
import { queries } from '../../api/queries.ts';
import { Page } from '../../app/page.tsx';
import { QueryState } from '../../app/query-state.tsx';
import { useEvidence } from '../../app/use-evidence.tsx';
import { AppChanges } from './app-changes.tsx';
import { AppCoverage } from './app-coverage.tsx';
import { AppComponents, AppHosts, AppPermissions, AppSigners } from './app-facts.tsx';
import { AppFindings } from './app-findings.tsx';
import { AppHistory } from './app-history.tsx';
import { AppLibraries } from './app-libraries.tsx';
import { AppScores } from './app-scores.tsx';
import { ReportMenu } from './report-menu.tsx';
import { useSuppressing } from './suppress-acts.tsx';

const route = getRouteApi('/shell/apps/$sha256');

export function AppPage() {
  const { sha256 } = route.useParams();
  const app = useQuery(queries.app(sha256));
  if (app.data === undefined) {
    return (
      <Page title="App" back={{ to: '/apps', label: 'Apps' }}>
        <QueryState query={app} what="This app" rows={12}>
          {() => null}
        </QueryState>
      </Page>
    );
  }
  return <Loaded detail={app.data} />;
}

/** One sentence that answers "would I let this near our data". */
export function appSentence({ summary, appraisal, thresholds }: AppDetail): string {
  const over = [
    appraisal.score.malice.value >= thresholds.malice ? 'malice' : '',
    appraisal.score.dataRisk.value >= thresholds.dataRisk ? 'data risk' : '',
  ].filter((word) => word !== '');
  if (summary.verdict === 'unknown') return 'Too little of this app could be read to judge it. Unknown is not safe.';
  if (over.length > 0)
    return `Over the policy's line for ${over.join(' and ')}: it is a threat on every device that has it.`;
  if (summary.verdict === 'benign')
    return "Nothing found puts it over the policy's lines. The coverage says what was looked at.";
  return "Under the policy's lines, with findings worth knowing.";
}

function Loaded({ detail }: { readonly detail: AppDetail }) {
  const { summary, appraisal, thresholds, devices, reputation, difference } = detail;
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/apps/$sha256' });
  const setOpen = useCallback(
    (evidence: string | undefined) =>
      void navigate({ search: (before) => ({ ...before, evidence }), replace: true, resetScroll: false }),
    [navigate],
  );
  const { drawer, show } = useEvidence(appraisal.findings, search.evidence, setOpen);
  const { acts, dialog } = useSuppressing(detail);
  const app = appraisal.app;
  const tabs = [
    {
      value: 'findings',
      label: 'Findings',
      count: appraisal.findings.filter(({ status, suppressed }) => status === 'bad' && suppressed === undefined).length,
      content: <AppFindings appraisal={appraisal} open={search.evidence} onOpen={show} acts={acts} />,
    },
    {
      value: 'permissions',
      label: 'Permissions',
      count: app.permissions.length,
      content: <AppPermissions app={app} />,
    },
    { value: 'components', label: 'Components', count: app.components.length, content: <AppComponents app={app} /> },
    {
      value: 'hosts',
      label: 'Hosts',
      count: app.hosts.length,
      content: <AppHosts app={app} indicators={appraisal.indicators} />,
    },
    {
      value: 'libraries',
      label: 'Libraries',
      count: app.libraries?.length,
      content: <AppLibraries app={app} />,
    },
    { value: 'signers', label: 'Signers', count: app.signers.length, content: <AppSigners app={app} /> },
    ...(difference === null
      ? []
      : [{ value: 'changes', label: 'Changes', content: <AppChanges difference={difference} /> }]),
    {
      value: 'history',
      label: 'History',
      count: reputation.builds.length + reputation.sameSigner.length,
      content: <AppHistory reputation={reputation} />,
    },
    { value: 'devices', label: 'Devices', count: devices.length, content: <OnDevices devices={devices} /> },
    { value: 'coverage', label: 'Coverage', content: <AppCoverage appraisal={appraisal} /> },
  ];
  const tab = tabs.some((candidate) => candidate.value === search.tab) ? (search.tab ?? 'findings') : 'findings';
  return (
    <Page
      title={summary.label ?? summary.package}
      back={{ to: '/apps', label: 'Apps' }}
      titleAside={
        <>
          <VerdictChip verdict={summary.verdict} />
          {appraisal.classes.map((found) => (
            <Chip key={found.class}>{wordsOf(found.class).toLowerCase()}</Chip>
          ))}
        </>
      }
      lead={
        <>
          <code className="break-all">{app.package}</code> {app.versionName ?? 'version not said'}
          {app.versionCode === null ? '' : ` (${app.versionCode})`}, {app.platform === 'android' ? 'Android' : 'iOS'},{' '}
          {formatBytes(appraisal.file.size)}, appraised <RelativeTime at={summary.appraisedAt} />, on{' '}
          {counted(summary.devices, 'device')}
        </>
      }
      actions={
        <>
          <Link to="/inspect" className={buttonClass('plain')}>
            <PackageSearch size={15} aria-hidden /> Inspect a file
          </Link>
          <ReportMenu appraisal={appraisal} />
        </>
      }
      drawer={drawer}
    >
      {dialog}
      <div className="flex flex-col gap-4">
        <Card title={appSentence(detail)}>
          <AppScores appraisal={appraisal} thresholds={thresholds} onOpen={show} />
          <SuppressionNote appraisal={appraisal} />
          <div className="mt-4 pt-3 border-t border-line flex flex-wrap gap-x-6 gap-y-1 text-13 text-ink-3">
            <span className="inline-flex items-center gap-1">
              SHA-256 <Hash value={appraisal.file.sha256} label="Copy hash" />
            </span>
            {app.targetSdk === null ? null : (
              <span>
                Targets API {app.targetSdk}, needs {app.minSdk ?? 'any'}
              </span>
            )}
            <span>
              Engine {appraisal.engine.version}, {appraisal.engine.rules} rules
            </span>
          </div>
        </Card>
        <Tabs
          label="About this app"
          tabs={tabs}
          value={tab}
          onChange={(value) =>
            void navigate({
              search: (before) => ({ ...before, tab: value === 'findings' ? undefined : value }),
              replace: true,
              resetScroll: false,
            })
          }
        />
      </div>
    </Page>
  );
}

/** What the judgement is when everything counts: a suppression hides nothing. */
function SuppressionNote({ appraisal }: { readonly appraisal: AppDetail['appraisal'] }) {
  const { suppression } = appraisal;
  if (suppression === undefined || (suppression.suppressed === 0 && suppression.warnings.length === 0)) return null;
  const { without } = suppression;
  return (
    <div className="mt-4 text-13 text-ink-2">
      {suppression.suppressed === 0 ? null : (
        <p>
          {counted(suppression.suppressed, 'finding')} suppressed. With everything: malice {Math.round(without.malice)},
          data risk {Math.round(without.dataRisk)}, {without.verdict}.
        </p>
      )}
      {suppression.warnings.map((warning) => (
        <p key={warning}>{warning}</p>
      ))}
    </div>
  );
}

function OnDevices({ devices }: { readonly devices: AppDetail['devices'] }) {
  if (devices.length === 0) {
    return (
      <div className="card">
        <EmptyState title="No active device has this build">
          Devices that report this exact file show up here.
        </EmptyState>
      </div>
    );
  }
  return (
    <ul className="card p-4 grid grid-cols-[repeat(auto-fill,minmax(220px,1fr))] gap-x-6 gap-y-1.5">
      {devices.map((device) => (
        <li key={device.id} className="truncate">
          <Link to="/devices/$id" params={{ id: device.id }} className="link">
            {device.name}
          </Link>
        </li>
      ))}
    </ul>
  );
}
