import { Card, Chip, EmptyState, formatBytes, formatCount, Hash } from '@vedette/ui';
import type { Column } from '../../app/column.ts';
import { PlainTable } from '../../app/plain-table.tsx';
import type { BundleRow, ContentFacts, NativeRow, NestedRow, PartRow } from '../../inspect/content-facts.ts';

const size = (bytes: number) => <span className="whitespace-nowrap">{formatBytes(bytes)}</span>;
const path = (value: string) => <code className="text-12 break-all">{value}</code>;

const PARTS: readonly Column<PartRow>[] = [
  { id: 'part', header: 'File or module', grow: true, cell: (part) => path(part.path) },
  { id: 'role', header: 'Role', cell: (part) => part.role },
  { id: 'entries', header: 'Entries', numeric: true, cell: (part) => formatCount(part.entries) },
  { id: 'size', header: 'Size', numeric: true, cell: (part) => (part.size === null ? '' : size(part.size)) },
  {
    id: 'sha256',
    header: 'SHA-256',
    from: 'wide',
    cell: (part) => (part.sha256 === null ? '' : <Hash value={part.sha256} label="Copy hash" />),
  },
];
const NATIVE: readonly Column<NativeRow>[] = [
  { id: 'library', header: 'Library', grow: true, cell: (library) => path(library.path) },
  { id: 'abi', header: 'For', cell: (library) => <span className="whitespace-nowrap">{library.abi}</span> },
  { id: 'size', header: 'Size', numeric: true, cell: (library) => size(library.size) },
  {
    id: 'jni',
    header: 'JNI exports',
    numeric: true,
    from: 'wide',
    cell: (library) => formatCount(library.jniExports),
  },
  {
    id: 'needs',
    header: 'Needs',
    from: 'wider',
    cell: (library) => <span className="text-ink-2">{library.needed.join(', ')}</span>,
  },
];
const NESTED: readonly Column<NestedRow>[] = [
  { id: 'content', header: 'Content', grow: true, cell: (nested) => path(nested.path) },
  { id: 'kind', header: 'Is', cell: (nested) => nested.kind },
  { id: 'size', header: 'Size', numeric: true, cell: (nested) => size(nested.size) },
  {
    id: 'marks',
    header: 'Note',
    cell: (nested) => (
      <span className="inline-flex flex-wrap gap-1">
        {nested.disguised ? <Chip>under another name</Chip> : null}
        {nested.opened ? null : <Chip>not opened</Chip>}
      </span>
    ),
  },
];
const BUNDLES: readonly Column<BundleRow>[] = [
  { id: 'bundle', header: 'Bundle', grow: true, cell: (bundle) => path(bundle.path) },
  { id: 'kind', header: 'Kind', cell: (bundle) => bundle.kind },
  { id: 'id', header: 'Identifier', cell: (bundle) => path(bundle.id) },
  { id: 'version', header: 'Version', cell: (bundle) => bundle.version },
];

/** How many rows the tab has, for its label. */
export function contentCount({ parts, native, nested, bundles }: ContentFacts): number {
  return parts.length + native.length + nested.length + bundles.length;
}

/** What the app is made of: the files of a set, bundles, native libraries, and code or archives found by their content. */
export function ContentTab({ content }: { readonly content: ContentFacts }) {
  const { parts, native, nested, bundles } = content;
  if (contentCount(content) === 0) {
    return (
      <div className="card">
        <EmptyState title="It is one piece">No parts, no native library, nothing nested in it.</EmptyState>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <Section title="Parts" columns={PARTS} rows={parts} />
      <Section title="Bundles" columns={BUNDLES} rows={bundles} />
      <Section title="Native libraries" columns={NATIVE} rows={native} />
      <Section
        title="Code and archives inside, by what they are"
        note="The app could load these itself; what they are called does not matter."
        columns={NESTED}
        rows={nested}
      />
    </div>
  );
}

function Section<T extends { readonly path: string }>({
  title,
  note,
  columns,
  rows,
}: {
  readonly title: string;
  readonly note?: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
}) {
  if (rows.length === 0) return null;
  return (
    <Card title={title} note={note} flush>
      <PlainTable
        label={title}
        columns={columns}
        rows={rows}
        rowKey={(row, index) => `${row.path}-${index}`}
        empty={null}
        bare
      />
    </Card>
  );
}
