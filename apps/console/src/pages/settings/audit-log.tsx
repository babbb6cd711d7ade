import { useInfiniteQuery } from '@tanstack/react-query';
import { EmptyState, RelativeTime } from '@vedette/ui';
import { queries } from '../../api/queries.ts';
import { ListFooter } from '../../app/list-parts.tsx';
import { QueryState } from '../../app/query-state.tsx';

/** `from 2 to 3, note "…"`: the detail of an entry in one line. */
export function detailWords(detail: Readonly<Record<string, unknown>>): string {
  return Object.entries(detail)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

export function AuditLog() {
  const audit = useInfiniteQuery(queries.audit());
  return (
    <QueryState query={audit} what="The audit log">
      {(data) => {
        const rows = data.pages.flatMap((page) => page.items);
        return rows.length === 0 ? (
          <div className="card">
            <EmptyState title="Nothing was changed yet">
              Who changed what, with from and to, is written here and cannot be edited.
            </EmptyState>
          </div>
        ) : (
          <div className="card">
            <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Audit log">
              <table className="v-table" aria-label="Audit log">
                <thead>
                  <tr>
                    <th scope="col">When</th>
                    <th scope="col">Who</th>
                    <th scope="col">Did</th>
                    <th scope="col">To</th>
                    <th scope="col">Detail</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((entry) => (
                    <tr key={entry.id}>
                      <td className="text-ink-2">
                        <RelativeTime at={entry.at} />
                      </td>
                      <td className="whitespace-nowrap">{entry.actor}</td>
                      <td className="whitespace-nowrap font-semibold">{entry.action}</td>
                      <td>
                        <code className="text-12 break-all">{entry.object}</code>
                      </td>
                      <td className="text-ink-2 break-words min-w-[200px]">{detailWords(entry.detail)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <ListFooter
              shown={rows.length}
              total={data.pages[0]?.total ?? 0}
              noun="entries"
              hasMore={audit.hasNextPage}
              busy={audit.isFetchingNextPage}
              onMore={() => void audit.fetchNextPage()}
            />
          </div>
        );
      }}
    </QueryState>
  );
}
