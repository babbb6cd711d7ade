import type { DeviceEvidence } from '@vedette/contracts';
import { DeviceEvidence as EvidenceSchema } from '@vedette/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { treeFromFiles } from '../evidence-tree.ts';
import {
  batteryCheckinLines,
  buildAdbAnswers,
  buildAndroidqf,
  buildBugReport,
  describePhone,
  netstatsLines,
  type PhoneUsage,
  powerUseLines,
  sideloadedApp,
} from '../fixtures/index.ts';
import { readDeviceEvidence } from '../read-device-evidence.ts';
import { readUid } from './power-use.ts';

const now = '2026-11-22T18:00:00.000Z';
const usage: PhoneUsage = {
  chargedAt: Date.parse('2026-11-19T20:00:00Z'),
  hours: 14,
  unpluggedHours: 12.5,
  capacityMah: 4500,
  sinceCharge: [
    {
      package: 'com.example.miner',
      mAh: 310.5,
      backgroundMah: 300,
      cpuSeconds: 7000,
      wakelockSeconds: 9000,
      bytes: 1_000_000,
      backgroundBytes: 900_000,
    },
    {
      package: 'com.whatsapp',
      mAh: 20,
      backgroundMah: 4,
      cpuSeconds: 100,
      wakelockSeconds: 10,
      bytes: 5_000,
      backgroundBytes: 1_000,
    },
  ],
  traffic: [
    { package: 'com.example.miner', start: 1_763_600_400, bytes: 4_000, backgroundBytes: 3_000 },
    { package: 'com.example.miner', start: 1_763_607_600, bytes: 8_000, backgroundBytes: 8_000 },
    { package: 'com.example.miner', start: 1_763_650_800, bytes: 1_000, backgroundBytes: 0 },
  ],
};
const phone = describePhone({
  systemPackages: 3,
  usage,
  apps: [sideloadedApp('com.example.miner'), sideloadedApp('com.whatsapp')],
});
const encode = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(`${lines.join('\n')}\n`);
const read = (files: ReadonlyMap<string, Uint8Array>) => readDeviceEvidence(treeFromFiles(files), { now });
const usedBy = (evidence: DeviceEvidence | undefined, name: string, index = 0) =>
  evidence?.usage?.[index]?.apps.find((app) => app.package === name)?.used;
/** Answers with other battery statistics. */
const withCheckin = (lines: readonly string[]) =>
  read(new Map(buildAdbAnswers(phone)).set('adb/dumpsys_batterystats_c.txt', encode(lines)));

describe('what apps used, in the answers of a phone', () => {
  const evidence = read(buildAdbAnswers(phone)).value?.evidence;

  it('is counted since the last charge, with the time that it covers', () => {
    expect(EvidenceSchema.parse(evidence)).toEqual(evidence);
    expect(evidence?.usage?.[0]).toMatchObject({
      from: '2026-11-19T20:00:00.000Z',
      to: '2026-11-20T10:00:00.000Z',
      source: 'adb',
      unpluggedSeconds: 12.5 * 3600,
      capacityMah: 4500,
      rawRef: 'adb/dumpsys_batterystats_c.txt:4',
    });
    expect(evidence?.usage?.[0]?.metrics).toContain('background-energy');
    const miner = usedBy(evidence, 'com.example.miner');
    expect(miner?.['background-energy']).toBeCloseTo(300, 5);
    expect(miner).toMatchObject({
      energy: 310.5,
      bytes: 1_000_000,
      'background-bytes': 900_000,
      cpu: 7000,
      wakelock: 9000,
    });
  });

  it('counts no energy of the background where no dump tells it apart', () => {
    const files = new Map(buildAdbAnswers(phone));
    files.delete('adb/dumpsys_batterystats.txt');
    const [window] = read(files).value?.evidence.usage ?? [];
    expect(window?.metrics).toContain('energy');
    expect(window?.metrics).not.toContain('background-energy');
  });

  it('has traffic by quarters of days, the empty ones between too, and none of it twice', () => {
    const traffic = evidence?.usage?.slice(1) ?? [];
    expect(traffic.map(({ from }) => from)).toEqual([
      '2025-11-20T00:00:00.000Z',
      '2025-11-20T06:00:00.000Z',
      '2025-11-20T12:00:00.000Z',
    ]);
    expect(traffic[0]?.rawRef).toMatch(/^adb\/dumpsys_netstats_detail\.txt:\d+$/);
    expect(usedBy(evidence, 'com.example.miner', 1)).toEqual({ bytes: 12_000, 'background-bytes': 11_000 });
    expect(traffic[1]?.apps).toEqual([]);
    expect(usedBy(evidence, 'com.example.miner', 3)).toEqual({ bytes: 1_000, 'background-bytes': 0 });
  });

  it('is the same in a bug report and in a bundle, as far as they have it', () => {
    const report = read(buildBugReport(phone)).value?.evidence;
    expect(report?.usage?.map(({ apps }) => apps)).toEqual(evidence?.usage?.map(({ apps }) => apps));
    // androidqf asks for no checkin: traffic alone.
    const bundle = read(buildAndroidqf(phone)).value?.evidence;
    expect(bundle?.usage?.map(({ apps }) => apps)).toEqual(evidence?.usage?.slice(1).map(({ apps }) => apps));
  });

  it('is kept where several pieces tell of it, each under its own name', () => {
    const files = new Map([
      ...[...buildAdbAnswers(phone)].map(([path, bytes]) => [`asked/${path}`, bytes] as const),
      ...[...buildAndroidqf(phone)].map(([path, bytes]) => [`capture/${path}`, bytes] as const),
    ]);
    const { value } = read(files);
    expect(value?.kind).toBe('several');
    expect(new Set(value?.evidence.usage?.map(({ source }) => source))).toEqual(new Set(['adb', 'androidqf']));
    expect(value?.evidence.usage).toHaveLength(7);
  });

  it('is not known where nothing tells of it', () => {
    expect(read(buildAdbAnswers(describePhone())).value?.evidence.usage).toBeUndefined();
  });
});

