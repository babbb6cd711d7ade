import type { Decision, PolicyDocument, PolicyPreview } from '@vedette/contracts';
import { type CompiledPolicy, compilePolicy, type DecideInput, decide, type PolicyApp } from '@vedette/policy';
import type { DevicesTable, Tx } from '@vedette/store';
import type { Selectable } from 'kysely';
import type { ServerContext } from '../../context.ts';
import { problem } from '../../http/problem.ts';

/** Devices read and decided at a time; between two batches others get their turn. */
const BATCH = 200;
/** Devices listed with what would change; the counts are of all. */
const MOST_LISTED = 500;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

type DeviceRow = Pick<
  Selectable<DevicesTable>,
  | 'id'
  | 'name'
  | 'owner'
  | 'simulated'
  | 'facts'
  | 'signals'
  | 'rule_since'
  | 'last_report_at'
  | 'decision'
  | 'risk_level'
  | 'attestation'
  | 'compliance'
>;

/**
 * What a document would decide about every active device now, beside what is decided. Nothing is written. It decides over the signals and threats as they stand: thresholds and ages in
 * the document, from which signals and threats are made, take effect with the next assessment only.
 * @throws HttpProblem 422 with the errors of the document
 */
export async function previewPolicy(
  { store, clock }: Pick<ServerContext, 'store' | 'clock'>,
  tenantId: string,
  document: PolicyDocument,
): Promise<PolicyPreview> {
  const compiled = compilePolicy(document);
  if ('errors' in compiled) throw problem(422, 'invalid', 'The policy has errors', [...compiled.errors]);
  const { policy } = compiled;
  const now = clock().toISOString();
  const preview: PolicyPreview = {
    devices: 0,
    before: { nonCompliant: 0, actions: 0 },
    after: { nonCompliant: 0, actions: 0 },
    changed: [],
    firing: [],
  };
  const firing = new Map(document.rules.map((rule) => [rule.id, 0]));
  let after = FIRST_ID;
  for (;;) {
    const inputs = await store.withTenant(tenantId, (tx) => readInputs(tx, policy, after, now));
    for (const { device, input } of inputs) {
      const { decision } = decide(policy, input);
      count(preview, device, decision);
      for (const { ruleId } of decision.fired) firing.set(ruleId, (firing.get(ruleId) ?? 0) + 1);
    }
    const last = inputs.at(-1);
    if (last === undefined || inputs.length < BATCH) break;
    after = last.device.id;
  }
  preview.firing = [...firing].map(([ruleId, devices]) => ({ ruleId, devices }));
  return preview;
}

function count(preview: PolicyPreview, device: DeviceRow, decision: Decision): void {
  preview.devices += 1;
  if (device.compliance === 'non-compliant') preview.before.nonCompliant += 1;
  if (decision.compliance === 'non-compliant') preview.after.nonCompliant += 1;
  preview.before.actions += device.decision?.wanted.length ?? 0;
  preview.after.actions += decision.wanted.length;
  const before = { riskLevel: device.risk_level, compliance: device.compliance };
  const after = { riskLevel: decision.riskLevel, compliance: decision.compliance };
  if (before.riskLevel === after.riskLevel && before.compliance === after.compliance) return;
  if (preview.changed.length >= MOST_LISTED) return;
  const rules = decision.fired.map((rule) => rule.ruleId);
  preview.changed.push({ device: { id: device.id, name: device.name }, before, after, rules });
}

async function readInputs(
  tx: Tx,
  policy: CompiledPolicy,
  after: string,
  now: string,
): Promise<{ device: DeviceRow; input: DecideInput }[]> {
  const devices = await tx
    .selectFrom('devices')
    .where('state', '=', 'active')
    .where('id', '>', after)
    .select([
      'id',
      'name',
      'owner',
      'simulated',
      'facts',
      'signals',
      'rule_since',
      'last_report_at',
      'decision',
      'risk_level',
      'attestation',
      'compliance',
    ])
    .orderBy('id')
    .limit(BATCH)
    .execute();
  if (devices.length === 0) return [];
  const ids = devices.map((device) => device.id);
  const threats = byDevice(await readThreats(tx, ids));
  const readsApps = policy.rules.some((rule) => rule.expression.reads.apps);
  const apps = byDevice(readsApps ? await readApps(tx, ids) : []);
  const complete = new Set(
    (
      await tx
        .selectFrom('device_evidence')
        .where('device_id', 'in', ids)
        .where('apps_complete', '=', true)
        .select('device_id')
        .execute()
    ).map((row) => row.device_id),
  );
  return devices.map((device) => ({
    device,
    input: {
      device: {
        name: device.name,
        owner: device.owner,
        simulated: device.simulated,
        facts: device.facts,
        lastReportAt: device.last_report_at?.toISOString() ?? null,
        attestation: device.attestation,
      },
      signals: device.signals,
      threats: threats.get(device.id) ?? [],
      apps: apps.get(device.id) ?? [],
      appsComplete: complete.has(device.id),
      ruleSince: device.rule_since,
      now,
      policyVersion: 0,
    },
  }));
}

function byDevice<T extends { readonly deviceId: string }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.deviceId);
    if (group === undefined) groups.set(item.deviceId, [item]);
    else group.push(item);
  }
  return groups;
}

async function readThreats(tx: Tx, deviceIds: string[]) {
  const rows = await tx
    .selectFrom('threats')
    .where('device_id', 'in', deviceIds)
    .where('state', '<>', 'resolved')
    .select(['device_id', 'key', 'kind', 'type', 'title', 'severity', 'subject', 'state', 'opened_at'])
    .execute();
  return rows.map(({ device_id, opened_at, state, ...threat }) => ({
    ...threat,
    deviceId: device_id,
    state: state === 'ignored' ? ('ignored' as const) : ('open' as const),
    openedAt: opened_at.toISOString(),
  }));
}

async function readApps(tx: Tx, deviceIds: string[]): Promise<(PolicyApp & { deviceId: string })[]> {
  const rows = await tx
    .selectFrom('device_apps as i')
    .leftJoin('appraisals as p', (join) =>
      join.onRef('p.tenant_id', '=', 'i.tenant_id').onRef('p.sha256', '=', 'i.sha256'),
    )
    .where('i.device_id', 'in', deviceIds)
    .select(['i.device_id', 'i.app', 'p.verdict', 'p.malice', 'p.data_risk'])
    .execute();
  return rows.map(({ device_id, app, verdict, malice, data_risk }) => ({
    ...app,
    deviceId: device_id,
    appraisal:
      verdict === null || malice === null || data_risk === null ? null : { verdict, malice, dataRisk: data_risk },
  }));
}
