import { z } from 'zod';
import { Sha256 } from './appraisal.ts';

/** The statements that a server judges. SafetyNet, which ended, and passkeys are judged on the command line alone. */
export const StatementKind = z.enum([
  'key-attestation',
  'play-integrity',
  'app-attest',
  'app-attest-assertion',
  'managed-device',
]);
export type StatementKind = z.infer<typeof StatementKind>;

/** What vouches, best first: a chip of its own, the processor's trusted part, Apple's, or the maker of the platform by what it saw. */
export const AttestationGrade = z.enum(['strongbox', 'secure-enclave', 'trusted-environment', 'platform']);
export type AttestationGrade = z.infer<typeof AttestationGrade>;

/** What an enrolment link asks for: nothing, any statement that holds, or one by hardware. */
export const AttestationDemand = z.enum(['none', 'any', 'hardware']);
export type AttestationDemand = z.infer<typeof AttestationDemand>;

const Base64 = (bytes: number) =>
  z
    .string()
    .max(Math.ceil(bytes / 3) * 4)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/);

/** A statement as a device or its management hands it in. Certificates are DER, leaf first. */
export const Statement = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('key-attestation'), chain: z.array(Base64(16_384)).min(1).max(10) }),
  z.object({ kind: z.literal('play-integrity'), token: z.string().min(1).max(262_144) }),
  z.object({ kind: z.literal('app-attest'), object: Base64(65_536), keyId: Base64(64) }),
  z.object({
    kind: z.literal('app-attest-assertion'),
    assertion: Base64(4_096),
    /** What the app signed; the challenge stands in it as base64url. */
    clientData: Base64(16_384),
  }),
  z.object({ kind: z.literal('managed-device'), chain: z.array(Base64(16_384)).min(1).max(10) }),
]);
export type Statement = z.infer<typeof Statement>;

/** `typ` header of the JWS that asks for a challenge, and of the one that carries a statement. */
export const CHALLENGE_JWS_TYPE = 'vedette-challenge+jwt';
export const STATEMENT_JWS_TYPE = 'vedette-statement+jwt';
export const AGENT_CHALLENGE_PATH = '/agent/v1/attestation/challenges';
export const AGENT_STATEMENT_PATH = '/agent/v1/attestation/statements';
/** Where one who is about to enrol asks for a challenge: a key of Android's keystore is made for its challenge, so there is none yet to sign with. */
export const ENROLMENT_CHALLENGE_PATH = '/agent/v1/enrol/challenge';

/** Payload of the JWS (alg ES256, typ, kid = device id) with which an enrolled device asks for a challenge. */
export const ChallengeRequest = z.object({
  schema: z.literal('vedette.challenge-request/1'),
  deviceId: z.uuid(),
  kind: StatementKind,
  /** Made by the agent for one run of attesting; the statement names it again. */
  session: z.uuid(),
  createdAt: z.iso.datetime(),
});
export type ChallengeRequest = z.infer<typeof ChallengeRequest>;

/** JSON body with which one who holds an enrolment link asks for a challenge. */
export const EnrolmentChallengeRequest = z.object({
  schema: z.literal('vedette.enrolment-challenge/1'),
  token: z.string().min(16).max(200),
  kind: StatementKind,
  session: z.uuid(),
});
export type EnrolmentChallengeRequest = z.infer<typeof EnrolmentChallengeRequest>;

/**
 * A challenge: good once, for who asked for it, in its session, until it expires. What is signed is, of key attestation, `attestationChallenge`: the bytes; of Play Integrity the nonce: the
 * base64url text; of App Attest the client data: the bytes; of an assertion client data that contains the base64url text; of management `DeviceAttestationNonce`: the bytes.
 */
export const Challenge = z.object({
  challengeId: z.uuid(),
  kind: StatementKind,
  session: z.uuid(),
  /** 32 random bytes, base64url. */
  challenge: z.string().length(43),
  expiresAt: z.iso.datetime(),
});
export type Challenge = z.infer<typeof Challenge>;

