import { attest, createFetchTransport, createMemoryStores, enrol } from '@vedette/agent';
import {
  AttestationHealth,
  AttestationSettings,
  DeviceDetail,
  DeviceList,
  EnrolmentTokenCreated,
} from '@vedette/contracts';
import {
  createSimulatedAttestor,
  fleetTrust,
  openFleetAuthority,
  planFleet,
  simulateFleet,
} from '@vedette/testkit/fleet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestOrganisation, type TestServer } from '../../testing/create-test-server.ts';
import { PIXEL_FACTS } from '../ingest/agent.fixture.ts';
import { assessNow } from './attestation.fixture.ts';

let server: TestServer;
let acme: TestOrganisation;
const authority = await openFleetAuthority(null);

beforeAll(async () => {
  server = await createTestServer();
  acme = await server.addOrganisation('Acme');
  const trust = fleetTrust(authority);
  const settings = AttestationSettings.parse({
    keyAttestation: { roots: [{ label: 'Simulated fleet', pem: trust.keyAttestationRoot }] },
    appAttest: { appIds: [trust.appId], roots: [{ label: 'Simulated fleet', pem: trust.appAttestRoot }] },
  });
  expect((await acme.admin.send('PUT', '/attestation/settings', { settings })).statusCode).toBe(200);
});
afterAll(() => server[Symbol.asyncDispose]());

/** The server as `fetch` reaches it, without a port. */
const fetchServer: typeof globalThis.fetch = async (input, init) => {
  const response = await server.app.inject({
    method: 'POST',
    url: new URL(input instanceof Request ? input.url : input).pathname,
    headers: init?.headers as Record<string, string>,
    payload: typeof init?.body === 'string' ? init.body : '',
  });
  return new Response(response.body, { status: response.statusCode, headers: { 'content-type': 'application/json' } });
};
const link = async (attestation: 'none' | 'any' | 'hardware', maxUses = 1) =>
  (
    await acme.admin.post(
      '/enrolment/tokens',
      { label: 'Fleet', expiresInHours: 1, maxUses, attestation },
      EnrolmentTokenCreated,
    )
  ).token;

describe('a simulated fleet', { timeout: 60_000 }, () => {
  it('hands in statements when it is asked, and the server tells them apart', async () => {
    const summary = await simulateFleet({
      server: 'http://vedette.test',
      token: await link('none', 30),
      devices: 30,
      historyDays: 0,
      once: true,
      authority,
      version: '0.1.0',
      fetch: fetchServer,
      clock: () => server.now.getTime(),
      wait: () => Promise.resolve(),
      signal: new AbortController().signal,
    });
    expect(summary.refusals).toEqual({});
    expect(summary.statements).toBeGreaterThan(15);
    const { items } = await acme.viewer.get('/devices?limit=100', DeviceList);
    for (const { id } of items) await assessNow(server, acme, id);
    const health = await acme.viewer.get('/attestation/health', AttestationHealth);
    const counts = Object.fromEntries(health.standings.map(({ standing, devices }) => [standing, devices]));
    expect(counts['secure-enclave']).toBeGreaterThan(2);
    expect(counts['trusted-environment']).toBeGreaterThan(2);
    expect(counts['strongbox']).toBeGreaterThan(1);
    // The rooted phone says so itself, by its hardware.
    expect(health.refused).toMatchObject([{ reasons: ['bootloader-unlocked', 'boot-unverified'] }]);
    expect(health.reusedKeys).toMatchObject([{ provisioning: 'factory', devices: 2, suspicious: true }]);
    expect(health.contradictions.map(({ title }) => title)).toContain('Patch level of the system');
    const [thief] = health.reusedKeys[0]?.shown ?? [];
    const { threats } = await acme.viewer.get(`/devices/${thief?.id ?? ''}`, DeviceDetail);
    expect(threats.map(({ type }) => type)).toEqual(expect.arrayContaining(['attestation-refused', 'contradiction']));
  });
});

describe('the agent', () => {
  const [profile] = planFleet({ seed: 'one', devices: 1, now: Date.now(), historyHours: 0, apps: [] });
  if (profile === undefined) throw new Error('a fleet of one has a device');
  const attestor = createSimulatedAttestor({ ...profile, attestation: 'own-key' }, authority, () => ({
    now: server.now.getTime(),
    facts: PIXEL_FACTS,
    rooted: false,
  }));
  const deps = () => {
    const stores = createMemoryStores(globalThis.crypto.subtle);
    const clock = () => server.now.getTime();
    const newId = () => globalThis.crypto.randomUUID();
    const transport = createFetchTransport({
      server: 'http://vedette.test',
      fetch: fetchServer,
      timeoutSignal: (ms) => AbortSignal.timeout(ms),
    });
    return { ...stores, transport, clock, newId };
  };
  const input = (token: string) => ({
    server: 'http://vedette.test',
    token,
    deviceName: null,
    facts: PIXEL_FACTS,
    simulated: false,
    agent: { name: 'test', version: '1' },
  });

  it('proves itself where the link asks for it, and again when it is asked to', async () => {
    if (attestor === null) throw new Error('this profile has a keystore');
    const own = deps();
    const outcome = await enrol(own, { ...input(await link('hardware')), attestor });
    expect(outcome.outcome).toBe('enrolled');
    expect(await attest({ ...own, attestor }, ['key-attestation'])).toMatchObject({
      outcome: 'answered',
      answer: { accepted: true },
    });
    expect(await attest({ ...own, attestor }, ['app-attest'])).toEqual({ outcome: 'unable' });
  });

  it('with nothing that vouches for it is refused by such a link, in words', async () => {
    expect(await enrol(deps(), input(await link('hardware')))).toMatchObject({
      outcome: 'refused',
      code: 'attestation-required',
      detail: 'This enrolment link asks for a statement by the device’s hardware',
    });
  });
});
