import {
  type PolicyDocument,
  PolicyPreview,
  type PolicyRule,
  PolicyVersion,
  PolicyVersionList,
  Problem,
} from '@vedette/contracts';
import { DEFAULT_POLICY } from '@vedette/policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ASSESS_QUEUE } from '../../context.ts';
import { createTestServer, type TestOrganisation, type TestServer } from '../../testing/create-test-server.ts';
import { REASSESS_ALL_QUEUE, startAssessmentWorker } from '../assessment/worker.ts';
import { anInstalledApp, anObservation, enrolTestAgent } from '../ingest/agent.fixture.ts';

let server: TestServer;
let acme: TestOrganisation;
let worker: AsyncDisposable;
const ids: string[] = [];

async function settle(): Promise<void> {
  await server.context.jobs.idle(REASSESS_ALL_QUEUE);
  await server.context.jobs.idle(ASSESS_QUEUE);
}

beforeAll(async () => {
  server = await createTestServer();
  acme = await server.addOrganisation('Acme');
  worker = await startAssessmentWorker(server.context);
  for (const kind of ['NONE', 'PIN', 'PIN']) {
    const agent = await enrolTestAgent(server, acme);
    ids.push(agent.deviceId);
    await agent.send(
      agent.full({
        observations: [anObservation(server, 'lock.credential', kind)],
        apps: [anInstalledApp(kind === 'NONE' ? 'com.one' : 'com.two')],
      }),
    );
  }
  await settle();
});
afterAll(async () => {
  await worker[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

function aRule(id: string, when: string, more: Partial<PolicyRule> = {}): PolicyRule {
  return {
    id,
    title: id,
    enabled: true,
    when,
    severity: 'high',
    compliance: 'non-compliant',
    userText: '',
    actions: [],
    ...more,
  };
}
const LOCK = aRule('lock', 'signals["lock.screen"].status == "bad"', {
  actions: [{ id: 'tell', connector: 'email', audience: 'admin', effect: 'notify', waitMinutes: 0, undo: true }],
});
const aDocument = (...rules: PolicyRule[]): PolicyDocument => ({ ...DEFAULT_POLICY, name: 'Test', rules });
const put = (document: PolicyDocument, basedOn: number, client = acme.admin) =>
  client.send('PUT', '/policy', { document, note: 'why', basedOn });
const current = () => acme.viewer.get('/policy', PolicyVersion);
const compliances = () =>
  server.database.store.withTenant(acme.tenantId, async (tx) => {
    const rows = await tx.selectFrom('devices').select(['id', 'compliance']).execute();
    return ids.map((id) => rows.find((row) => row.id === id)?.compliance);
  });

describe('the policy', () => {
  it('begins with the default one and grows by versions, each judged on every device', async () => {
    expect(await current()).toMatchObject({ version: 1, document: DEFAULT_POLICY });
    expect((await put(aDocument(LOCK), 1)).statusCode).toBe(200);
    await settle();
    expect(await compliances()).toEqual(['non-compliant', 'compliant', 'compliant']);
    expect((await put(aDocument(aRule('two', 'apps.exists(a, a.package == "com.two")')), 2)).statusCode).toBe(200);
    await settle();
    expect(await compliances()).toEqual(['compliant', 'non-compliant', 'non-compliant']);
    const { items } = await acme.viewer.get('/policy/versions', PolicyVersionList);
    expect(items.map((item) => [item.version, item.rules, item.note])).toEqual([
      [3, 1, 'why'],
      [2, 1, 'why'],
      [1, DEFAULT_POLICY.rules.length, 'The policy Vedette comes with'],
    ]);
  });

  it('is not saved with errors, and says where they are', async () => {
    const before = await current();
    const response = await put(
      aDocument(
        LOCK,
        aRule('bad', 'signals["nope"].status == "bad"'),
        aRule('redos', 'apps.exists(a, a.package.matches("^(a+)+$"))'),
      ),
      before.version,
    );
    expect(response.statusCode).toBe(422);
    expect(Problem.parse(response.json()).errors?.map((error) => error.path)).toEqual(['rules.1.when', 'rules.2.when']);
    expect(await current()).toEqual(before);
  });

  it('is not overwritten by somebody who has not seen the newest version', async () => {
    const { version } = await current();
    const answers = await Promise.all([put(aDocument(LOCK), version), put(aDocument(), version)]);
    expect(answers.map((answer) => answer.statusCode).sort((a, b) => a - b)).toEqual([200, 409]);
    expect((await current()).version).toBe(version + 1);
    expect((await put(aDocument(), version + 1, acme.viewer)).statusCode).toBe(403);
  });
});

describe('the preview', () => {
  it('says what would change, and changes nothing', async () => {
    await put(aDocument(LOCK), (await current()).version);
    await settle();
    const before = await compliances();
    const document = aDocument(
      { ...LOCK, enabled: false },
      aRule('two', 'apps.exists(a, a.package == "com.two")', { severity: 'low' }),
      aRule('old', 'device.sdkLevel < 20'),
    );
    const preview = await acme.viewer.post('/policy/preview', { document }, PolicyPreview);
    expect(preview).toMatchObject({
      devices: 3,
      before: { nonCompliant: 1, actions: 1 },
      after: { nonCompliant: 2, actions: 0 },
      firing: [
        { ruleId: 'lock', devices: 0 },
        { ruleId: 'two', devices: 2 },
        { ruleId: 'old', devices: 0 },
      ],
    });
    expect(preview.changed.find((one) => one.device.id === ids[0])).toMatchObject({
      before: { compliance: 'non-compliant' },
      after: { compliance: 'compliant', riskLevel: 'none' },
      rules: [],
    });
    expect(preview.changed.find((one) => one.device.id === ids[1])).toMatchObject({
      after: { compliance: 'non-compliant', riskLevel: 'low' },
      rules: ['two'],
    });
    expect(await compliances()).toEqual(before);
    expect(
      (await acme.viewer.send('POST', '/policy/preview', { document: aDocument(aRule('bad', '1 +')) })).statusCode,
    ).toBe(422);
  });
});
