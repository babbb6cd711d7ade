import { SIGNAL_IDS, type Signal } from '@vedette/contracts';
import { AppFact, DeviceFact, SignalFact, ThreatFact } from './cel-facts.ts';
import type { ExpressionFacts } from './policy-expression.ts';
import type { DecideInput, PolicyApp, PolicyThreat } from './policy-input.ts';

/** The key under which the threat that stands for a signal is kept. */
export function signalThreatKey(signalId: string): string {
  return `device:${signalId}`;
}

/**
 * What a condition sees of a signal. Two corrections to the bare status, both from the threat that stands for the signal:
 * an ignored one reads `ignored` (an administrator decided that it does not count), and an open one keeps the signal `bad` while the evidence says
 * `unknown`: evidence that went silent does not lift what it proved.
 */
export function signalFact(signal: Signal | undefined, threat: PolicyThreat | undefined): SignalFact {
  const status = signal?.status ?? 'unknown';
  let seen: string = status;
  if (threat?.state === 'ignored' && status !== 'ok') seen = 'ignored';
  else if (threat?.state === 'open' && status === 'unknown') seen = 'bad';
  return new SignalFact({
    status: seen,
    value: signal?.value ?? '',
    trust: signal?.trust ?? '',
    ageSeconds: signal?.ageSeconds == null ? undefined : BigInt(Math.trunc(signal.ageSeconds)),
  });
}

/** A signal as it would be if nothing were wrong; used to find out what made a rule fire. */
export const OK_SIGNAL: SignalFact = new SignalFact({ status: 'ok', value: '', trust: '', ageSeconds: undefined });

export function threatFact(threat: PolicyThreat, nowMs: number): ThreatFact {
  const openedMs = Date.parse(threat.openedAt);
  const ageMs = Number.isFinite(openedMs) ? Math.max(0, nowMs - openedMs) : 0;
  return new ThreatFact({
    key: threat.key,
    kind: threat.kind,
    type: threat.type,
    title: threat.title,
    severity: threat.severity,
    subject: threat.subject ?? '',
    ageMinutes: BigInt(Math.floor(ageMs / 60_000)),
  });
}

export function appFact(app: PolicyApp): AppFact {
  return new AppFact({
    package: app.package,
    label: app.label ?? '',
    versionName: app.versionName ?? '',
    versionCode: app.versionCode === null ? undefined : BigInt(Math.trunc(app.versionCode)),
    system: app.system,
    enabled: app.enabled,
    installer: app.installer ?? '',
    sha256: app.sha256 ?? '',
    signers: [...app.signers],
    permissions: [...app.grantedPermissions],
    appraised: app.appraisal !== null,
    verdict: app.appraisal?.verdict ?? 'unknown',
    malice: app.appraisal?.malice ?? -1,
    dataRisk: app.appraisal?.dataRisk ?? -1,
  });
}

function deviceFact({ device }: DecideInput): DeviceFact {
  const { facts } = device;
  return new DeviceFact({
    name: device.name,
    owner: device.owner ?? '',
    platform: facts.platform,
    simulated: device.simulated,
    manufacturer: facts.manufacturer ?? undefined,
    model: facts.model ?? undefined,
    osVersion: facts.osVersion ?? undefined,
    sdkLevel: facts.sdkLevel === null ? undefined : BigInt(facts.sdkLevel),
    build: facts.build ?? undefined,
    patchLevel: facts.patchLevel ?? undefined,
    attestation: device.attestation,
  });
}

/** Turns the input of a decision into the variables of a condition. Every signal of the catalogue is there, whatever was passed. */
export function expressionFacts(input: DecideInput): ExpressionFacts {
  const nowMs = Date.parse(input.now);
  const signals = new Map(input.signals.map((signal) => [signal.id as string, signal]));
  const threats = new Map(input.threats.map((threat) => [threat.key, threat]));
  return {
    device: deviceFact(input),
    signals: new Map(
      SIGNAL_IDS.map((id) => [id as string, signalFact(signals.get(id), threats.get(signalThreatKey(id)))]),
    ),
    threats: input.threats.filter((threat) => threat.state === 'open').map((threat) => threatFact(threat, nowMs)),
    apps: input.apps.map(appFact),
  };
}
