import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadIndicators } from './load-indicators.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-indicators-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a folder of lists', () => {
  it('is read in every format, folders below it too', async () => {
    writeFileSync(
      join(folder, 'a.stix2'),
      JSON.stringify({ objects: [{ type: 'indicator', id: 'i', pattern: "[domain-name:value='a.test']" }] }),
    );
    writeFileSync(join(folder, 'ioc.yaml'), '- name: Spy\n  packages:\n  - com.spy\n');
    writeFileSync(join(folder, 'network.csv'), 'type,indicator\ndomain,c.test\n');
    mkdirSync(join(folder, 'campaign'));
    writeFileSync(join(folder, 'campaign/domains.txt'), 'd.test\n');
    writeFileSync(join(folder, 'README.md'), 'example.org');
    writeFileSync(join(folder, 'feeds.yaml'), 'feeds: []');
    const { set, files, diagnostics } = await loadIndicators(folder);
    expect(diagnostics).toEqual([]);
    expect(set.lists.map(({ name, total }) => [name, total])).toEqual([
      ['a.stix2', 1],
      ['campaign/domains.txt', 1],
      ['ioc.yaml', 1],
      ['network.csv', 1],
    ]);
    expect(files.map(({ path }) => path)).toEqual(set.lists.map(({ name }) => name));
  });

  it('loses one list only to what is broken in it', async () => {
    writeFileSync(join(folder, 'broken.json'), '{');
    writeFileSync(join(folder, 'bomb.yaml'), 'a: &a [1]\nb: [*a,'.repeat(3));
    writeFileSync(join(folder, 'domains.txt'), 'good.test');
    const { set, diagnostics } = await loadIndicators(folder);
    expect(set.total).toBe(1);
    expect(diagnostics.map(({ where }) => where)).toEqual(['bomb.yaml', 'broken.json']);
  });

  it('that is missing is an empty set, and said', async () => {
    const { set, diagnostics } = await loadIndicators(join(folder, 'none'));
    expect(set.total).toBe(0);
    expect(diagnostics).toMatchObject([{ id: 'indicators.folder', message: 'There is no such folder.' }]);
  });
});
