import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { IndicatorList } from './indicator.ts';
import { createIndicatorSet } from './indicator-set.ts';
import { kindOfLabel, readPlainList } from './read-lists.ts';
import { readStix } from './read-stix.ts';

/** Lists that others published; not part of the repository. */
const FOLDER = join(import.meta.dirname, '../../../../shared/data/indicators');
const isThere = existsSync(FOLDER);

function filesOf(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesOf(path) : [path];
  });
}
const files = isThere ? filesOf(FOLDER) : [];
const countsOf = ({ indicators }: IndicatorList): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { all } of indicators) for (const { kind } of all) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};

describe.skipIf(!isThere)('lists of the field (skipped: no folder of shared data)', () => {
  const bundles = files.filter((path) => path.endsWith('.stix2'));
  it.each(bundles.map((path) => [basename(path), path] as const))(
    '%s: as many as a plain search finds',
    (name, path) => {
      const text = readFileSync(path, 'utf8');
      const { value, diagnostics } = readStix(JSON.parse(text), name);
      // Another way to count: the patterns as they stand in the text, by what is before the colon.
      const plain: Record<string, number> = {};
      for (const [, pattern = ''] of text.matchAll(/"pattern":\s*"((?:[^"\\]|\\.)*)"/g)) {
        const objectPath = /\[\s*([a-z0-9-]+:[a-z0-9._]+)/i.exec(pattern)?.[1] ?? '?';
        plain[objectPath] = (plain[objectPath] ?? 0) + 1;
      }
      const counts = countsOf(value);
      expect(diagnostics).toEqual([]);
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(
        Object.values(plain).reduce((sum, count) => sum + count, 0),
      );
      expect(counts['domain'] ?? 0).toBe(plain['domain-name:value'] ?? 0);
      expect(counts['process'] ?? 0).toBe(plain['process:name'] ?? 0);
      expect(value.indicators.every((one) => one.name !== null)).toBe(true);
      const set = createIndicatorSet([value]);
      for (const { all } of value.indicators) for (const one of all) expect(set.match(one).length).toBeGreaterThan(0);
    },
  );

  const plainLists = files.filter(
    (path) => path.endsWith('.txt') && kindOfLabel(basename(path)) !== null && !path.includes('quad9'),
  );
  it.each(plainLists.map((path) => [path.slice(FOLDER.length + 1), path] as const))(
    '%s: every line is read',
    (_, path) => {
      const text = readFileSync(path, 'utf8');
      const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
      const { value, diagnostics } = readPlainList(text, basename(path));
      expect(value.indicators.length + diagnostics.filter(({ id }) => id === 'list.value').length).toBe(lines.length);
      expect(diagnostics.length).toBeLessThan(Math.max(2, lines.length / 20));
    },
  );
});
