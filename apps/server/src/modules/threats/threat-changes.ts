import type { ThreatState } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import type { Actor } from '../../actor.ts';
import { assessJob, type ServerContext } from '../../context.ts';
import { problem } from '../../http/problem.ts';

type Dependencies = Pick<ServerContext, 'store' | 'jobs' | 'clock' | 'newId'>;

interface Change {
  readonly from: 'open' | 'ignored';
  readonly to: 'open' | 'ignored';
  readonly change: 'ignored' | 'reopened';
  readonly note: string | null;
}

/** An administrator decides that a threat does not count, with a reason. It keeps being observed. @throws HttpProblem 404, 409 */
export function ignoreThreat(dependencies: Dependencies, actor: Actor, id: string, reason: string): Promise<void> {
  return changeThreat(dependencies, actor, id, { from: 'open', to: 'ignored', change: 'ignored', note: reason });
}

/** Takes that back. @throws HttpProblem 404, 409 */
export function reopenThreat(dependencies: Dependencies, actor: Actor, id: string): Promise<void> {
  return changeThreat(dependencies, actor, id, { from: 'ignored', to: 'open', change: 'reopened', note: null });
}

/** Writes the state, its line of history and the wish to assess the device again, all in one transaction. */
async function changeThreat(dependencies: Dependencies, actor: Actor, id: string, wanted: Change): Promise<void> {
  const { store, jobs, clock, newId } = dependencies;
  await store.mutate(
    actor,
    (threat: LockedThreat) => ({
      action: wanted.to === 'ignored' ? 'threat.ignore' : 'threat.reopen',
      object: `threat ${threat.title}`,
      detail: {
        id,
        device: threat.device_id,
        from: wanted.from,
        to: wanted.to,
        ...(wanted.note === null ? {} : { reason: wanted.note }),
      },
    }),
    async (tx) => {
      const threat = await lockThreat(tx, id);
      if (threat.state !== wanted.from)
        throw problem(
          409,
          'wrong-state',
          `The threat is ${threat.state}, and only one that is ${wanted.from} can be ${wanted.change}`,
        );
      const now = clock();
      await tx.updateTable('threats').set({ state: wanted.to, updated_at: now }).where('id', '=', id).execute();
      await tx
        .insertInto('threat_history')
        .values({
          id: newId(),
          tenant_id: actor.tenantId,
          threat_id: id,
          at: now,
          change: wanted.change,
          by: actor.name,
          note: wanted.note,
        })
        .execute();
      await jobs.enqueue(tx, assessJob(actor.tenantId, threat.device_id));
      return threat;
    },
  );
}

interface LockedThreat {
  readonly title: string;
  readonly state: ThreatState;
  readonly device_id: string;
}

async function lockThreat(tx: Tx, id: string): Promise<LockedThreat> {
  const threat = await tx
    .selectFrom('threats')
    .where('id', '=', id)
    .select(['title', 'state', 'device_id'])
    .forUpdate()
    .executeTakeFirst();
  if (threat === undefined) throw noSuchThreat();
  return threat;
}

export function noSuchThreat() {
  return problem(404, 'not-found', 'Your organisation has no threat of this id');
}
