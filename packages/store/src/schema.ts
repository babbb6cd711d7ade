import type {
  ActionState,
  AgentPublicKey,
  Appraisal,
  AttestationDemand,
  AttestationGrade,
  AttestationSettings,
  AttestationStanding,
  Compliance,
  ConnectorKind,
  Decision,
  DeviceEvent,
  DeviceFacts,
  EvidenceSource,
  Finding,
  InstalledApp,
  NetworkSettings,
  Observation,
  Platform,
  PolicyDocument,
  RiskLevel,
  Severity,
  Signal,
  Statement,
  StatementKind,
  Suppression,
  ThreatKind,
  ThreatState,
  Trust,
  UsageWindow,
  Verdict,
} from '@vedette/contracts';
import type { ColumnType, Generated, JSONColumnType, Transaction } from 'kysely';

/**
 * The tables as the migrations make them, for Kysely. Written by hand: a type of a jsonb column says what this code writes there.
 * jsonb columns are written with `JSON.stringify` (the driver would turn a bare JavaScript array into a PostgreSQL array) and read parsed.
 * `bigint` columns are read as numbers: every one here counts or numbers things and stays below 2^53.
 */

/** timestamptz: written and read as `Date`, millisecond precision. */
type Moment = ColumnType<Date, Date, Date>;
type NullableMoment = ColumnType<Date | null, Date | null | undefined, Date | null>;
type Json<T extends object> = JSONColumnType<T>;
/** jsonb that may be null: `JSON.stringify`, or null. */
type NullableJson<T extends object> = ColumnType<T | null, string | null | undefined, string | null>;
type Defaulted<T> = Generated<T>;
type JsonDefaulted<T extends object> = ColumnType<T, string | undefined, string>;

