import { Link } from '@tanstack/react-router';
import type { DeviceApp } from '@vedette/contracts';
import { CheckField, Chip, EmptyState, Hash, VerdictChip } from '@vedette/ui';
import { useMemo, useState } from 'react';
import type { Column } from '../../app/column.ts';
import { DataTable } from '../../app/data-table.tsx';
import { ListSearch } from '../../app/list-parts.tsx';

const COLUMNS: readonly Column<DeviceApp>[] = [
  {
    id: 'app',
    header: 'App',
    grow: true,
    cell: (app) => (
      <div className="min-w-[140px]">
        <p>
          {app.appraisal === null ? (
            <span className="font-semibold">{app.label ?? app.package}</span>
          ) : (
            <Link
              to="/apps/$sha256"
              params={{ sha256: app.appraisal.sha256 }}
              className="font-semibold hover:text-accent"
            >
              {app.label ?? app.package}
            </Link>
          )}{' '}
          <span className="text-ink-3">{app.versionName}</span> {app.enabled ? null : <Chip>disabled</Chip>}
        </p>
        <code className="text-12 text-ink-3 break-all">{app.package}</code>
      </div>
    ),
  },
  {
    id: 'verdict',
    header: 'Verdict',
    cell: (app) =>
      app.appraisal === null ? (
        <span className="text-ink-3">not appraised</span>
      ) : (
        <VerdictChip verdict={app.appraisal.verdict} />
      ),
  },
  { id: 'malice', header: 'Malice', numeric: true, from: 'wider', cell: (app) => app.appraisal?.malice ?? '–' },
  { id: 'data', header: 'Data risk', numeric: true, from: 'wider', cell: (app) => app.appraisal?.dataRisk ?? '–' },
  {
    id: 'from',
    header: 'Installed by',
    from: 'wide',
    cell: (app) =>
      app.installer === null ? (
        <span className="text-ink-2">{app.system ? 'preloaded' : 'nobody recorded'}</span>
      ) : (
        <code className="text-12">{app.installer}</code>
      ),
  },
  {
    id: 'hash',
    header: 'SHA-256',
    from: 'wider',
    cell: (app) =>
      app.sha256 === null ? (
        <span className="text-ink-3">not in the evidence</span>
      ) : (
        <Hash value={app.sha256} label="Copy hash" />
      ),
  },
];

const RANK = { malicious: 0, risky: 1, unknown: 2, benign: 4 } as const;

/** The inventory as the last full report told it: what is worst and what a person installed come first. */
export function DeviceApps({ apps, complete }: { readonly apps: readonly DeviceApp[]; readonly complete: boolean }) {
  const [withSystem, setWithSystem] = useState(false);
  const [needle, setNeedle] = useState('');
  const rows = useMemo(() => {
    const lower = needle.toLowerCase();
    return apps
      .filter(
        (app) =>
          (withSystem || !app.system || app.appraisal !== null) &&
          (lower === '' ||
            app.package.toLowerCase().includes(lower) ||
            (app.label ?? '').toLowerCase().includes(lower)),
      )
      .sort(
        (a, b) =>
          (a.appraisal === null ? 3 : RANK[a.appraisal.verdict]) -
            (b.appraisal === null ? 3 : RANK[b.appraisal.verdict]) || a.package.localeCompare(b.package),
      );
  }, [apps, withSystem, needle]);
  const systemCount = apps.filter((app) => app.system).length;
  return (
    <div className="flex flex-col gap-2">
      {complete ? null : (
        <p className="text-13 text-high-ink">
          The inventory is incomplete: an app that is missing here is not proven absent.
        </p>
      )}
      <DataTable
        name="device-apps"
        label="Installed apps"
        columns={COLUMNS}
        rows={rows}
        rowKey={(app) => app.package}
        toolbar={
          <>
            <ListSearch value={needle} onChange={setNeedle} label="Name or package" />
            <CheckField
              label={`System apps (${systemCount})`}
              checked={withSystem}
              onChange={(event) => setWithSystem(event.target.checked)}
            />
          </>
        }
        footer={
          rows.length === 0 ? (
            <EmptyState title={apps.length === 0 ? 'No app inventory yet' : 'No app matches'}>
              {apps.length === 0
                ? 'The next full report brings it.'
                : 'Show system apps, or search for another part of the name.'}
            </EmptyState>
          ) : null
        }
      />
    </div>
  );
}
