import { Button, EmptyState, formatCount, Skeleton } from '@vedette/ui';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { ListSearch } from '../../app/list-parts.tsx';
import { PAGE_ROWS } from '../../inspect/worker-messages.ts';

export interface PageCounts {
  readonly matched: number;
  readonly total: number;
}

/** A long list that the worker holds: a search box, one page of rows, and the way to the next. */
export function PagedTable({
  label,
  searchLabel,
  search,
  onSearch,
  offset,
  onOffset,
  counts,
  noun,
  note,
  head,
  children,
  empty,
}: {
  readonly label: string;
  readonly searchLabel: string;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly offset: number;
  readonly onOffset: (offset: number) => void;
  /** Null while the first answer is on its way. */
  readonly counts: PageCounts | null;
  readonly noun: string;
  readonly note?: ReactNode;
  readonly head: ReactNode;
  readonly children: ReactNode;
  readonly empty: string;
}) {
  return (
    <div className="card min-w-0">
      <div className="no-print flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2 border-b border-line">
        <ListSearch label={searchLabel} value={search} onChange={onSearch} />
        {note === undefined ? null : <p className="text-13 text-ink-3 grow">{note}</p>}
      </div>
      {counts === null ? (
        <Skeleton rows={8} label={`Loading ${noun}`} />
      ) : counts.matched === 0 ? (
        <EmptyState title={counts.total === 0 ? empty : `Nothing matches “${search}”`}>
          {counts.total === 0 ? undefined : 'Search for another part; upper and lower case are the same.'}
        </EmptyState>
      ) : (
        <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={`Table: ${label}`}>
          <table className="v-table" aria-label={label}>
            {head}
            <tbody>{children}</tbody>
          </table>
        </div>
      )}
      {counts === null || counts.matched === 0 ? null : (
        <div className="flex items-center gap-2 px-3 py-2 border-t border-line text-13 text-ink-3 tnum min-h-11">
          <span className="grow" role="status">
            {formatCount(offset + 1)} to {formatCount(Math.min(offset + PAGE_ROWS, counts.matched))} of{' '}
            {formatCount(counts.matched)}
            {counts.matched === counts.total ? ` ${noun}` : ` that match, of ${formatCount(counts.total)} ${noun}`}
          </span>
          {counts.matched <= PAGE_ROWS ? null : (
            <>
              <Button size="sm" onClick={() => onOffset(Math.max(0, offset - PAGE_ROWS))} disabled={offset === 0}>
                <ChevronLeft size={14} aria-hidden /> Previous
              </Button>
              <Button
                size="sm"
                onClick={() => onOffset(offset + PAGE_ROWS)}
                disabled={offset + PAGE_ROWS >= counts.matched}
              >
                Next <ChevronRight size={14} aria-hidden />
              </Button>
            </>
          )}
        </div>
      )}
    </div>
  );
}
