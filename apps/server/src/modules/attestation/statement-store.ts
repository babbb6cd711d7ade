import { createHash } from 'node:crypto';
import type { DeviceAttestation, Statement, StatementAnswer } from '@vedette/contracts';
import type { DeviceAttestationsTable, Tx } from '@vedette/store';
import type { Selectable } from 'kysely';
import { assessJob, type ServerContext } from '../../context.ts';
import type { JudgedStatement } from './judge-statement.ts';

/** Statements kept of one device; older ones are deleted. */
const MOST_KEPT = 50;
/** Devices with the same key that are looked at again when another shows it. */
const MOST_PEERS = 1_000;

/** SHA-256 of a statement, lower-case hex: to tell one that comes again from another. */
export function digestOf(statement: Statement): string {
  return createHash('sha256').update(JSON.stringify(statement)).digest('hex');
}

export interface ReceivedStatement {
  readonly tenantId: string;
  readonly deviceId: string;
  readonly challengeId: string;
  readonly via: DeviceAttestation['via'];
  readonly statement: Statement;
  readonly judged: JudgedStatement;
  readonly receivedAt: Date;
}

/**
 * Keeps a statement and what follows from it: the key of App Attest with its counter, the attestation key of the device, and that this device, and those that show the same key, are to
 * be assessed. The device's row must be locked: of two statements at once, one comes first.
 */
export async function recordStatement(
  tx: Tx,
  { jobs, newId }: Pick<ServerContext, 'jobs' | 'newId'>,
  received: ReceivedStatement,
): Promise<StatementAnswer> {
  const { tenantId, deviceId, judged, receivedAt, statement } = received;
  const id = newId();
  await tx
    .insertInto('device_attestations')
    .values({
      id,
      tenant_id: tenantId,
      device_id: deviceId,
      challenge_id: received.challengeId,
      kind: judged.kind,
      via: received.via,
      received_at: receivedAt,
      accepted: judged.accepted,
      reasons: JSON.stringify(judged.reasons),
      grade: judged.grade,
      source: judged.source,
      trust: judged.trust,
      facts: JSON.stringify(judged.facts),
      fields: JSON.stringify(judged.fields),
      checks: JSON.stringify(judged.checks),
      statement: JSON.stringify(statement),
      sha256: digestOf(statement),
    })
    .execute();
  if (judged.attested !== null) await keepKey(tx, received, judged.attested);
  const peers = judged.key === null ? [] : await showKey(tx, received, judged.key);
  await forgetOld(tx, deviceId);
  for (const one of new Set([deviceId, ...peers])) await jobs.enqueue(tx, assessJob(tenantId, one));
  return {
    id,
    kind: judged.kind,
    accepted: judged.accepted,
    reasons: [...judged.reasons],
    grade: judged.grade,
    serverTime: receivedAt.toISOString(),
  };
}

async function keepKey(
  tx: Tx,
  { tenantId, deviceId, receivedAt }: ReceivedStatement,
  { publicKey, counter }: NonNullable<JudgedStatement['attested']>,
): Promise<void> {
  const values = { public_key: publicKey, counter, updated_at: receivedAt };
  await tx
    .insertInto('device_attested_keys')
    .values({ device_id: deviceId, tenant_id: tenantId, ...values })
    .onConflict((conflict) => conflict.column('device_id').doUpdateSet(values))
    .execute();
}

/** @returns other devices whose judgement may change: those with the key that is shown now, and with the one that was shown before */
async function showKey(
  tx: Tx,
  { deviceId }: ReceivedStatement,
  { serial, provisioning }: NonNullable<JudgedStatement['key']>,
): Promise<string[]> {
  const before = await tx
    .selectFrom('devices')
    .where('id', '=', deviceId)
    .select('attested_key')
    .executeTakeFirstOrThrow();
  if (before.attested_key === serial) return [];
  await tx
    .updateTable('devices')
    .set({ attested_key: serial, attested_provisioning: provisioning })
    .where('id', '=', deviceId)
    .execute();
  const serials = [serial, ...(before.attested_key === null ? [] : [before.attested_key])];
  const peers = await tx
    .selectFrom('devices')
    .where('attested_key', 'in', serials)
    .where('state', '=', 'active')
    .select('id')
    .limit(MOST_PEERS)
    .execute();
  return peers.map((peer) => peer.id);
}

/** The newest of each kind stays whatever its age: it is what the device stands by. */
async function forgetOld(tx: Tx, deviceId: string): Promise<void> {
  const rows = await tx
    .selectFrom('device_attestations')
    .where('device_id', '=', deviceId)
    .select(['id', 'kind'])
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  if (rows.length <= MOST_KEPT) return;
  const seen = new Set<string>();
  const gone = rows.filter(({ kind }, index) => {
    const first = !seen.has(kind);
    seen.add(kind);
    return index >= MOST_KEPT && !first;
  });
  if (gone.length > 0)
    await tx
      .deleteFrom('device_attestations')
      .where(
        'id',
        'in',
        gone.map(({ id }) => id),
      )
      .execute();
}

/** What was answered to a statement that answered a challenge before; null: there was none, or another one. */
export async function answeredBefore(
  tx: Tx,
  deviceId: string,
  challengeId: string,
  statement: Statement,
): Promise<StatementAnswer | null> {
  const row = await tx
    .selectFrom('device_attestations')
    .where('challenge_id', '=', challengeId)
    .where('device_id', '=', deviceId)
    .where('sha256', '=', digestOf(statement))
    .select(['id', 'kind', 'accepted', 'reasons', 'grade', 'received_at'])
    .executeTakeFirst();
  if (row === undefined) return null;
  const { id, kind, accepted, reasons, grade, received_at } = row;
  return { id, kind, accepted, reasons, grade, serverTime: received_at.toISOString() };
}

/** The newest statement of each kind. */
export async function newestStatements(tx: Tx, deviceId: string): Promise<Selectable<DeviceAttestationsTable>[]> {
  return tx
    .selectFrom('device_attestations')
    .where('device_id', '=', deviceId)
    .distinctOn('kind')
    .selectAll()
    .orderBy('kind')
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}
