import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBudget } from '@vedette/bytes';
import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { readZip } from '../zip/read-zip.ts';
import { readDex } from './read-dex.ts';
import { dexdumpText } from './testing/dexdump-text.ts';
import { dexdumpXml } from './testing/dexdump-xml.ts';
import { dexlistText } from './testing/dexlist-text.ts';

const FOLDER = join(import.meta.dirname, '../../../../../shared/data/art-dexdump/test');
const isThere = existsSync(FOLDER);
if (!isThere) console.warn(`skipped: ${FOLDER} is missing`);

const open = (path: string) => {
  const { value, diagnostics } = readDex(
    new Uint8Array(readFileSync(path)),
    createBudget({}, () => 0),
  );
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

const NAMES = [
  'all',
  'bytecodes',
  'checkers',
  'const-method-handle',
  'invoke-custom',
  'invoke-polymorphic',
  'quoting',
  'staticfields',
  'values',
];
const lines = (path: string): string[] => readFileSync(path, 'latin1').replace(/\n$/, '').split('\n');

describe.skipIf(!isThere)('AOSP dexdump says the same', () => {
  const OPTIONS = { strings: 'escaped', headers: true, annotations: true } as const;

  it.each(NAMES)('%s.txt, line by line: every header, field, value, instruction, handler, line and local', (name) => {
    const { dex } = open(join(FOLDER, 'dexdump', `${name}.dex`));
    const [first = '', ...rest] = dexdumpText(dex, OPTIONS);
    const golden = lines(join(FOLDER, 'dexdump', `${name}.txt`));
    expect(differences([`Opened '${name}.dex', ${first}`, ...rest], golden.slice(1))).toEqual([]);
  });

  it.each(NAMES)('%s.lst, line by line', (name) => {
    const { dex } = open(join(FOLDER, 'dexdump', `${name}.dex`));
    const golden = lines(join(FOLDER, 'dexdump', `${name}.lst`));
    expect(differences([`#${name}.dex`, ...dexlistText(dex)], golden)).toEqual([]);
  });

  it.each(NAMES)('%s.xml, line by line', (name) => {
    const { dex } = open(join(FOLDER, 'dexdump', `${name}.dex`));
    const golden = lines(join(FOLDER, 'dexdump', `${name}.xml`));
    expect(differences(dexdumpXml(dex), golden)).toEqual([]);
  });

  it('all-dex-files.jar: the DEX that the platform loads, and not classes1.dex', () => {
    const jar = readZip(
      new Uint8Array(readFileSync(join(FOLDER, 'dexdump/all-dex-files.jar'))),
      createNodeHost(),
    ).value;
    const ours: string[] = [];
    for (let number = 1; number < 20; number++) {
      const name = `classes${number === 1 ? '' : number}.dex`;
      const entry = jar?.find(name);
      const dex =
        entry &&
        readDex(
          entry.read().value,
          createBudget({}, () => 0),
        ).value;
      if (!dex) break;
      const [first = '', ...rest] = dexdumpText(dex, OPTIONS);
      ours.push(`Opened 'all-dex-files.jar:${name}', ${first}`, ...rest);
    }
    expect(differences(ours, lines(join(FOLDER, 'dexdump/all-dex-files.txt')).slice(1))).toEqual([]);
  });
});

describe.skipIf(!isThere)("ART's own test files", () => {
  it.each<[folder: string, classes: number, methods: number, ids: readonly string[]]>([
    ['004-ReferenceMap', 1, 4, []],
    ['004-StackWalk', 1, 6, []],
    ['097-duplicate-method', 2, 4, ['dex.method.duplicate']],
    ['649-vdex-duplicate-method', 1, 4, ['dex.method.duplicate', 'dex.code.shared']],
    ['663-odd-dex-size', 1, 2, []],
    ['801-VoidCheckCast', 1, 3, []],
    ['836-32768classes', 32_769, 1, []],
  ])('%s', (folder, classes, methods, expected) => {
    const { dex, ids } = open(join(FOLDER, folder, 'classes.dex'));
    expect([dex.classDefs.count, dex.methods.count, ids]).toEqual([classes, methods, expected]);
  });
});
