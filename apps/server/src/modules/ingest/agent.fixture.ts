import { randomUUID } from 'node:crypto';
import {
  AGENT_CONTENT_TYPE,
  AGENT_ENROL_PATH,
  AGENT_REPORT_PATH,
  type AgentPublicKey,
  type DeviceFacts,
  ENROLMENT_JWS_TYPE,
  type EnrolmentRequest,
  EnrolmentResponse,
  EnrolmentTokenCreated,
  type InstalledApp,
  AgentPublicKey as PublicKeySchema,
  REPORT_JWS_TYPE,
  type Report,
} from '@vedette/contracts';
import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import type { TestOrganisation, TestServer } from '../../testing/create-test-server.ts';

export const PIXEL_FACTS: DeviceFacts = {
  platform: 'android',
  manufacturer: 'Google',
  model: 'Pixel 8',
  osVersion: '16',
  sdkLevel: 36,
  build: null,
  patchLevel: '2026-02-05',
};

export interface TestKey {
  readonly publicKey: AgentPublicKey;
  sign(header: Record<string, unknown>, payload: unknown): Promise<string>;
}

/** A key as an agent makes one, able to sign anything: also what a hostile agent would. */
export async function createTestKey(): Promise<TestKey> {
  const pair = await generateKeyPair('ES256', { extractable: true });
  return {
    publicKey: PublicKeySchema.parse(await exportJWK(pair.publicKey)),
    sign: (header, payload) =>
      new CompactSign(new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload)))
        .setProtectedHeader({ alg: 'ES256', ...header })
        .sign(pair.privateKey),
  };
}

export function post(server: TestServer, path: string, body: string, contentType: string = AGENT_CONTENT_TYPE) {
  return server.app.inject({ method: 'POST', url: path, payload: body, headers: { 'content-type': contentType } });
}

export async function newToken(organisation: TestOrganisation, maxUses = 10): Promise<string> {
  const body = { label: 'test', expiresInHours: 24, maxUses };
  return (await organisation.admin.post('/enrolment/tokens', body, EnrolmentTokenCreated)).token;
}

export function enrolmentOf(token: string, more: Partial<EnrolmentRequest> = {}): EnrolmentRequest {
  return {
    schema: 'vedette.enrolment/1',
    token,
    agent: { name: 'test', version: '1' },
    deviceName: 'Ana’s Pixel',
    facts: PIXEL_FACTS,
    simulated: false,
    createdAt: '2026-03-01T12:00:00.000Z',
    ...more,
  };
}

export function signEnrolment(key: TestKey, request: EnrolmentRequest): Promise<string> {
  return key.sign({ typ: ENROLMENT_JWS_TYPE, jwk: key.publicKey }, request);
}

export type FullReport = Extract<Report, { type: 'full' }>;

/** An enrolled device that reports what the test tells it to. */
export interface TestAgent {
  readonly deviceId: string;
  readonly key: TestKey;
  full(more?: Partial<FullReport>): FullReport;
  heartbeat(basedOn: string, more?: Partial<Report>): Report;
  sign(report: Report): Promise<string>;
  send(report: Report): Promise<Awaited<ReturnType<typeof post>>>;
}

export async function enrolTestAgent(server: TestServer, organisation: TestOrganisation): Promise<TestAgent> {
  const key = await createTestKey();
  const jws = await signEnrolment(key, enrolmentOf(await newToken(organisation)));
  const { deviceId } = EnrolmentResponse.parse((await post(server, AGENT_ENROL_PATH, jws)).json());
  let sequence = 0;
  const common = () => {
    sequence += 1;
    return {
      schema: 'vedette.report/1' as const,
      reportId: randomUUID(),
      deviceId,
      sequence,
      createdAt: server.now.toISOString(),
      events: [],
    };
  };
  const sign = (report: Report) => key.sign({ typ: REPORT_JWS_TYPE, kid: deviceId }, report);
  return {
    deviceId,
    key,
    full: (more) => ({
      ...common(),
      type: 'full',
      facts: PIXEL_FACTS,
      observations: [],
      apps: [],
      appsComplete: true,
      ...more,
    }),
    heartbeat: (basedOn, more) => ({ ...common(), type: 'heartbeat', basedOn, ...more }) as Report,
    sign,
    send: async (report) => post(server, AGENT_REPORT_PATH, await sign(report)),
  };
}

export function anObservation(server: TestServer, key: string, value: string): FullReport['observations'][number] {
  const at = server.now.toISOString();
  return { key, value, source: 'agent', trust: 'os-reported', observedAt: at, collectedAt: at };
}

export function anInstalledApp(name: string, more: Partial<InstalledApp> = {}): InstalledApp {
  return {
    package: name,
    label: null,
    versionName: '1',
    versionCode: 1,
    system: false,
    enabled: true,
    installer: 'com.android.vending',
    sha256: null,
    signers: [],
    signerHints: [],
    grantedPermissions: [],
    firstInstalledAt: null,
    updatedAt: null,
    ...more,
  };
}
