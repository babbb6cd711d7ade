import { appraise } from '@vedette/appraisal';
import { createNodeHost } from '@vedette/bytes/node';
import { AppDetail, AppList, type Appraisal, AppSuppression, AppSuppressionList, Problem } from '@vedette/contracts';
import { buildApk } from '@vedette/formats/builders';
import { readAppImage } from '@vedette/program';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestServer, type TestOrganisation, type TestServer } from '../../testing/create-test-server.ts';
import { addDevice, addInstalledApp } from '../../testing/seed.ts';
import { sweepDevices } from '../assessment/worker.ts';
import { readApp } from './app-store.ts';
import { saveAppraisal } from './appraisal-jobs.ts';

let server: TestServer;
let acme: TestOrganisation;
beforeEach(async () => {
  server = await createTestServer();
  acme = await server.addOrganisation();
});
afterEach(() => server[Symbol.asyncDispose]());

const RULE = 'android.manifest.debuggable';
const REQUEST = { rule: RULE, reason: 'A build for our own testers', until: '2026-06-30' };

function appraised(versionCode: number, name = 'com.example.app', more: Record<string, unknown> = {}): Appraisal {
  const bytes = buildApk({
    manifest: { package: name, versionCode, application: { 'android:debuggable': true }, ...more },
  });
  const { value } = readAppImage(bytes, { name: `${name}-${versionCode}.apk`, host: createNodeHost() });
  if (value === null) throw new Error('the fixture is no app');
  return appraise(value, { version: '0', now: server.now.toISOString() });
}

async function save(appraisal: Appraisal, tenantId = acme.tenantId): Promise<string> {
  await server.database.store.withTenant(tenantId, (tx) =>
    saveAppraisal(tx, server.context, tenantId, appraisal, server.now),
  );
  return appraisal.file.sha256;
}
const detail = (sha256: string, client = acme.viewer): Promise<AppDetail> => client.get(`/apps/${sha256}`, AppDetail);
const suppress = async (request: object = REQUEST): Promise<AppSuppression> => {
  const answer = await acme.admin.send('POST', '/suppressions', request);
  expect(answer.statusCode).toBe(201);
  return AppSuppression.parse(answer.json());
};
const ruleOf = ({ appraisal }: AppDetail) => appraisal.findings.find(({ ruleId }) => ruleId === RULE);
const waitingJobs = () =>
  server.database.store.withoutTenant((tx) => tx.selectFrom('jobs').select(['queue', 'payload']).execute());

