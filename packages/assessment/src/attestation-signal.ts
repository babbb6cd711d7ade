import {
  type AttestationGrade,
  type AttestationStanding,
  type Finding,
  AttestationGrade as Grades,
  type Observation,
  type Severity,
  SIGNALS,
  type Signal,
} from '@vedette/contracts';
import type { AttestationInput, NewestStatement } from './attestation-input.ts';
import { judgeKey, type KeyJudgement } from './shared-key.ts';

const HOUR_MS = 3_600_000;

/** What is the server's own lack: it says nothing of the device. */
const NOT_THE_DEVICE: ReadonlySet<string> = new Set(['revocation-list-missing', 'revocation-list-stale', 'not-set-up']);

/** Refusals that weigh otherwise than `high`: a key that is known to be stolen, and what rather is old or otherwise than asked for. */
const SEVERITIES: Readonly<Record<string, Severity>> = {
  revoked: 'critical',
  suspended: 'high',
  // Each is a finding of its own by what the hardware states.
  'bootloader-unlocked': 'low',
  'boot-self-signed': 'low',
  'boot-unverified': 'low',
  'boot-failed': 'low',
  'patch-level-old': 'low',
  'certificate-expired': 'medium',
  'software-level': 'medium',
  'software-root': 'medium',
  unreadable: 'medium',
  'timestamp-old': 'medium',
  stale: 'low',
  'nonce-missing': 'medium',
};

const GRADE_NAMES: Readonly<Record<AttestationGrade, string>> = {
  strongbox: 'by a StrongBox',
  'secure-enclave': 'by the Secure Enclave',
  'trusted-environment': 'by the trusted environment',
  platform: 'by Google Play',
};

export interface AttestationJudgement {
  readonly signal: Signal;
  readonly findings: readonly Finding[];
  /** What the hardware states, as observations for the other signals. */
  readonly observations: readonly Observation[];
  readonly standing: AttestationStanding;
}

/**
 * `integrity.attestation`: `ok` while a statement that held is young enough, and none of another kind was refused after it; `bad` when the newest of a kind was refused, or the key behind
 * it is where it should not be; `unknown` without any, with an old one, or where the server could not judge. Never `ok` by what a device says of itself.
 */
export function judgeAttestation(input: AttestationInput, now: string): AttestationJudgement {
  const nowMs = Date.parse(now);
  const young = ({ receivedAt }: NewestStatement): boolean =>
    nowMs - Date.parse(receivedAt) <= input.maxAgeHours * HOUR_MS;
  const newest = input.newest.toSorted((a, b) => Date.parse(b.receivedAt) - Date.parse(a.receivedAt));
  const refused = newest.filter(
    ({ accepted, reasons }) => !accepted && !reasons.every((one) => NOT_THE_DEVICE.has(one)),
  );
  const inForce = newest.filter((one) => one.accepted && young(one)).toSorted((a, b) => rankOf(a) - rankOf(b));
  const key = input.key === null ? null : judgeKey(input.key);
  const findings = [
    ...refused.map(refusedFinding),
    ...(key === null || input.key === null ? [] : [keyFinding(key, input.key.serial, newest[0])]),
  ];
  return {
    signal: signalOf({ input, newest, refused, best: inForce[0], key, nowMs }),
    findings,
    observations: newest.filter(young).flatMap(observationsOf),
    standing:
      refused.length > 0
        ? 'refused'
        : (inForce[0]?.grade ?? (newest.some(({ accepted }) => accepted) ? 'stale' : 'none')),
  };
}

function rankOf({ grade }: NewestStatement): number {
  return grade === null ? Grades.options.length : Grades.options.indexOf(grade);
}

interface Ground {
  readonly input: AttestationInput;
  readonly newest: readonly NewestStatement[];
  readonly refused: readonly NewestStatement[];
  readonly best: NewestStatement | undefined;
  readonly key: KeyJudgement | null;
  readonly nowMs: number;
}

