import type { DeviceEvent, DeviceFacts, Finding, InstalledApp, RiskLevel, Severity } from '@vedette/contracts';
import { SEVERITIES } from '@vedette/contracts';
import type { TestServer } from './create-test-server.ts';

/** Rows as ingest, assessment and response write them, for tests of what reads them. */
type Where = Pick<TestServer, 'database' | 'now'>;

const RISKS: readonly RiskLevel[] = ['critical', 'high', 'medium', 'low', 'none', 'unknown'];

export const PIXEL: DeviceFacts = {
  platform: 'android',
  manufacturer: 'Google',
  model: 'Pixel 9',
  osVersion: '16',
  sdkLevel: 36,
  build: null,
  patchLevel: '2026-02-05',
};

export interface SeedDevice {
  readonly name: string;
  readonly owner?: string | null;
  readonly risk?: RiskLevel;
  readonly enrolledAt?: Date;
  readonly lastReportAt?: Date | null;
  readonly platform?: 'android' | 'ios';
  readonly state?: 'active' | 'retired';
}

/** @returns the device's id */
export async function addDevice({ database, now }: Where, tenantId: string, seed: SeedDevice): Promise<string> {
  const id = database.newId();
  const platform = seed.platform ?? 'android';
  const risk = seed.risk ?? 'none';
  await database.store.withTenant(tenantId, (tx) =>
    tx
      .insertInto('devices')
      .values({
        id,
        tenant_id: tenantId,
        name: seed.name,
        owner: seed.owner ?? null,
        simulated: false,
        platform,
        facts: JSON.stringify({ ...PIXEL, platform }),
        key_thumbprint: `thumbprint of ${id}`,
        public_key: JSON.stringify({ kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) }),
        enrolled_at: seed.enrolledAt ?? now,
        last_report_at: seed.lastReportAt === undefined ? now : seed.lastReportAt,
        risk_level: risk,
        risk_rank: RISKS.indexOf(risk),
        state: seed.state ?? 'active',
        compliance: risk === 'none' ? 'compliant' : 'non-compliant',
      })
      .execute(),
  );
  return id;
}

export interface SeedThreat {
  readonly deviceId: string;
  readonly title?: string;
  readonly type?: string;
  readonly kind?: 'device' | 'app' | 'network';
  readonly severity?: Severity;
  readonly subject?: string | null;
  readonly state?: 'open' | 'resolved' | 'ignored';
  readonly openedAt?: Date;
  readonly resolvedAt?: Date;
}

/** @returns the threat's id */
export async function addThreat({ database, now }: Where, tenantId: string, seed: SeedThreat): Promise<string> {
  const id = database.newId();
  const severity = seed.severity ?? 'high';
  const findings: Finding[] = [];
  await database.store.withTenant(tenantId, (tx) =>
    tx
      .insertInto('threats')
      .values({
        id,
        tenant_id: tenantId,
        device_id: seed.deviceId,
        key: `key ${id}`,
        kind: seed.kind ?? 'device',
        type: seed.type ?? 'rooted',
        title: seed.title ?? 'The device is rooted',
        severity,
        severity_rank: SEVERITIES.indexOf(severity),
        subject: seed.subject ?? null,
        state: seed.state ?? (seed.resolvedAt === undefined ? 'open' : 'resolved'),
        findings: JSON.stringify(findings),
        opened_at: seed.openedAt ?? now,
        updated_at: seed.openedAt ?? now,
        resolved_at: seed.resolvedAt ?? null,
      })
      .execute(),
  );
  return id;
}

/** @returns the report's id */
export async function addReport(
  { database }: Where,
  tenantId: string,
  { deviceId, at, sequence }: { deviceId: string; at: Date; sequence: number },
): Promise<string> {
  const id = database.newId();
  await database.store.withTenant(tenantId, (tx) =>
    tx
      .insertInto('reports')
      .values({
        report_id: id,
        tenant_id: tenantId,
        device_id: deviceId,
        sequence,
        type: 'full',
        created_at: at,
        received_at: at,
        sha256: 'a'.repeat(64),
        jws: `header.payload of ${id}.signature`,
      })
      .execute(),
  );
  return id;
}

export async function addNetworkEvent(
  { database }: Where,
  tenantId: string,
  { deviceId, network, at }: { deviceId: string; network: string; at: Date },
): Promise<void> {
  const event: DeviceEvent = {
    kind: 'network.tls-interception',
    at: at.toISOString(),
    source: 'network-probe',
    network,
    host: 'example.com',
    expected: 'a',
    seen: 'b',
    note: 'another certificate',
  };
  await database.store.withTenant(tenantId, (tx) =>
    tx
      .insertInto('device_events')
      .values({
        id: database.newId(),
        tenant_id: tenantId,
        device_id: deviceId,
        report_id: database.newId(),
        kind: event.kind,
        at,
        network,
        event: JSON.stringify(event),
      })
      .execute(),
  );
}

export async function addInstalledApp(
  { database }: Where,
  tenantId: string,
  { deviceId, package: name, sha256 }: { deviceId: string; package: string; sha256: string },
): Promise<void> {
  const app: InstalledApp = {
    package: name,
    label: null,
    versionName: '1.0',
    versionCode: 1,
    system: false,
    enabled: true,
    installer: null,
    sha256,
    signers: [],
    signerHints: [],
    grantedPermissions: [],
    firstInstalledAt: null,
    updatedAt: null,
  };
  await database.store.withTenant(tenantId, (tx) =>
    tx
      .insertInto('device_apps')
      .values({ tenant_id: tenantId, device_id: deviceId, package: name, sha256, app: JSON.stringify(app) })
      .execute(),
  );
}

export interface SeedAction {
  readonly deviceId: string;
  readonly state: 'waiting' | 'pending' | 'in-force' | 'failed' | 'undone';
  readonly sentAt?: Date;
  readonly undoneAt?: Date;
  readonly threatIds?: readonly string[];
}

/** @returns the action's id */
export async function addAction({ database, now }: Where, tenantId: string, seed: SeedAction): Promise<string> {
  const id = database.newId();
  const delivery = {
    idempotencyKey: id,
    phase: 'do',
    organisation: 'Example',
    effect: 'notify',
    audience: 'admin',
    at: now.toISOString(),
    device: { id: seed.deviceId, name: 'd', platform: 'android', owner: null, simulated: false },
    rule: { id: 'r', title: 'A rule', severity: 'high', userText: '' },
    decision: { riskLevel: 'high', compliance: 'non-compliant' },
    threats: (seed.threatIds ?? []).map((threatId) => ({
      id: threatId,
      title: 't',
      severity: 'high',
      openedAt: now.toISOString(),
    })),
    link: 'http://localhost:8080/devices/x',
  };
  await database.store.withTenant(tenantId, (tx) =>
    tx
      .insertInto('actions')
      .values({
        id,
        tenant_id: tenantId,
        device_id: seed.deviceId,
        key: `key ${id}`,
        rule_id: 'r',
        rule_title: 'A rule',
        connector: 'webhook',
        effect: 'notify',
        audience: 'admin',
        undo: true,
        state: seed.state,
        wanted_at: now,
        not_before: now,
        sent_at: seed.sentAt ?? null,
        undone_at: seed.undoneAt ?? null,
        delivery: seed.sentAt === undefined ? null : JSON.stringify(delivery),
      })
      .execute(),
  );
  return id;
}
