import type { Diagnostic, Observable } from '@vedette/contracts';

/** One statement of a list: what is seen together is known to be bad. Mostly one thing; all of them must be there. */
export interface Indicator {
  readonly all: readonly Observable[];
  /** Campaign or family. */
  readonly name: string | null;
  /** Id, key or line in the list. */
  readonly reference: string | null;
  /** ISO 8601; null where the list does not say. */
  readonly at: string | null;
}

/** A list that was read. */
export interface IndicatorList {
  readonly name: string;
  readonly indicators: readonly Indicator[];
}

/** Largest number of indicators read from one list; real ones have some thousands, host lists up to a million. */
export const MAX_INDICATORS = 2_000_000;
/** Diagnostics kept of one list. */
export const MAX_LIST_DIAGNOSTICS = 100;

/** Collects indicators of one list within the limits. */
export interface ListBuilder {
  add(indicator: Indicator): void;
  skip(id: string, message: string, where?: string): void;
  finish(): { readonly value: IndicatorList; readonly diagnostics: readonly Diagnostic[] };
}

export function createListBuilder(name: string): ListBuilder {
  const indicators: Indicator[] = [];
  const diagnostics: Diagnostic[] = [];
  let left = 0;
  let skipped = 0;
  return {
    add(indicator) {
      if (indicators.length >= MAX_INDICATORS) left += 1;
      else if (indicator.all.length > 0) indicators.push(indicator);
    },
    skip(id, message, where) {
      skipped += 1;
      if (diagnostics.length < MAX_LIST_DIAGNOSTICS)
        diagnostics.push({ id, level: 'warning', message, ...(where === undefined ? {} : { where }) });
    },
    finish() {
      if (left > 0)
        diagnostics.push({
          id: 'indicators.too-many',
          level: 'warning',
          message: `${left} indicators were left out: more than ${MAX_INDICATORS}.`,
          where: name,
        });
      if (skipped > MAX_LIST_DIAGNOSTICS)
        diagnostics.push({
          id: 'indicators.skipped',
          level: 'warning',
          message: `${skipped} entries were skipped in all.`,
          where: name,
        });
      return { value: { name, indicators }, diagnostics };
    },
  };
}
