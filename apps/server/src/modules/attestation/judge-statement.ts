import {
  type AttestationReport,
  attestedFacts,
  builtInAnchors,
  type FieldValue,
  isBelieved,
  type RevocationList,
  readChain,
  verifyAppAttestation,
  verifyAssertion,
  verifyKeyAttestation,
  verifyManagedDevice,
  verifyPlayIntegrityToken,
} from '@vedette/attestation';
import { createNodeHost } from '@vedette/bytes/node';
import type {
  AttestationGrade,
  DeviceFacts,
  EvidenceSource,
  Statement,
  StatementKind,
  Trust,
} from '@vedette/contracts';
import type { TenantTrust } from './settings-store.ts';

const host = createNodeHost();
const NO_LIST: RevocationList = { entries: new Map() };

/** The device that a statement should be of, as far as it is known. */
export interface StatedDevice {
  readonly facts: DeviceFacts;
  /** SubjectPublicKeyInfo of the agent's key, DER. */
  readonly agentKey: Uint8Array;
  /** Patch level of its last key attestation that held, `2026-05`; null: there was none. */
  readonly lastPatchLevel: string | null;
  /** The key of App Attest; null: none was attested. */
  readonly attestedKey: { readonly publicKey: Uint8Array; readonly counter: number } | null;
}

export interface StatementGround {
  readonly trust: TenantTrust;
  /** Google's list of revoked keys; null: there is none, and what is under Google's roots is refused. */
  readonly revocations: { readonly list: RevocationList; readonly fetchedAt: number } | null;
  readonly challenge: Uint8Array;
  readonly device: StatedDevice;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** True where the statement must be about the agent's own key: at enrolment by key attestation. */
  readonly mustBeAgentsKey: boolean;
}

/** A statement as judged, and what is to be kept of it. */
export interface JudgedStatement {
  readonly kind: StatementKind;
  readonly accepted: boolean;
  readonly reasons: readonly string[];
  readonly grade: AttestationGrade | null;
  readonly source: EvidenceSource;
  readonly trust: Trust;
  readonly facts: readonly { readonly key: string; readonly value: string }[];
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly checks: AttestationReport['checks'];
  /** Certificate of the attestation key; null where it is not certain that this device holds it. */
  readonly key: { readonly serial: string; readonly provisioning: string } | null;
  /** App Attest: the key and counter to store. */
  readonly attested: { readonly publicKey: Uint8Array; readonly counter: number } | null;
}

/** Judges a statement of a kind that the server takes. Nothing of it is believed that its signatures do not carry; what cannot be read is refused as `unreadable`. */
export async function judgeStatement(statement: Statement, ground: StatementGround): Promise<JudgedStatement> {
  const report = await verify(statement, ground);
  if (typeof report === 'string') return refusedUnjudged(statement.kind, report);
  const { grade, source, trust, facts } = attestedFacts(report);
  const { ok, reasons, fields, checks } = report;
  return {
    kind: statement.kind,
    accepted: ok,
    reasons,
    grade,
    source,
    trust,
    facts,
    fields,
    checks,
    key: attestationKey(report),
    attested: ok ? attestedKey(statement.kind, fields, ground.device) : null,
  };
}

/** The report, or the reason why there is none. */
async function verify(statement: Statement, ground: StatementGround): Promise<AttestationReport | string> {
  const { at, challenge, device } = ground;
  const { settings, playKeys, roots } = ground.trust;
  switch (statement.kind) {
    case 'key-attestation':
      return keyAttestation(statement.chain, ground) ?? 'unreadable';
    case 'play-integrity': {
      const policy = settings.playIntegrity;
      if (policy === null || playKeys === null) return 'not-set-up';
      const { value } = await verifyPlayIntegrityToken(
        statement.token,
        playKeys,
        {
          at,
          packageName: policy.packageName,
          challenge: { nonce: Buffer.from(challenge).toString('base64url') },
          ...(policy.signers.length === 0 ? {} : { signers: policy.signers }),
          ...(policy.minVersionCode === null ? {} : { minVersionCode: policy.minVersionCode }),
          allowUnrecognized: policy.allowUnrecognized,
          requirePlayProtect: policy.requirePlayProtect,
          refuseAccessRisk: policy.refuseAccessRisk,
        },
        host,
      );
      return value ?? 'unreadable';
    }
    case 'app-attest': {
      const policy = settings.appAttest;
      if (policy === null) return 'not-set-up';
      const { value } = verifyAppAttestation(
        bytesOf(statement.object),
        {
          at,
          anchors: [...builtInAnchors('app-attest', host), ...roots.appAttest],
          appIds: policy.appIds,
          environments: policy.environments,
          challenge,
          keyId: bytesOf(statement.keyId),
        },
        host,
      );
      return value ?? 'unreadable';
    }
    case 'app-attest-assertion': {
      const policy = settings.appAttest;
      if (policy === null) return 'not-set-up';
      if (device.attestedKey === null) return 'key-not-attested';
      const { value } = verifyAssertion(
        bytesOf(statement.assertion),
        {
          at,
          appIds: policy.appIds,
          publicKey: device.attestedKey.publicKey,
          previousCounter: device.attestedKey.counter,
          clientData: bytesOf(statement.clientData),
          challenge: new TextEncoder().encode(Buffer.from(challenge).toString('base64url')),
        },
        host,
      );
      return value ?? 'unreadable';
    }
    case 'managed-device': {
      const { osVersion } = device.facts;
      const { value } = verifyManagedDevice(
        joined(statement.chain),
        {
          at,
          anchors: [...builtInAnchors('managed-device', host), ...roots.managedDevice],
          nonce: { value: challenge, by: 'mdm' },
          reported: osVersion === null ? {} : { osVersion },
        },
        host,
      );
      return value ?? 'unreadable';
    }
  }
}

