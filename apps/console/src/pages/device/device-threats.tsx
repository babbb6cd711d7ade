import { Link } from '@tanstack/react-router';
import type { ThreatSummary } from '@vedette/contracts';
import { Chip, EmptyState, RelativeTime, SeverityChip } from '@vedette/ui';
import { CircleCheck } from 'lucide-react';

/** Open ones first, then by when they were opened. */
export function DeviceThreats({ threats }: { readonly threats: readonly ThreatSummary[] }) {
  if (threats.length === 0) {
    return (
      <div className="card">
        <EmptyState
          title="No threat was ever seen on this device"
          icon={<CircleCheck size={24} strokeWidth={1.5} aria-hidden />}
        >
          A threat opens when a report, an appraised app or a network shows something wrong.
        </EmptyState>
      </div>
    );
  }
  const rank = { open: 0, ignored: 1, resolved: 2 } as const;
  const ordered = [...threats].sort((a, b) => rank[a.state] - rank[b.state] || (a.openedAt < b.openedAt ? 1 : -1));
  return (
    <div className="card overflow-x-auto">
      <table className="v-table" aria-label="Threats on this device">
        <thead>
          <tr>
            <th scope="col">Severity</th>
            <th scope="col">Threat</th>
            <th scope="col">State</th>
            <th scope="col" className="max-md:hidden">
              Opened
            </th>
            <th scope="col" className="max-md:hidden">
              Resolved
            </th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((threat) => (
            <tr key={threat.id} className={`relative ${threat.state === 'open' ? '' : 'text-ink-2'}`}>
              <td className="w-px">
                <SeverityChip severity={threat.severity} />
              </td>
              <td>
                <Link
                  to="/threats/$id"
                  params={{ id: threat.id }}
                  className="font-semibold hover:text-accent after:absolute after:inset-0"
                >
                  {threat.title}
                </Link>
                {threat.subject === null ? null : (
                  <code className="block text-12 text-ink-3 break-all">{threat.subject}</code>
                )}
              </td>
              <td>
                <Chip>{threat.state}</Chip>
              </td>
              <td className="max-md:hidden">
                <RelativeTime at={threat.openedAt} />
              </td>
              <td className="max-md:hidden">
                <RelativeTime at={threat.resolvedAt} never="not yet" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
