import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ANDROID_SUPPORT, compareVersions, findRelease, IOS_SUPPORT, type OsSupportTable } from './os-support.ts';

const folder = join(import.meta.dirname, '../../../../../shared/data/vulnerabilities/endoflife/products');

/** The releases of an endoflife.date page: its front matter is a list of `- releaseCycle: "x"` blocks. */
function published(name: string): Map<string, { eol: string | null; latest: string | null }> {
  const blocks = readFileSync(join(folder, `${name}.md`), 'utf8')
    .split(/^ {2}- releaseCycle: /m)
    .slice(1);
  return new Map(
    blocks.map((block) => {
      const field = (key: string): string | null =>
        new RegExp(`^ {4}${key}: "?([^"\\n]+)"?$`, 'm').exec(block)?.[1] ?? null;
      const version = /^"([^"]+)"/.exec(block)?.[1] ?? '';
      const eol = field('eol');
      return [version, { eol: eol === 'false' ? null : eol, latest: field('latest') }];
    }),
  );
}

describe('support of OS versions', () => {
  it.skipIf(!existsSync(folder)).each([
    ['android', ANDROID_SUPPORT],
    ['ios', IOS_SUPPORT],
  ] as const)('%s: the table is what endoflife.date says', (name, table: OsSupportTable) => {
    const source = published(name);
    for (const release of table.releases) {
      if (release.version === '12L') continue;
      expect(source.get(release.version)?.eol, release.version).toBe(release.securityUpdatesEnded);
      if (release.latest !== undefined) expect(source.get(release.version)?.latest).toBe(release.latest.version);
    }
  });

  it.each([
    ['16', '16'],
    ['8.1.0', '8.1'],
    ['12', '12'],
    ['12.1', '12.1'],
    ['12L', '12L'],
    ['10', '10'],
    ['1', undefined],
    ['160', undefined],
    ['', undefined],
  ])('Android %s is release %s', (version, release) => {
    expect(findRelease(ANDROID_SUPPORT, version)?.version).toBe(release);
  });

  it('compares versions by number', () => {
    expect(compareVersions('18.7.10', '18.7.9')).toBeGreaterThan(0);
    expect(compareVersions('18.7', '18.7.0')).toBe(0);
    expect(compareVersions('9.3', '10')).toBeLessThan(0);
  });
});
