import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DEX_TRICKS } from './dex-tricks.ts';

it('every trick of the table has its test', () => {
  const tests = ['dex-structure-tricks.test.ts', 'dex-code-tricks.test.ts'];
  const text = tests.map((name) => readFileSync(new URL(name, import.meta.url), 'utf8')).join('');
  expect(DEX_TRICKS.map(({ id }) => id).filter((id) => !text.includes(`'${id}'`))).toEqual([]);
  expect(new Set(DEX_TRICKS.map(({ id }) => id)).size).toBe(DEX_TRICKS.length);
});
