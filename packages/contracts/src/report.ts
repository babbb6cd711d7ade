import { z } from 'zod';
import { AnsweredChallenge, StatementKind } from './attestation.ts';
import { DeviceEvent, DeviceFacts, InstalledApp } from './device-evidence.ts';
import { EvidenceSource, Observation } from './signal.ts';
import { MAX_USAGE_WINDOWS, UsageWindow } from './usage.ts';

/**
 * Where an agent's own observations may come from. The other sources are statements by somebody else (a platform's attestation, an MDM) that the server
 * obtains or verifies itself: a report that claims one is malformed.
 */
export const AgentEvidenceSource = EvidenceSource.extract([
  'agent',
  'adb',
  'bugreport',
  'androidqf',
  'backup',
  'sysdiagnose',
  'usb',
  'network-probe',
]);
export const AgentObservation = Observation.extend({ source: AgentEvidenceSource });
export type AgentObservation = z.infer<typeof AgentObservation>;
export const AgentEvent = DeviceEvent.extend({ source: AgentEvidenceSource });
export type AgentEvent = z.infer<typeof AgentEvent>;
export const AgentUsageWindow = UsageWindow.extend({ source: AgentEvidenceSource });
export type AgentUsageWindow = z.infer<typeof AgentUsageWindow>;

/** Largest body the agent endpoints take, in bytes. */
export const REPORT_BODY_LIMIT_BYTES = 4 * 1024 * 1024;
/** `typ` header of the compact JWS (RFC 7515 section 4.1.9) that carries an enrolment. */
export const ENROLMENT_JWS_TYPE = 'vedette-enrolment+jwt';
/** `typ` header of the compact JWS that carries a report. */
export const REPORT_JWS_TYPE = 'vedette-report+jwt';

/** Public part of the agent's P-256 key, RFC 7517. */
export const AgentPublicKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().length(43),
  y: z.string().length(43),
});
export type AgentPublicKey = z.infer<typeof AgentPublicKey>;

/** Payload of the enrolment JWS. It is signed with the new key itself (protected header: alg ES256, typ, jwk): proof that the agent holds it. */
export const EnrolmentRequest = z.object({
  schema: z.literal('vedette.enrolment/1'),
  token: z.string().min(16).max(200),
  agent: z.object({ name: z.string().max(100), version: z.string().max(50) }),
  /** Name a person gave the device, or null. */
  deviceName: z.string().max(100).nullable(),
  facts: DeviceFacts,
  /** True for devices of the fleet simulator; the console marks them. */
  simulated: z.boolean(),
  createdAt: z.iso.datetime(),
  /** Where the link asks for one: a statement over a challenge of `ENROLMENT_CHALLENGE_PATH`. */
  attestation: AnsweredChallenge.optional(),
});
export type EnrolmentRequest = z.infer<typeof EnrolmentRequest>;

/** What a server asks of an agent that can hand in statements. */
export const AttestationWish = z.object({
  /** What the server can judge for this platform, as it is set up. */
  kinds: z.array(StatementKind),
  /** True: the last one that held is too old, or there is none. */
  due: z.boolean(),
});
export type AttestationWish = z.infer<typeof AttestationWish>;

/** Answer to an enrolment. Repeating it with the same key yields the same device. */
export const EnrolmentResponse = z.object({
  deviceId: z.uuid(),
  organisation: z.string(),
  serverTime: z.iso.datetime(),
  /** How often the agent reports when nothing changed, in seconds. */
  reportIntervalSeconds: z.number().int().positive(),
  attestation: AttestationWish.optional(),
});
export type EnrolmentResponse = z.infer<typeof EnrolmentResponse>;

/**
 * Payload of a report JWS (protected header: alg ES256, typ, kid = device id).
 * `full` replaces the device's observations and apps; `heartbeat` says "nothing changed since report `basedOn`".
 */
export const Report = z.discriminatedUnion('type', [
  z.object({
    schema: z.literal('vedette.report/1'),
    type: z.literal('full'),
    reportId: z.uuid(),
    deviceId: z.uuid(),
    /** 1 for the first report of a key, then +1 each. */
    sequence: z.number().int().positive(),
    createdAt: z.iso.datetime(),
    facts: DeviceFacts,
    observations: z.array(AgentObservation).max(5000),
    apps: z.array(InstalledApp).max(5000),
    appsComplete: z.boolean(),
    events: z.array(AgentEvent).max(1000),
    /** What apps used since the report before, in the order of time. Windows that were sent before may come again. */
    usage: z.array(AgentUsageWindow).max(MAX_USAGE_WINDOWS).optional(),
  }),
  z.object({
    schema: z.literal('vedette.report/1'),
    type: z.literal('heartbeat'),
    reportId: z.uuid(),
    deviceId: z.uuid(),
    sequence: z.number().int().positive(),
    createdAt: z.iso.datetime(),
    basedOn: z.uuid(),
    events: z.array(AgentEvent).max(1000),
    usage: z.array(AgentUsageWindow).max(MAX_USAGE_WINDOWS).optional(),
  }),
]);
export type Report = z.infer<typeof Report>;

/** Answer to an accepted report. `duplicate`: the same bytes were accepted before; nothing changed. */
export const ReportAck = z.object({
  reportId: z.uuid(),
  sequence: z.number().int().positive(),
  duplicate: z.boolean(),
  /** True: the server no longer has the report a heartbeat rests on; send a full one. */
  resendFull: z.boolean(),
  serverTime: z.iso.datetime(),
  /** The decision in force, for the agent to show: why access is blocked and what lifts it. */
  standing: z
    .object({
      riskLevel: z.string(),
      compliance: z.string(),
      reasons: z.array(z.object({ title: z.string(), remedy: z.string().nullable() })),
    })
    .nullable(),
  attestation: AttestationWish.optional(),
});
export type ReportAck = z.infer<typeof ReportAck>;

/** Why the server refuses what an agent sends. The `code` of the problem document (RFC 9457). */
export const AgentRefusal = z.enum([
  'malformed',
  'too-large',
  'unknown-device',
  'bad-signature',
  'wrong-device',
  'replay',
  'sequence-conflict',
  'token-invalid',
  'token-expired',
  'token-used-up',
  'device-retired',
  'rate-limited',
  'challenge-unknown',
  'challenge-expired',
  'challenge-used',
  'attestation-required',
  'attestation-refused',
]);
export type AgentRefusal = z.infer<typeof AgentRefusal>;

export const AGENT_ENROL_PATH = '/agent/v1/enrol';
export const AGENT_REPORT_PATH = '/agent/v1/reports';
/** Content type of both agent requests: the body is the compact JWS itself. */
export const AGENT_CONTENT_TYPE = 'application/jose';
