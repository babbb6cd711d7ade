/**
 * The console's API: every request and answer under `/api/v1`. Cookie session (`__Host-vedette` over TLS, else `vedette`), same-origin only.
 * Lists answer `{ items, nextCursor, total }`; errors are RFC 9457 problem documents (`Problem`).
 */
import { z } from 'zod';
import { ActionState } from './action.ts';
import { Appraisal, Platform, Sha256, Verdict } from './appraisal.ts';
import { AttestationDemand } from './attestation.ts';
import { DeviceEvent, DeviceFacts, InstalledApp } from './device-evidence.ts';
import { AppDifference, SignerChange } from './difference.ts';
import { Finding } from './finding.ts';
import { Compliance, ConnectorKind, Decision, PolicyDocument, RiskLevel } from './policy.ts';
import { Severity } from './severity.ts';
import { Signal } from './signal.ts';
import { Suppression } from './suppression.ts';
import { ThreatKind, ThreatState } from './threat.ts';
import { UsageCurve } from './usage.ts';

const when = z.iso.datetime();
function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.number().int().nonnegative() });
}

/** RFC 9457 problem document. `code` is stable; `detail` says what happened and what to do. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;

// --- set-up and session -------------------------------------------------------------------------------------------------
/** GET /setup */
export const SetupStatus = z.object({ needed: z.boolean() });
export type SetupStatus = z.infer<typeof SetupStatus>;
/** POST /setup: makes the first organisation and administrator; `code` is printed by the server at its start. Signs in. */
export const SetupRequest = z.strictObject({
  code: z.string().min(1).max(100),
  organisation: z.string().trim().min(1).max(100),
  name: z.string().trim().min(1).max(100),
  email: z.email().max(320),
  password: z.string().min(12, 'Use at least 12 characters').max(200),
});
export type SetupRequest = z.infer<typeof SetupRequest>;
/** POST /session */
export const SignInRequest = z.strictObject({
  email: z.string().min(1).max(320),
  password: z.string().min(1).max(200),
});
export type SignInRequest = z.infer<typeof SignInRequest>;
/** GET /session (401 when signed out), and the answer of POST /session and POST /setup. DELETE /session signs out. */
export const Session = z.object({
  user: z.object({ id: z.uuid(), name: z.string(), email: z.string(), role: z.enum(['admin', 'viewer']) }),
  organisation: z.object({ id: z.uuid(), name: z.string() }),
  version: z.string(),
});
export type Session = z.infer<typeof Session>;

// --- devices ------------------------------------------------------------------------------------------------------------
export const DeviceSummary = z.object({
  id: z.uuid(),
  name: z.string(),
  owner: z.string().nullable(),
  simulated: z.boolean(),
  platform: Platform,
  facts: DeviceFacts,
  riskLevel: RiskLevel,
  compliance: Compliance,
  openThreats: z.number().int().nonnegative(),
  topThreat: z.string().nullable(),
  enrolledAt: when,
  lastReportAt: when.nullable(),
  state: z.enum(['active', 'retired']),
});
export type DeviceSummary = z.infer<typeof DeviceSummary>;
/** GET /devices?q=&platform=&risk=&compliance=&sort=risk|name|lastReport&cursor=&limit= */
export const DeviceList = page(DeviceSummary);
export type DeviceList = z.infer<typeof DeviceList>;
/** GET /devices/strip: every active device in few bytes, worst risk first, for the fleet strip. */
export const FleetStrip = z.object({
  devices: z.array(z.object({ id: z.uuid(), name: z.string(), riskLevel: RiskLevel, compliance: Compliance })),
});
export type FleetStrip = z.infer<typeof FleetStrip>;

export const DeviceApp = InstalledApp.extend({
  appraisal: z.object({ sha256: Sha256, verdict: Verdict, malice: z.number(), dataRisk: z.number() }).nullable(),
});
export type DeviceApp = z.infer<typeof DeviceApp>;

/** GET /devices/:id/usage: the apps that used unusually much, and those that used most. */
export const DeviceUsage = z.object({ curves: z.array(UsageCurve) });
export type DeviceUsage = z.infer<typeof DeviceUsage>;

