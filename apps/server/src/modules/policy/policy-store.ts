import type { PolicyUpdate, PolicyVersion, PolicyVersionList } from '@vedette/contracts';
import { compilePolicy } from '@vedette/policy';
import type { Tx } from '@vedette/store';
import { sql } from 'kysely';
import type { Actor } from '../../actor.ts';
import type { ServerContext } from '../../context.ts';
import { problem } from '../../http/problem.ts';
import { reassessAllJob } from '../assessment/worker.ts';

const MOST_VERSIONS = 200;

/** The policy in force: the newest version. */
export async function readPolicy(tx: Tx): Promise<PolicyVersion> {
  const row = await tx.selectFrom('policies').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst();
  if (row === undefined) throw problem(404, 'not-found', 'Your organisation has no policy');
  return {
    version: row.version,
    document: row.document,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    note: row.note,
  };
}

/** Newest first, without the documents. */
export async function listPolicyVersions(tx: Tx): Promise<PolicyVersionList> {
  const rows = await tx
    .selectFrom('policies')
    .select([
      'version',
      'created_at',
      'created_by',
      'note',
      sql<number>`jsonb_array_length(document -> 'rules')`.as('rules'),
    ])
    .orderBy('version', 'desc')
    .limit(MOST_VERSIONS)
    .execute();
  return {
    items: rows.map((row) => ({
      version: row.version,
      createdAt: row.created_at.toISOString(),
      createdBy: row.created_by,
      note: row.note,
      rules: row.rules,
    })),
  };
}

/**
 * Writes the next version and asks for every device to be assessed under it.
 * @throws HttpProblem 422 with the errors of the document; 409 when somebody else saved a version meanwhile
 */
export async function savePolicy(
  { store, jobs, clock }: Pick<ServerContext, 'store' | 'jobs' | 'clock'>,
  actor: Actor,
  update: PolicyUpdate,
): Promise<PolicyVersion> {
  const compiled = compilePolicy(update.document);
  if ('errors' in compiled) throw problem(422, 'invalid', 'The policy has errors', [...compiled.errors]);
  return store.mutate(
    actor,
    ({ version }: PolicyVersion) => ({
      action: 'policy.change',
      object: `policy version ${version}`,
      detail: { from: update.basedOn, to: version, note: update.note },
    }),
    async (tx) => {
      // One writer at a time: the organisation's row stands for its list of versions.
      await tx
        .selectFrom('tenants')
        .where('id', '=', actor.tenantId)
        .select('id')
        .forUpdate()
        .executeTakeFirstOrThrow();
      const newest = await readPolicy(tx);
      if (newest.version !== update.basedOn) {
        throw problem(
          409,
          'conflict',
          `Version ${newest.version} was saved meanwhile by ${newest.createdBy}: look at it, then save again`,
        );
      }
      const version = newest.version + 1;
      const createdAt = clock();
      await tx
        .insertInto('policies')
        .values({
          tenant_id: actor.tenantId,
          version,
          document: JSON.stringify(update.document),
          created_at: createdAt,
          created_by: actor.name,
          note: update.note,
        })
        .execute();
      await jobs.enqueue(tx, reassessAllJob(actor.tenantId));
      return {
        version,
        document: update.document,
        createdAt: createdAt.toISOString(),
        createdBy: actor.name,
        note: update.note,
      };
    },
  );
}
