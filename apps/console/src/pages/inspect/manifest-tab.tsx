import { Button, CopyButton, EmptyState, formatCount } from '@vedette/ui';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { ListSearch } from '../../app/list-parts.tsx';
import type { DocumentTree } from '../../inspect/inspect-file.ts';
import { type ManifestRow, manifestText, visibleRows } from '../../inspect/manifest-rows.ts';

const STEP = 300;

/** The manifest, of an iOS app its property lists, as the platform reads them. */
export function ManifestTab({ documents }: { readonly documents: readonly DocumentTree[] }) {
  if (documents.length === 0) {
    return (
      <div className="card">
        <EmptyState title="There is no manifest that can be read">The reader notes say why.</EmptyState>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {documents.map((document) => (
        <Tree key={document.title} document={document} />
      ))}
    </div>
  );
}

/** A tree that folds, searched by name, attribute or value. */
function Tree({ document: { title, rows, complete } }: { readonly document: DocumentTree }) {
  const [folded, setFolded] = useState<ReadonlySet<number>>(() => foldedAtFirst(rows));
  const [search, setSearch] = useState('');
  const [limit, setLimit] = useState(STEP);
  const shown = useMemo(() => visibleRows(rows, folded, search), [rows, folded, search]);
  const toggle = (index: number) =>
    setFolded((before) => {
      const next = new Set(before);
      if (!next.delete(index)) next.add(index);
      return next;
    });
  return (
    <div className="card min-w-0">
      <div className="no-print flex flex-wrap items-center gap-2 px-3 py-2 border-b border-line">
        <h3 className="text-14 font-semibold max-sm:w-full">{title}</h3>
        <ListSearch label="Element, attribute or value" value={search} onChange={setSearch} />
        <span className="grow" />
        <Button kind="quiet" size="sm" onClick={() => setFolded(new Set())} disabled={search !== ''}>
          Open all
        </Button>
        <Button kind="quiet" size="sm" onClick={() => setFolded(foldedAtFirst(rows))} disabled={search !== ''}>
          Fold
        </Button>
        <CopyButton text={() => manifestText(rows)} label="Copy as text" showLabel />
      </div>
      {complete ? null : (
        <p className="px-4 pt-3 text-13 text-high-ink">
          It is longer than any real one: its first {formatCount(rows.length)} elements are shown.
        </p>
      )}
      {shown.length === 0 ? (
        <EmptyState title={`Nothing matches “${search}”`}>Search for another part of a name or value.</EmptyState>
      ) : (
        <div className="overflow-x-auto p-3" tabIndex={0} role="region" aria-label={`Tree: ${title}`}>
          <ul className="text-12 leading-6 font-mono">
            {shown.slice(0, limit).map((index) => {
              const row = rows[index];
              if (row === undefined) return null;
              const closed = search === '' && folded.has(index);
              return (
                <Line
                  key={index}
                  row={row}
                  parent={row.end > index + 1}
                  closed={closed}
                  inside={row.end - index - 1}
                  onToggle={search === '' ? () => toggle(index) : undefined}
                />
              );
            })}
          </ul>
        </div>
      )}
      {shown.length <= limit ? null : (
        <div className="flex items-center gap-3 px-3 py-2 border-t border-line text-13 text-ink-3 tnum">
          <span className="grow">
            {formatCount(limit)} of {formatCount(shown.length)} lines
          </span>
          <Button size="sm" onClick={() => setLimit(limit + STEP)}>
            Show more
          </Button>
        </div>
      )}
    </div>
  );
}

/** What stands in components is folded at first: the list of components is what one looks for. */
function foldedAtFirst(rows: readonly ManifestRow[]): ReadonlySet<number> {
  return new Set(rows.flatMap((row, index) => (row.depth >= 2 && row.end > index + 1 ? [index] : [])));
}

function Line({
  row,
  parent,
  closed,
  inside,
  onToggle,
}: {
  readonly row: ManifestRow;
  readonly parent: boolean;
  readonly closed: boolean;
  readonly inside: number;
  readonly onToggle: (() => void) | undefined;
}) {
  const tag = (
    <>
      <span className="text-ink-3">&lt;</span>
      <span className="text-accent-strong font-semibold">{row.name}</span>
    </>
  );
  // Deeper than this no line says more by its indent, and a hostile manifest must not push its text out of sight.
  const indent = Math.min(row.depth, 12) * 16;
  return (
    <li className="flex items-start" style={{ paddingLeft: `${indent}px` }}>
      {parent && onToggle !== undefined ? (
        <button
          type="button"
          onClick={onToggle}
          aria-expanded={!closed}
          aria-label={`${row.name}, ${inside} inside`}
          className="flex-none size-6 inline-flex items-center justify-center text-ink-3 hover:text-ink rounded-v"
        >
          {closed ? <ChevronRight size={13} aria-hidden /> : <ChevronDown size={13} aria-hidden />}
        </button>
      ) : (
        <span className="flex-none w-6" />
      )}
      <span className="break-all">
        {tag}
        {row.attributes.map(({ name, value }, index) => (
          <span key={`${name}-${index}`}>
            {' '}
            <span className="text-ink-2">{name}</span>
            <span className="text-ink-3">=</span>
            <span className="text-ink">"{value}"</span>
          </span>
        ))}
        <span className="text-ink-3">{parent ? (closed ? `>… ${inside} inside` : '>') : ' />'}</span>
      </span>
    </li>
  );
}