export const ThreatSummary = z.object({
  id: z.uuid(),
  kind: ThreatKind,
  type: z.string(),
  title: z.string(),
  severity: Severity,
  state: ThreatState,
  subject: z.string().nullable(),
  device: z.object({ id: z.uuid(), name: z.string(), platform: Platform, simulated: z.boolean() }),
  openedAt: when,
  updatedAt: when,
  resolvedAt: when.nullable(),
});
export type ThreatSummary = z.infer<typeof ThreatSummary>;

export const ActionView = z.object({
  id: z.uuid(),
  device: z.object({ id: z.uuid(), name: z.string() }),
  ruleId: z.string(),
  ruleTitle: z.string(),
  connector: ConnectorKind,
  effect: z.string(),
  audience: z.enum(['admin', 'user']),
  state: ActionState,
  wantedAt: when,
  sentAt: when.nullable(),
  undoneAt: when.nullable(),
  attempts: z.number().int().nonnegative(),
  nextAttemptAt: when.nullable(),
  /** What the other side said last. */
  lastDetail: z.string().nullable(),
});
export type ActionView = z.infer<typeof ActionView>;

/** GET /devices/:id. PATCH /devices/:id {name?, owner?}. POST /devices/:id/retire. */
export const DeviceDetail = DeviceSummary.extend({
  signals: z.array(Signal),
  /** Findings of posture, including those not grown into a threat. */
  findings: z.array(Finding),
  apps: z.array(DeviceApp),
  appsComplete: z.boolean(),
  threats: z.array(ThreatSummary),
  actions: z.array(ActionView),
  decision: Decision.nullable(),
  events: z.array(DeviceEvent),
  keyThumbprint: z.string(),
  refusals: z.array(z.object({ at: when, code: z.string(), detail: z.string() })),
});
export type DeviceDetail = z.infer<typeof DeviceDetail>;
export const DevicePatch = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  owner: z.string().trim().max(320).nullable().optional(),
});
export type DevicePatch = z.infer<typeof DevicePatch>;

/** GET /devices/:id/timeline?from=&to= : everything the threat timeline draws. */
export const DeviceTimeline = z.object({
  from: when,
  to: when,
  threats: z.array(
    z.object({
      id: z.uuid(),
      title: z.string(),
      severity: Severity,
      state: ThreatState,
      openedAt: when,
      resolvedAt: when.nullable(),
    }),
  ),
  actions: z.array(
    z.object({
      id: z.uuid(),
      at: when,
      label: z.string(),
      phase: z.enum(['do', 'undo']),
      threatIds: z.array(z.uuid()),
    }),
  ),
  reports: z.array(
    z.object({ id: z.uuid(), at: when, type: z.enum(['full', 'heartbeat']), sequence: z.number().int() }),
  ),
  /** Stretches in which a report was due and none came. */
  silences: z.array(z.object({ from: when, to: when })),
});
export type DeviceTimeline = z.infer<typeof DeviceTimeline>;

