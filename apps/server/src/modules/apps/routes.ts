import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { APP_UPLOAD_LIMIT_BYTES, AppDetail, AppList, AppraisalJob, AppraisalJobList, Sha256 } from '@vedette/contracts';
import { z } from 'zod';
import type { Actor } from '../../actor.ts';
import type { ServerContext } from '../../context.ts';
import type { App } from '../../http/app-type.ts';
import { problem } from '../../http/problem.ts';
import { actorOf } from '../../http/request-actor.ts';
import { AppListQuery, listApps, readApp } from './app-store.ts';
import { APPRAISE_QUEUE, newestJobs, readJob, viewJob } from './appraisal-jobs.ts';
import { receiveUpload, tooLarge, type Uploaded } from './upload.ts';

/** Uploads at a time, over all organisations: each may fill the disk by half a gigabyte. */
const MOST_UPLOADS = 4;

/** GET and POST /apps; GET /apps/:sha256; GET /appraisals and /appraisals/:id. */
export async function appRoutes(app: App, context: ServerContext): Promise<void> {
  const { store, config, newId } = context;
  const read = { permission: 'read' } as const;
  let uploads = 0;
  // The body is not collected in memory: the handler streams it to disk.
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));

  app.get('/apps', { config: read, schema: { querystring: AppListQuery, response: { 200: AppList } } }, (request) =>
    store.withTenant(actorOf(request).tenantId, (tx) => listApps(tx, request.query)),
  );

  app.get(
    '/apps/:sha256',
    { config: read, schema: { params: z.object({ sha256: Sha256 }), response: { 200: AppDetail } } },
    async (request) => {
      const found = await store.withTenant(actorOf(request).tenantId, (tx) =>
        readApp(tx, request.params.sha256, context.clock()),
      );
      if (found === null) throw problem(404, 'not-found', 'No app of this hash was appraised here');
      return found;
    },
  );

  app.post(
    '/apps',
    {
      config: { permission: 'administer' },
      bodyLimit: APP_UPLOAD_LIMIT_BYTES,
      schema: {
        querystring: z.object({ name: z.string().trim().min(1).max(255) }),
        response: { 202: AppraisalJob },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const body: unknown = request.body;
      if (!(body instanceof Readable))
        throw problem(
          415,
          'wrong-content-type',
          'Send the app as the body, with content type application/octet-stream',
        );
      if (Number(request.headers['content-length'] ?? 0) > APP_UPLOAD_LIMIT_BYTES)
        throw tooLarge(APP_UPLOAD_LIMIT_BYTES);
      if (uploads >= MOST_UPLOADS) throw problem(503, 'busy', 'Other apps are being uploaded: try again in a moment');
      uploads += 1;
      try {
        const jobId = newId();
        const uploaded = await receiveUpload(body, config.dataFolder, jobId, APP_UPLOAD_LIMIT_BYTES);
        return await reply
          .code(202)
          .send(await queueAppraisal(context, actor, jobId, fileNameOf(request.query.name), uploaded));
      } finally {
        uploads -= 1;
      }
    },
  );

  app.get('/appraisals', { config: read, schema: { response: { 200: AppraisalJobList } } }, async (request) => ({
    items: await store.withTenant(actorOf(request).tenantId, newestJobs),
  }));

  app.get(
    '/appraisals/:id',
    { config: read, schema: { params: z.object({ id: z.uuid() }), response: { 200: AppraisalJob } } },
    async (request) => {
      const job = await store.withTenant(actorOf(request).tenantId, (tx) => readJob(tx, request.params.id));
      if (job === null) throw problem(404, 'not-found', 'There is no appraisal of this id');
      return job;
    },
  );
}

/** The last part of what may be a path, without control characters: it is shown, never used to open anything. */
function fileNameOf(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? name;
  // oxlint-disable-next-line no-control-regex
  return last.replace(/[\u0000-\u001f\u007f]/g, '').trim() || 'app';
}

async function queueAppraisal(
  { store, jobs, events, clock }: ServerContext,
  actor: Actor,
  jobId: string,
  fileName: string,
  { sha256, size, path }: Uploaded,
): Promise<AppraisalJob> {
  try {
    const row = await store.mutate(
      actor,
      { action: 'app.upload', object: `app ${fileName}`, detail: { sha256, size } },
      async (tx) => {
        const values = {
          id: jobId,
          tenant_id: actor.tenantId,
          file_name: fileName,
          size,
          sha256,
          state: 'queued' as const,
        };
        const inserted = await tx
          .insertInto('appraisal_jobs')
          .values({ ...values, created_at: clock(), created_by: actor.name })
          .returningAll()
          .executeTakeFirstOrThrow();
        await jobs.enqueue(tx, {
          queue: APPRAISE_QUEUE,
          tenantId: actor.tenantId,
          payload: { jobId },
          dedupeKey: jobId,
        });
        return inserted;
      },
    );
    const job = viewJob(row);
    events.publish(actor.tenantId, { type: 'appraisal', job });
    return job;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}
