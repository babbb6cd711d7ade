import type { DeviceEvent, Finding, InstalledApp, Observation, Severity } from '@vedette/contracts';
import type { AppraisalSummary, AssessInput } from './assess-input.ts';
import { NO_ATTESTATION } from './attestation-input.ts';

export const NOW = '2026-11-22T12:00:00.000Z';

export function hoursAgo(hours: number): string {
  return new Date(Date.parse(NOW) - hours * 3_600_000).toISOString();
}

export function aFinding(ruleId: string, severity: Severity = 'high', more: Partial<Finding> = {}): Finding {
  return { ruleId, ruleVersion: 1, title: ruleId, severity, status: 'bad', description: '', evidence: [], ...more };
}

export function anObservation(key: string, value: string, more: Partial<Observation> = {}): Observation {
  return {
    key,
    value,
    source: 'adb',
    trust: 'os-reported',
    observedAt: hoursAgo(1),
    collectedAt: hoursAgo(1),
    ...more,
  };
}

export function anApp(name: string, sha256: string | null, more: Partial<InstalledApp> = {}): InstalledApp {
  return {
    package: name,
    label: null,
    versionName: null,
    versionCode: null,
    system: false,
    enabled: true,
    installer: 'com.android.vending',
    sha256,
    signers: [],
    signerHints: [],
    grantedPermissions: [],
    firstInstalledAt: null,
    updatedAt: null,
    ...more,
  };
}

export function anAppraisal(sha256: string, more: Partial<AppraisalSummary> = {}): AppraisalSummary {
  return {
    sha256,
    package: 'any',
    versionName: null,
    verdict: 'benign',
    malice: 0,
    dataRisk: 0,
    topFindings: [],
    ...more,
  };
}

export function anEvent(kind: string, at: string, network: string | null = 'cafe'): DeviceEvent {
  return { kind, at, source: 'network-probe', network, host: 'example.org', expected: 'a', seen: 'b', note: '' };
}

export function anInput(more: Partial<AssessInput> = {}): AssessInput {
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
    observations: [anObservation('any', 'thing')],
    apps: [],
    appsComplete: true,
    events: [],
    appraisals: new Map(),
    contact: { lastReportAt: hoursAgo(1), reportIntervalSeconds: 3600, gaps: 0, refusals: 0, clockSkewSeconds: 0 },
    liveThreats: [],
    attestation: NO_ATTESTATION,
    policy: { staleAfterHours: 72, maxPatchAgeDays: 180, appThresholds: { malice: 50, dataRisk: 70 } },
    now: NOW,
    ...more,
  };
}
