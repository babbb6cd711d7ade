import { existsSync, readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '@vedette/bus';
import type { AppraisalJob } from '@vedette/contracts';
import { z } from 'zod';
import type { ServerContext } from '../../context.ts';
import { APPRAISE_QUEUE, changeJob, readJob, saveAppraisal } from './appraisal-jobs.ts';
import { type AnalysisOutcome, runAnalyser } from './run-analyser.ts';
import { uploadPath } from './upload.ts';

const Payload = z.object({ jobId: z.uuid() });
/** Analysers at a time. Each may use one core and up to two GiB. */
const CONCURRENCY = 1;
/** After this many runs ended by the death of the server, the app itself is the likely cause. */
const MAX_ATTEMPTS = 3;
const PROGRESS_EVERY_MS = 250;
const STALE_UPLOAD_MS = 7 * 86_400_000;

/** Appraises uploaded apps, one after the other, each in a process of its own. */
export async function startAppsWorker(context: ServerContext): Promise<AsyncDisposable> {
  const { jobs, log } = context;
  await removeStaleUploads(context);
  return jobs.work(APPRAISE_QUEUE, {
    concurrency: CONCURRENCY,
    leaseSeconds: 30,
    maxAttempts: MAX_ATTEMPTS,
    handler: (job) => appraiseUpload(context, job),
    onFailure: ({ job, error, dead }) => {
      log.error({ err: error, job: job.id, dead }, 'an appraisal could not be run');
      if (dead)
        void failJob(context, job, 'The server ended several times while it analysed this app').catch(
          (cause: unknown) => log.error({ err: cause }, 'a failed appraisal could not be recorded'),
        );
    },
  });
}

async function appraiseUpload(context: ServerContext, job: Job): Promise<void> {
  const { store, config, clock } = context;
  const { jobId } = Payload.parse(job.payload);
  const { tenantId } = job;
  const entry = await store.withTenant(tenantId, (tx) => readJob(tx, jobId));
  if (entry === null || entry.state === 'done' || entry.state === 'failed') return;
  const path = uploadPath(config.dataFolder, entry.sha256, jobId);
  if (!existsSync(path)) {
    await finish(context, job, entry, { outcome: 'failed', reason: 'The uploaded file is gone: upload it again' });
    return;
  }
  await report(context, tenantId, jobId, { state: 'running', progress: 0, stage: 'starting' });
  const outcome = await runAnalyser({
    path,
    name: entry.fileName,
    version: config.version,
    now: clock(),
    signal: job.signal,
    onProgress: throttledProgress(context, tenantId, jobId),
  });
  // The file stays: the job runs again when the server is back.
  if (outcome.outcome === 'aborted') throw new Error(outcome.reason);
  await finish(context, job, entry, outcome);
  await rm(path, { force: true });
}

async function finish(context: ServerContext, job: Job, entry: AppraisalJob, outcome: AnalysisOutcome): Promise<void> {
  const { store, events, clock } = context;
  const result =
    outcome.outcome === 'done' && outcome.appraisal.file.sha256 !== entry.sha256
      ? ({ outcome: 'failed', reason: 'The analysed file is not the one that was uploaded' } as const)
      : outcome;
  const change =
    result.outcome === 'done'
      ? { state: 'done' as const, progress: 1, stage: 'done', error: null }
      : { state: 'failed' as const, stage: 'failed', error: result.reason };
  const known = (await context.indicators?.current()) ?? null;
  const changed = await store.withTenant(job.tenantId, async (tx) => {
    if (result.outcome === 'done') await saveAppraisal(tx, context, job.tenantId, result.appraisal, clock(), known);
    return changeJob(tx, entry.id, change);
  });
  if (changed !== null) events.publish(job.tenantId, { type: 'appraisal', job: changed });
}

async function failJob(context: ServerContext, job: Job, reason: string): Promise<void> {
  const { jobId } = Payload.parse(job.payload);
  await report(context, job.tenantId, jobId, { state: 'failed', stage: 'failed', error: reason });
}

async function report(
  context: ServerContext,
  tenantId: string,
  jobId: string,
  change: Parameters<typeof changeJob>[2],
): Promise<void> {
  const changed = await context.store.withTenant(tenantId, (tx) => changeJob(tx, jobId, change));
  if (changed !== null) context.events.publish(tenantId, { type: 'appraisal', job: changed });
}

/** Writes progress down a few times a second at most, one after the other; losing one does no harm. */
function throttledProgress(context: ServerContext, tenantId: string, jobId: string) {
  let lastAt = 0;
  let writing = false;
  return (stage: string, progress: number) => {
    const now = performance.now();
    if (writing || now - lastAt < PROGRESS_EVERY_MS) return;
    lastAt = now;
    writing = true;
    report(context, tenantId, jobId, { stage, progress })
      .catch((error: unknown) => context.log.warn({ err: error }, 'progress could not be written'))
      .finally(() => {
        writing = false;
      });
  };
}

/** What a killed server left behind: no upload is at work yet, so every part of one is abandoned; whole ones are kept for a week, for their jobs. */
async function removeStaleUploads({ config, clock }: ServerContext): Promise<void> {
  const folder = join(config.dataFolder, 'uploads');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const age = clock().getTime() - statSync(path).mtimeMs;
    if (name.endsWith('.part') || age > STALE_UPLOAD_MS) await rm(path, { force: true });
  }
}
