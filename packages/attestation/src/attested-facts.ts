import type { AttestationGrade, EvidenceSource, Trust } from '@vedette/contracts';
import { patchDate } from './key-attestation/patch-level.ts';
import type { AttestationKind, AttestationReport, FieldValue } from './report.ts';

/** What a statement is worth, and what it says of the device. */
export interface AttestedFacts {
  /** Who vouches; null where nothing does. */
  readonly grade: AttestationGrade | null;
  readonly source: EvidenceSource;
  readonly trust: Trust;
  /** Keys and values as posture understands them. Empty where the statement cannot be believed. */
  readonly facts: readonly { readonly key: string; readonly value: string }[];
}

const SOURCES: Readonly<Record<AttestationKind, { readonly source: EvidenceSource; readonly trust: Trust }>> = {
  'key-attestation': { source: 'key-attestation', trust: 'hardware-attested' },
  'play-integrity': { source: 'play-integrity', trust: 'server-verified' },
  safetynet: { source: 'play-integrity', trust: 'server-verified' },
  'app-attest': { source: 'app-attest', trust: 'hardware-attested' },
  'app-attest-assertion': { source: 'app-attest', trust: 'hardware-attested' },
  'app-attest-receipt': { source: 'app-attest', trust: 'server-verified' },
  'managed-device': { source: 'managed-device-attestation', trust: 'hardware-attested' },
  webauthn: { source: 'key-attestation', trust: 'hardware-attested' },
};

/**
 * Refusals that a genuine statement of hardware itself gives cause for: it says that the boot is open, or the level old. What
 * it says is then as true as ever, and worth more than what the system says of itself.
 */
const BELIEVED_ALL_THE_SAME: ReadonlySet<string> = new Set([
  'bootloader-unlocked',
  'boot-self-signed',
  'boot-unverified',
  'boot-failed',
  'patch-level-old',
  'patch-level-rolled-back',
  'application-mismatch',
  'device-mismatch',
  'version-mismatch',
]);

/** Whether what a statement says is true all the same when it was refused for this reason. */
export function isBelieved(reason: string): boolean {
  return BELIEVED_ALL_THE_SAME.has(reason);
}

/** What may be taken from a judged statement: nothing from one that may be forged, replayed or another device's. */
export function attestedFacts(report: AttestationReport): AttestedFacts {
  const { source, trust } = SOURCES[report.kind];
  const believed = report.checks.some(({ ok }) => ok === true) && report.reasons.every(isBelieved);
  return {
    grade: report.ok ? gradeOf(report) : null,
    source,
    trust,
    facts: believed ? factsOf(report) : [],
  };
}

function gradeOf({ kind, fields }: AttestationReport): AttestationGrade | null {
  switch (kind) {
    case 'key-attestation': {
      const level = fields['attestationSecurityLevel'];
      if (level === 'STRONG_BOX') return 'strongbox';
      return level === 'TRUSTED_ENVIRONMENT' ? 'trusted-environment' : null;
    }
    case 'play-integrity':
      return 'platform';
    case 'app-attest':
    case 'app-attest-assertion':
    case 'managed-device':
      return 'secure-enclave';
    case 'safetynet':
    case 'app-attest-receipt':
    case 'webauthn':
      return null;
  }
}

function factsOf({ kind, fields }: AttestationReport): { key: string; value: string }[] {
  if (kind === 'managed-device') return present([['attestation.os-version', fields['osVersion']]]);
  if (kind !== 'key-attestation') return [];
  const hardware = fields['hardwareEnforced'];
  const boot = fieldOf(hardware, 'rootOfTrust');
  const hardwarePatch = fieldOf(hardware, 'osPatchLevel');
  const locked = fieldOf(boot, 'deviceLocked');
  const state = fieldOf(boot, 'verifiedBootState');
  return present([
    ['attestation.boot-state', typeof state === 'string' ? state.toLowerCase() : undefined],
    ['attestation.device-locked', typeof locked === 'boolean' ? String(locked) : undefined],
    ['attestation.os-version', osVersion(fieldOf(hardware, 'osVersion'))],
    // Tag 706 knows the month alone, and is handed on as it is: `202610`.
    ['attestation.patch-level', patchDate(hardwarePatch) === null ? undefined : hardwarePatch],
    ['attestation.vendor-patch-level', patchDate(fieldOf(hardware, 'vendorPatchLevel')) ?? undefined],
    ['attestation.boot-patch-level', patchDate(fieldOf(hardware, 'bootPatchLevel')) ?? undefined],
  ]);
}

/** Tag 705: `MMmmss`, without leading zeros; 0 where nobody knows. */
function osVersion(value: FieldValue | undefined): string | undefined {
  const match = typeof value === 'string' ? /^(\d{1,2})(\d\d)(\d\d)$/.exec(value) : null;
  if (match === null) return undefined;
  const parts = match.slice(1).map(Number);
  while (parts.length > 1 && parts.at(-1) === 0) parts.pop();
  return parts.join('.');
}

function present(facts: readonly (readonly [string, FieldValue | undefined])[]): { key: string; value: string }[] {
  return facts.flatMap(([key, value]) =>
    typeof value === 'string' && value !== '' ? [{ key, value: value.slice(0, 200) }] : [],
  );
}

function fieldOf(value: FieldValue | undefined, name: string): FieldValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entry = Object.entries(value).find(([key]) => key === name);
  return entry?.[1];
}