describe('a suppression', () => {
  it('takes a finding out of the scores of every build, says so, and asks for the devices that have one to be assessed', async () => {
    const sha256 = await save(appraised(1));
    const deviceId = await addDevice(server, acme.tenantId, { name: 'phone' });
    await addInstalledApp(server, acme.tenantId, { deviceId, package: 'com.example.app', sha256 });
    const before = await detail(sha256);
    const made = await suppress();
    expect(made.suppression).toEqual({ ...REQUEST, by: expect.any(String) });
    const after = await detail(sha256);
    expect(ruleOf(after)?.suppressed).toMatchObject({ reason: REQUEST.reason, until: REQUEST.until });
    expect(after.summary.dataRisk).toBeLessThan(before.summary.dataRisk);
    expect(after.appraisal.score.dataRisk.value).toBeCloseTo(after.summary.dataRisk, 4);
    expect(after.suppressions).toEqual([made]);
    expect(await waitingJobs()).toEqual([{ queue: 'assess', payload: { deviceId } }]);
    expect((await acme.viewer.get('/suppressions', AppSuppressionList)).items).toEqual([made]);
  });

  it('holds for builds that are appraised later, and not for another organisation', async () => {
    const other = await server.addOrganisation('Other');
    await suppress({ ...REQUEST, package: 'com.example.app' });
    const mine = await save(appraised(1));
    expect(ruleOf(await detail(mine))?.suppressed).toBeDefined();
    expect(ruleOf(await detail(await save(appraised(1, 'com.example.other'))))?.suppressed).toBeUndefined();
    await save(appraised(1), other.tenantId);
    const theirs = await detail(mine, other.viewer);
    expect(ruleOf(theirs)?.suppressed).toBeUndefined();
    expect(theirs.suppressions).toEqual([]);
  });

  it('that is lifted counts again, exactly as before', async () => {
    const sha256 = await save(appraised(1));
    const before = await detail(sha256);
    const { id } = await suppress();
    expect((await acme.admin.send('DELETE', `/suppressions/${id}`)).statusCode).toBe(204);
    const after = await detail(sha256);
    expect(after.summary).toEqual(before.summary);
    expect(after.appraisal.score).toEqual(before.appraisal.score);
    expect(after.appraisal.verdict).toEqual(before.appraisal.verdict);
    expect(ruleOf(after)?.suppressed).toBeUndefined();
    expect((await acme.admin.send('DELETE', `/suppressions/${id}`)).statusCode).toBe(404);
  });

  it('that runs out counts again with the next sweep', async () => {
    const sha256 = await save(appraised(1));
    await addDevice(server, acme.tenantId, { name: 'phone' });
    const before = await detail(sha256);
    await suppress();
    server.now = new Date('2026-07-01T00:30:00Z');
    await sweepDevices(server.context);
    // The sessions have run out as well.
    const after = await server.database.store.withTenant(acme.tenantId, (tx) => readApp(tx, sha256, server.now));
    if (after === null) throw new Error('the app is gone');
    expect(after.summary.dataRisk).toBe(before.summary.dataRisk);
    expect(after.appraisal.suppression?.warnings).toEqual([
      expect.stringContaining(`The suppression of ${RULE} ran out on 2026-06-30`),
    ]);
    expect(after.suppressions).toMatchObject([{ expired: true }]);
  });

  it.each([
    ['of no rule', { rule: 'android.no-such-rule' }],
    ['without a reason', { reason: '  ' }],
    ['that is over', { until: '2026-02-28' }],
    ['for ever', { until: '2199-01-01' }],
    ['with a key that nobody knows', { pakcage: 'com.example.app' }],
  ])('%s is refused', async (_, change) => {
    const answer = await acme.admin.send('POST', '/suppressions', { ...REQUEST, ...change });
    expect([answer.statusCode, Problem.parse(answer.json()).code]).toEqual([422, 'invalid']);
    expect((await acme.viewer.get('/suppressions', AppSuppressionList)).items).toEqual([]);
  });

  it('is an administrator’s to make and to lift', async () => {
    const { id } = await suppress();
    expect((await acme.viewer.send('POST', '/suppressions', REQUEST)).statusCode).toBe(403);
    expect((await acme.viewer.send('DELETE', `/suppressions/${id}`)).statusCode).toBe(403);
    const other = await server.addOrganisation('Other');
    expect((await other.admin.send('DELETE', `/suppressions/${id}`)).statusCode).toBe(404);
  });
});

describe('what is known of an app', () => {
  it('is its other builds, who signed them, how many devices have it, and what changed', async () => {
    const old = await save(appraised(1));
    const now = await save(appraised(3, 'com.example.app', { permissions: ['android.permission.READ_SMS'] }));
    const newer = await save(appraised(7));
    const deviceId = await addDevice(server, acme.tenantId, { name: 'phone' });
    await addDevice(server, acme.tenantId, { name: 'tablet' });
    await addInstalledApp(server, acme.tenantId, { deviceId, package: 'com.example.app', sha256: old });
    const { reputation, difference } = await detail(now);
    expect(reputation).toMatchObject({ devices: 1, activeDevices: 2, firstAppraisedAt: server.now.toISOString() });
    expect(reputation.builds.map(({ sha256, versionCode }) => [sha256, versionCode])).toEqual([
      [newer, 7],
      [old, 1],
    ]);
    expect(reputation.builds.map(({ signer }) => signer)).toEqual(['unknown', 'unknown']);
    expect(difference?.before.sha256).toBe(old);
    expect(difference?.permissions.added.map(({ name }) => name)).toEqual(['android.permission.READ_SMS']);
    expect((await detail(old)).difference).toBeNull();
  });

  it('is the other apps of its signer, if the signature was verified', async () => {
    const key = 'ab'.repeat(32);
    const signed = (name: string, verified: 'verified' | 'failed'): Appraisal => {
      const appraisal = appraised(1, name);
      const signer = { scheme: 'v2', subject: 'CN=x', issuer: 'CN=x', notBefore: null, notAfter: null } as const;
      const keys = { keyAlgorithm: 'RSA', keyBits: 2048, signatureAlgorithm: 'RSA', sha256: key, verified };
      return { ...appraisal, app: { ...appraisal.app, signers: [{ ...signer, ...keys }] } };
    };
    const one = await save(signed('com.example.one', 'verified'));
    const two = await save(signed('com.example.two', 'verified'));
    const copied = await save(signed('com.example.copied', 'failed'));
    expect((await detail(one)).reputation.sameSigner.map(({ sha256 }) => sha256)).toEqual([two]);
    expect((await detail(copied)).reputation.sameSigner).toEqual([]);
    expect((await acme.viewer.get('/apps', AppList)).total).toBe(3);
  });
});
