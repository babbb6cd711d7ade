import type { Diagnostic, IndicatorHit, ObservableKind } from '@vedette/contracts';
import type { ListSummary } from '@vedette/indicators';
import type { FeedResult, FeedState } from '@vedette/indicators/node';
import { printable } from '../terminal.ts';

type ShownList = ListSummary & { readonly changedAt?: string | undefined; readonly bytes?: number | undefined };

type ShownFeed = Pick<FeedState, 'fetchedAt' | 'askedAt' | 'total' | 'error'> & { readonly name: string };
const SHOWN_DIAGNOSTICS = 20;

/** The lists of a folder as a table: how many of what kind, the newest date that the list gives, when the file was changed; then what could not be read. */
export function renderLists(
  folder: string,
  lists: readonly ShownList[],
  diagnostics: readonly Diagnostic[],
  feeds: readonly ShownFeed[] = [],
): string {
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
  if (feeds.length > 0) lines.push('', 'Feeds');
  for (const { name, fetchedAt, askedAt, total: count, error } of feeds) {
    const fetched = fetchedAt === null ? 'never fetched' : `${count} indicators, of ${fetchedAt.slice(0, 16)}Z`;
    const state = error === null ? `asked ${askedAt.slice(0, 16)}Z` : `FAILED ${askedAt.slice(0, 16)}Z: ${error}`;
    lines.push(`  ${printable(name)}: ${fetched}; ${printable(state)}`);
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

/** What became of each feed, one line each, with what could not be read of it. */
export function renderUpdate(results: readonly FeedResult[]): string {
  if (results.length === 0) return 'No feed is due.\n';
  const longest = Math.max(...results.map(({ name }) => name.length));
  const lines = results.flatMap(({ name, outcome, total, before, error, notes }) => {
    const said = {
      updated: `${total} indicators${before === total || before === 0 ? '' : `, ${before} before`}`,
      unchanged: `not changed, ${total} indicators`,
      failed: `FAILED, ${before === 0 ? 'nothing is there' : `the ${before} indicators of before stay`}: ${error ?? ''}`,
      removed: `removed, with its ${before} indicators`,
    }[outcome];
    return [
      `${name.padEnd(longest)}  ${printable(said)}`,
      ...notes.map((note) => `${' '.repeat(longest)}  - ${printable(note)}`),
    ];
  });
  return `${lines.join('\n')}\n`;
}
