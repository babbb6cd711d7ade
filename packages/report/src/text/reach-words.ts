import type { Evidence } from '@vedette/contracts';

/** Whether the place can run at all, and what leads there; null where nobody looked. Raw text of the app in `from`: escape it for where it goes. */
export function reachWords(evidence: Evidence): { readonly words: string; readonly from: string | null } | null {
  if (evidence.kind !== 'code') return null;
  switch (evidence.reach) {
    case 'reachable':
      return { words: evidence.from === undefined ? 'can run' : 'can run, from', from: evidence.from ?? null };
    case 'referenced':
      return { words: 'dead code: nothing leads there', from: null };
    case 'unknown':
      return { words: 'nothing was found that leads there, which is no proof', from: null };
    case undefined:
      return null;
  }
}

/** The same as one line of raw text, with the way there; null where nobody looked. */
export function reachLine(evidence: Evidence): string | null {
  const reach = reachWords(evidence);
  if (reach === null) return null;
  const path = evidence.kind === 'code' && evidence.path !== undefined && evidence.path.length > 1 ? evidence.path : [];
  return `${reach.words}${reach.from === null ? '' : ` ${reach.from}`}${path.length === 0 ? '' : `: ${path.join(' → ')}`}`;
}
