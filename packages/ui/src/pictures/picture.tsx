import { ChartNoAxesGantt, Table2 } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';

/** Column titles and rows of text: what a picture says, for those who read it or copy it. */
export interface TableTwin {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Every picture of the console sits in one of these: the sentence that says the same in words, and a switch to its table twin.
 * @param summary the text alternative: one or two sentences with the figures
 */
export function Picture({
  label,
  summary,
  twin,
  children,
  head,
}: {
  readonly label: string;
  readonly summary: string;
  readonly twin: TableTwin;
  readonly children: ReactNode;
  /** Stands where the sentence would; the sentence is then read out only. */
  readonly head?: ReactNode;
}) {
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <figure aria-labelledby={id} className="min-w-0">
      <div className="flex items-start gap-3 mb-3">
        <figcaption id={id} className={`grow text-13 text-ink-2 ${head === undefined ? '' : 'sr-only'}`}>
          <span className="sr-only">{label}. </span>
          {summary}
        </figcaption>
        {head === undefined ? null : <div className="grow min-w-0">{head}</div>}
        <button
          type="button"
          aria-pressed={asTable}
          title={asTable ? 'Show the picture' : 'Show as a table'}
          onClick={() => setAsTable(!asTable)}
          className="no-print inline-flex items-center gap-1 h-6 px-1.5 -mt-0.5 rounded-v text-12 text-ink-3 hover:bg-hover hover:text-ink"
        >
          {asTable ? <ChartNoAxesGantt size={14} aria-hidden /> : <Table2 size={14} aria-hidden />}
          <span className="max-sm:sr-only">{asTable ? 'Picture' : 'Table'}</span>
          <span className="sr-only"> of {label}</span>
        </button>
      </div>
      {asTable ? <TwinTable twin={twin} label={label} /> : children}
    </figure>
  );
}

function TwinTable({ twin, label }: { readonly twin: TableTwin; readonly label: string }) {
  const shown = twin.rows.slice(0, 500);
  return (
    <div
      className="max-h-[420px] overflow-auto border border-line rounded-v"
      tabIndex={0}
      role="region"
      aria-label={`Table: ${label}`}
    >
      <table className="v-table">
        <thead>
          <tr>
            {twin.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, index) => (
            <tr key={`${index}-${row[0] ?? ''}`}>
              {row.map((cell, column) => (
                <td key={`${twin.columns[column] ?? column}`}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {twin.rows.length > shown.length ? (
        <p className="px-3 py-2 text-12 text-ink-3">{twin.rows.length - shown.length} more rows are not shown.</p>
      ) : null}
    </div>
  );
}
