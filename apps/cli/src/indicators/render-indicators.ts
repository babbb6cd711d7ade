import type { Diagnostic, IndicatorHit, ObservableKind } from '@vedette/contracts';
import type { ListSummary } from '@vedette/indicators';
import { printable } from '../terminal.ts';

type ShownList = ListSummary & { readonly changedAt?: string | undefined; readonly bytes?: number | undefined };

const SHOWN_DIAGNOSTICS = 20;

/** The lists of a folder as a table: how many of what kind, the newest date that the list gives, when the file was changed; then what could not be read. */
export function renderLists(folder: string, lists: readonly ShownList[], diagnostics: readonly Diagnostic[]): string {
  const total = lists.reduce((sum, list) => sum + list.total, 0);
  const lines = [`${total} indicators in ${lists.length} lists, in ${printable(folder)}`];
  const longest = Math.min(48, Math.max(4, ...lists.map(({ name }) => name.length)));
  if (lists.length > 0)
    lines.push('', `${'list'.padEnd(longest)}  ${'total'.padStart(8)}  newest entry  file changed  kinds`);
  for (const { name, total: count, newest, changedAt, counts } of lists) {
    const kinds = Object.entries(counts)
      .map(([kind, many]) => `${kind} ${many}`)
      .join(', ');
    const row = [
      printable(name).slice(-longest).padEnd(longest),
      String(count).padStart(8),
      (newest ?? 'not said').slice(0, 10).padEnd(12),
      (changedAt ?? '').slice(0, 10).padEnd(12),
      kinds,
    ].join('  ');
    lines.push(row);
  }
  if (diagnostics.length > 0) lines.push('', 'What could not be read');
  for (const { where, message } of diagnostics.slice(0, SHOWN_DIAGNOSTICS))
    lines.push(`  ${printable(where ?? '')}: ${printable(message)}`);
  if (diagnostics.length > SHOWN_DIAGNOSTICS) lines.push(`  and ${diagnostics.length - SHOWN_DIAGNOSTICS} more`);
  return `${lines.join('\n')}\n`;
}

interface Tested {
  readonly value: string;
  readonly kinds: readonly ObservableKind[];
  readonly hits: readonly IndicatorHit[];
}

/** Each value, what it was taken for, and which lists name it and why. That none does is no proof of anything, and said so. */
export function renderHits(answers: readonly Tested[], total: number): string {
  const lines = answers.flatMap(({ value, kinds, hits }) => [
    `${printable(value)} (${kinds.join(' or ')}): ${hits.length === 0 ? `not among ${total} indicators, which proves nothing` : 'LISTED'}`,
    ...hits.map(({ indicator, how, source: { list, name, reference, at } }) => {
      const of = [name, reference, at?.slice(0, 10)].filter((part) => part !== null && part !== undefined).join(', ');
      return `  ${printable(list)} names ${indicator.kind} ${printable(indicator.value)}: ${how}${of === '' ? '' : ` (${printable(of)})`}`;
    }),
  ]);
  return `${lines.join('\n')}\n`;
}
