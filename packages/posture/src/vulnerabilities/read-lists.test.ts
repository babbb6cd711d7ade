import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readKev } from './read-kev.ts';
import { readOsv } from './read-osv.ts';
import { readSofa } from './read-sofa.ts';

describe('OSV records of Android', () => {
  const record = (
    events: readonly Readonly<Record<string, string>>[],
    more: object = {},
    name = 'platform/frameworks/base',
  ) => ({
    id: 'ASB-A-1',
    aliases: ['CVE-2026-0001'],
    modified: '2026-05-07T00:00:00Z',
    affected: [
      {
        package: { ecosystem: 'Android', name },
        ranges: [{ type: 'ECOSYSTEM', events }],
        ecosystem_specific: { severity: 'High', ...more },
      },
    ],
  });
  const read = (...records: readonly unknown[]) => readOsv(records).value;

  it('give the releases that had a weakness and the patch level that repairs it', () => {
    expect(
      read(
        record(
          [{ introduced: '14:0' }, { fixed: '14:2026-05-01' }, { introduced: '15:0' }, { fixed: '15:2026-05-01' }],
          { spl: '2026-05-01' },
        ),
      ),
    ).toMatchObject({
      sources: [{ name: 'OSV Android', asOf: '2026-05-07' }],
      android: [
        { cve: 'CVE-2026-0001', fixedIn: '2026-05-01', majors: ['14', '15'], part: 'system', severity: 'High' },
      ],
    });
  });

  it('take 15-next for 15, keep 12L apart from 12, and of several patch levels the latest', () => {
    const [one] = read(
      record([
        { introduced: '15-next:0' },
        { fixed: '15-next:2026-05-01' },
        { introduced: '12L:0' },
        { fixed: '12L:2026-06-05' },
      ]),
    ).android;
    expect(one).toMatchObject({ majors: ['12L', '15'], fixedIn: '2026-06-05' });
  });

  it.each([
    [':0', 'the kernel'],
    ['SoCVersion:0', 'a chipset'],
  ])('with %s are about %s, which a patch level of the system does not tell', (introduced) => {
    expect(read(record([{ introduced }, { fixed: 'x' }])).android).toEqual([
      expect.objectContaining({ fixedIn: null, majors: null, part: 'kernel' }),
    ]);
  });

  it('of other ecosystems, without a CVE, or that are none at all are skipped and counted', () => {
    const { value, diagnostics } = readOsv([
      { id: 'x', affected: [] },
      { ...record([{ introduced: '15:0' }]), aliases: [] },
      { ...record([]), affected: [{ package: { ecosystem: 'npm', name: 'x' } }] },
      7,
    ]);
    expect(value.android).toEqual([]);
    expect(diagnostics[0]?.message).toContain('4 of 4');
  });
});

describe('readers of lists', () => {
  it('take anything for what it is', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(readSofa(value).value.ios).toEqual([]);
        expect(readKev(value).value.exploited.size).toBe(0);
        expect(readOsv([value]).value.android).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('skip what is damaged and keep the rest', () => {
    const release = {
      ProductVersion: '26.1',
      ReleaseDate: '2025-11-03T00:00:00Z',
      CVEs: { 'CVE-2025-1234': {}, odd: {} },
      ActivelyExploitedCVEs: ['CVE-2025-1234'],
    };
    const { value, diagnostics } = readSofa({
      LastCheck: '2026-08-22T18:45:03Z',
      OSVersions: [{ SecurityReleases: [release, { ...release, ProductVersion: '26.x' }, null] }],
    });
    expect(value).toMatchObject({
      sources: [{ asOf: '2026-08-22' }],
      ios: [{ version: '26.1', cves: ['CVE-2025-1234'], exploited: ['CVE-2025-1234'] }],
    });
    expect(diagnostics[0]?.message).toBe('2 releases could not be read.');
    expect(readKev({ catalogVersion: '2026.08.21', vulnerabilities: [{ cveID: 'CVE-2025-1234' }, {}] })).toMatchObject({
      value: { sources: [{ asOf: '2026-08-21' }], exploited: new Set(['CVE-2025-1234']) },
      diagnostics: [{ message: '1 entries could not be read.' }],
    });
  });

  it('reads of version 1 of SOFA which CVEs were used in attacks', () => {
    const release = {
      ProductVersion: '26.1',
      ReleaseDate: '2025-11-03',
      CVEs: { 'CVE-2025-1234': true, 'CVE-2025-1235': false },
    };
    expect([...readSofa({ OSVersions: [{ SecurityReleases: [release] }] }).value.exploited]).toEqual(['CVE-2025-1234']);
  });
});