export interface TenantsTable {
  id: string;
  name: string;
  created_at: Moment;
}
export interface UsersTable {
  id: string;
  tenant_id: string;
  email: string;
  name: string;
  role: 'admin' | 'viewer';
  password_hash: string;
  created_at: Moment;
}
export interface SessionsTable {
  token_hash: Uint8Array;
  tenant_id: string;
  user_id: string;
  created_at: Moment;
  expires_at: Moment;
  last_seen_at: Moment;
}
export interface AuditTable {
  id: string;
  tenant_id: string;
  at: Moment;
  actor: string;
  action: string;
  object: string;
  detail: Json<Record<string, unknown>>;
}
export interface EnrolmentTokensTable {
  id: string;
  tenant_id: string;
  token_hash: Uint8Array;
  label: string;
  created_at: Moment;
  created_by: string;
  expires_at: Moment;
  max_uses: number;
  uses: Defaulted<number>;
  revoked_at: NullableMoment;
  attestation: Defaulted<AttestationDemand>;
}
export interface DevicesTable {
  id: string;
  tenant_id: string;
  name: string;
  owner: string | null;
  simulated: boolean;
  platform: Platform;
  facts: Json<DeviceFacts>;
  state: Defaulted<'active' | 'retired'>;
  /** RFC 7638 thumbprint of `public_key`, base64url. */
  key_thumbprint: string;
  public_key: Json<AgentPublicKey>;
  enrolled_at: Moment;
  enrolment_token_id: string | null;
  last_sequence: Defaulted<number>;
  last_report_at: NullableMoment;
  last_full_report_id: string | null;
  sequence_gaps: Defaulted<number>;
  signals: JsonDefaulted<Signal[]>;
  findings: JsonDefaulted<Finding[]>;
  decision: NullableJson<Decision>;
  /** Rule id to the moment since which it has fired without a break (ISO 8601). */
  rule_since: JsonDefaulted<Record<string, string>>;
  assessed_at: NullableMoment;
  risk_level: Defaulted<RiskLevel>;
  /** 0 critical, 1 high, 2 medium, 3 low, 4 none, 5 unknown: sorts a list worst first. */
  risk_rank: Defaulted<number>;
  compliance: Defaulted<Compliance>;
  open_threats: Defaulted<number>;
  top_threat: string | null;
  attestation: Defaulted<AttestationStanding>;
  /** Serial number of the certificate of the attestation key that it showed last, lower-case hex. */
  attested_key: Generated<string | null>;
  attested_provisioning: Generated<string | null>;
}
export interface ReportsTable {
  report_id: string;
  tenant_id: string;
  device_id: string;
  sequence: number;
  type: 'full' | 'heartbeat';
  created_at: Moment;
  received_at: Moment;
  /** SHA-256 of `jws`, lower-case hex. */
  sha256: string;
  /** The compact JWS as received. */
  jws: string;
}
export interface DeviceEvidenceTable {
  device_id: string;
  tenant_id: string;
  report_id: string;
  observations: Json<Observation[]>;
  apps_complete: boolean;
  updated_at: Moment;
}
export interface DeviceUsageTable {
  tenant_id: string;
  device_id: string;
  source: string;
  from_at: Moment;
  to_at: Moment;
  usage: Json<UsageWindow>;
}
export interface AttestationChallengesTable {
  id: string;
  tenant_id: string;
  /** One of device and token is set. */
  device_id: string | null;
  enrolment_token_id: string | null;
  kind: StatementKind;
  session: string;
  challenge: Uint8Array;
  created_at: Moment;
  expires_at: Moment;
  used_at: NullableMoment;
}
export interface DeviceAttestationsTable {
  id: string;
  tenant_id: string;
  device_id: string;
  challenge_id: string;
  kind: StatementKind;
  via: 'agent' | 'enrolment' | 'administrator';
  received_at: Moment;
  accepted: boolean;
  reasons: Json<string[]>;
  grade: AttestationGrade | null;
  source: EvidenceSource;
  trust: Trust;
  /** What it says of the device, with the keys of posture. */
  facts: Json<{ key: string; value: string }[]>;
  fields: Json<Record<string, unknown>>;
  checks: Json<{ id: string; ok: boolean | null; detail: string }[]>;
  /** As it was handed in. */
  statement: Json<Statement>;
  /** Of `statement` as canonical text, lower-case hex. */
  sha256: string;
}
/** The key of App Attest, and the highest counter that was taken. */
export interface DeviceAttestedKeysTable {
  device_id: string;
  tenant_id: string;
  /** SubjectPublicKeyInfo, DER. */
  public_key: Uint8Array;
  counter: number;
  updated_at: Moment;
}
export interface AttestationSettingsTable {
  tenant_id: string;
  settings: Json<AttestationSettings>;
  /** Response keys of Play Integrity, sealed. */
  sealed: Uint8Array | null;
  updated_at: Moment;
  updated_by: string;
}
export interface NetworkSettingsTable {
  tenant_id: string;
  settings: Json<NetworkSettings>;
  updated_at: Moment;
  updated_by: string;
}
export interface DeviceTunnelsTable {
  device_id: string;
  tenant_id: string;
  /** Of WireGuard, base64. */
  public_key: string;
  /** One of each family that the pools have. */
  addresses: Json<string[]>;
  created_at: Moment;
  /** When the device asked for it with this key. */
  requested_at: Moment;
  revoked_at: NullableMoment;
  last_handshake_at: NullableMoment;
  received_bytes: Defaulted<number>;
  sent_bytes: Defaulted<number>;
}
export interface GatewayTokensTable {
  id: string;
  tenant_id: string;
  /** SHA-256. */
  token_hash: Uint8Array;
  name: string;
  created_at: Moment;
  created_by: string;
  last_used_at: NullableMoment;
}
export interface DeviceAppsTable {
  tenant_id: string;
  device_id: string;
  package: string;
  sha256: string | null;
  app: Json<InstalledApp>;
}
export interface DeviceEventsTable {
  id: string;
  tenant_id: string;
  device_id: string;
  report_id: string;
  kind: string;
  at: Moment;
  network: string | null;
  event: Json<DeviceEvent>;
}
export interface RefusalsTable {
  id: string;
  tenant_id: string;
  device_id: string | null;
  at: Moment;
  code: string;
  detail: string;
  remote: string;
}
export interface ThreatsTable {
  id: string;
  tenant_id: string;
  device_id: string;
  key: string;
  kind: ThreatKind;
  type: string;
  title: string;
  severity: Severity;
  /** Index of `severity` in `SEVERITIES`: 0 is worst. */
  severity_rank: number;
  subject: string | null;
  state: ThreatState;
  findings: Json<Finding[]>;
  opened_at: Moment;
  updated_at: Moment;
  resolved_at: NullableMoment;
}
export interface ThreatHistoryTable {
  id: string;
  tenant_id: string;
  threat_id: string;
  at: Moment;
  /** `opened`, `updated`, `resolved`, `reopened`, `ignored`. */
  change: string;
  by: string;
  note: string | null;
}
export interface PoliciesTable {
  tenant_id: string;
  version: number;
  document: Json<PolicyDocument>;
  created_at: Moment;
  created_by: string;
  note: string;
}
export interface ActionsTable {
  id: string;
  tenant_id: string;
  device_id: string;
  key: string;
  rule_id: string;
  rule_title: string;
  connector: ConnectorKind;
  effect: string;
  audience: 'admin' | 'user';
  undo: boolean;
  state: ActionState;
  phase: Defaulted<'do' | 'undo'>;
  attempted: Defaulted<boolean>;
  wanted_at: Moment;
  not_before: Moment;
  sent_at: NullableMoment;
  undone_at: NullableMoment;
  attempts: Defaulted<number>;
  next_attempt_at: NullableMoment;
  leased_until: NullableMoment;
  last_detail: string | null;
  delivery: NullableJson<object>;
  undo_delivery: NullableJson<object>;
}
/** `sealed` is `sealer.seal(UTF-8 of JSON.stringify(settings with secrets))`: a `WebhookSettings` or an `EmailSettings`. `settings` is the same without secrets. */
export interface ConnectorsTable {
  tenant_id: string;
  kind: ConnectorKind;
  settings: Json<Record<string, unknown>>;
  sealed: Uint8Array;
  updated_at: Moment;
  updated_by: string;
}
export interface AppraisalsTable {
  tenant_id: string;
  sha256: string;
  platform: Platform;
  package: string;
  label: string | null;
  version_name: string | null;
  version_code: number | null;
  verdict: Verdict;
  malice: number;
  data_risk: number;
  /** As it counts: with what is suppressed marked. */
  report: Json<Appraisal>;
  appraised_at: Moment;
  /** The last day (ISO 8601, UTC) on which all suppressions that it rests on hold; null when it rests on none. */
  suppressed_until: Generated<string | null>;
}
export interface SuppressionsTable {
  id: string;
  tenant_id: string;
  rule: string;
  suppression: Json<Suppression>;
  created_at: Moment;
}
export interface AppraisalJobsTable {
  id: string;
  tenant_id: string;
  file_name: string;
  size: number;
  sha256: string;
  state: 'queued' | 'running' | 'done' | 'failed';
  progress: Defaulted<number>;
  stage: Defaulted<string>;
  error: string | null;
  created_at: Moment;
  created_by: string;
}
export interface JobsTable {
  id: string;
  queue: string;
  tenant_id: string;
  payload: Json<Record<string, unknown>>;
  dedupe_key: string | null;
  created_at: Moment;
  run_at: Moment;
  attempts: Defaulted<number>;
  lease_id: string | null;
  leased_until: NullableMoment;
  dead_at: NullableMoment;
  last_error: string | null;
}

