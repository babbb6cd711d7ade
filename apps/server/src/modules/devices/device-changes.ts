import type { DevicePatch } from '@vedette/contracts';
import type { Actor } from '../../actor.ts';
import { assessJob, type ServerContext } from '../../context.ts';
import { problem } from '../../http/problem.ts';

type Dependencies = Pick<ServerContext, 'store' | 'jobs'>;

interface Change {
  readonly before: { readonly name: string; readonly owner: string | null };
  readonly after: Change['before'];
}

/** Renames a device or says who carries it. Writes no audit line when nothing changes. @throws HttpProblem 404 */
export async function changeDevice(
  { store, jobs }: Dependencies,
  actor: Actor,
  id: string,
  patch: DevicePatch,
): Promise<void> {
  await store.mutate(
    actor,
    ({ before, after }: Change) =>
      before.name === after.name && before.owner === after.owner
        ? null
        : { action: 'device.change', object: `device ${after.name}`, detail: { id, from: before, to: after } },
    async (tx) => {
      const before = await tx
        .selectFrom('devices')
        .where('id', '=', id)
        .select(['name', 'owner'])
        .forUpdate()
        .executeTakeFirst();
      if (before === undefined) throw noSuchDevice();
      const after = {
        name: patch.name ?? before.name,
        owner: patch.owner === undefined ? before.owner : patch.owner === '' ? null : patch.owner,
      };
      await tx.updateTable('devices').set(after).where('id', '=', id).execute();
      // A policy may look at who carries the device.
      await jobs.enqueue(tx, assessJob(actor.tenantId, id));
      return { before, after };
    },
  );
}

/**
 * Retires a device: it is no longer listed, and its reports are refused. What is in force for it outside is taken back by the assessment this asks for.
 * Retiring a retired device changes nothing. @throws HttpProblem 404
 */
export async function retireDevice({ store, jobs }: Dependencies, actor: Actor, id: string): Promise<void> {
  await store.mutate(
    actor,
    ({ name, state }: { name: string; state: 'active' | 'retired' }) =>
      state === 'retired'
        ? null
        : { action: 'device.retire', object: `device ${name}`, detail: { id, from: 'active', to: 'retired' } },
    async (tx) => {
      const before = await tx
        .selectFrom('devices')
        .where('id', '=', id)
        .select(['name', 'state'])
        .forUpdate()
        .executeTakeFirst();
      if (before === undefined) throw noSuchDevice();
      if (before.state === 'active') {
        await tx.updateTable('devices').set({ state: 'retired' }).where('id', '=', id).execute();
        await jobs.enqueue(tx, assessJob(actor.tenantId, id));
      }
      return before;
    },
  );
}

export function noSuchDevice() {
  return problem(404, 'not-found', 'Your organisation has no device of this id');
}
