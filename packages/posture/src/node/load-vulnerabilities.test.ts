import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadVulnerabilities, vulnerabilityFiles } from './load-vulnerabilities.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-vulnerabilities-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const put = (name: string, value: unknown): void =>
  writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
const record = (id: string, cve: string) => ({
  id,
  aliases: [cve],
  affected: [
    {
      package: { ecosystem: 'Android', name: 'x' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '15:0' }, { fixed: '15:2026-05-01' }] }],
    },
  ],
});

it('recognises each list by what it holds, and joins them', () => {
  put('ios.json', {
    OSVersions: [
      {
        SecurityReleases: [
          {
            ProductVersion: '26.1',
            ReleaseDate: '2025-11-03',
            SupportedDevices: ['iPhone15,2'],
            CVEs: { 'CVE-2025-0001': {} },
          },
        ],
      },
    ],
  });
  put('kev.json', {
    catalogVersion: '2026.08.21',
    vulnerabilities: [{ cveID: 'CVE-2025-0001' }, { cveID: 'CVE-2025-0002' }],
  });
  mkdirSync(join(folder, 'osv'));
  put('osv/ASB-A-1.json', record('ASB-A-1', 'CVE-2025-0002'));
  put('osv/ASB-A-2.json', record('ASB-A-2', 'CVE-2025-0003'));
  const { data, diagnostics } = loadVulnerabilities(folder);
  expect(diagnostics).toEqual([]);
  expect(data.sources.map(({ name }) => name)).toEqual(['SOFA', 'CISA KEV', 'OSV Android']);
  expect(data.ios[0]?.exploited).toEqual(['CVE-2025-0001']);
  expect(data.android.map(({ cve, exploited }) => [cve, exploited])).toEqual([
    ['CVE-2025-0002', true],
    ['CVE-2025-0003', false],
  ]);
});

it('says what it could not read, and keeps the rest', () => {
  put('broken.json', '{"OSVersions": [');
  put('other.json', { hello: 'world' });
  put('kev.json', { vulnerabilities: [{ cveID: 'CVE-2025-0001' }] });
  put('notes.txt', 'not a list');
  const { data, diagnostics } = loadVulnerabilities(folder);
  expect([...data.exploited]).toEqual(['CVE-2025-0001']);
  expect(diagnostics.map(({ where }) => where?.slice(folder.length + 1))).toEqual(['broken.json', 'other.json']);
});

it('of a folder that is not there has nothing', () => {
  expect(loadVulnerabilities(join(folder, 'none'))).toMatchObject({ data: { sources: [] }, diagnostics: [] });
  expect(vulnerabilityFiles(join(folder, 'none'))).toEqual([]);
});
