import { createServer } from 'node:http';
import {
  ActionList,
  ActionView,
  DeviceDetail,
  type PolicyAction,
  type PolicyDocument,
  type PolicyRule,
  PolicyVersion,
  ReportAck,
  ThreatDetail,
} from '@vedette/contracts';
import { DEFAULT_POLICY } from '@vedette/policy';
import { type MailServer, startMailServer, startWebhookReceiver, type WebhookReceiver } from '@vedette/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ASSESS_QUEUE, type ServerContext } from '../../context.ts';
import { createTestServer, type TestOrganisation, type TestServer } from '../../testing/create-test-server.ts';
import { REASSESS_ALL_QUEUE, startAssessmentWorker, sweepDevices } from '../assessment/worker.ts';
import { anInstalledApp, anObservation, enrolTestAgent, type TestAgent } from '../ingest/agent.fixture.ts';
import { sendTest } from './send-test.ts';
import { sendDueActions, startResponseWorker } from './worker.ts';

let server: TestServer;
let acme: TestOrganisation;
let agent: TestAgent;
let hook: WebhookReceiver;
let mail: MailServer;
let worker: AsyncDisposable;
const signal = new AbortController().signal;

beforeEach(async () => {
  server = await createTestServer();
  acme = await server.addOrganisation('Acme');
  worker = await startAssessmentWorker(server.context);
  hook = await startWebhookReceiver({ clock: () => server.now.getTime() });
  mail = await startMailServer();
});
afterEach(async () => {
  await worker[Symbol.asyncDispose]();
  await hook[Symbol.asyncDispose]();
  await mail[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

function anAction(more: Partial<PolicyAction> = {}): PolicyAction {
  return {
    id: 'block',
    connector: 'webhook',
    audience: 'admin',
    effect: 'block-access',
    waitMinutes: 0,
    undo: true,
    ...more,
  };
}
const LOCK: PolicyRule = {
  id: 'no-screen-lock',
  title: 'Screen lock is off',
  enabled: true,
  when: 'signals["lock.screen"].status == "bad"',
  severity: 'high',
  compliance: 'non-compliant',
  userText: 'Set a PIN.',
  actions: [anAction()],
};
const aDocument = (...rules: PolicyRule[]): PolicyDocument => ({ ...DEFAULT_POLICY, name: 'Test', rules });

async function settle(): Promise<void> {
  await server.context.jobs.idle(REASSESS_ALL_QUEUE);
  await server.context.jobs.idle(ASSESS_QUEUE);
}
/** Sends until nothing is due, as the worker does. */
async function send(context: ServerContext = server.context): Promise<void> {
  while ((await sendDueActions(context, signal)) > 0) await settle();
}
function later(minutes: number): void {
  server.now = new Date(server.now.getTime() + minutes * 60_000);
}
/** Time goes by with people at work, so that their sessions stay open. */
async function pass(hours: number): Promise<void> {
  for (let left = hours; left > 0; left -= 1) {
    later(60);
    for (const person of [acme.admin, acme.viewer]) await person.send('GET', '/session');
  }
}
async function usePolicy(...rules: PolicyRule[]): Promise<void> {
  const { version } = await acme.admin.get('/policy', PolicyVersion);
  const response = await acme.admin.send('PUT', '/policy', {
    document: aDocument(...rules),
    note: 'test',
    basedOn: version,
  });
  expect(response.statusCode).toBe(200);
}
const setUpWebhook = () =>
  acme.admin.send('PUT', '/connectors/webhook', { url: hook.url, secret: hook.secret, allowPrivateAddress: true });
const setUpMail = () =>
  acme.admin.send('PUT', '/connectors/email', {
    host: mail.host,
    port: mail.port,
    security: 'none',
    username: null,
    password: null,
    from: 'vedette@example.org',
    adminRecipients: ['admin@example.org'],
  });
const lock = (kind: 'NONE' | 'PIN') => ({ observations: [anObservation(server, 'lock.credential', kind)] });
async function report(more: Parameters<TestAgent['full']>[0]): Promise<ReportAck> {
  const response = await agent.send(agent.full(more));
  expect(response.statusCode).toBe(200);
  await settle();
  return ReportAck.parse(response.json());
}
const device = () => acme.viewer.get(`/devices/${agent.deviceId}`, DeviceDetail);
const actions = async () => (await acme.viewer.get('/actions', ActionList)).items;
const states = async () => (await actions()).map((action) => action.state).sort();

describe('from report to action and back', () => {
  it('blocks a device without a lock, tells why, and takes it back when the lock is set', async () => {
    await setUpWebhook();
    await setUpMail();
    await usePolicy({ ...LOCK, actions: [anAction(), anAction({ id: 'tell', connector: 'email', effect: 'notify' })] });
    agent = await enrolTestAgent(server, acme);
    expect((await report(lock('NONE'))).standing).toMatchObject({ compliance: 'unknown' });
    expect(await device()).toMatchObject({
      compliance: 'non-compliant',
      riskLevel: 'high',
      openThreats: 1,
      topThreat: 'Screen lock is off',
    });
    expect(await states()).toEqual(['pending', 'pending']);
    await send();
    expect(await states()).toEqual(['in-force', 'in-force']);
    const [threat] = (await device()).threats;
    expect(hook.accepted).toMatchObject([
      {
        verified: true,
        json: {
          type: 'vedette.action',
          data: {
            phase: 'do',
            effect: 'block-access',
            organisation: 'Acme',
            rule: { id: LOCK.id, userText: 'Set a PIN.' },
            threats: [{ id: threat?.id }],
          },
        },
      },
    ]);
    expect(mail.received.map((one) => one.subject)).toEqual([
      'Vedette: Ana’s Pixel is not compliant: Screen lock is off',
    ]);

    later(5);
    const told = await report(lock('PIN'));
    expect(told.standing).toMatchObject({
      compliance: 'non-compliant',
      reasons: [{ title: LOCK.title, remedy: 'Set a PIN.' }],
    });
    expect(await device()).toMatchObject({
      compliance: 'compliant',
      riskLevel: 'none',
      openThreats: 0,
      threats: [{ state: 'resolved' }],
    });
    await send();
    expect(await states()).toEqual(['undone', 'undone']);
    expect(hook.accepted[1]?.json).toMatchObject({
      data: { phase: 'undo', decision: { compliance: 'compliant' }, threats: [{ id: threat?.id }] },
    });
    expect(mail.received[1]?.subject).toBe('Vedette: Ana’s Pixel is fine again: solved: Screen lock is off');
    const history = (await acme.viewer.get(`/threats/${threat?.id}`, ThreatDetail)).history;
    expect(history.map((one) => one.change)).toEqual(['opened', 'resolved']);

    later(5);
    await report(lock('NONE'));
    await send();
    expect(hook.accepted.map((one) => one.id)).toHaveLength(3);
    expect(await states()).toEqual(['in-force', 'in-force', 'undone', 'undone']);
  });

  it('keeps a device blocked that falls silent or stops saying, and unblocks it when its threat is ignored', async () => {
    await setUpWebhook();
    await usePolicy(LOCK);
    agent = await enrolTestAgent(server, acme);
    await report(lock('NONE'));
    await send();
    await pass(80);
    expect(await sweepDevices(server.context)).toBe(1);
    await settle();
    await send();
    expect(await states()).toEqual(['in-force']);
    expect(await device()).toMatchObject({ compliance: 'non-compliant' });
    await report({ observations: [] });
    await send();
    expect(await states()).toEqual(['in-force']);
    const threat = (await device()).threats.find((one) => one.type === 'no-screen-lock');
    expect(threat?.state).toBe('open');
    await acme.admin.send('POST', `/threats/${threat?.id}/ignore`, { reason: 'kiosk' });
    await settle();
    await send();
    expect(await states()).toEqual(['undone']);
  });

  it('takes everything back when the device is retired', async () => {
    await setUpWebhook();
    await usePolicy(LOCK);
    agent = await enrolTestAgent(server, acme);
    await report(lock('NONE'));
    await send();
    await acme.admin.send('POST', `/devices/${agent.deviceId}/retire`);
    await settle();
    await send();
    expect(await states()).toEqual(['undone']);
    expect((await device()).threats.map((threat) => threat.state)).toEqual(['resolved']);
  });

  it('finds a malicious app by its build, and its removal', async () => {
    const sha256 = 'a'.repeat(64);
    await server.database.store.withTenant(acme.tenantId, (tx) =>
      tx
        .insertInto('appraisals')
        .values({
          tenant_id: acme.tenantId,
          sha256,
          platform: 'android',
          package: 'com.bad',
          label: 'Bad',
          version_name: '1',
          version_code: 1,
          verdict: 'malicious',
          malice: 90,
          data_risk: 10,
          report: JSON.stringify({ findings: [] }),
          appraised_at: server.now,
        })
        .execute(),
    );
    await usePolicy({ ...LOCK, id: 'bad-app', when: 'threats.exists(t, t.type == "malicious-app")', actions: [] });
    agent = await enrolTestAgent(server, acme);
    await report({ apps: [anInstalledApp('com.bad', { sha256 })] });
    expect(await device()).toMatchObject({
      compliance: 'non-compliant',
      threats: [{ kind: 'app', subject: 'com.bad', severity: 'critical', state: 'open' }],
      decision: { fired: [{ because: ['app:com.bad'] }] },
    });
    await report({ apps: [], appsComplete: false });
    expect(await device()).toMatchObject({ compliance: 'non-compliant', threats: [{ state: 'open' }] });
    await report({ apps: [], appsComplete: true });
    expect(await device()).toMatchObject({ compliance: 'compliant', threats: [{ state: 'resolved' }] });
  });

  it('tells of reports that were copied', async () => {
    await usePolicy(LOCK);
    agent = await enrolTestAgent(server, acme);
    await report(lock('PIN'));
    await agent.send({ ...agent.full(), sequence: 1 });
    await report({ ...lock('PIN'), sequence: 7 });
    expect((await device()).threats).toMatchObject([{ type: 'report-anomaly', severity: 'medium' }]);
  });
});

describe('waiting', () => {
  beforeEach(async () => {
    agent = await enrolTestAgent(server, acme);
  });

  it('starts an action when the rule has fired for long enough, not before', async () => {
    await setUpWebhook();
    await usePolicy({ ...LOCK, actions: [anAction({ waitMinutes: 30 })] });
    await report(lock('NONE'));
    await send();
    expect(await states()).toEqual(['waiting']);
    later(29);
    await settle();
    await send();
    expect(hook.received).toHaveLength(0);
    later(1);
    await settle();
    await send();
    expect(await states()).toEqual(['in-force']);
  });

  it('never sends what ended while it waited', async () => {
    await setUpWebhook();
    await usePolicy({ ...LOCK, actions: [anAction({ waitMinutes: 30 })] });
    await report(lock('NONE'));
    later(10);
    await report(lock('PIN'));
    later(60);
    await settle();
    await send();
    expect(await states()).toEqual(['cancelled']);
    expect(hook.received).toHaveLength(0);
  });

  it('waits for a connector, says so, and starts when it is set up', async () => {
    await usePolicy(LOCK);
    await report(lock('NONE'));
    await send();
    expect(await actions()).toMatchObject([{ state: 'waiting', lastDetail: 'the webhook connector is not set up' }]);
    await setUpWebhook();
    await settle();
    await send();
    expect(await states()).toEqual(['in-force']);
  });

  it('waits for somebody to write to', async () => {
    await setUpMail();
    await usePolicy({
      ...LOCK,
      actions: [anAction({ id: 'tell', connector: 'email', audience: 'user', effect: 'notify' })],
    });
    await report(lock('NONE'));
    expect(await actions()).toMatchObject([
      { state: 'waiting', lastDetail: 'the device has no owner with an e-mail address' },
    ]);
    await acme.admin.send('PATCH', `/devices/${agent.deviceId}`, { owner: 'ana@example.org' });
    await settle();
    await send();
    expect(mail.received).toMatchObject([{ recipients: ['ana@example.org'] }]);
  });

  it('keeps an undo until its connector is back', async () => {
    await setUpWebhook();
    await usePolicy(LOCK);
    await report(lock('NONE'));
    await send();
    await acme.admin.send('DELETE', '/connectors/webhook');
    await report(lock('PIN'));
    await send();
    expect(await states()).toEqual(['undo-pending']);
    await setUpWebhook();
    await settle();
    await send();
    expect(await states()).toEqual(['undone']);
  });
});

describe('sending', () => {
  beforeEach(async () => {
    await setUpWebhook();
    await usePolicy(LOCK);
    agent = await enrolTestAgent(server, acme);
  });

  it('tries again later, with the same bytes under the same key', async () => {
    hook.failNext(2);
    await report(lock('NONE'));
    await send();
    expect(await actions()).toMatchObject([{ state: 'pending', attempts: 1, lastDetail: 'HTTP 503' }]);
    for (let round = 0; round < 3; round += 1) {
      later(1);
      await send();
    }
    expect(await actions()).toMatchObject([{ state: 'in-force', attempts: 3 }]);
    expect(new Set(hook.received.map((one) => `${one.id} ${one.body}`)).size).toBe(1);
    expect(hook.received).toHaveLength(3);
  });

  it('gives up in the end, and a person may retry', async () => {
    hook.failNext(1000);
    await report(lock('NONE'));
    for (let round = 0; round < 20; round += 1) {
      await send();
      await pass(2);
    }
    const [failed] = await actions();
    expect(failed).toMatchObject({ state: 'failed', attempts: 16 });
    hook.failNext(0);
    expect((await acme.viewer.send('POST', `/actions/${failed?.id}/retry`)).statusCode).toBe(403);
    expect(await acme.admin.post(`/actions/${failed?.id}/retry`, undefined, ActionView)).toMatchObject({
      state: 'pending',
    });
    await send();
    expect(await states()).toEqual(['in-force']);
    expect((await acme.admin.send('POST', `/actions/${failed?.id}/retry`)).statusCode).toBe(409);
    expect(new Set(hook.received.map((one) => one.body)).size).toBe(1);
  });

  it('does not take back what was refused at once', async () => {
    hook.failNext(1, 410);
    await report(lock('NONE'));
    await send();
    expect(await states()).toEqual(['failed']);
    await report(lock('PIN'));
    await send();
    expect(await states()).toEqual(['cancelled']);
    expect(hook.received).toHaveLength(1);
  });

  it('sends the same again after a crash between sending and recording', async () => {
    await report(lock('NONE'));
    let calls = 0;
    const dying: ServerContext = {
      ...server.context,
      store: {
        ...server.context.store,
        withTenant: (tenantId, fn) => {
          calls += 1;
          if (calls > 1) return Promise.reject(new Error('killed'));
          return server.context.store.withTenant(tenantId, fn);
        },
      },
    };
    await sendDueActions(dying, signal);
    expect(hook.received).toHaveLength(1);
    await send();
    expect(hook.received).toHaveLength(1);
    expect(await states()).toEqual(['pending']);
    later(2);
    await send();
    expect(await states()).toEqual(['in-force']);
    expect(hook.received).toHaveLength(2);
    expect(hook.accepted).toHaveLength(1);
    expect(new Set(hook.received.map((one) => one.body)).size).toBe(1);
  });

  it('undoes what may have left before it was known to be in force', async () => {
    hook.failNext(1);
    await report(lock('NONE'));
    await send();
    await report(lock('PIN'));
    await send();
    expect(await states()).toEqual(['undone']);
    expect(hook.accepted).toMatchObject([{ json: { data: { phase: 'undo' } } }]);
  });

  it('is done by one of many workers', async () => {
    await report(lock('NONE'));
    await Promise.all(Array.from({ length: 6 }, () => sendDueActions(server.context, signal)));
    expect(hook.received).toHaveLength(1);
  });

  it('lets no receiver that hangs hold up other organisations', async () => {
    const hanging = createServer(() => {});
    await new Promise<void>((done) => hanging.listen(0, '127.0.0.1', done));
    const address = hanging.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const other = await server.addOrganisation('Other');
    await other.admin.send('PUT', '/connectors/webhook', {
      url: `http://127.0.0.1:${port}/`,
      secret: hook.secret,
      allowPrivateAddress: true,
    });
    await other.admin.send('PUT', '/policy', { document: aDocument(LOCK), note: '', basedOn: 1 });
    for (let nth = 0; nth < 6; nth += 1) {
      const theirs = await enrolTestAgent(server, other);
      await theirs.send(theirs.full(lock('NONE')));
    }
    await settle();
    const outbox = await startResponseWorker(server.context);
    await report(lock('NONE'));
    await hook.waitForAccepted(1);
    await outbox[Symbol.asyncDispose]();
    hanging.closeAllConnections();
    await new Promise((done) => hanging.close(done));
    const { items } = await other.viewer.get('/actions', ActionList);
    expect(items.map((action) => action.state)).toEqual(Array(6).fill('pending'));
    expect(items.filter((action) => action.attempts === 1)).toHaveLength(4);
  });

  it('sends a test, and says when there is nothing to test', async () => {
    expect(await sendTest(server.context, acme.tenantId, 'webhook')).toEqual({ ok: true, detail: 'HTTP 204' });
    expect(hook.accepted).toMatchObject([{ json: { type: 'vedette.test' } }]);
    expect(await sendTest(server.context, acme.tenantId, 'email')).toMatchObject({ ok: false });
  });
});
