import type { Diagnostic } from '@vedette/contracts';

/** Where in the input something was noticed. */
export interface Place {
  readonly where?: string;
  /** In bytes from the start of `where`. */
  readonly offset?: number;
}

/** Collects what readers notice. One input can hold millions of deviations; the list stays short whatever it holds. */
export interface Diagnostics {
  note(id: string, message: string, place?: Place): void;
  warning(id: string, message: string, place?: Place): void;
  error(id: string, message: string, place?: Place): void;
  /** Takes over diagnostics of an inner reader; `where` names the part it read. */
  addAll(diagnostics: readonly Diagnostic[], where?: string): void;
  has(id: string): boolean;
  /** How often `id` was reported, those beyond the limit included. */
  count(id: string): number;
  /** What was kept, in order of arrival; for each id with more than `perId` reports, one `…` summary follows at the end. */
  list(): readonly Diagnostic[];
}

/**
 * Creates an empty collector.
 *
 * @param perId how many diagnostics of one id are kept; the rest is counted and summed up in one line
 */
export function createDiagnostics(perId = 8): Diagnostics {
  const kept: Diagnostic[] = [];
  const counts = new Map<string, number>();

  const add = (diagnostic: Diagnostic): void => {
    const count = (counts.get(diagnostic.id) ?? 0) + 1;
    counts.set(diagnostic.id, count);
    if (count <= perId) kept.push(diagnostic);
  };
  const report = (level: Diagnostic['level'], id: string, message: string, place?: Place): void => {
    add({ id, level, message, ...place });
  };

  return {
    note: (id, message, place) => report('note', id, message, place),
    warning: (id, message, place) => report('warning', id, message, place),
    error: (id, message, place) => report('error', id, message, place),
    addAll(diagnostics, where) {
      for (const diagnostic of diagnostics) {
        const place =
          diagnostic.where === undefined ? where : where ? `${where}!/${diagnostic.where}` : diagnostic.where;
        add(place === undefined ? diagnostic : { ...diagnostic, where: place });
      }
    },
    has: (id) => counts.has(id),
    count: (id) => counts.get(id) ?? 0,
    list() {
      const summaries: Diagnostic[] = [];
      for (const [id, count] of counts) {
        if (count <= perId) continue;
        const first = kept.find((diagnostic) => diagnostic.id === id);
        summaries.push({
          id,
          level: first?.level ?? 'note',
          message: `${count - perId} more of this kind are not listed`,
        });
      }
      return [...kept, ...summaries];
    },
  };
}
