import { CopyButton, formatCount } from '@vedette/ui';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { Fragment, useState } from 'react';
import type { Inspector } from '../../inspect/inspector.ts';
import type { StringRow } from '../../inspect/string-table.ts';
import { PagedTable } from './paged-table.tsx';
import { useAnswer } from './use-answer.ts';

/** Every different string of the code, with the files that hold it; each opens to the places that load it. */
export function StringsTab({ inspector }: { readonly inspector: Inspector }) {
  const [search, setSearch] = useState('');
  const [offset, setOffset] = useState(0);
  const [open, setOpen] = useState<number | null>(null);
  const { answer } = useAnswer(inspector, 'strings', { search, offset });
  return (
    <PagedTable
      label="Strings"
      searchLabel="Part of a string"
      search={search}
      onSearch={(next) => {
        setSearch(next);
        setOffset(0);
      }}
      offset={offset}
      onOffset={setOffset}
      counts={answer}
      noun="strings"
      note={
        answer !== null && !answer.complete
          ? `The code holds more: the first ${formatCount(answer.total)} are searched.`
          : 'Of the code, each once. Choose one to see where it is loaded.'
      }
      empty="The code holds no string"
      head={
        <thead>
          <tr>
            <th scope="col" className="w-full">
              String
            </th>
            <th scope="col" className="max-md:hidden">
              From
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
                  <code className="text-12 break-all line-clamp-3">{seen(row.value)}</code>
                </button>
              </td>
              <td className="max-md:hidden">
                <code className="text-12 text-ink-3">{filesOf(row)}</code>
              </td>
            </tr>
            {isOpen ? (
              <tr>
                <td colSpan={2} className="bg-sunken">
                  <Sites inspector={inspector} row={row} />
                </td>
              </tr>
            ) : null}
          </Fragment>
        );
      })}
    </PagedTable>
  );
}

/** Characters that would move or hide what stands around them are written as escapes. */
function seen(value: string): string {
  return value.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

function filesOf({ files }: StringRow): string {
  return files.length <= 2 ? files.join(', ') : `${files[0]} and ${files.length - 1} more`;
}

function Sites({ inspector, row }: { readonly inspector: Inspector; readonly row: StringRow }) {
  const { answer } = useAnswer(inspector, 'string', { index: row.index });
  return (
    <div className="flex flex-col gap-1 p-1 text-13">
      <p className="text-ink-3">
        {formatCount(row.length)} characters, in {row.files.join(', ')}
        {answer === null ? null : <CopyButton text={answer.value} label="Copy the string" />}
      </p>
      {answer === null ? (
        <p className="text-ink-3">Looking for where it is loaded</p>
      ) : answer.sites.length === 0 ? (
        <p className="text-ink-2">
          No instruction loads it: it names a class, a method or a type, or stands in an annotation or a constant.
        </p>
      ) : (
        <ul className="flex flex-col gap-0.5">
          {answer.sites.map((site) => (
            <li key={`${site.file} ${site.class} ${site.method} ${site.codeOffset}`}>
              <code className="text-12 break-all">
                {site.class}.{site.method}
              </code>{' '}
              <code className="text-12 text-ink-3">
                {site.file} +0x{site.codeOffset.toString(16)}
              </code>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
