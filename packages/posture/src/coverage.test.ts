import { type EvidenceSource, SIGNAL_IDS, type SignalId } from '@vedette/contracts';
import { type EvidenceTree, readDeviceEvidence } from '@vedette/forensics';
import { describe, expect, it } from 'vitest';
import { COVERAGE } from './data/coverage.ts';
import { type Judgement, judge } from './judge.ts';
import { CAPTURES } from './testing/captures.ts';
import { CONTEXT, evidenceOf, iosEvidence, seen, signalIn } from './testing/evidence.ts';

const now = '2026-11-20T18:00:00.000Z';

function judged(tree: EvidenceTree): Judgement {
  const { value } = readDeviceEvidence(tree, { now });
  if (value === null) throw new Error('the capture was not recognised');
  return judge(value.evidence, { ...CONTEXT, now });
}

const FROM_FOLDER = 'the list of weaknesses of iOS is loaded from a folder: node/load-vulnerabilities.test.ts';

/** Where a capture of a healthy phone leaves a signal open although captures of its kind can answer it, and why. */
const OPEN_IN_GOOD: Partial<Record<EvidenceSource, Partial<Record<SignalId, string>>>> = {
  bugreport: {
    'integrity.selinux': 'its header names the mode only where it is not enforcing',
    'integrity.root': 'it holds no search for root programs',
    'integrity.planted-files': 'it lists no files, only processes that run from there',
    'apps.usage': 'a phone without a history of use',
  },
  androidqf: { 'apps.usage': 'a phone without a history of use' },
  adb: { 'apps.usage': 'a phone without a history of use' },
  'apple-mdm': { 'os.exploited': FROM_FOLDER },
  usb: { 'os.exploited': FROM_FOLDER },
  backup: { 'os.exploited': FROM_FOLDER },
  sysdiagnose: {
    'os.exploited': FROM_FOLDER,
    'integrity.root': 'programs of a jailbreak convict; that none runs clears nobody',
    'apps.usage': 'a phone without a history of use',
  },
};

/** Where nothing that these captures hold is bad, and why. Each has its bad case elsewhere, or none at all. */
const NEVER_BAD: Partial<Record<SignalId, string>> = {
  'os.hardened-mode': 'that it is off is no fault',
  'apps.cloud-backup': 'bad on devices of an organisation alone: signals/managed.test.ts, and device management here',
  'apps.usage': 'signals/usage.test.ts',
};
const NOT_BAD_HERE: Partial<Record<EvidenceSource, readonly SignalId[]>> = {
  'apple-mdm': ['os.exploited', 'os.patch-level'],
  // Over USB a phone does not say who installed a profile, and that it is unlocked says nothing of its lock.
  usb: ['os.exploited', 'os.patch-level', 'os.profiles', 'lock.screen'],
  backup: ['os.exploited', 'os.patch-level'],
  sysdiagnose: ['os.exploited', 'os.patch-level'],
};

for (const { source, good, bad, bare } of CAPTURES) {
  const covered = SIGNAL_IDS.filter((id) => COVERAGE[id].includes(source));
  const others = SIGNAL_IDS.filter((id) => !COVERAGE[id].includes(source));

  describe(`from bytes to the board: ${source}`, () => {
    const [well, empty, faulty] = [judged(good), judged(bare), bad.map(judged)];

    it.each(covered)('%s: a healthy phone', (id) => {
      const why = OPEN_IN_GOOD[source]?.[id];
      const signal = signalIn(well, id);
      expect(signal.status, signal.reason).toBe(why === undefined ? 'ok' : 'unknown');
    });

    it.each(covered.filter((id) => !(id in NEVER_BAD) && NOT_BAD_HERE[source]?.includes(id) !== true))(
      '%s: a phone on which it is bad, with a finding or a reason',
      (id) => {
        const signal = faulty.map((one) => signalIn(one, id)).find(({ status }) => status === 'bad');
        expect(signal?.reason).toMatch(/\.$/);
        expect(signal?.source).toBe(source);
      },
    );

    it.each(covered)('%s: missing is unknown, and says why', (id) => {
      const signal = signalIn(empty, id);
      // Facts that name a device are in every answer of device management.
      if (source === 'android-management-api' && id === 'os.device-support') return;
      expect(signal.status).toBe('unknown');
      expect(signal.reason).toMatch(/\.$/);
    });

    it.each(others)('%s cannot be known from it, and it is said so', (id) => {
      for (const one of [well, ...faulty]) {
        const signal = signalIn(one, id);
        expect(signal.status).toBe('unknown');
        expect(signal.reason).toMatch(/(?:gives no evidence of this|judged by the server)\.$/);
      }
    });
  });
}

describe('an agent', () => {
  const onlyAgent = (platform: 'android' | 'ios') => {
    const at = { source: 'agent', trust: 'os-reported' } as const;
    return platform === 'ios'
      ? judge(iosEvidence([seen('ios.version', '26.6.1', at)]), CONTEXT)
      : judge(evidenceOf([seen('agent.os_version', '16', at)]), CONTEXT);
  };

  it('is not asked on an iPhone for what iOS tells no app', () => {
    expect(signalIn(onlyAgent('ios'), 'lock.quality').reason).toBe('An agent gives no evidence of this.');
    expect(signalIn(onlyAgent('ios'), 'lock.screen').reason).toBe('There is no evidence.');
    expect(signalIn(onlyAgent('android'), 'lock.quality').reason).toBe('There is no evidence.');
  });
});
