import { Link } from '@tanstack/react-router';
import type { ThreatSummary } from '@vedette/contracts';
import { Chip, EmptyState, RelativeTime, SeverityChip } from '@vedette/ui';
import { CircleCheck } from 'lucide-react';
import type { Column } from '../../app/column.ts';
import { PlainTable } from '../../app/plain-table.tsx';

const COLUMNS: readonly Column<ThreatSummary>[] = [
  {
    id: 'severity',
    header: 'Severity',
    narrow: true,
    cell: (threat) => <SeverityChip severity={threat.severity} />,
  },
  {
    id: 'threat',
    header: 'Threat',
    cell: (threat) => (
      <>
        <Link
          to="/threats/$id"
          params={{ id: threat.id }}
          className="font-semibold hover:text-accent after:absolute after:inset-0"
        >
          {threat.title}
        </Link>
        {threat.subject === null ? null : <code className="block text-12 text-ink-3 break-all">{threat.subject}</code>}
      </>
    ),
  },
  { id: 'state', header: 'State', cell: (threat) => <Chip>{threat.state}</Chip> },
  { id: 'opened', header: 'Opened', from: 'wide', cell: (threat) => <RelativeTime at={threat.openedAt} /> },
  {
    id: 'resolved',
    header: 'Resolved',
    from: 'wide',
    cell: (threat) => <RelativeTime at={threat.resolvedAt} never="not yet" />,
  },
];

/** Open ones first, then by when they were opened. */
export function DeviceThreats({ threats }: { readonly threats: readonly ThreatSummary[] }) {
  const rank = { open: 0, ignored: 1, resolved: 2 } as const;
  const ordered = [...threats].sort((a, b) => rank[a.state] - rank[b.state] || (a.openedAt < b.openedAt ? 1 : -1));
  return (
    <PlainTable
      label="Threats on this device"
      columns={COLUMNS}
      rows={ordered}
      rowKey={(threat) => threat.id}
      rowClass={(threat) => `relative ${threat.state === 'open' ? '' : 'text-ink-2'}`}
      empty={
        <EmptyState
          title="No threat was ever seen on this device"
          icon={<CircleCheck size={24} strokeWidth={1.5} aria-hidden />}
        >
          A threat opens when a report, an appraised app or a network shows something wrong.
        </EmptyState>
      }
    />
  );
}
