import type { Tx } from '@vedette/store';
import { assessJob, type ServerContext } from '../../context.ts';

/** Asks for every active device that has this build to be assessed. */
export async function reassessDevicesWith(
  tx: Tx,
  { jobs }: Pick<ServerContext, 'jobs'>,
  tenantId: string,
  sha256: string,
): Promise<void> {
  const devices = await tx
    .selectFrom('device_apps as i')
    .innerJoin('devices as d', 'd.id', 'i.device_id')
    .where('i.sha256', '=', sha256)
    .where('d.state', '=', 'active')
    .select('d.id')
    .distinct()
    // In one order always: enqueueing locks the waiting job, and two that lock in different orders would wait for each other.
    .orderBy('d.id')
    .execute();
  for (const { id } of devices) await jobs.enqueue(tx, assessJob(tenantId, id));
}