export interface Database {
  tenants: TenantsTable;
  users: UsersTable;
  sessions: SessionsTable;
  audit: AuditTable;
  enrolment_tokens: EnrolmentTokensTable;
  devices: DevicesTable;
  reports: ReportsTable;
  device_evidence: DeviceEvidenceTable;
  device_apps: DeviceAppsTable;
  device_usage: DeviceUsageTable;
  device_events: DeviceEventsTable;
  attestation_challenges: AttestationChallengesTable;
  device_attestations: DeviceAttestationsTable;
  device_attested_keys: DeviceAttestedKeysTable;
  attestation_settings: AttestationSettingsTable;
  network_settings: NetworkSettingsTable;
  device_tunnels: DeviceTunnelsTable;
  gateway_tokens: GatewayTokensTable;
  refusals: RefusalsTable;
  threats: ThreatsTable;
  threat_history: ThreatHistoryTable;
  policies: PoliciesTable;
  actions: ActionsTable;
  connectors: ConnectorsTable;
  appraisals: AppraisalsTable;
  suppressions: SuppressionsTable;
  appraisal_jobs: AppraisalJobsTable;
  jobs: JobsTable;
}

/** A transaction of one tenant (`Store.withTenant`), or of none (`Store.withoutTenant`). */
export type Tx = Transaction<Database>;
