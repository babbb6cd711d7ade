import {
  ActionList,
  DeviceDetail,
  type PolicyAction,
  type PolicyDocument,
  type PolicyRule,
  PolicyVersion,
  ReportAck,
} from '@vedette/contracts';
import { DEFAULT_POLICY } from '@vedette/policy';
import { type MailServer, startMailServer, startWebhookReceiver, type WebhookReceiver } from '@vedette/testkit';
import { afterEach, beforeEach, expect } from 'vitest';
import { ASSESS_QUEUE, type ServerContext } from '../../context.ts';
import { createTestServer, type TestOrganisation, type TestServer } from '../../testing/create-test-server.ts';
import { REASSESS_ALL_QUEUE, startAssessmentWorker } from '../assessment/worker.ts';
import { anObservation, enrolTestAgent, type TestAgent } from '../ingest/agent.fixture.ts';
import { sendDueActions } from './worker.ts';

export let server: TestServer;
export let acme: TestOrganisation;
export let agent: TestAgent;
export let hook: WebhookReceiver;
export let mail: MailServer;
let worker: AsyncDisposable;
export const signal = new AbortController().signal;

/** One server with an organisation, a receiver of webhooks and one of mail, new for each test of the file. */
export function usePipeline(): void {
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
}

export function anAction(more: Partial<PolicyAction> = {}): PolicyAction {
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
export const LOCK: PolicyRule = {
  id: 'no-screen-lock',
  title: 'Screen lock is off',
  enabled: true,
  when: 'signals["lock.screen"].status == "bad"',
  severity: 'high',
  compliance: 'non-compliant',
  userText: 'Set a PIN.',
  actions: [anAction()],
};
export const aDocument = (...rules: PolicyRule[]): PolicyDocument => ({ ...DEFAULT_POLICY, name: 'Test', rules });

export async function settle(): Promise<void> {
  await server.context.jobs.idle(REASSESS_ALL_QUEUE);
  await server.context.jobs.idle(ASSESS_QUEUE);
}
/** Sends until nothing is due, as the worker does. */
export async function send(context: ServerContext = server.context): Promise<void> {
  while ((await sendDueActions(context, signal)) > 0) await settle();
}
export function later(minutes: number): void {
  server.now = new Date(server.now.getTime() + minutes * 60_000);
}
/** Time goes by with people at work, so that their sessions stay open. */
export async function pass(hours: number): Promise<void> {
  for (let left = hours; left > 0; left -= 1) {
    later(60);
    for (const person of [acme.admin, acme.viewer]) await person.send('GET', '/session');
  }
}
export async function usePolicy(...rules: PolicyRule[]): Promise<void> {
  const { version } = await acme.admin.get('/policy', PolicyVersion);
  const response = await acme.admin.send('PUT', '/policy', {
    document: aDocument(...rules),
    note: 'test',
    basedOn: version,
  });
  expect(response.statusCode).toBe(200);
}
export const setUpWebhook = () =>
  acme.admin.send('PUT', '/connectors/webhook', { url: hook.url, secret: hook.secret, allowPrivateAddress: true });
export const setUpMail = () =>
  acme.admin.send('PUT', '/connectors/email', {
    host: mail.host,
    port: mail.port,
    security: 'none',
    username: null,
    password: null,
    from: 'vedette@example.org',
    adminRecipients: ['admin@example.org'],
  });
export const lock = (kind: 'NONE' | 'PIN') => ({ observations: [anObservation(server, 'lock.credential', kind)] });
export async function report(more: Parameters<TestAgent['full']>[0]): Promise<ReportAck> {
  const response = await agent.send(agent.full(more));
  expect(response.statusCode).toBe(200);
  await settle();
  return ReportAck.parse(response.json());
}
export const device = () => acme.viewer.get(`/devices/${agent.deviceId}`, DeviceDetail);
export const actions = async () => (await acme.viewer.get('/actions', ActionList)).items;
export const states = async () => (await actions()).map((action) => action.state).sort();

/** A device of the organisation, enrolled; `agent` from then on. */
export async function enrol(): Promise<void> {
  agent = await enrolTestAgent(server, acme);
}
