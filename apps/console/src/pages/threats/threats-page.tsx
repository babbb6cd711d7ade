import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Severity, ThreatKind, type ThreatSummary } from '@vedette/contracts';
import { Chip, EmptyState, FilterSelect, RelativeTime, SeverityChip } from '@vedette/ui';
import { CircleCheck } from 'lucide-react';
import { queries } from '../../api/queries.ts';
import type { Column } from '../../app/column.ts';
import { ROW_LINK } from '../../app/data-table.tsx';
import { FreshBar } from '../../app/fresh-bar.tsx';
import { ListSearch } from '../../app/list-parts.tsx';
import { ListTable } from '../../app/list-table.tsx';
import { Page } from '../../app/page.tsx';
import { oneOf } from '../../lib/search-state.ts';

const route = getRouteApi('/shell/threats');

const COLUMNS: readonly Column<ThreatSummary>[] = [
  {
    id: 'title',
    header: 'Threat',
    grow: true,
    cell: (threat) => (
      <div className="min-w-[160px]">
        <Link to="/threats/$id" params={{ id: threat.id }} className={ROW_LINK}>
          {threat.title}
        </Link>
        {threat.subject === null ? null : <code className="block text-12 text-ink-3 break-all">{threat.subject}</code>}
        <p className="md:hidden text-12 text-ink-2">
          {threat.device.name}, opened <RelativeTime at={threat.openedAt} />
        </p>
      </div>
    ),
  },
  { id: 'severity', header: 'Severity', cell: (threat) => <SeverityChip severity={threat.severity} /> },
  {
    id: 'device',
    header: 'Device',
    from: 'wide',
    cell: (threat) => (
      <span className="flex items-center gap-1.5 whitespace-nowrap">
        <Link to="/devices/$id" params={{ id: threat.device.id }} className="link relative z-[1]">
          {threat.device.name}
        </Link>
        {threat.device.simulated ? <Chip>simulated</Chip> : null}
      </span>
    ),
  },
  { id: 'kind', header: 'Front', from: 'wider', cell: (threat) => <span className="text-ink-2">{threat.kind}</span> },
  { id: 'state', header: 'State', from: 'wider', cell: (threat) => <Chip>{threat.state}</Chip> },
  {
    id: 'opened',
    header: 'Opened',
    from: 'wide',
    cell: (threat) => <span className="text-ink-2">{<RelativeTime at={threat.openedAt} />}</span>,
  },
  {
    id: 'updated',
    header: 'Updated',
    from: 'wider',
    cell: (threat) => <span className="text-ink-2">{<RelativeTime at={threat.updatedAt} />}</span>,
  },
];

const STATES = ['open', 'resolved', 'ignored', 'all'] as const;

export function ThreatsPage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/threats' });
  const state = search.state ?? 'open';
  const list = useInfiniteQuery(
    queries.threats({
      q: search.q,
      severity: search.severity,
      kind: search.kind,
      state: state === 'all' ? undefined : state,
    }),
  );
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const filtered = search.q !== undefined || search.severity !== undefined || search.kind !== undefined;
  return (
    <Page
      title="Threats"
      titleAside={<FreshBar list="threats" noun="threat" />}
      lead="What is wrong, on whom, worst first. A threat resolves by itself when its cause is gone."
    >
      <ListTable
        query={list}
        what="The list of threats"
        noun="threats"
        name="threats"
        label="Threats"
        columns={COLUMNS}
        rowKey={(threat) => threat.id}
        filters={
          <>
            <ListSearch
              label="Threat, app or device"
              value={search.q ?? ''}
              onChange={(q) => set({ q: q === '' ? undefined : q })}
            />
            <FilterSelect
              label="State"
              value={state === 'open' ? '' : state}
              onChange={(value) => set({ state: oneOf(value, STATES) })}
              options={[
                { value: '', label: 'Open' },
                { value: 'resolved', label: 'Resolved' },
                { value: 'ignored', label: 'Ignored' },
                { value: 'all', label: 'All' },
              ]}
            />
            <FilterSelect
              label="Severity"
              value={search.severity ?? ''}
              onChange={(value) => set({ severity: oneOf(value, Severity.options) })}
              options={[
                { value: '', label: 'any' },
                { value: 'critical', label: 'Critical' },
                { value: 'high', label: 'High' },
                { value: 'medium', label: 'Medium' },
                { value: 'low', label: 'Low' },
                { value: 'info', label: 'Info' },
              ]}
            />
            <FilterSelect
              label="Front"
              value={search.kind ?? ''}
              onChange={(value) => set({ kind: oneOf(value, ThreatKind.options) })}
              options={[
                { value: '', label: 'any' },
                { value: 'device', label: 'Device' },
                { value: 'app', label: 'App' },
                { value: 'network', label: 'Network' },
              ]}
            />
          </>
        }
        onClear={filtered ? () => set({ q: undefined, severity: undefined, kind: undefined }) : undefined}
        empty={
          <EmptyState
            title={filtered || state !== 'open' ? 'No threat matches' : 'No open threats'}
            icon={<CircleCheck size={24} strokeWidth={1.5} aria-hidden />}
          >
            {filtered || state !== 'open'
              ? 'Take a filter away, or look at another state.'
              : 'When a report, an app or a network shows something wrong, it opens here with its evidence.'}
          </EmptyState>
        }
      />
    </Page>
  );
}
