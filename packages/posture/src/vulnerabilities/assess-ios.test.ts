import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assessIos } from './assess-ios.ts';
import { readSofa } from './read-sofa.ts';
import type { IosRelease } from './vulnerability-data.ts';

const OLD = ['iPhone11,8'];
const NEW = ['iPhone15,2'];
const release = (
  version: string,
  releasedOn: string,
  models: readonly string[],
  exploited: readonly string[] = [],
): IosRelease => ({
  version,
  releasedOn,
  models: new Set(models),
  cves: exploited,
  exploited,
});
const ios = [
  release('18.6', '2025-07-29', [...OLD, ...NEW], ['CVE-A']),
  release('26.0', '2025-09-15', NEW),
  release('18.7.3', '2025-12-12', OLD, ['CVE-B']),
  release('26.2', '2025-12-12', NEW, ['CVE-B', 'CVE-C']),
  release('18.7.10', '2026-08-17', OLD),
  release('26.6.1', '2026-08-17', NEW, ['CVE-D']),
];
const on = (model: string | null, version: string) => assessIos({ model, version }, { ios });
const open = (model: string | null, version: string): string[] =>
  on(model, version).open.map(({ cve, fixedIn, basis }) => `${cve} ${fixedIn} ${basis}`);

describe('an iPhone', () => {
  it('on the newest release of its model lacks nothing', () => {
    expect(on('iPhone15,2', '26.6.1')).toMatchObject({
      missed: [],
      open: [],
      unknown: null,
      latest: { version: '26.6.1' },
    });
  });

  it('lacks what its own branch repaired since, with the release that does', () => {
    expect(open('iPhone15,2', '26.1')).toEqual([
      'CVE-B 26.2 own-branch',
      'CVE-C 26.2 own-branch',
      'CVE-D 26.6.1 own-branch',
    ]);
    expect(on('iPhone15,2', '26.1').missed.map(({ version }) => version)).toEqual(['26.2', '26.6.1']);
  });

  it('on an older branch that it could leave is told of what only the newer one repairs, as such', () => {
    expect(open('iPhone15,2', '18.6')).toEqual([
      'CVE-B 26.2 newer-release',
      'CVE-C 26.2 newer-release',
      'CVE-D 26.6.1 newer-release',
    ]);
    expect(on('iPhone15,2', '18.6')).toMatchObject({
      missed: [],
      latestOfBranch: { version: '18.6' },
      latest: { version: '26.6.1' },
    });
  });

  it('that gets no newer branch is patched by its own, and what was repaired since elsewhere is said', () => {
    expect(on('iPhone11,8', '18.7.10')).toMatchObject({
      open: [],
      missed: [],
      latest: { version: '18.7.10' },
      beyond: [],
    });
    const early = ios.filter(({ version }) => version !== '18.7.10');
    expect(assessIos({ model: 'iPhone11,8', version: '18.7.3' }, { ios: early }).beyond).toEqual(['CVE-D']);
  });

  it('with a branch that began after a repair has that repair', () => {
    expect(open('iPhone15,2', '26.0').some((one) => one.startsWith('CVE-A'))).toBe(false);
  });

  it('of unknown model or branch is not called good', () => {
    expect(on(null, '26.6.1').unknown).toContain('does not name the model');
    expect(on('iPhone15,2', '15.8').unknown).toContain('does not go back to 15');
    expect(on('iPhone15,2', '26 beta').unknown).toContain('is no version');
    expect(assessIos({ model: 'iPhone15,2', version: '26.1' }, { ios: [] }).unknown).toContain('no list');
  });
});

const feed = join(import.meta.dirname, '../../../../../shared/data/vulnerabilities/sofa/v2/ios_data_feed.json');
if (!existsSync(feed))
  console.warn('The feed of SOFA is not here; assessments are not compared on all models and releases.');

/** The same question asked the slow way: look at every release for the model, in the order of their versions, and cross off what is repaired. */
function reference(model: string, version: string, all: readonly IosRelease[]): Set<string> {
  const numbers = (text: string): number => {
    const [a = 0, b = 0, c = 0] = text.split('.').map(Number);
    return a * 1e6 + b * 1e3 + c;
  };
  const here = all.filter(({ models }) => models.has(model));
  const open = new Set<string>();
  for (const cve of new Set(here.flatMap(({ exploited }) => exploited))) {
    const fixing = here.filter(({ exploited }) => exploited.includes(cve)).map((one) => numbers(one.version));
    const mine = numbers(version);
    const branch = Math.floor(mine / 1e6);
    const own = fixing.filter((one) => Math.floor(one / 1e6) === branch);
    const repaired =
      own.length > 0 ? own.some((one) => one <= mine) : fixing.some((one) => Math.floor(one / 1e6) < branch);
    if (!repaired) open.add(cve);
  }
  return open;
}

it.runIf(existsSync(feed))('agrees with a slow reference on every model and release of SOFA', () => {
  const { value } = readSofa(JSON.parse(readFileSync(feed, 'utf8')) as unknown);
  expect(value.ios.length).toBeGreaterThan(60);
  const models = new Set(value.ios.flatMap((one) => [...one.models]));
  const versions = new Set(value.ios.map(({ version }) => version));
  let pairs = 0;
  for (const model of models) {
    for (const version of versions) {
      const found = assessIos({ model, version }, value);
      expect(new Set(found.open.map(({ cve }) => cve)), `${model} with ${version}`).toEqual(
        reference(model, version, value.ios),
      );
      pairs += 1;
    }
  }
  expect(pairs).toBeGreaterThan(5_000);
});
