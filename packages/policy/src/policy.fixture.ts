import type { PolicyDocument, PolicyRule, Signal, SignalId, SignalStatus } from '@vedette/contracts';
import { type CompiledPolicy, compilePolicy } from './compile-policy.ts';
import type { DecideInput, PolicyApp, PolicyThreat } from './policy-input.ts';

export const NOW = '2026-11-22T12:00:00.000Z';

export function aRule(when: string, more: Partial<PolicyRule> = {}): PolicyRule {
  return {
    id: 'rule',
    title: 'Rule',
    enabled: true,
    when,
    severity: 'high',
    compliance: 'non-compliant',
    userText: '',
    actions: [],
    ...more,
  };
}

export function aDocument(rules: PolicyRule[]): PolicyDocument {
  return {
    schema: 'vedette.policy/1',
    name: 'Test',
    description: '',
    staleAfterHours: 72,
    appThresholds: { malice: 50, dataRisk: 70 },
    maxPatchAgeDays: 180,
    rules,
  };
}

export function aPolicy(...rules: PolicyRule[]): CompiledPolicy {
  const result = compilePolicy(aDocument(rules));
  if ('errors' in result) throw new Error(result.errors.map((error) => `${error.path}: ${error.message}`).join('\n'));
  return result.policy;
}

export function aSignal(id: SignalId, status: SignalStatus, more: Partial<Signal> = {}): Signal {
  return { id, status, value: status, source: 'adb', trust: 'os-reported', observedAt: NOW, ageSeconds: 60, ...more };
}

export function aThreat(key: string, more: Partial<PolicyThreat> = {}): PolicyThreat {
  return {
    key,
    kind: 'device',
    type: 'rooted',
    title: key,
    severity: 'high',
    subject: null,
    state: 'open',
    openedAt: '2026-11-22T11:00:00.000Z',
    ...more,
  };
}

export function anApp(name: string, more: Partial<PolicyApp> = {}): PolicyApp {
  return {
    package: name,
    label: null,
    versionName: null,
    versionCode: null,
    system: false,
    enabled: true,
    installer: null,
    sha256: null,
    signers: [],
    grantedPermissions: [],
    appraisal: null,
    ...more,
  };
}

export function anInput(more: Partial<DecideInput> = {}): DecideInput {
  return {
    device: {
      name: 'Pixel 8',
      owner: null,
      simulated: false,
      facts: {
        platform: 'android',
        manufacturer: 'Google',
        model: 'Pixel 8',
        osVersion: '16',
        sdkLevel: null,
        build: null,
        patchLevel: null,
      },
      lastReportAt: '2026-11-22T11:30:00.000Z',
      attestation: 'none',
    },
    signals: [],
    threats: [],
    apps: [],
    appsComplete: true,
    ruleSince: {},
    now: NOW,
    policyVersion: 3,
    ...more,
  };
}