function signalOf({ input, newest, refused, best, key, nowMs }: Ground): Signal {
  const base = (basis: NewestStatement | undefined) => ({
    id: 'integrity.attestation' as const,
    source: basis?.source ?? null,
    trust: basis?.trust ?? null,
    observedAt: basis?.receivedAt ?? null,
    ageSeconds: basis === undefined ? null : Math.max(0, Math.floor((nowMs - Date.parse(basis.receivedAt)) / 1000)),
  });
  const [worst] = refused;
  if (worst !== undefined) {
    const value = `refused: ${worst.reasons.join(', ')}`.slice(0, 200);
    return {
      ...base(worst),
      status: 'bad',
      value,
      reason: `The ${kindName(worst)} was refused (${worst.reasons.join(', ')}).`,
    };
  }
  if (best !== undefined && key !== null)
    return { ...base(best), status: 'bad', value: 'a key that is in other devices too', reason: key.why };
  if (best !== undefined) {
    const grade = best.grade === null ? '' : GRADE_NAMES[best.grade];
    return { ...base(best), status: 'ok', value: `vouched for ${grade}`.trim() };
  }
  const [last] = newest;
  if (last === undefined)
    return { ...base(undefined), status: 'unknown', value: '', reason: 'No statement by the hardware was received.' };
  if (!last.accepted)
    return {
      ...base(last),
      status: 'unknown',
      value: last.reasons.join(', '),
      reason: 'The server could not judge the statement: see Attestation for what it lacks.',
    };
  return {
    ...base(last),
    status: 'unknown',
    value: 'old',
    reason: `The last statement that held is older than ${input.maxAgeHours} hours.`,
  };
}

function kindName({ kind }: NewestStatement): string {
  return kind.replaceAll('-', ' ');
}

function worstOf(reasons: readonly string[]): Severity {
  const ranked: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];
  const own = reasons.map((reason) => SEVERITIES[reason] ?? 'high');
  return ranked.find((severity) => own.includes(severity)) ?? 'high';
}

function refusedFinding(statement: NewestStatement): Finding {
  const { kind, reasons, receivedAt, source, trust } = statement;
  return {
    ruleId: `attestation.refused.${kind}`,
    ruleVersion: 1,
    title: `The ${kindName(statement)} was refused`,
    severity: worstOf(reasons),
    status: 'bad',
    description:
      'A statement that should prove what the device is did not hold. Either the device is not what it says, or its system was changed, or somebody else’s statement was handed in.',
    remedy: SIGNALS['integrity.attestation'].remedy,
    evidence: [
      {
        kind: 'observation',
        signal: 'integrity.attestation',
        source,
        // A refused statement proves nothing but that it was received.
        trust: trust === 'hardware-attested' ? 'server-verified' : trust,
        value: reasons.join(', '),
        observedAt: receivedAt,
        note: 'why the server refused it',
      },
    ],
  };
}

function keyFinding(key: KeyJudgement, serial: string, newest: NewestStatement | undefined): Finding {
  return {
    ruleId: key.rule,
    ruleVersion: 1,
    title: 'The attestation key may be stolen',
    severity: key.severity,
    status: 'bad',
    description: `${key.why} Keys are taken out of phones to make others pass.`,
    remedy: 'Look at the devices that show this key, and have the device replaced if it is not what it says.',
    evidence: [
      {
        kind: 'observation',
        signal: 'integrity.attestation',
        source: 'key-attestation',
        trust: 'server-verified',
        value: serial,
        observedAt: newest?.receivedAt ?? null,
        note: 'serial number of the certificate of the attestation key',
      },
    ],
  };
}

function observationsOf({ facts, receivedAt, source, trust, kind }: NewestStatement): Observation[] {
  return facts.map(({ key, value }) => ({
    key,
    value,
    source,
    trust,
    observedAt: receivedAt,
    collectedAt: receivedAt,
    rawRef: kind,
  }));
}
