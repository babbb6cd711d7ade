import { Button } from '@vedette/ui';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Column } from './column.ts';
import { DataTable } from './data-table.tsx';
import { ListFooter } from './list-parts.tsx';
import { QueryState } from './query-state.tsx';

/** A list that the server pages, as TanStack's infinite query gives it. */
interface PagedQuery<T> {
  readonly data: { readonly pages: readonly { readonly items: readonly T[]; readonly total: number }[] } | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
}

/** The list of a page: filters and a way to clear them, the table, and below it how many there are or why there are none. */
export function ListTable<T>({
  query,
  what,
  name,
  label,
  noun,
  columns,
  rowKey,
  sort,
  descending,
  onSort,
  filters,
  onClear,
  empty,
}: {
  readonly query: PagedQuery<T>;
  /** For the message of a failure: `The list of apps`. */
  readonly what: string;
  readonly name: string;
  readonly label: string;
  readonly noun: string;
  readonly columns: readonly Column<T>[];
  readonly rowKey: (row: T) => string;
  readonly sort?: string | undefined;
  readonly descending?: boolean;
  readonly onSort?: (sort: string) => void;
  readonly filters: ReactNode;
  /** Takes every filter away; undefined when none is set. */
  readonly onClear: (() => void) | undefined;
  readonly empty: ReactNode;
}) {
  return (
    <QueryState query={query} what={what}>
      {(data) => {
        const rows = data.pages.flatMap((page) => page.items);
        return (
          <DataTable
            name={name}
            label={label}
            columns={columns}
            rows={rows}
            rowKey={rowKey}
            sort={sort}
            {...(descending === undefined ? {} : { descending })}
            {...(onSort === undefined ? {} : { onSort })}
            toolbar={
              <>
                {filters}
                {onClear === undefined ? null : (
                  <Button kind="quiet" size="sm" onClick={onClear}>
                    <X size={14} aria-hidden /> Clear
                  </Button>
                )}
              </>
            }
            footer={
              rows.length === 0 ? (
                empty
              ) : (
                <ListFooter
                  shown={rows.length}
                  total={data.pages[0]?.total ?? 0}
                  noun={noun}
                  hasMore={query.hasNextPage}
                  busy={query.isFetchingNextPage}
                  onMore={() => void query.fetchNextPage()}
                />
              )
            }
          />
        );
      }}
    </QueryState>
  );
}
