import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appraise } from '@vedette/appraisal';
import { createNodeHost } from '@vedette/bytes/node';
import { AppDetail, type Appraisal } from '@vedette/contracts';
import { buildApk } from '@vedette/formats/builders';
import { readAppImage } from '@vedette/program';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestServer, type TestOrganisation, type TestServer } from '../../testing/create-test-server.ts';
import { addDevice, addInstalledApp } from '../../testing/seed.ts';
import { sweepDevices } from '../assessment/worker.ts';
import { saveAppraisal } from './appraisal-jobs.ts';
import { createServerIndicators } from './server-indicators.ts';

let server: TestServer;
let acme: TestOrganisation;
let folder = '';
let clock = 0;
beforeEach(async () => {
  server = await createTestServer();
  acme = await server.addOrganisation();
  folder = join(server.context.config.dataFolder, 'indicators');
  clock = 0;
});
afterEach(() => server[Symbol.asyncDispose]());

const indicators = () => createServerIndicators(folder, pino({ level: 'silent' }), () => clock);
const list = (name: string, text: string): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
};

function appraised(): Appraisal {
  const bytes = buildApk({ manifest: { package: 'com.example.watched', versionCode: 1 } });
  const { value } = readAppImage(bytes, { name: 'app.apk', host: createNodeHost() });
  if (value === null) throw new Error('the fixture is no app');
  return appraise(value, { version: '0', now: server.now.toISOString() });
}
const detail = (sha256: string): Promise<AppDetail> => acme.viewer.get(`/apps/${sha256}`, AppDetail);

describe('lists of indicators on the server', () => {
  it('are read again when a file changes, at most once a minute', async () => {
    const served = indicators();
    expect(await served.current()).toBeNull();
    list('package_names.txt', 'com.example.watched\n');
    expect(await served.current()).toBeNull();
    clock = 61_000;
    const first = await served.current();
    expect(first?.total).toBe(1);
    list('domains.txt', 'evil.test\n');
    clock = 122_000;
    const second = await served.current();
    expect(second?.total).toBe(2);
    expect(second?.digest).not.toBe(first?.digest);
  });

  it('name an app when it is appraised, and judge anew what was there before when they change', async () => {
    const served = indicators();
    const appraisal = appraised();
    const { sha256 } = appraisal.file;
    const { store } = server.database;
    await store.withTenant(acme.tenantId, async (tx) =>
      saveAppraisal(tx, server.context, acme.tenantId, appraisal, server.now, await served.current()),
    );
    expect((await detail(sha256)).appraisal.indicators).toBeUndefined();
    const deviceId = await addDevice(server, acme.tenantId, { name: 'phone' });
    await addInstalledApp(server, acme.tenantId, { deviceId, package: 'com.example.watched', sha256 });

    list('sha256.txt', `${sha256}\n`);
    clock = 61_000;
    server.now = new Date(server.now.getTime() + 3_600_000);
    await sweepDevices({ ...server.context, indicators: served });
    const named = await detail(sha256);
    expect(named.appraisal.verdict).toBe('malicious');
    expect(named.summary.verdict).toBe('malicious');
    expect(named.appraisal.findings[0]).toMatchObject({ ruleId: 'app.indicator.file', severity: 'critical' });

    rmSync(join(folder, 'sha256.txt'));
    list('package_names.txt', 'com.example.other\n');
    clock = 122_000;
    server.now = new Date(server.now.getTime() + 3_600_000);
    await sweepDevices({ ...server.context, indicators: served });
    const cleared = await detail(sha256);
    expect(cleared.appraisal.verdict).toBe(appraisal.verdict);
    expect(cleared.appraisal.indicators).toMatchObject({ total: 1, lists: ['package_names.txt'] });
  });
});