/** GET /devices/:id/reports/:reportId : the report as the device signed it, byte for byte. */
export const LedgerEntry = z.object({
  reportId: z.uuid(),
  sequence: z.number().int(),
  receivedAt: when,
  sha256: Sha256,
  jws: z.string(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

// --- threats ------------------------------------------------------------------------------------------------------------
/** GET /threats?state=&severity=&kind=&q=&cursor=&limit= */
export const ThreatList = page(ThreatSummary);
export type ThreatList = z.infer<typeof ThreatList>;
/** GET /threats/:id. POST /threats/:id/ignore {reason}. POST /threats/:id/reopen. */
export const ThreatDetail = ThreatSummary.extend({
  findings: z.array(Finding),
  history: z.array(z.object({ at: when, change: z.string(), by: z.string(), note: z.string().nullable() })),
  actions: z.array(ActionView),
  /** How many other devices have an open threat of the same type and subject. */
  alsoOn: z.number().int().nonnegative(),
});
export type ThreatDetail = z.infer<typeof ThreatDetail>;
export const IgnoreRequest = z.strictObject({ reason: z.string().trim().min(3).max(500) });
export type IgnoreRequest = z.infer<typeof IgnoreRequest>;

// --- apps ---------------------------------------------------------------------------------------------------------------
export const AppSummary = z.object({
  sha256: Sha256,
  platform: Platform,
  package: z.string(),
  label: z.string().nullable(),
  versionName: z.string().nullable(),
  versionCode: z.number().int().nullable(),
  verdict: Verdict,
  malice: z.number(),
  dataRisk: z.number(),
  /** Active devices that have this build. */
  devices: z.number().int().nonnegative(),
  appraisedAt: when,
});
export type AppSummary = z.infer<typeof AppSummary>;
/** GET /apps?q=&verdict=&sort=malice|dataRisk|devices|name|appraised&cursor=&limit= : builds appraised here. */
export const AppList = page(AppSummary);
export type AppList = z.infer<typeof AppList>;
/** Decisions that a finding does not count; newest first. GET /suppressions */
export const AppSuppression = z.object({
  id: z.uuid(),
  suppression: Suppression,
  createdAt: when,
  expired: z.boolean(),
});
export type AppSuppression = z.infer<typeof AppSuppression>;
export const AppSuppressionList = z.object({ items: z.array(AppSuppression) });
export type AppSuppressionList = z.infer<typeof AppSuppressionList>;
/** POST /suppressions; who decided is the caller. DELETE /suppressions/:id lifts one. Both count all builds concerned anew. */
export const SuppressionRequest = Suppression.omit({ by: true });
export type SuppressionRequest = z.infer<typeof SuppressionRequest>;

/** Another build of the same app, or another app by the same key, as appraised here. */
export const RelatedBuild = AppSummary.pick({
  sha256: true,
  package: true,
  label: true,
  versionName: true,
  versionCode: true,
  verdict: true,
  malice: true,
  dataRisk: true,
  appraisedAt: true,
}).extend({
  /** Against the build that is shown. */
  signer: SignerChange,
});
export type RelatedBuild = z.infer<typeof RelatedBuild>;

/** What this organisation has seen of an app and of who signs it. */
export const AppReputation = z.object({
  /** When the first build of this name was appraised here. */
  firstAppraisedAt: when,
  /** Active devices that have any build of it, of all active devices. */
  devices: z.number().int().nonnegative(),
  activeDevices: z.number().int().nonnegative(),
  /** Other builds, newest version first; at most 50. */
  builds: z.array(RelatedBuild),
  /** Builds of other apps that the same key signs, worst first; at most 50. */
  sameSigner: z.array(RelatedBuild),
});
export type AppReputation = z.infer<typeof AppReputation>;

/** GET /apps/:sha256 */
export const AppDetail = z.object({
  summary: AppSummary,
  appraisal: Appraisal,
  reputation: AppReputation,
  /** From the build before this one, if one was appraised here. */
  difference: AppDifference.nullable(),
  suppressions: z.array(AppSuppression),
  devices: z.array(z.object({ id: z.uuid(), name: z.string() })),
  thresholds: z.object({ malice: z.number(), dataRisk: z.number() }),
});
export type AppDetail = z.infer<typeof AppDetail>;

/** POST /apps?name=FILE with body application/octet-stream (at most APP_UPLOAD_LIMIT_BYTES) answers 202 with one; GET /appraisals/:id; also sent as event `appraisal`. */
export const AppraisalJob = z.object({
  id: z.uuid(),
  fileName: z.string(),
  size: z.number().int(),
  sha256: Sha256,
  state: z.enum(['queued', 'running', 'done', 'failed']),
  /** 0 to 1. */
  progress: z.number().min(0).max(1),
  stage: z.string(),
  error: z.string().nullable(),
  createdAt: when,
});
export type AppraisalJob = z.infer<typeof AppraisalJob>;
export const APP_UPLOAD_LIMIT_BYTES = 512 * 1024 * 1024;
/** GET /appraisals : the newest 50 jobs. */
export const AppraisalJobList = z.object({ items: z.array(AppraisalJob) });
export type AppraisalJobList = z.infer<typeof AppraisalJobList>;

// --- networks -----------------------------------------------------------------------------------------------------------
/** GET /networks : networks on which devices reported events, worst first. */
export const NetworkList = z.object({
  items: z.array(
    z.object({
      network: z.string(),
      events: z.number().int(),
      devices: z.number().int(),
      openThreats: z.number().int(),
      severity: Severity.nullable(),
      kinds: z.array(z.string()),
      firstSeenAt: when,
      lastSeenAt: when,
      latest: z.array(DeviceEvent.extend({ device: z.object({ id: z.uuid(), name: z.string() }) })),
    }),
  ),
});
export type NetworkList = z.infer<typeof NetworkList>;

// --- policy -------------------------------------------------------------------------------------------------------------
/** GET /policy : the one in force. PUT /policy {document, note, basedOn} makes the next version (409 when `basedOn` is not the newest). */
export const PolicyVersion = z.object({
  version: z.number().int(),
  document: PolicyDocument,
  createdAt: when,
  createdBy: z.string(),
  note: z.string(),
});
export type PolicyVersion = z.infer<typeof PolicyVersion>;
export const PolicyUpdate = z.strictObject({
  document: PolicyDocument,
  note: z.string().max(500),
  basedOn: z.number().int(),
});
export type PolicyUpdate = z.infer<typeof PolicyUpdate>;
/** GET /policy/versions */
export const PolicyVersionList = z.object({
  items: z.array(PolicyVersion.omit({ document: true }).extend({ rules: z.number().int() })),
});
export type PolicyVersionList = z.infer<typeof PolicyVersionList>;
/** POST /policy/preview {document} : what the document would decide for every device now, beside what is decided. 422 with `errors` when it is not valid. */
export const PolicyPreview = z.object({
  devices: z.number().int(),
  before: z.object({ nonCompliant: z.number().int(), actions: z.number().int() }),
  after: z.object({ nonCompliant: z.number().int(), actions: z.number().int() }),
  changed: z.array(
    z.object({
      device: z.object({ id: z.uuid(), name: z.string() }),
      before: z.object({ riskLevel: RiskLevel, compliance: Compliance }),
      after: z.object({ riskLevel: RiskLevel, compliance: Compliance }),
      rules: z.array(z.string()),
    }),
  ),
  /** Per rule of the document: devices on which it fires now. */
  firing: z.array(z.object({ ruleId: z.string(), devices: z.number().int() })),
});
export type PolicyPreview = z.infer<typeof PolicyPreview>;

// --- enrolment ----------------------------------------------------------------------------------------------------------
export const EnrolmentToken = z.object({
  id: z.uuid(),
  label: z.string(),
  createdAt: when,
  createdBy: z.string(),
  expiresAt: when,
  maxUses: z.number().int(),
  uses: z.number().int(),
  revokedAt: when.nullable(),
  attestation: AttestationDemand,
});
export type EnrolmentToken = z.infer<typeof EnrolmentToken>;
/** GET /enrolment/tokens */
export const EnrolmentTokenList = z.object({ items: z.array(EnrolmentToken) });
export type EnrolmentTokenList = z.infer<typeof EnrolmentTokenList>;
/** POST /enrolment/tokens. DELETE /enrolment/tokens/:id revokes. */
export const EnrolmentTokenRequest = z.strictObject({
  label: z.string().trim().min(1).max(100),
  expiresInHours: z
    .number()
    .int()
    .min(1)
    .max(24 * 90),
  maxUses: z.number().int().min(1).max(100_000),
  /** What a device must prove to enrol with this link. */
  attestation: AttestationDemand.default('none'),
});
export type EnrolmentTokenRequest = z.infer<typeof EnrolmentTokenRequest>;
/** The only answer that shows the secret. `link` is what the QR code holds: `<server>/enrol#t=<token>`; the fragment never reaches a server log. */
export const EnrolmentTokenCreated = EnrolmentToken.extend({ token: z.string(), link: z.string() });
export type EnrolmentTokenCreated = z.infer<typeof EnrolmentTokenCreated>;

// --- response -----------------------------------------------------------------------------------------------------------
/** GET /actions?state=&connector=&cursor=&limit= . POST /actions/:id/retry (only `failed`). */
export const ActionList = page(ActionView);
export type ActionList = z.infer<typeof ActionList>;
/** GET /connectors. Secrets are never in it. */
export const ConnectorList = z.object({
  webhook: z
    .object({ url: z.string(), allowPrivateAddress: z.boolean(), hasSecret: z.literal(true), updatedAt: when })
    .nullable(),
  email: z
    .object({
      host: z.string(),
      port: z.number(),
      security: z.string(),
      username: z.string().nullable(),
      hasPassword: z.boolean(),
      from: z.string(),
      adminRecipients: z.array(z.string()),
      updatedAt: when,
    })
    .nullable(),
});
export type ConnectorList = z.infer<typeof ConnectorList>;
/** PUT /connectors/webhook takes WebhookSettings, PUT /connectors/email EmailSettings; DELETE removes; POST /connectors/:kind/test sends a marked test and answers one of these. */
export const ConnectorTestResult = z.object({ ok: z.boolean(), detail: z.string() });
export type ConnectorTestResult = z.infer<typeof ConnectorTestResult>;

// --- overview, audit, events --------------------------------------------------------------------------------------------
/** GET /overview */
export const Overview = z.object({
  devices: z.object({
    total: z.number().int(),
    android: z.number().int(),
    ios: z.number().int(),
    simulated: z.number().int(),
    silent: z.number().int(),
    byRisk: z.record(RiskLevel, z.number().int()),
    byCompliance: z.record(Compliance, z.number().int()),
  }),
  threats: z.object({
    open: z.number().int(),
    openedLastDay: z.number().int(),
    resolvedLastDay: z.number().int(),
    bySeverity: z.record(Severity, z.number().int()),
    byKind: z.record(ThreatKind, z.number().int()),
    /** Open threats by type, most common first, at most 8. */
    topTypes: z.array(z.object({ type: z.string(), title: z.string(), severity: Severity, devices: z.number().int() })),
    /** Open at the end of each of the last 14 days, oldest first. */
    perDay: z.array(
      z.object({ day: z.string(), open: z.number().int(), opened: z.number().int(), resolved: z.number().int() }),
    ),
  }),
  apps: z.object({ appraised: z.number().int(), byVerdict: z.record(Verdict, z.number().int()) }),
  actions: z.object({ inForce: z.number().int(), pending: z.number().int(), failed: z.number().int() }),
  /** What needs a person now, worst first, at most 10. */
  attention: z.array(
    z.object({
      kind: z.enum(['threat', 'action', 'device', 'connector', 'enrolment']),
      id: z.string().nullable(),
      severity: Severity,
      title: z.string(),
      detail: z.string(),
      at: when.nullable(),
    }),
  ),
});
export type Overview = z.infer<typeof Overview>;

/** GET /audit?cursor=&limit= : who changed what, with from and to. */
export const AuditList = page(
  z.object({
    id: z.uuid(),
    at: when,
    actor: z.string(),
    action: z.string(),
    object: z.string(),
    detail: z.record(z.string(), z.unknown()),
  }),
);
export type AuditList = z.infer<typeof AuditList>;

/** GET /search?q= : the command palette. */
export const SearchResult = z.object({
  items: z.array(
    z.object({
      kind: z.enum(['device', 'app', 'threat', 'network']),
      id: z.string(),
      title: z.string(),
      detail: z.string(),
    }),
  ),
});
export type SearchResult = z.infer<typeof SearchResult>;

/** GET /events : server-sent events, each `data:` one of these. Says that something changed, not what: the page asks again. */
export const ServerEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('device'), id: z.uuid() }),
  z.object({ type: z.literal('threat'), id: z.uuid(), change: z.string() }),
  z.object({ type: z.literal('action'), id: z.uuid(), state: ActionState }),
  z.object({ type: z.literal('appraisal'), job: AppraisalJob }),
  z.object({ type: z.literal('policy'), version: z.number().int() }),
  z.object({ type: z.literal('suppressions') }),
]);
export type ServerEvent = z.infer<typeof ServerEvent>;
