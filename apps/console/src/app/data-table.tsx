import { columnVisibilityFeature, createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Menu } from '@vedette/ui';
import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { readHidden, writeHidden } from '../lib/hidden-columns.ts';
import { type Column, columnClass } from './column.ts';

const features = tableFeatures({ columnVisibilityFeature });
const VIRTUAL_FROM = 120;
const ROW_HEIGHT = 35;

/** The table shell: sticky head, columns that can be hidden (kept in this browser under `name`), sorting by the server, virtual rows when there are many. */
export function DataTable<T>({
  name,
  label,
  columns,
  rows,
  rowKey,
  sort,
  descending = true,
  onSort,
  footer,
  toolbar,
}: {
  readonly name: string;
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  readonly sort?: string | undefined;
  readonly descending?: boolean;
  readonly onSort?: (sort: string) => void;
  readonly footer?: ReactNode;
  readonly toolbar?: ReactNode;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const [hidden, setHidden] = useState<readonly string[]>(() => readHidden(name));
  const defs = useMemo(() => {
    const helper = createColumnHelper<typeof features, { readonly row: T }>();
    return columns.map((column, index) =>
      helper.display({
        id: column.id,
        header: column.header,
        enableHiding: index > 0,
        cell: (info) => column.cell(info.row.original.row),
      }),
    );
  }, [columns]);
  const data = useMemo(() => rows.map((row) => ({ row })), [rows]);
  const visibility = useMemo(() => Object.fromEntries(hidden.map((id) => [id, false])), [hidden]);
  const table = useTable({
    features,
    columns: defs,
    data,
    getRowId: (entry) => rowKey(entry.row),
    state: { columnVisibility: visibility },
  });
  const about = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const model = table.getRowModel().rows;
  const isVirtual = model.length > VIRTUAL_FROM;
  const virtualizer = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    enabled: isVirtual,
  });
  const items = isVirtual ? virtualizer.getVirtualItems() : [];
  const shown = isVirtual ? items.flatMap((item) => model[item.index] ?? []) : model;
  const before = isVirtual ? (items[0]?.start ?? 0) : 0;
  const after = isVirtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const classOf = (id: string) => columnClass(about.get(id));
  const toggle = (id: string) => {
    const next = hidden.includes(id) ? hidden.filter((other) => other !== id) : [...hidden, id];
    setHidden(next);
    writeHidden(name, next);
  };
  return (
    <div className="card min-w-0">
      <div className="no-print flex flex-wrap items-center gap-2 px-3 py-2 border-b border-line">
        <div className="grow flex flex-wrap items-center gap-2 min-w-0">{toolbar}</div>
        <Menu
          triggerClass="h-[34px] px-2 inline-flex items-center gap-1.5 rounded-v text-13 text-ink-2 hover:bg-hover max-md:hidden"
          trigger={
            <>
              <Columns3 size={16} aria-hidden /> Columns
            </>
          }
          groups={[
            columns.slice(1).map((column) => ({
              label: column.header,
              checked: !hidden.includes(column.id),
              onSelect: () => toggle(column.id),
            })),
          ]}
        />
      </div>
      <div
        ref={scroller}
        className={isVirtual ? 'max-h-[70vh] overflow-auto' : 'overflow-x-auto'}
        {...(isVirtual ? { tabIndex: 0, role: 'region', 'aria-label': label } : {})}
      >
        <table className="v-table" aria-label={label} {...(isVirtual ? { 'aria-rowcount': model.length } : {})}>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => {
                  const column = about.get(header.column.id);
                  const sorted = column?.sort !== undefined && column.sort === sort;
                  return (
                    <th
                      key={header.id}
                      scope="col"
                      className={classOf(header.column.id)}
                      aria-sort={sorted ? (descending ? 'descending' : 'ascending') : undefined}
                    >
                      {column?.sort === undefined || onSort === undefined ? (
                        column?.header
                      ) : (
                        <button
                          type="button"
                          onClick={() => onSort(column.sort ?? '')}
                          className={`inline-flex items-center gap-0.5 font-semibold hover:text-ink ${sorted ? 'text-ink' : ''}`}
                        >
                          {column.header}
                          {sorted ? (
                            descending ? (
                              <ArrowDown size={12} aria-hidden />
                            ) : (
                              <ArrowUp size={12} aria-hidden />
                            )
                          ) : null}
                        </button>
                      )}
                    </th>
                  );
                })}
              </tr>
            ))}
          </thead>
          <tbody>
            {before > 0 ? (
              <tr aria-hidden>
                <td style={{ height: `${before}px`, padding: 0 }} />
              </tr>
            ) : null}
            {shown.map((row) => (
              <tr key={row.id} className="relative" {...(isVirtual ? { 'aria-rowindex': row.index + 1 } : {})}>
                {row.getVisibleCells().map((cell) => (
                  <td key={cell.id} className={classOf(cell.column.id)}>
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
            {after > 0 ? (
              <tr aria-hidden>
                <td style={{ height: `${after}px`, padding: 0 }} />
              </tr>
            ) : null}
          </tbody>
        </table>
      </div>
      {footer}
    </div>
  );
}

/** Class of the link that makes its whole row a target. */
export const ROW_LINK = 'font-semibold text-ink hover:text-accent after:absolute after:inset-0';
