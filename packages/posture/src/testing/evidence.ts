import type { InstalledApp, Observation, Signal, SignalId } from '@vedette/contracts';
import { type Judgement, judge } from '../judge.ts';
import type { JudgeContext, JudgedEvidence } from '../verdict.ts';

/** For tests: the present, and a time shortly before it. */
export const NOW = '2026-11-22T18:00:00.000Z';
export const RECENT = '2026-11-22T10:00:00.000Z';

export const CONTEXT: JudgeContext = { now: NOW, staleAfterHours: 72, maxPatchAgeDays: 180 };

/** One observation, from a capture over USB unless told otherwise. */
export function seen(key: string, value: string, overrides: Partial<Observation> = {}): Observation {
  return { key, value, source: 'adb', trust: 'os-reported', observedAt: RECENT, collectedAt: RECENT, ...overrides };
}

/** Evidence of an Android phone, empty unless told otherwise. */
export function evidenceOf(
  observations: readonly Observation[],
  overrides: Partial<JudgedEvidence> = {},
): JudgedEvidence {
  return {
    facts: {
      platform: 'android',
      manufacturer: null,
      model: null,
      osVersion: null,
      sdkLevel: null,
      build: null,
      patchLevel: null,
    },
    observations: [...observations],
    apps: [],
    appsComplete: false,
    events: [],
    ...overrides,
  };
}

/** Evidence of an iPhone. */
export function iosEvidence(observations: readonly Observation[]): JudgedEvidence {
  const facts = {
    platform: 'ios',
    manufacturer: 'Apple',
    model: null,
    osVersion: null,
    sdkLevel: null,
    build: null,
    patchLevel: null,
  } as const;
  return evidenceOf(observations, { facts });
}

/** An app as Google Play installed it. */
export function app(name: string, overrides: Partial<InstalledApp> = {}): InstalledApp {
  return {
    package: name,
    label: null,
    versionName: '1.0',
    versionCode: 1,
    system: false,
    enabled: true,
    installer: 'com.android.vending',
    sha256: null,
    signers: [],
    signerHints: [],
    grantedPermissions: [],
    firstInstalledAt: null,
    updatedAt: null,
    ...overrides,
  };
}

/** Evidence with a whole inventory. */
export function withApps(apps: readonly InstalledApp[], more: readonly Observation[] = []): JudgedEvidence {
  return evidenceOf([seen('apps.inventory', String(apps.length)), ...more], { apps: [...apps], appsComplete: true });
}

export function signalIn(judgement: Judgement, id: SignalId): Signal {
  const found = judgement.signals.find((signal) => signal.id === id);
  if (found === undefined) throw new Error(`There is no signal ${id}.`);
  return found;
}

/** One signal of some observations. */
export function signalFor(id: SignalId, observations: readonly Observation[], context: JudgeContext = CONTEXT): Signal {
  return signalIn(judge(evidenceOf(observations), context), id);
}

/** Rule ids of the findings, in order. */
export function rulesOf(judgement: Judgement): string[] {
  return judgement.findings.map((finding) => finding.ruleId);
}
