import type { Appraisal, AppraisalJob } from '@vedette/contracts';
import type { AppraisalJobsTable, Tx } from '@vedette/store';
import type { Selectable } from 'kysely';
import type { ServerContext } from '../../context.ts';
import { reassessDevicesWith } from './reassess-devices.ts';
import type { ServedIndicators } from './server-indicators.ts';
import { countedAppraisal } from './suppression-store.ts';

export const APPRAISE_QUEUE = 'appraise';
const NEWEST = 50;

export function viewJob(row: Selectable<AppraisalJobsTable>): AppraisalJob {
  return {
    id: row.id,
    fileName: row.file_name,
    size: row.size,
    sha256: row.sha256,
    state: row.state,
    progress: row.progress,
    stage: row.stage,
    error: row.error,
    createdAt: row.created_at.toISOString(),
  };
}

export async function newestJobs(tx: Tx): Promise<AppraisalJob[]> {
  const rows = await tx
    .selectFrom('appraisal_jobs')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(NEWEST)
    .execute();
  return rows.map(viewJob);
}

export async function readJob(tx: Tx, id: string): Promise<AppraisalJob | null> {
  const row = await tx.selectFrom('appraisal_jobs').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : viewJob(row);
}

/** Changes a job that has not ended. @returns null when it has, or is gone */
export async function changeJob(
  tx: Tx,
  id: string,
  change: Partial<Pick<AppraisalJob, 'state' | 'progress' | 'stage' | 'error'>>,
): Promise<AppraisalJob | null> {
  const row = await tx
    .updateTable('appraisal_jobs')
    .set(change)
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : viewJob(row);
}

/** Keeps an appraisal, and asks for every active device that has this build to be assessed again. */
export async function saveAppraisal(
  tx: Tx,
  context: Pick<ServerContext, 'jobs'>,
  tenantId: string,
  appraisal: Appraisal,
  now: Date,
  known: ServedIndicators | null = null,
): Promise<void> {
  const { appraisal: counted, until } = await countedAppraisal(tx, appraisal, now, known);
  const { app, file } = counted;
  const values = {
    platform: app.platform,
    package: app.package,
    label: app.label,
    version_name: app.versionName,
    version_code: app.versionCode,
    verdict: counted.verdict,
    malice: counted.score.malice.value,
    data_risk: counted.score.dataRisk.value,
    report: JSON.stringify(counted),
    appraised_at: now,
    suppressed_until: until,
  };
  await tx
    .insertInto('appraisals')
    .values({ tenant_id: tenantId, sha256: file.sha256, ...values })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'sha256']).doUpdateSet(values))
    .execute();
  await reassessDevicesWith(tx, context, tenantId, file.sha256);
}
