import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AndroidSystem, assessAndroid, majorOf, type RepairState } from './assess-android.ts';
import { KNOWN_EXPLOITED_ANDROID } from './known-exploited-android.ts';
import { type AndroidRepair, mergeVulnerabilityData, NO_VULNERABILITY_DATA } from './vulnerability-data.ts';

const repair = (over: Partial<AndroidRepair> = {}): AndroidRepair => ({
  cve: 'CVE-2026-0001',
  fixedIn: '2026-05-01',
  majors: ['14', '15'],
  maker: null,
  part: 'system',
  severity: 'High',
  exploited: false,
  source: 'test',
  ...over,
});
const system = (over: Partial<AndroidSystem> = {}): AndroidSystem => ({
  osVersion: '15',
  patchLevel: '2026-04-05',
  maker: 'Google',
  chipsetMaker: null,
  ...over,
});
const stateOf = (one: AndroidRepair, on: AndroidSystem): RepairState | undefined =>
  assessAndroid(on, { android: [one] })[0]?.state;

describe('a repair of Android, on a phone', () => {
  it.each<[string, Partial<AndroidRepair>, Partial<AndroidSystem>, RepairState]>([
    ['older than the repair', {}, {}, 'open'],
    ['with it', {}, { patchLevel: '2026-05-01' }, 'repaired'],
    ['of a release that never had the weakness', {}, { osVersion: '16' }, 'not-affected'],
    ['of a preview, which is the release it will be', {}, { osVersion: '15-next' }, 'open'],
    ['of 12L, which is not 12', { majors: ['12L'] }, { osVersion: '12' }, 'not-affected'],
    ['of 12.1, which is 12L', { majors: ['12L'] }, { osVersion: '12.1' }, 'open'],
    ['of unknown release', {}, { osVersion: null }, 'not-told'],
    ['of unknown release, where all have it', { majors: null }, { osVersion: null }, 'open'],
    ['without a patch level', {}, { patchLevel: null }, 'not-told'],
    ['whose patch level is no date', {}, { patchLevel: 'soon' }, 'not-told'],
    ['where nobody says which patch level repairs it', { fixedIn: null }, {}, 'not-told'],
    ['of another maker', { maker: 'samsung' }, {}, 'not-affected'],
    ['of that maker', { maker: 'samsung' }, { maker: 'Samsung' }, 'open'],
    ['of unknown maker', { maker: 'samsung' }, { maker: null }, 'not-told'],
    ['with another chipset', { maker: 'qualcomm', part: 'chipset' }, { chipsetMaker: 'Google' }, 'not-affected'],
    ['with that chipset', { maker: 'qualcomm', part: 'chipset' }, { chipsetMaker: 'QTI' }, 'open'],
    ['with an unknown chipset', { maker: 'qualcomm', part: 'chipset' }, {}, 'not-told'],
    ['with the first level of the month, for the kernel', { part: 'kernel' }, { patchLevel: '2026-05-01' }, 'not-told'],
    ['with the fifth of the month, for the kernel', { part: 'kernel' }, { patchLevel: '2026-05-05' }, 'repaired'],
    [
      'with the first level of the next month, for the kernel',
      { part: 'kernel' },
      { patchLevel: '2026-06-01' },
      'repaired',
    ],
  ])('%s', (_what, one, on, state) => {
    expect(stateOf(repair(one), system(on))).toBe(state);
  });

  it.each([
    ['16', '16'],
    ['16.0', '16'],
    ['15-next', '15'],
    ['12L', '12L'],
    ['12.1', '12L'],
    ['8.1.0', '8.1'],
    ['8.0.0', '8'],
    ['Baklava', 'Baklava'],
  ])('release %s is %s', (version, major) => {
    expect(majorOf(version)).toBe(major);
  });

  it('is never open again with a higher patch level', () => {
    const level = fc
      .tuple(fc.integer({ min: 2020, max: 2027 }), fc.integer({ min: 1, max: 12 }), fc.constantFrom('01', '05'))
      .map(([year, month, day]) => `${year}-${String(month).padStart(2, '0')}-${day}`);
    fc.assert(
      fc.property(level, level, fc.constantFrom('google', 'samsung', null), (a, b, maker) => {
        const [lower = a, higher = b] = [a, b].sort();
        const open = (patchLevel: string) =>
          new Set(
            assessAndroid(system({ patchLevel, maker }), KNOWN_EXPLOITED_ANDROID).flatMap((one) =>
              one.state === 'open' ? [one.repair.cve] : [],
            ),
          );
        const before = open(lower);
        for (const cve of open(higher)) expect(before).toContain(cve);
      }),
    );
  });
});

describe('lists joined', () => {
  const list = (...android: readonly AndroidRepair[]) => ({ ...NO_VULNERABILITY_DATA, android });

  it('say the same in any order; of several patch levels the latest counts, of releases all', () => {
    const Repair = fc.record({
      cve: fc.constantFrom('CVE-1', 'CVE-2'),
      fixedIn: fc.constantFrom('2026-01-01', '2026-03-05', '2026-07-01', null),
      majors: fc.constantFrom(['14'], ['15', '16'], null),
      exploited: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(Repair, { maxLength: 6 }), fc.integer(), (stated, seed) => {
        const lists = stated.map((one) => list(repair(one)));
        const turned = lists.map((_, index) => lists[(index + Math.abs(seed % 7)) % lists.length] ?? list());
        const joined = (all: readonly ReturnType<typeof list>[]) =>
          mergeVulnerabilityData(all).android.toSorted((a, b) => (a.cve < b.cve ? -1 : 1));
        expect(joined(turned)).toEqual(joined(lists));
        for (const one of joined(lists)) {
          const same = stated.filter(({ cve }) => cve === one.cve);
          expect(one.fixedIn).toBe(
            same
              .map(({ fixedIn }) => fixedIn ?? '')
              .sort()
              .at(-1) || null,
          );
          expect(one.exploited).toBe(same.some(({ exploited }) => exploited));
        }
      }),
    );
  });

  it('mark as used in attacks what any list says was', () => {
    const merged = mergeVulnerabilityData([
      list(repair()),
      { ...NO_VULNERABILITY_DATA, exploited: new Set(['CVE-2026-0001']) },
    ]);
    expect(merged.android[0]?.exploited).toBe(true);
  });
});

describe('the list that comes with the product', () => {
  it('names only what concerns the system of a phone, each with its maker or part', () => {
    expect(KNOWN_EXPLOITED_ANDROID.android.length).toBeGreaterThan(50);
    for (const { cve, fixedIn } of KNOWN_EXPLOITED_ANDROID.android) {
      expect(cve).toMatch(/^CVE-\d{4}-\d{4,7}$/);
      expect(fixedIn === null || /^20\d\d-\d\d-0[15]$/.test(fixedIn)).toBe(true);
    }
  });

  it('is not Samsung’s trouble on a Pixel', () => {
    const states = assessAndroid(system({ patchLevel: '2025-01-05' }), KNOWN_EXPLOITED_ANDROID);
    expect(states.find(({ repair: { cve } }) => cve === 'CVE-2025-21043')?.state).toBe('not-affected');
    expect(states.find(({ repair: { cve } }) => cve === 'CVE-2025-48543')?.state).toBe('open');
  });
});
