import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBudget } from '@vedette/bytes';
import { describe, expect, it } from 'vitest';
import { readDex } from './read-dex.ts';
import { dexdumpText } from './testing/dexdump-text.ts';

const FOLDER = join(import.meta.dirname, '../../../../../shared/data/art-dexdump/test');
const isThere = existsSync(FOLDER);
if (!isThere) console.warn(`skipped: ${FOLDER} is missing`);

const open = (path: string) => {
  const { value, diagnostics } = readDex(new Uint8Array(readFileSync(path)), createBudget({}, () => 0));
  if (value === null) throw new Error(`${path} is no DEX`);
  return { dex: value, ids: [...new Set(diagnostics.map(({ id }) => id))] };
};

/** Lines that differ, at most ten, in pairs; blanks at their ends are not kept in the goldens. */
function differences(ours: readonly string[], theirs: readonly string[]): string[] {
  const found: string[] = [];
  for (let line = 0; line < Math.max(ours.length, theirs.length) && found.length < 20; line++) {
    if (ours[line]?.trimEnd() === theirs[line]?.trimEnd()) continue;
    found.push(`ours   ${line}: ${ours[line]}`, `theirs ${line}: ${theirs[line]}`);
  }
  return found;
}

describe.skipIf(!isThere)('AOSP dexdump says the same', () => {
  it.each([
    'all',
    'bytecodes',
    'checkers',
    'const-method-handle',
    'invoke-custom',
    'invoke-polymorphic',
    'quoting',
    'staticfields',
    'values',
  ])('%s.txt, line by line', (name) => {
    const { dex } = open(join(FOLDER, 'dexdump', `${name}.dex`));
    const golden = readFileSync(join(FOLDER, 'dexdump', `${name}.txt`), 'latin1').replace(/\n$/, '').split('\n');
    const ours = dexdumpText(dex, { strings: 'escaped', headers: true, annotations: true });
    ours[0] = `Opened '${name}.dex', ${ours[0]}`;
    expect(differences(ours, golden.slice(1))).toEqual([]);
  });
});
