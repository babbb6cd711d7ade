import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ZOO } from '@vedette/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CLI = join(import.meta.dirname, '../apps/cli/bin/vedette.mjs');
let folder = '';
let app = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-indicators-'));
  const specimen = ZOO.find(({ id }) => id === 'password-manager');
  if (specimen === undefined) throw new TypeError('the zoo has it');
  const bytes = specimen.build();
  app = join(folder, 'app.apk');
  writeFileSync(app, bytes);
  mkdirSync(join(folder, 'lists'));
  writeFileSync(join(folder, 'lists/sha256.txt'), `${createHash('sha256').update(bytes).digest('hex')}\n`);
  const pattern = "[app:id = 'test.specimen.passwords' OR domain-name:value = 'other.test']";
  writeFileSync(
    join(folder, 'lists/campaign.stix2'),
    JSON.stringify({
      type: 'bundle',
      objects: [
        { type: 'indicator', id: 'indicator--1', pattern, modified: '2026-01-02T00:00:00Z' },
        { type: 'malware', id: 'malware--1', name: 'Example family' },
        { type: 'relationship', id: 'relationship--1', source_ref: 'indicator--1', target_ref: 'malware--1' },
      ],
    }),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function vedette(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], { maxBuffer: 64e6 }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}
const lists = (): string[] => ['--indicators', join(folder, 'lists')];

describe('lists of indicators', () => {
  it('are shown, and asked', async () => {
    const shown = await vedette('indicators', 'list', ...lists());
    expect(shown.out).toContain('3 indicators in 2 lists');
    expect(shown.out).toContain('app 1, domain 1');
    const hit = await vedette('indicators', 'test', 'https://x.other.test/a', ...lists());
    expect(hit.code).toBe(1);
    expect(hit.out).toContain('below the listed domain (Example family, indicator--1, 2026-01-02)');
    const none = await vedette('indicators', 'test', 'example.org', ...lists());
    expect(none.code).toBe(0);
    expect(none.out).toContain('proves nothing');
  });

  it('that are missing are said, with what to do', async () => {
    const missing = await vedette('scan', app, '--indicators', join(folder, 'nowhere'));
    expect(missing.code).toBe(3);
    expect(missing.err).toContain('vedette help indicators');
  });

  it('make an app malicious that they name, in every part of the report, and the report still adds up', async () => {
    const report = join(folder, 'report.json');
    const scanned = await vedette(
      'scan',
      app,
      ...lists(),
      '--format',
      'json',
      '--output',
      report,
      '--fail-on',
      'critical',
    );
    expect(scanned.code).toBe(1);
    const explained = await vedette('explain', report);
    expect(explained.code).toBe(0);
    expect(explained.out).toContain('app.indicator.file');
    const text = await vedette('scan', app, ...lists());
    const said = text.out.replace(/\s+/g, ' ');
    expect(said).toContain('MALICIOUS');
    expect(said).toContain('Example family in campaign.stix2 names');
    expect(said).toContain('Held against 3 indicators of 2 lists');
    const html = await vedette('scan', app, ...lists(), '--format', 'html', '--output', join(folder, 'r.html'));
    expect(html.code).toBe(0);
    const without = await vedette('scan', app);
    expect(without.out).not.toContain('MALICIOUS');
  });
});
