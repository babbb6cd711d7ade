import { createHash } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AppDetail, AppList, AppraisalJob, AppraisalJobList, Problem, type ServerEvent } from '@vedette/contracts';
import { buildApk } from '@vedette/formats/builders';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestServer, type TestOrganisation, type TestServer } from '../../testing/create-test-server.ts';
import { addDevice, addInstalledApp } from '../../testing/seed.ts';
import { receiveUpload } from './upload.ts';
import { startAppsWorker } from './worker.ts';

let server: TestServer;
let acme: TestOrganisation;
beforeEach(async () => {
  server = await createTestServer();
  acme = await server.addOrganisation();
});
afterEach(() => server[Symbol.asyncDispose]());

const APK = buildApk();
const SHA256 = createHash('sha256').update(APK).digest('hex');
const uploads = () => readdirSync(join(server.context.config.dataFolder, 'uploads'));
const upload = async (bytes: Uint8Array, name = 'My App.apk') =>
  AppraisalJob.parse(
    (
      await acme.admin.send('POST', `/apps?name=${encodeURIComponent(name)}`, Buffer.from(bytes), {
        headers: { 'content-type': 'application/octet-stream' },
      })
    ).json(),
  );
/** Runs the worker until the queue is empty. */
const work = async () => {
  const worker = await startAppsWorker(server.context);
  await server.context.jobs.idle('appraise');
  await worker[Symbol.asyncDispose]();
};

describe('an uploaded app', () => {
  it('is stored by its hash, appraised in a process of its own, and its file is deleted', async () => {
    const deviceId = await addDevice(server, acme.tenantId, { name: 'phone' });
    await addInstalledApp(server, acme.tenantId, { deviceId, package: 'com.example.app', sha256: SHA256 });
    const events: ServerEvent[] = [];
    server.context.events.subscribe(acme.tenantId, (event) => events.push(event));
    const job = await upload(APK, 'C:\\apps\\My App.apk');
    expect(job).toMatchObject({ fileName: 'My App.apk', sha256: SHA256, size: APK.length, state: 'queued' });
    expect(uploads()).toEqual([`${SHA256}.${job.id}`]);
    await work();
    expect(await acme.viewer.get(`/appraisals/${job.id}`, AppraisalJob)).toMatchObject({
      state: 'done',
      progress: 1,
      error: null,
    });
    expect(uploads()).toEqual([]);
    const { summary, appraisal, devices, thresholds } = await acme.viewer.get(`/apps/${SHA256}`, AppDetail);
    expect(summary).toMatchObject({ sha256: SHA256, devices: 1, package: appraisal.app.package });
    expect(appraisal.file).toEqual({ name: 'My App.apk', container: 'apk', size: APK.length, sha256: SHA256 });
    expect(devices).toEqual([{ id: deviceId, name: 'phone' }]);
    expect(thresholds.malice).toBeGreaterThan(0);
    const states = events.flatMap((event) => (event.type === 'appraisal' ? [event.job.state] : []));
    expect([states[0], states.at(-1)]).toEqual(['queued', 'done']);
    const jobs = await server.database.store.withoutTenant((tx) =>
      tx.selectFrom('jobs').select(['queue', 'payload']).execute(),
    );
    expect(jobs, 'devices that have this build are assessed again').toEqual([
      { queue: 'assess', payload: { deviceId } },
    ]);
    expect((await acme.viewer.get('/apps', AppList)).items).toEqual([summary]);
    expect((await acme.viewer.get('/appraisals', AppraisalJobList)).items.map((item) => item.id)).toEqual([job.id]);
  });

  it('that is no app ends with the reason', async () => {
    const job = await upload(Buffer.from('just some text'), 'notes.apk');
    await work();
    const failed = await acme.viewer.get(`/appraisals/${job.id}`, AppraisalJob);
    expect(failed.state).toBe('failed');
    expect(failed.error).toMatch(/\w{3,}/);
    expect(uploads()).toEqual([]);
    expect((await acme.viewer.get('/apps', AppList)).total).toBe(0);
  });

  it('may be uploaded twice at once without one taking the file of the other', async () => {
    const jobs = [await upload(APK), await upload(APK)];
    await work();
    for (const job of jobs) expect((await acme.viewer.get(`/appraisals/${job.id}`, AppraisalJob)).state).toBe('done');
  });

  it('is analysed again when the server stopped in the middle', async () => {
    const job = await upload(APK);
    const worker = await startAppsWorker(server.context);
    await worker[Symbol.asyncDispose]();
    expect((await acme.viewer.get(`/appraisals/${job.id}`, AppraisalJob)).state).not.toBe('failed');
    await work();
    expect((await acme.viewer.get(`/appraisals/${job.id}`, AppraisalJob)).state).toBe('done');
  });

  it.each([
    ['without a name', '/apps', 'application/octet-stream', 'x', 400, 'invalid'],
    ['of another content type', '/apps?name=a.apk', 'application/json', '{}', 415, 'wrong-content-type'],
    ['that is empty', '/apps?name=a.apk', 'application/octet-stream', '', 422, 'empty'],
  ])('%s is refused', async (_, path, type, body, status, code) => {
    const answer = await acme.admin.send('POST', path, body, { headers: { 'content-type': type } });
    expect([answer.statusCode, Problem.parse(answer.json()).code]).toEqual([status, code]);
    expect(uploads()).toEqual([]);
  });
});

describe('receiveUpload', () => {
  it('stops at the limit and leaves nothing behind, whatever the length was said to be', async () => {
    const { dataFolder } = server.context.config;
    let given = 0;
    const endless = new Readable({
      read() {
        given += 1000;
        this.push(Buffer.alloc(1000));
      },
    });
    await expect(receiveUpload(endless, dataFolder, server.database.newId(), 100_000)).rejects.toMatchObject({
      status: 413,
      code: 'too-large',
    });
    expect(given).toBeLessThan(1_000_000);
    expect(uploads()).toEqual([]);
  });

  it('leaves nothing behind when the sender goes away', async () => {
    const { dataFolder } = server.context.config;
    const cut = new Readable({
      read() {
        this.destroy(new Error('gone'));
      },
    });
    await expect(receiveUpload(cut, dataFolder, server.database.newId(), 1000)).rejects.toThrow('gone');
    expect(uploads()).toEqual([]);
  });
});

it('what a killed server left half uploaded is removed at the next start; what waits for its job is kept', async () => {
  const job = await upload(APK);
  const half = join(server.context.config.dataFolder, 'uploads', `${server.database.newId()}.part`);
  writeFileSync(half, 'half');
  await work();
  expect(existsSync(half)).toBe(false);
  expect((await acme.viewer.get(`/appraisals/${job.id}`, AppraisalJob)).state).toBe('done');
});