describe('battery statistics that cannot be counted', () => {
  it.each([
    [
      'a layout nobody knows',
      (lines: string[]) => lines.map((line) => line.replace('vers,36', 'vers,99')),
      'layout 99',
    ],
    ['cut off', (lines: string[]) => [...lines, '9,10200,l,nt,1,2,3'], 'cut off'],
    ['without the time they cover', (lines: string[]) => lines.filter((line) => !line.includes(',bt,')), 'what time'],
    [
      'with a time that cannot be',
      (lines: string[]) => lines.map((line) => line.replace(/,bt,0,\d+,\d+,\d+/, ',bt,0,1,1,0')),
      'cannot be',
    ],
  ])('are left out and named: %s', (_, change, words) => {
    const { value, diagnostics } = withCheckin(change(batteryCheckinLines(phone, usage)));
    expect(value?.evidence.usage?.every(({ metrics }) => !metrics.includes('energy'))).toBe(true);
    expect(diagnostics.find(({ id }) => id === 'battery.checkin')?.message).toContain(words);
  });

  it('when the phone refuses them, are no zeros', () => {
    const refused = "Permission Denial: can't dump BatteryStats from from pid=1, uid=2000 due to missing permission";
    const { value } = withCheckin([refused]);
    expect(value?.evidence.usage?.every(({ metrics }) => !metrics.includes('energy'))).toBe(true);
  });
});

describe('readers of use', () => {
  it('tell apps of other users and system ids apart', () => {
    expect([
      readUid('u0a123'),
      readUid('u10a5'),
      readUid('1000'),
      readUid('u0s1000'),
      readUid('u0i3'),
      readUid('x'),
    ]).toEqual([10123, 1_010_005, 1000, 1000, null, null]);
  });

  it('survive damage, and give only what the contract allows (fuzz)', () => {
    const seeds = [batteryCheckinLines(phone, usage), powerUseLines(phone, usage), netstatsLines(phone, usage)];
    const names = ['dumpsys_batterystats_c', 'dumpsys_batterystats', 'dumpsys_netstats_detail'];
    const answers = buildAdbAnswers(phone);
    fc.assert(
      fc.property(
        fc.nat(2),
        fc.array(fc.record({ line: fc.nat(), place: fc.nat(), text: fc.string({ maxLength: 8 }), cut: fc.boolean() }), {
          minLength: 1,
          maxLength: 6,
        }),
        (which, changes) => {
          const lines = [...(seeds[which] ?? [])];
          for (const { line, place, text, cut } of changes) {
            const at = line % lines.length;
            const old = lines[at] ?? '';
            const column = place % (old.length + 1);
            lines[at] = old.slice(0, column) + text + (cut ? '' : old.slice(column + text.length));
          }
          const { value } = read(new Map(answers).set(`adb/${names[which]}.txt`, encode(lines)));
          EvidenceSchema.parse(value?.evidence);
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});