/** A statement with the challenge that it answers. */
export const AnsweredChallenge = z.object({ challengeId: z.uuid(), session: z.uuid(), statement: Statement });
export type AnsweredChallenge = z.infer<typeof AnsweredChallenge>;

/** Payload of the JWS (alg ES256, typ, kid = device id) that carries a statement. */
export const StatementRequest = AnsweredChallenge.extend({
  schema: z.literal('vedette.statement/1'),
  deviceId: z.uuid(),
  createdAt: z.iso.datetime(),
});
export type StatementRequest = z.infer<typeof StatementRequest>;

/** What became of a statement. One that is refused was received, judged and kept all the same. */
export const StatementAnswer = z.object({
  id: z.uuid(),
  kind: StatementKind,
  accepted: z.boolean(),
  reasons: z.array(z.string()),
  grade: AttestationGrade.nullable(),
  serverTime: z.iso.datetime(),
});
export type StatementAnswer = z.infer<typeof StatementAnswer>;

const Label = z.string().min(1).max(100);
const OwnRoot = z.strictObject({ label: Label, pem: z.string().min(1).max(65_536) });
const AppId = z.string().regex(/^[A-Z0-9]{10}\.[A-Za-z0-9.-]{1,200}$/);

/** Whose word an organisation takes. Google's and Apple's own roots are always trusted; these are added. */
export const AttestationSettings = z.strictObject({
  /** A statement older than this no longer vouches, and another is asked for. */
  maxAgeHours: z
    .number()
    .int()
    .min(1)
    .max(24 * 90)
    .default(24),
  keyAttestation: z
    .strictObject({
      /** Added roots. Google's list of revoked keys says nothing of what is under them. */
      roots: z.array(OwnRoot).max(20).default([]),
      /** Verified-boot keys of systems that boot as self-signed and are trusted all the same. */
      bootKeys: z.array(Sha256).max(100).default([]),
      /** The agents that may ask. Empty: any app. */
      applications: z
        .array(z.strictObject({ package: z.string().min(1).max(300), signer: Sha256 }))
        .max(20)
        .default([]),
      minPatchLevel: z
        .string()
        .regex(/^\d{4}-(0[1-9]|1[0-2])(-\d{2})?$/)
        .nullable()
        .default(null),
      /** From how many devices on that show one key of the factory it counts as reused, though their model is the same. */
      sharedKeyLimit: z.number().int().min(2).max(1_000_000).default(20),
    })
    .default({ roots: [], bootKeys: [], applications: [], minPatchLevel: null, sharedKeyLimit: 20 }),
  playIntegrity: z
    .strictObject({
      packageName: z.string().min(1).max(300),
      signers: z.array(Sha256).max(20).default([]),
      minVersionCode: z.number().int().nonnegative().nullable().default(null),
      /** Takes an app that Play did not deliver, as one that management installs. */
      allowUnrecognized: z.boolean().default(false),
      requirePlayProtect: z.boolean().default(false),
      refuseAccessRisk: z.boolean().default(false),
    })
    .nullable()
    .default(null),
  appAttest: z
    .strictObject({
      roots: z.array(OwnRoot).max(20).default([]),
      appIds: z.array(AppId).min(1).max(20),
      environments: z
        .array(z.enum(['development', 'production']))
        .min(1)
        .default(['production']),
    })
    .nullable()
    .default(null),
  managedDevice: z.strictObject({ roots: z.array(OwnRoot).max(20).default([]) }).default({ roots: [] }),
});
export type AttestationSettings = z.infer<typeof AttestationSettings>;

/** Response keys of an app from the Play Console, base64. Never given out again. */
export const PlayIntegrityKeySettings = z.strictObject({ decryption: Base64(64), verification: Base64(1_024) });
export type PlayIntegrityKeySettings = z.infer<typeof PlayIntegrityKeySettings>;

/** How an administrator changes the settings; keys of null stay as they are. */
export const AttestationSettingsChange = z.strictObject({
  settings: AttestationSettings,
  playIntegrityKeys: PlayIntegrityKeySettings.nullable().default(null),
});
export type AttestationSettingsChange = z.infer<typeof AttestationSettingsChange>;

