import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type AppSummary, Verdict } from '@vedette/contracts';
import { EmptyState, FilterSelect, RelativeTime, VerdictChip } from '@vedette/ui';
import { AppWindow } from 'lucide-react';
import { queries } from '../../api/queries.ts';
import type { Column } from '../../app/column.ts';
import { ROW_LINK } from '../../app/data-table.tsx';
import { FreshBar } from '../../app/fresh-bar.tsx';
import { ListSearch } from '../../app/list-parts.tsx';
import { ListTable } from '../../app/list-table.tsx';
import { Page } from '../../app/page.tsx';
import { useMayEdit } from '../../app/use-may-edit.ts';
import { oneOf } from '../../lib/search-state.ts';
import { UploadPanel } from './upload-panel.tsx';

const route = getRouteApi('/shell/apps');
const SORTS = ['malice', 'dataRisk', 'devices', 'name', 'appraised'] as const;

function ScoreCell({ value }: { readonly value: number }) {
  return (
    <span className="inline-flex items-center gap-2 tnum">
      <span aria-hidden className="w-12 h-1.5 bg-sunken rounded-[2px] overflow-hidden max-lg:hidden">
        <span className="picture-fill block h-full bg-ink-3" style={{ width: `${value}%` }} />
      </span>
      <span className="w-7 text-right">{value}</span>
    </span>
  );
}

const COLUMNS: readonly Column<AppSummary>[] = [
  {
    id: 'app',
    header: 'App',
    sort: 'name',
    grow: true,
    cell: (app) => (
      <div className="min-w-[160px]">
        <p>
          <Link to="/apps/$sha256" params={{ sha256: app.sha256 }} className={ROW_LINK}>
            {app.label ?? app.package}
          </Link>{' '}
          <span className="text-ink-3">{app.versionName}</span>
        </p>
        <code className="text-12 text-ink-3 break-all">{app.package}</code>
      </div>
    ),
  },
  { id: 'verdict', header: 'Verdict', cell: (app) => <VerdictChip verdict={app.verdict} /> },
  {
    id: 'malice',
    header: 'Malice',
    sort: 'malice',
    numeric: true,
    from: 'wide',
    cell: (app) => <ScoreCell value={app.malice} />,
  },
  {
    id: 'dataRisk',
    header: 'Data risk',
    sort: 'dataRisk',
    numeric: true,
    from: 'wide',
    cell: (app) => <ScoreCell value={app.dataRisk} />,
  },
  {
    id: 'devices',
    header: 'Devices',
    sort: 'devices',
    numeric: true,
    from: 'wide',
    cell: (app) => <span className="text-ink-2">{app.devices === 0 ? 'none' : app.devices}</span>,
  },
  {
    id: 'platform',
    header: 'Platform',
    from: 'wider',
    cell: (app) => <span className="text-ink-2">{app.platform === 'android' ? 'Android' : 'iOS'}</span>,
  },
  {
    id: 'appraised',
    header: 'Appraised',
    sort: 'appraised',
    from: 'wider',
    cell: (app) => <span className="text-ink-2">{<RelativeTime at={app.appraisedAt} />}</span>,
  },
];

export function AppsPage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/apps' });
  const mayEdit = useMayEdit();
  const sort = search.sort ?? 'malice';
  const list = useInfiniteQuery(queries.apps({ ...search, sort }));
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const filtered = search.q !== undefined || search.verdict !== undefined;
  return (
    <Page
      title="Apps"
      titleAside={<FreshBar list="apps" noun="app" />}
      lead="App builds appraised here, each known by the SHA-256 of its bytes."
    >
      <div className="flex flex-col gap-4">
        {mayEdit ? <UploadPanel /> : null}
        <ListTable
          query={list}
          what="The list of apps"
          noun="builds"
          name="apps"
          label="App builds"
          columns={COLUMNS}
          rowKey={(app) => app.sha256}
          sort={sort}
          descending={sort !== 'name'}
          onSort={(next) => set({ sort: next === 'malice' ? undefined : oneOf(next, SORTS) })}
          filters={
            <>
              <ListSearch
                label="Name, package or hash"
                value={search.q ?? ''}
                onChange={(q) => set({ q: q === '' ? undefined : q })}
              />
              <FilterSelect
                label="Verdict"
                value={search.verdict ?? ''}
                onChange={(value) => set({ verdict: oneOf(value, Verdict.options) })}
                options={[
                  { value: '', label: 'any' },
                  { value: 'malicious', label: 'Malicious' },
                  { value: 'risky', label: 'Risky' },
                  { value: 'unknown', label: 'Unknown' },
                  { value: 'benign', label: 'Benign' },
                ]}
              />
            </>
          }
          onClear={filtered ? () => set({ q: undefined, verdict: undefined }) : undefined}
          empty={
            <EmptyState
              title={filtered ? 'No app matches' : 'No app is appraised yet'}
              icon={<AppWindow size={24} strokeWidth={1.5} aria-hidden />}
            >
              {filtered
                ? 'Take a filter away, or search for another part of the name.'
                : 'Have an app appraised on the server above, or run vedette scan app.apk on your own computer.'}
            </EmptyState>
          }
        />
      </div>
    </Page>
  );
}
