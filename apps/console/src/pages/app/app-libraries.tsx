import type { AppLibrary, Appraisal } from '@vedette/contracts';
import { EmptyState, wordsOf } from '@vedette/ui';
import type { Column } from '../../app/column.ts';
import { PlainTable } from '../../app/plain-table.tsx';

const HOW: Record<AppLibrary['how'], string> = {
  package: 'names of classes, which anybody can choose',
  metadata: 'a file that its build left',
  native: 'a native library',
  string: 'a text in a native library',
};

const COLUMNS: readonly Column<AppLibrary>[] = [
  {
    id: 'library',
    header: 'Library',
    grow: true,
    cell: (library) => (
      <>
        {library.name}
        {library.purl === null ? null : (
          <code className="block text-12 text-ink-3 break-all select-all">{library.purl}</code>
        )}
      </>
    ),
  },
  {
    id: 'version',
    header: 'Version',
    cell: (library) => library.version ?? <span className="text-ink-3">unknown</span>,
  },
  { id: 'category', header: 'For', cell: (library) => wordsOf(library.category).toLowerCase() },
  {
    id: 'how',
    header: 'Known by',
    from: 'wide',
    cell: (library) => (
      <>
        <code className="text-12 break-all">{library.evidence}</code>
        <span className="block text-12 text-ink-3">{HOW[library.how]}</span>
      </>
    ),
  },
];

/** What others made, as far as it can be told: what a bill of materials lists. */
export function AppLibraries({ app }: { readonly app: Appraisal['app'] }) {
  return (
    <PlainTable
      label="Libraries"
      columns={COLUMNS}
      rows={app.libraries ?? []}
      rowKey={(library, index) => `${library.name}-${index}`}
      empty={
        <EmptyState title={app.libraries === undefined ? 'Nobody looked for libraries' : 'No library was recognised'}>
          Libraries whose names were shortened by the build are not recognised.
        </EmptyState>
      }
    />
  );
}
