import type { DeviceEvidence, SignalId } from '@vedette/contracts';
import { readDeviceEvidence, treeFromFiles } from '@vedette/forensics';
import {
  buildAdbAnswers,
  buildAndroidqf,
  buildBugReport,
  describePhone,
  type PhoneDescription,
  sideloadedApp,
  USUAL_APPS,
} from '@vedette/forensics/fixtures';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { CONTEXT } from './testing/evidence.ts';

const now = '2026-11-20T18:00:00.000Z';
const context = { ...CONTEXT, now };

/** Any mixture of what can be wrong with a phone. */
const phones: fc.Arbitrary<PhoneDescription> = fc
  .record({
    verifiedBootState: fc.constantFrom('green', 'yellow', 'orange', 'red'),
    bootloaderLocked: fc.boolean(),
    buildTags: fc.constantFrom('release-keys', 'test-keys'),
    debuggable: fc.boolean(),
    encrypted: fc.boolean(),
    lock: fc.constantFrom('NONE', 'PIN', 'PATTERN'),
    developerOptions: fc.boolean(),
    usbDebugging: fc.boolean(),
    wirelessDebugging: fc.boolean(),
    verifierConsent: fc.constantFrom('-1', '0', '1'),
    httpProxy: fc.constantFrom(null, '10.0.0.1:8080'),
    selinux: fc.constantFrom('Enforcing', 'Permissive'),
    rootBinaries: fc.constantFrom([], ['/system/xbin/su']),
    extraMounts: fc.constantFrom([], ['magisk on /sbin type tmpfs (rw)']),
    extraProcesses: fc.constantFrom([], ['magiskd']),
    plantedFiles: fc.constantFrom([], ['x']),
    systemWritable: fc.boolean(),
    patchLevel: fc.constantFrom('2026-11-05', '2024-01-05', 'none'),
    accessibilityServices: fc.constantFrom([], ['com.evil/.S']),
    mayInstall: fc.constantFrom([], ['com.android.chrome']),
    apps: fc.constantFrom([...USUAL_APPS], [...USUAL_APPS, sideloadedApp('com.evil')]),
  } satisfies Partial<Record<keyof PhoneDescription, fc.Arbitrary<unknown>>>)
  .map((overrides) => describePhone({ systemPackages: 6, ...overrides }));

const builders = fc.constantFrom(
  (phone: PhoneDescription) => buildBugReport(phone, { logLines: 2 }),
  (phone: PhoneDescription) => buildAndroidqf(phone),
  (phone: PhoneDescription) => buildAdbAnswers(phone),
);

const captures = fc.tuple(phones, builders).map(([phone, build]): DeviceEvidence => {
  const { value } = readDeviceEvidence(treeFromFiles(build(phone)), { now });
  if (value === null) throw new Error('the fixture was not recognised');
  return value.evidence;
});

function fileOf(rawRef: string | undefined): string {
  return rawRef?.replace(/:\d+$/, '') ?? '';
}

function statuses(evidence: DeviceEvidence): Map<SignalId, string> {
  return new Map(judge(evidence, context).signals.map((signal) => [signal.id, signal.status]));
}

/** Far more than needed: other tests may take the processor. */
const PATIENCE = { timeout: 60_000 };

describe('unknown is never ok', PATIENCE, () => {
  it('losing whole files of a capture never makes a signal ok', () => {
    fc.assert(
      fc.property(captures, fc.infiniteStream(fc.boolean()), (evidence, keep) => {
        const files = new Map<string, boolean>();
        for (const observation of evidence.observations) {
          const file = fileOf(observation.rawRef);
          if (!files.has(file)) files.set(file, keep.next().value === true);
        }
        const rest = {
          ...evidence,
          observations: evidence.observations.filter((o) => files.get(fileOf(o.rawRef)) === true),
        };
        const before = statuses(evidence);
        for (const [id, status] of statuses(rest)) {
          if (status === 'ok') expect(before.get(id), `${id} became ok by losing evidence`).toBe('ok');
        }
      }),
      { numRuns: 40 },
    );
  });

  it('losing one bad observation never makes a signal ok, unless another statement of the capture says so', () => {
    fc.assert(
      fc.property(captures, fc.nat(), (evidence, pick) => {
        const index = pick % evidence.observations.length;
        const lost = evidence.observations[index];
        const rest = { ...evidence, observations: evidence.observations.filter((_, at) => at !== index) };
        const before = statuses(evidence);
        for (const [id, status] of statuses(rest)) {
          if (status !== 'ok' || before.get(id) === 'ok') continue;
          // Each property of the build is wrong by itself; without the wrong one the others stand alone.
          const several: readonly SignalId[] = ['integrity.build'];
          expect(several, `${id} became ok by losing ${lost?.key}`).toContain(id);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('with nothing observed, and with everything stale, no signal is ok', () => {
    fc.assert(
      fc.property(captures, (evidence) => {
        expect([...statuses({ ...evidence, observations: [] }).values()]).not.toContain('ok');
        const late = { ...context, now: '2027-06-01T00:00:00.000Z' };
        const judged = judge(evidence, late);
        expect(judged.signals.filter((signal) => signal.status !== 'unknown')).toEqual([]);
        expect(judged.findings).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('every ok rests on an observation of the evidence', () => {
    fc.assert(
      fc.property(captures, (evidence) => {
        const places = new Set(evidence.observations.map((observation) => observation.rawRef));
        for (const signal of judge(evidence, context).signals) {
          if (signal.status === 'ok') expect(places.has(signal.rawRef), signal.id).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('every bad signal has a finding, and evidence in it', () => {
    fc.assert(
      fc.property(captures, (evidence) => {
        const { signals, findings } = judge(evidence, context);
        const shown = new Set(
          findings
            .flatMap((finding) => finding.evidence)
            .flatMap((e) => (e.kind === 'observation' ? (e.rawRef ?? []) : [])),
        );
        for (const signal of signals.filter((entry) => entry.status === 'bad')) {
          if (signal.id !== 'apps.sideloaded') expect(shown.has(signal.rawRef ?? ''), signal.id).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });
});
