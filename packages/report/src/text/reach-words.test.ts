import type { Evidence } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { reachLine } from './reach-words.ts';

const code = { kind: 'code', file: 'classes.dex', class: 'a.B', note: '' } as const;
const CASES: readonly (readonly [Evidence, string | null])[] = [
  [
    { ...code, reach: 'reachable', from: 'activity M', path: ['M.onCreate', 'a.B.c'] },
    'can run, from activity M: M.onCreate → a.B.c',
  ],
  [{ ...code, reach: 'reachable' }, 'can run'],
  [{ ...code, reach: 'referenced' }, 'dead code: nothing leads there'],
  [{ ...code, reach: 'unknown' }, 'nothing was found that leads there, which is no proof'],
  [code, null],
  [{ kind: 'file', path: 'a', note: '' }, null],
];

describe('reachLine', () => {
  it.each(CASES)('%j', (evidence, line) => {
    expect(reachLine(evidence)).toBe(line);
  });
});
