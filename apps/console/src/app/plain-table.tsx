import { Button, formatCount } from '@vedette/ui';
import { type ReactNode, useState } from 'react';
import { type Column, columnClass } from './column.ts';

/** A hostile app declares thousands of things; the page must not freeze over them. */
const FIRST = 300;

/** A table of what is all there: no sorting, no pages. Without rows it says `empty` instead. */
export function PlainTable<T>({
  label,
  columns,
  rows,
  rowKey,
  rowClass,
  empty,
  bare = false,
}: {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T, index: number) => string;
  readonly rowClass?: (row: T) => string;
  readonly empty: ReactNode;
  /** Without a frame of its own: it stands in a card. */
  readonly bare?: boolean;
}) {
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, FIRST);
  if (rows.length === 0) return <div className="card">{empty}</div>;
  return (
    <div className={`overflow-x-auto ${bare ? '' : 'card'}`} tabIndex={0} role="region" aria-label={`Table: ${label}`}>
      <table className="v-table" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={columnClass(column)}>
                {column.quiet === true ? <span className="sr-only">{column.header}</span> : column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, index) => (
            <tr key={rowKey(row, index)} className={rowClass?.(row)}>
              {columns.map((column) => (
                <td key={column.id} className={columnClass(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length === rows.length ? null : (
        <p className="no-print px-3 py-2 border-t border-line">
          <Button size="sm" onClick={() => setAll(true)}>
            Show all {formatCount(rows.length)}
          </Button>
        </p>
      )}
    </div>
  );
}
