import { type Assessment, assess } from '@vedette/assessment';
import { compareSeverity, type Decision, RiskLevel, type ServerEvent } from '@vedette/contracts';
import { decide } from '@vedette/policy';
import type { Tx } from '@vedette/store';
import { assessJob, type ServerContext } from '../../context.ts';
import { reconcileActions } from '../response/action-store.ts';
import type { PolicyReader } from './compiled-policy.ts';
import { type DeviceState, readDeviceState } from './device-state.ts';
import { policyApps } from './policy-apps.ts';
import { type StandingThreat, writeThreatChanges } from './threat-writer.ts';

type Dependencies = Pick<ServerContext, 'store' | 'jobs' | 'clock' | 'newId' | 'events' | 'config' | 'vulnerabilities'>;

interface Written {
  readonly events: readonly ServerEvent[];
  readonly nextDue: Date | null;
}

/**
 * Assesses one device and decides about it, in one transaction: signals, findings, threats and their history, the decision, the actions it wants. Running it again with nothing
 * changed writes the same again. What is published is published after the commit.
 */
export async function assessDevice(
  dependencies: Dependencies,
  policies: PolicyReader,
  tenantId: string,
  deviceId: string,
): Promise<void> {
  const { store, events } = dependencies;
  const published = await store.withTenant(tenantId, async (tx) => {
    const now = dependencies.clock();
    const state = await readDeviceState(tx, deviceId, now, dependencies.config.reportIntervalSeconds);
    if (state === null) return [];
    const written =
      state.device.state === 'retired'
        ? await leave(tx, dependencies, tenantId, state, now)
        : await judge(tx, dependencies, policies, tenantId, state, now);
    // An action that waits for its time starts by the assessment of that moment.
    if (written.nextDue !== null)
      await dependencies.jobs.enqueue(tx, { ...assessJob(tenantId, deviceId), runAt: written.nextDue });
    return written.events;
  });
  for (const event of published) events.publish(tenantId, event);
}

async function judge(
  tx: Tx,
  dependencies: Dependencies,
  policies: PolicyReader,
  tenantId: string,
  state: DeviceState,
  now: Date,
): Promise<Written> {
  const { device, evidence, contact, liveThreats, attestation } = state;
  const { version, policy } = await policies.read(tx, tenantId);
  const at = now.toISOString();
  const vulnerabilities = dependencies.vulnerabilities?.current();
  const assessment = assess({
    ...evidence,
    ...(vulnerabilities === undefined ? {} : { vulnerabilities }),
    facts: device.facts,
    contact,
    liveThreats,
    attestation,
    policy: policy.document,
    now: at,
  });
  const writing = { tx, newId: dependencies.newId, tenantId, deviceId: device.id, now };
  const { threats, events } = await writeThreatChanges(writing, assessment.changes, liveThreats);
  const { decision, ruleSince } = decide(policy, {
    device: {
      name: device.name,
      owner: device.owner,
      simulated: device.simulated,
      facts: device.facts,
      lastReportAt: contact.lastReportAt,
      attestation: assessment.attestation,
    },
    signals: assessment.signals,
    threats,
    apps: policyApps(evidence),
    appsComplete: evidence.appsComplete,
    ruleSince: device.rule_since,
    now: at,
    policyVersion: version,
  });
  await writeDecision(tx, device.id, { assessment, decision, ruleSince, threats, now });
  const actions = await reconcileActions(
    tx,
    dependencies,
    { tenantId, deviceId: device.id, owner: device.owner },
    decision,
  );
  return { events: [{ type: 'device', id: device.id }, ...events, ...actions.events], nextDue: actions.nextDue };
}

/** A retired device: nothing is wanted of it any more, what is in force outside is taken back. */
async function leave(
  tx: Tx,
  dependencies: Dependencies,
  tenantId: string,
  { device, liveThreats }: DeviceState,
  now: Date,
): Promise<Written> {
  const writing = { tx, newId: dependencies.newId, tenantId, deviceId: device.id, now };
  const changes = liveThreats.map(({ key }) => ({ change: 'resolved', key, draft: null }) as const);
  const { events } = await writeThreatChanges(writing, changes, liveThreats, 'the device was retired');
  await tx
    .updateTable('devices')
    .set({ assessed_at: now, open_threats: 0, top_threat: null, rule_since: '{}' })
    .where('id', '=', device.id)
    .execute();
  const actions = await reconcileActions(
    tx,
    dependencies,
    { tenantId, deviceId: device.id, owner: device.owner },
    { wanted: [], fired: [] },
  );
  return { events: [{ type: 'device', id: device.id }, ...events, ...actions.events], nextDue: actions.nextDue };
}

interface Outcome {
  readonly assessment: Assessment;
  readonly decision: Decision;
  readonly ruleSince: Record<string, string>;
  readonly threats: readonly StandingThreat[];
  readonly now: Date;
}

async function writeDecision(
  tx: Tx,
  deviceId: string,
  { assessment, decision, ruleSince, threats, now }: Outcome,
): Promise<void> {
  const open = threats
    .filter((threat) => threat.state === 'open')
    .sort((a, b) => compareSeverity(a.severity, b.severity) || (a.title < b.title ? -1 : 1));
  await tx
    .updateTable('devices')
    .set({
      signals: JSON.stringify(assessment.signals),
      findings: JSON.stringify(assessment.findings),
      decision: JSON.stringify(decision),
      rule_since: JSON.stringify(ruleSince),
      attestation: assessment.attestation,
      assessed_at: now,
      risk_level: decision.riskLevel,
      risk_rank: RiskLevel.options.indexOf(decision.riskLevel),
      compliance: decision.compliance,
      open_threats: open.length,
      top_threat: open[0]?.title ?? null,
    })
    .where('id', '=', deviceId)
    .execute();
}
