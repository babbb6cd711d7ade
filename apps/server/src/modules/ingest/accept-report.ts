import { createHash } from 'node:crypto';
import { Report, type ReportAck } from '@vedette/contracts';
import type { DevicesTable, Tx } from '@vedette/store';
import type { Selectable } from 'kysely';
import { assessJob, type ServerContext } from '../../context.ts';
import { readWish } from '../attestation/attestation-wish.ts';
import { readTrust } from '../attestation/settings-store.ts';
import { storeUsage } from '../devices/usage-store.ts';
import { AgentRefused, type RefusedSender } from './agent-refused.ts';
import { isUniqueViolation } from './enrol-device.ts';
import { readPayload } from './read-payload.ts';
import { saneTime } from './sane-time.ts';
import { standingOf } from './standing.ts';
import { storeEvents, storeEvidence } from './store-evidence.ts';
import { claimedDevice, verifyOfDevice } from './verify-jws.ts';

type Dependencies = Pick<ServerContext, 'store' | 'jobs' | 'clock' | 'newId' | 'events' | 'sealer'>;
type Device = Pick<
  Selectable<DevicesTable>,
  'state' | 'platform' | 'last_sequence' | 'last_full_report_id' | 'sequence_gaps' | 'decision'
>;

/** The counter of missing numbers is for people; a device that skips astronomically does not break it. */
const MOST_GAPS = 1_000_000_000;

interface Arrival {
  readonly report: Report;
  readonly jws: string;
  readonly sha256: string;
  readonly sender: RefusedSender & { readonly deviceId: string };
  readonly receivedAt: Date;
}

/**
 * Takes a report. In this order: the device is found by `kid` before anything else is read, the signature is verified, the payload is checked, then everything is written in one
 * transaction with the device's row locked: ledger, evidence, events, sequence, and the wish to assess. The acknowledgement is made after the commit.
 *
 * Sequence: the same report in the same bytes again is acknowledged as a duplicate and changes nothing; another report under a number that was used is `sequence-conflict` (two
 * agents with one key, or one set back); a number below the last one that never arrived is `replay`; numbers skipped are counted.
 * @param jws the body as received
 * @throws AgentRefused
 */
export async function acceptReport(dependencies: Dependencies, jws: string): Promise<ReportAck> {
  const { store, clock, events } = dependencies;
  const deviceId = claimedDevice(jws);
  const device = await store.lookup.device(deviceId);
  if (device === null) throw new AgentRefused('unknown-device', 'This device is not enrolled here. Enrol it again');
  const sender = { tenantId: device.tenantId, deviceId };
  const payload = await verifyOfDevice(jws, device.publicKey, sender);
  const report = readPayload(payload, Report, sender);
  if (report.deviceId !== deviceId)
    throw new AgentRefused('wrong-device', 'The report is about another device than the one that signed it', sender);
  const sha256 = createHash('sha256').update(jws).digest('hex');
  const arrival: Arrival = { report, jws, sha256, sender, receivedAt: clock() };
  const ack = await writing(arrival, () => store.withTenant(device.tenantId, (tx) => take(tx, dependencies, arrival)));
  if (!ack.duplicate) events.publish(device.tenantId, { type: 'device', id: deviceId });
  return ack;
}

/** A report id of another organisation is invisible here and only shows as a conflict of the key. */
async function writing<T>({ sender }: Arrival, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error, 'reports_pkey')) throw conflict(sender);
    throw error;
  }
}

function conflict(sender: RefusedSender): AgentRefused {
  return new AgentRefused(
    'sequence-conflict',
    'Another report was accepted under this number or id. Enrol the device again if this stays',
    sender,
  );
}

async function take(tx: Tx, dependencies: Dependencies, arrival: Arrival): Promise<ReportAck> {
  const { report, sender, receivedAt } = arrival;
  const device = await tx
    .selectFrom('devices')
    .where('id', '=', sender.deviceId)
    .select(['state', 'platform', 'last_sequence', 'last_full_report_id', 'sequence_gaps', 'decision'])
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (device.state === 'retired')
    throw new AgentRefused('device-retired', 'This device was retired. Enrol it again with a new key', sender);
  const common = {
    reportId: report.reportId,
    sequence: report.sequence,
    resendFull: report.type === 'heartbeat' && report.basedOn !== device.last_full_report_id,
    serverTime: receivedAt.toISOString(),
    standing: standingOf(device.decision),
    attestation: await readWish(
      tx,
      { id: sender.deviceId, platform: device.platform },
      await readTrust(tx, dependencies.sealer),
      receivedAt,
    ),
  };
  if (await isDuplicate(tx, device, arrival)) return { ...common, duplicate: true };
  if (report.type === 'full' && report.facts.platform !== device.platform) {
    throw new AgentRefused('wrong-device', `The device was enrolled as ${device.platform}`, sender);
  }
  await write(tx, dependencies, device, arrival);
  return { ...common, duplicate: false };
}

async function isDuplicate(tx: Tx, device: Device, { report, sha256, sender }: Arrival): Promise<boolean> {
  const known = await tx
    .selectFrom('reports')
    .where('device_id', '=', sender.deviceId)
    .where((where) => where.or([where('report_id', '=', report.reportId), where('sequence', '=', report.sequence)]))
    .select(['report_id', 'sha256'])
    .execute();
  if (known.some((row) => row.report_id === report.reportId && row.sha256 === sha256)) return true;
  if (known.length > 0) throw conflict(sender);
  if (report.sequence <= device.last_sequence)
    throw new AgentRefused('replay', 'A later report was already accepted', sender);
  return false;
}

async function write(tx: Tx, { jobs, newId }: Dependencies, device: Device, arrival: Arrival): Promise<void> {
  const { report, jws, sha256, sender, receivedAt } = arrival;
  const { tenantId, deviceId } = sender;
  await tx
    .insertInto('reports')
    .values({
      report_id: report.reportId,
      tenant_id: tenantId,
      device_id: deviceId,
      sequence: report.sequence,
      type: report.type,
      // A clock that runs ahead is kept as stated (within reason), so that the skew can be seen.
      created_at: saneTime(report.createdAt, new Date(receivedAt.getTime() + 10 * 366 * 86_400_000)),
      received_at: receivedAt,
      sha256,
      jws,
    })
    .execute();
  if (report.type === 'full') await storeEvidence(tx, sender, report, receivedAt);
  if (report.usage !== undefined) await storeUsage(tx, sender, report.usage, receivedAt);
  await storeEvents(tx, newId, sender, report, receivedAt);
  const skipped = report.sequence - device.last_sequence - 1;
  await tx
    .updateTable('devices')
    .set({
      last_sequence: report.sequence,
      last_report_at: receivedAt,
      sequence_gaps: Math.min(MOST_GAPS, device.sequence_gaps + skipped),
      ...(report.type === 'full' ? { last_full_report_id: report.reportId, facts: JSON.stringify(report.facts) } : {}),
    })
    .where('id', '=', deviceId)
    .execute();
  await jobs.enqueue(tx, assessJob(tenantId, deviceId));
}
