import type { ConnectorKind } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import type { ServerContext } from '../../context.ts';
import { reassessAllJob } from '../assessment/worker.ts';

/**
 * To be called in the transaction that sets up or changes a connector. What waited for the connector starts with the assessment this asks for; undos that found no connector are tried
 * at once.
 */
export async function requeueAfterConnectorChange(
  tx: Tx,
  { jobs, clock }: Pick<ServerContext, 'jobs' | 'clock'>,
  tenantId: string,
  kind: ConnectorKind,
): Promise<void> {
  await tx
    .updateTable('actions')
    .set({ next_attempt_at: clock() })
    .where('connector', '=', kind)
    .where('state', 'in', ['pending', 'undo-pending'])
    .execute();
  await jobs.enqueue(tx, reassessAllJob(tenantId));
}
