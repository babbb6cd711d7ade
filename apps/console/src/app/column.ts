import type { ReactNode } from 'react';

/** One column of a table. */
export interface Column<T> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: T) => ReactNode;
  /** `wide`: from 760 px; `wider`: from 1040 px. The first column says on narrow screens what the hidden ones would. */
  readonly from?: 'wide' | 'wider';
  readonly numeric?: boolean;
  /** Value of the sort parameter this header sets; the order behind it is the server's. */
  readonly sort?: string;
  readonly grow?: boolean;
  /** As narrow as its content. */
  readonly narrow?: boolean;
  /** The header is said, not shown. */
  readonly quiet?: boolean;
}

const FROM = { wide: 'max-md:hidden print:table-cell', wider: 'max-lg:hidden' } as const;

/** Classes of a column's cells, its header included. */
export function columnClass<T>(column: Column<T> | undefined): string {
  if (column === undefined) return '';
  const { from, numeric = false, grow = false, narrow = false } = column;
  return [from === undefined ? '' : FROM[from], numeric ? 'num' : '', grow ? 'w-full' : '', narrow ? 'w-px' : '']
    .filter((part) => part !== '')
    .join(' ');
}
