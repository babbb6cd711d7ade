import { SEVERITIES, type ServerEvent, type ThreatChange } from '@vedette/contracts';
import type { PolicyThreat } from '@vedette/policy';
import type { Tx } from '@vedette/store';
import type { ServerContext } from '../../context.ts';
import type { LiveThreatRow } from './device-state.ts';

/** Who the history names when no person decided. */
const BY = 'Vedette';

interface Writing {
  readonly tx: Tx;
  readonly newId: ServerContext['newId'];
  readonly tenantId: string;
  readonly deviceId: string;
  readonly now: Date;
}

/** A threat after the changes, with its row. */
export interface StandingThreat extends PolicyThreat {
  readonly id: string;
}

/**
 * Writes what happened to a device's threats and their history.
 * @param note of the history lines, for a change with a cause of its own
 * @returns the threats that are not resolved, and what to publish after the commit
 */
export async function writeThreatChanges(
  writing: Writing,
  changes: readonly ThreatChange[],
  live: readonly LiveThreatRow[],
  note: string | null = null,
): Promise<{ threats: StandingThreat[]; events: ServerEvent[] }> {
  const before = new Map(live.map((threat) => [threat.key, threat]));
  const threats: StandingThreat[] = [];
  const events: ServerEvent[] = [];
  for (const change of changes) {
    const row = before.get(change.key);
    const written = await writeOne(writing, change, row, note);
    if (written === null) continue;
    const { threat, id } = written;
    if (threat !== null) threats.push(threat);
    if (change.change !== 'unchanged') events.push({ type: 'threat', id, change: change.change });
  }
  return { threats, events };
}

async function writeOne(
  writing: Writing,
  { change, draft }: ThreatChange,
  row: LiveThreatRow | undefined,
  note: string | null,
): Promise<{ id: string; threat: StandingThreat | null } | null> {
  const { tx, tenantId, deviceId, now } = writing;
  if (row !== undefined && draft === null) {
    await tx
      .updateTable('threats')
      .set({ state: 'resolved', resolved_at: now, updated_at: now })
      .where('id', '=', row.id)
      .execute();
    await remember(writing, row.id, 'resolved', note);
    return { id: row.id, threat: null };
  }
  if (draft === null) return null;
  const { key, kind, type, title, severity, subject } = draft;
  const columns = {
    type,
    title,
    severity,
    severity_rank: SEVERITIES.indexOf(severity),
    subject,
    findings: JSON.stringify(draft.findings),
    updated_at: now,
  };
  if (row === undefined) {
    const id = writing.newId();
    await tx
      .insertInto('threats')
      .values({ id, tenant_id: tenantId, device_id: deviceId, key, kind, state: 'open', opened_at: now, ...columns })
      .execute();
    await remember(writing, id, 'opened', note);
    return {
      id,
      threat: { id, key, kind, type, title, severity, subject, state: 'open', openedAt: now.toISOString() },
    };
  }
  if (change === 'updated') {
    await tx.updateTable('threats').set(columns).where('id', '=', row.id).execute();
    await remember(writing, row.id, 'updated', note);
  }
  const openedAt = row.opened_at.toISOString();
  return { id: row.id, threat: { id: row.id, key, kind, type, title, severity, subject, state: row.state, openedAt } };
}

async function remember(
  { tx, newId, tenantId, now }: Writing,
  threatId: string,
  change: string,
  note: string | null,
): Promise<void> {
  await tx
    .insertInto('threat_history')
    .values({ id: newId(), tenant_id: tenantId, threat_id: threatId, at: now, change, by: BY, note })
    .execute();
}