/** Google's list says nothing of keys under an organisation's own roots; those are told apart by the root that the chain ends at. */
function keyAttestation(chainBase64: readonly string[], ground: StatementGround): AttestationReport | null {
  const { at, challenge, device, mustBeAgentsKey } = ground;
  const { settings, roots } = ground.trust;
  const { bootKeys, applications, minPatchLevel } = settings.keyAttestation;
  const input = joined(chainBase64);
  const chain = readChain(input, host);
  const [leaf, last] = [chain?.[0], chain?.at(-1)];
  const ownRoots = roots.keyAttestation.filter(
    ({ publicKey }) => last !== undefined && Buffer.from(publicKey).equals(last.publicKey),
  );
  const { value } = verifyKeyAttestation(
    input,
    {
      at,
      ...(ownRoots.length === 0
        ? { revocations: ground.revocations }
        : { anchors: ownRoots, revocations: { list: NO_LIST, fetchedAt: at } }),
      challenge,
      bootKeys,
      ...(applications.length === 0 ? {} : { applications }),
      ...(minPatchLevel === null ? {} : { minPatchLevel }),
      ...(device.lastPatchLevel === null ? {} : { lastPatchLevel: device.lastPatchLevel }),
      ...(device.facts.model === null ? {} : { device: { model: device.facts.model } }),
    },
    host,
  );
  if (value === null || leaf === undefined) return value;
  const ofAgent = Buffer.from(leaf.publicKey).equals(device.agentKey);
  const fields = { ...value.fields, isAgentKey: ofAgent, ownRoot: ownRoots.length > 0 };
  if (!mustBeAgentsKey) return { ...value, fields };
  const check = {
    id: 'K8.agent-key',
    ok: ofAgent,
    detail: ofAgent ? 'the key that enrols' : 'another key than the one that enrols',
  };
  return {
    ...value,
    ok: value.ok && ofAgent,
    reasons: ofAgent ? value.reasons : [...value.reasons, 'key-not-agents'],
    fields,
    checks: [...value.checks, check],
  };
}

/** Refusals that leave no doubt which key signed for this device and this challenge. */
const KEY_IS_KNOWN: ReadonlySet<string> = new Set([
  'revoked',
  'suspended',
  'revocation-list-missing',
  'revocation-list-stale',
  'certificate-expired',
]);

function attestationKey({ kind, fields, reasons }: AttestationReport): JudgedStatement['key'] {
  const [serial, provisioning] = [fields['attestationSerial'], fields['provisioning']];
  if (kind !== 'key-attestation' || typeof serial !== 'string' || typeof provisioning !== 'string') return null;
  // Of a copied chain the key is somebody else's: whoever shows it must not make that device look like a thief's.
  const known = reasons.every((reason) => KEY_IS_KNOWN.has(reason) || isBelieved(reason));
  return known ? { serial, provisioning } : null;
}

function attestedKey(
  kind: StatementKind,
  fields: Readonly<Record<string, FieldValue>>,
  device: StatedDevice,
): JudgedStatement['attested'] {
  const { counter, publicKey } = fields;
  if (typeof counter !== 'number') return null;
  if (kind === 'app-attest-assertion')
    return device.attestedKey === null ? null : { publicKey: device.attestedKey.publicKey, counter };
  return kind === 'app-attest' && typeof publicKey === 'string'
    ? { publicKey: new Uint8Array(Buffer.from(publicKey, 'hex')), counter }
    : null;
}

function refusedUnjudged(kind: StatementKind, reason: string): JudgedStatement {
  return {
    kind,
    accepted: false,
    reasons: [reason],
    grade: null,
    source: SOURCES[kind],
    trust: 'server-verified',
    facts: [],
    fields: {},
    checks: [],
    key: null,
    attested: null,
  };
}

const SOURCES: Readonly<Record<StatementKind, EvidenceSource>> = {
  'key-attestation': 'key-attestation',
  'play-integrity': 'play-integrity',
  'app-attest': 'app-attest',
  'app-attest-assertion': 'app-attest',
  'managed-device': 'managed-device-attestation',
};

function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

function joined(chain: readonly string[]): Uint8Array {
  return new Uint8Array(Buffer.concat(chain.map((one) => Buffer.from(one, 'base64'))));
}