export const AttestationSettingsView = z.object({
  settings: AttestationSettings,
  hasPlayIntegrityKeys: z.boolean(),
  updatedAt: z.iso.datetime().nullable(),
  updatedBy: z.string().nullable(),
});
export type AttestationSettingsView = z.infer<typeof AttestationSettingsView>;

export const AttestationCheckView = z.object({ id: z.string(), ok: z.boolean().nullable(), detail: z.string() });

/** One statement as it was judged when it came. */
export const DeviceAttestation = z.object({
  id: z.uuid(),
  kind: StatementKind,
  receivedAt: z.iso.datetime(),
  ageSeconds: z.number().int().nonnegative(),
  /** True while it vouches: the newest of its kind, accepted, and not too old. */
  inForce: z.boolean(),
  accepted: z.boolean(),
  reasons: z.array(z.string()),
  grade: AttestationGrade.nullable(),
  /** Who handed it in. */
  via: z.enum(['agent', 'enrolment', 'administrator']),
  fields: z.record(z.string(), z.unknown()),
  checks: z.array(AttestationCheckView),
});
export type DeviceAttestation = z.infer<typeof DeviceAttestation>;

/** A value that hardware stated beside the one that the system reports of itself. */
export const AttestedComparison = z.object({
  title: z.string(),
  attested: z.string(),
  reported: z.string().nullable(),
  /** Null: nothing is reported to compare with. */
  agrees: z.boolean().nullable(),
});
export type AttestedComparison = z.infer<typeof AttestedComparison>;

/** `GET /devices/:id/attestations`: newest first. */
export const DeviceAttestationList = z.object({
  items: z.array(DeviceAttestation),
  compared: z.array(AttestedComparison),
  /** Hours after which a statement no longer vouches. */
  maxAgeHours: z.number(),
});
export type DeviceAttestationList = z.infer<typeof DeviceAttestationList>;

/** How a device stands: by the best statement in force; refused, when the newest did not hold; stale; or without any. */
export const AttestationStanding = z.enum([...AttestationGrade.options, 'refused', 'stale', 'none']);
export type AttestationStanding = z.infer<typeof AttestationStanding>;

export const HealthDevice = z.object({ id: z.uuid(), name: z.string(), model: z.string().nullable() });
export type HealthDevice = z.infer<typeof HealthDevice>;

/** One attestation key under several devices. */
export const ReusedKey = z.object({
  /** Serial number of the certificate of the attestation key, lower-case hex. */
  serial: z.string(),
  provisioning: z.string(),
  devices: z.number().int(),
  models: z.number().int(),
  /** True where it should not be; a key of the factory is shared by many devices of a model. */
  suspicious: z.boolean(),
  why: z.string(),
  /** Some of them. */
  shown: z.array(HealthDevice),
});
export type ReusedKey = z.infer<typeof ReusedKey>;

/** `GET /attestation/health`. */
export const AttestationHealth = z.object({
  devices: z.number().int(),
  standings: z.array(z.object({ standing: AttestationStanding, devices: z.number().int() })),
  reasons: z.array(z.object({ reason: z.string(), devices: z.number().int() })),
  refused: z.array(HealthDevice.extend({ reasons: z.array(z.string()), receivedAt: z.iso.datetime() })),
  reusedKeys: z.array(ReusedKey),
  contradictions: z.array(HealthDevice.extend({ title: z.string(), attested: z.string(), reported: z.string() })),
  revocations: z.object({
    entries: z.number().int().nullable(),
    fetchedAt: z.iso.datetime().nullable(),
    /** False: there is none, or it is too old, and statements under Google's roots are refused. */
    fresh: z.boolean(),
  }),
});
export type AttestationHealth = z.infer<typeof AttestationHealth>;

/** `POST /devices/:id/attestation-challenges`: a nonce for management to send to a device. */
export const ManagedChallengeRequest = z.strictObject({});
/** `POST /devices/:id/attestations`: the answer of management. */
export const ManagedStatement = z.strictObject({
  challengeId: z.uuid(),
  session: z.uuid(),
  statement: Statement,
});
