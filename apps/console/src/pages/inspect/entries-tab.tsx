import { formatBytes } from '@vedette/ui';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { Fragment, useState } from 'react';
import type { EntryRow } from '../../inspect/inspect-file.ts';
import type { Inspector } from '../../inspect/inspector.ts';
import { PagedTable } from './paged-table.tsx';
import { useAnswer } from './use-answer.ts';

const COLUMNS = 4;

/** What the archive holds, in the order of its directory; each entry opens to its first bytes. */
export function EntriesTab({ inspector }: { readonly inspector: Inspector }) {
  const [search, setSearch] = useState('');
  const [offset, setOffset] = useState(0);
  const [open, setOpen] = useState<number | null>(null);
  const { answer } = useAnswer(inspector, 'entries', { search, offset });
  return (
    <PagedTable
      label="Entries"
      searchLabel="Part of a path"
      search={search}
      onSearch={(next) => {
        setSearch(next);
        setOffset(0);
      }}
      offset={offset}
      onOffset={setOffset}
      counts={answer}
      noun="entries"
      note="As the phone would load them. Choose one to see its first bytes."
      empty="The archive holds no entry"
      head={
        <thead>
          <tr>
            <th scope="col" className="w-full">
              Path
            </th>
            <th scope="col" className="num">
              Size
            </th>
            <th scope="col" className="num max-md:hidden">
              Packed
            </th>
            <th scope="col" className="num max-md:hidden">
              Offset
            </th>
          </tr>
        </thead>
      }
    >
      {answer?.rows.map((row) => {
        const isOpen = open === row.index;
        return (
          <Fragment key={row.index}>
            <tr>
              <td>
                <button
                  type="button"
                  aria-expanded={isOpen}
                  onClick={() => setOpen(isOpen ? null : row.index)}
                  className="inline-flex items-start gap-1 text-left hover:text-accent rounded-v"
                >
                  {isOpen ? (
                    <ChevronDown size={14} aria-hidden className="flex-none mt-0.5 text-ink-3" />
                  ) : (
                    <ChevronRight size={14} aria-hidden className="flex-none mt-0.5 text-ink-3" />
                  )}
                  <code className="text-12 break-all">{row.path === '' ? '(no name)' : row.path}</code>
                  {row.part === '' ? null : <span className="text-12 text-ink-3 whitespace-nowrap">{row.part}</span>}
                </button>
              </td>
              <td className="num whitespace-nowrap">{formatBytes(row.size)}</td>
              <td className="num whitespace-nowrap max-md:hidden">{formatBytes(row.compressedSize)}</td>
              <td className="num max-md:hidden">
                <code className="text-12 text-ink-3">0x{row.offset.toString(16)}</code>
              </td>
            </tr>
            {isOpen ? (
              <tr>
                <td colSpan={COLUMNS} className="bg-sunken">
                  <EntryHeadView inspector={inspector} row={row} />
                </td>
              </tr>
            ) : null}
          </Fragment>
        );
      })}
    </PagedTable>
  );
}

function EntryHeadView({ inspector, row }: { readonly inspector: Inspector; readonly row: EntryRow }) {
  const { answer } = useAnswer(inspector, 'head', { index: row.index });
  const [wanted, setWanted] = useState<'text' | 'hex' | null>(null);
  if (answer === null) return <p className="text-13 text-ink-3 p-2">Unpacking</p>;
  const view = answer.text === null ? 'hex' : (wanted ?? 'text');
  return (
    <div className="flex flex-col gap-2 p-1">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-13 text-ink-3">
        <span>
          {answer.shown === 0
            ? 'Nothing in it could be read.'
            : answer.shown < row.size
              ? `The first ${formatBytes(answer.shown)} of ${formatBytes(row.size)}`
              : `All ${formatBytes(answer.shown)}`}
        </span>
        {answer.text === null || answer.shown === 0 ? null : (
          <span className="inline-flex gap-1">
            {(['text', 'hex'] as const).map((kind) => (
              <button
                key={kind}
                type="button"
                aria-pressed={view === kind}
                onClick={() => setWanted(kind)}
                className="px-2 h-6 rounded-v text-12 font-semibold aria-pressed:bg-accent-soft aria-pressed:text-accent-strong hover:bg-hover"
              >
                {kind === 'text' ? 'Text' : 'Hex'}
              </button>
            ))}
          </span>
        )}
      </div>
      {answer.diagnostics.map((line) => (
        <p key={line} className="text-13 text-high-ink">
          {line}
        </p>
      ))}
      {answer.shown === 0 ? null : (
        <pre
          className={`text-12 max-h-[420px] overflow-auto rounded-v border border-line bg-surface p-2 ${view === 'text' ? 'whitespace-pre-wrap break-all' : ''}`}
          tabIndex={0}
          aria-label={`The beginning of ${row.path}, as ${view}`}
        >
          {view === 'text' ? answer.text : answer.hex}
        </pre>
      )}
    </div>
  );
}
