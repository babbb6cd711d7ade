import { randomBytes } from 'node:crypto';
import {
  AGENT_NETWORK_PATH,
  DeviceTunnelAnswer,
  GATEWAY_PEERS_PATH,
  GatewayPeers,
  type GatewayRequest,
  GatewayTokenCreated,
  GatewayTokenList,
  NETWORK_JWS_TYPE,
  NetworkSettings,
  NetworkSetup,
  Problem,
} from '@vedette/contracts';
import { makeTunnelKeys } from '@vedette/network';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestOrganisation, type TestServer } from '../../testing/create-test-server.ts';
import { enrolTestAgent, post, type TestAgent } from '../ingest/agent.fixture.ts';

const makeKey = (): string => makeTunnelKeys(randomBytes(32)).publicKey;
const GATEWAY = makeKey();

const settings = (more: object = {}) =>
  NetworkSettings.parse({
    tunnel: {
      gateway: { publicKey: GATEWAY, endpoints: [{ host: 'vpn.example.org', port: 51_820 }] },
      pools: ['10.99.0.0/29', 'fd00:99::/64'],
      dns: ['10.99.0.1'],
      rules: {},
      ...more,
    },
  });

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

async function organisation(name: string, tunnel: object | null = {}): Promise<TestOrganisation> {
  const made = await server.addOrganisation(name);
  if (tunnel !== null) await save(made, tunnel);
  return made;
}

async function save(of: TestOrganisation, tunnel: object): Promise<void> {
  const response = await of.admin.send('PUT', '/network/settings', settings(tunnel));
  if (response.statusCode !== 200) throw new Error(response.body);
}

async function ask(agent: TestAgent, tunnelKey: string | null, more: object = {}) {
  const request = {
    schema: 'vedette.network-request/1',
    deviceId: agent.deviceId,
    tunnelKey,
    createdAt: server.now.toISOString(),
    ...more,
  };
  const jws = await agent.key.sign({ typ: NETWORK_JWS_TYPE, kid: agent.deviceId }, request);
  return post(server, AGENT_NETWORK_PATH, jws);
}

const setupOf = async (agent: TestAgent, key: string | null, more: object = {}): Promise<NetworkSetup> =>
  NetworkSetup.parse((await ask(agent, key, more)).json());

const asGateway = (token: string, body: GatewayRequest = { peers: [] }) =>
  server.app.inject({
    method: 'POST',
    url: GATEWAY_PEERS_PATH,
    payload: body,
    headers: { authorization: `Bearer ${token}` },
  });

const tokenOf = async (of: TestOrganisation): Promise<GatewayTokenCreated> =>
  of.admin.post('/network/gateway-tokens', { name: 'vpn1' }, GatewayTokenCreated);

const peersFor = async (token: string): Promise<string[]> =>
  GatewayPeers.parse((await asGateway(token)).json())
    .peers.map(({ publicKey }) => publicKey)
    .toSorted();

describe('a device that asks how to deal with networks', () => {
  it('is told that nothing is set up', async () => {
    const plain = await organisation('Nothing set up', null);
    const setup = await setupOf(await enrolTestAgent(server, plain), makeKey());
    expect(setup).toEqual({
      schema: 'vedette.network-setup/1',
      probeTarget: null,
      probing: { everyMinutes: 15, againSeconds: 60 },
      allowedInspections: [],
      tunnel: null,
      noTunnel: 'not-set-up',
    });
  });

  it('gets an address of each pool, the same again, and keeps it with another key', async () => {
    const one = await organisation('Addresses');
    const [first, second] = [await enrolTestAgent(server, one), await enrolTestAgent(server, one)];
    const key = makeKey();
    const given = await setupOf(first, key);
    expect(given.tunnel?.addresses).toEqual(['10.99.0.2/32', 'fd00:99::2/128']);
    expect(given.tunnel?.gateway.publicKey).toBe(GATEWAY);
    expect(given.tunnel?.rules).toEqual({ raiseAt: 'high', failClosed: true, captiveMinutes: 10, holdMinutes: 60 });
    expect((await setupOf(second, makeKey())).tunnel?.addresses).toEqual(['10.99.0.3/32', 'fd00:99::3/128']);
    expect(await setupOf(first, key)).toEqual(given);
    const later = new Date(server.now.getTime() + 1_000).toISOString();
    const other = makeKey();
    expect((await setupOf(first, other, { createdAt: later })).tunnel?.addresses).toEqual(given.tunnel?.addresses);
    const { token } = await tokenOf(one);
    expect(await peersFor(token)).toContain(other);
    expect(await peersFor(token)).not.toContain(key);
    // The request with the older key again, as somebody who kept it would send it.
    await setupOf(first, key);
    expect(await peersFor(token)).toContain(other);
  });

  it('gets nothing where it brings no key, somebody else’s, or comes too late', async () => {
    const one = await organisation('Little');
    const agents = await Promise.all(Array.from({ length: 7 }, () => enrolTestAgent(server, one)));
    const keys = agents.map(makeKey);
    const [first, ...others] = agents;
    if (first === undefined) throw new Error('no agent');
    expect(await setupOf(first, null)).toMatchObject({ tunnel: null, noTunnel: null });
    // At once: no two may get one address. Of eight addresses one names the block, one is the gateway, one is everybody.
    const setups = await Promise.all(agents.map((agent, at) => setupOf(agent, keys[at] ?? null)));
    const addresses = setups.flatMap(({ tunnel }) => tunnel?.addresses[0] ?? []);
    expect(new Set(addresses).size).toBe(5);
    expect(setups.map(({ noTunnel }) => noTunnel).filter((reason) => reason === 'pool-exhausted')).toHaveLength(2);
    const without = setups.findIndex(({ tunnel }) => tunnel === null);
    const given = setups.findIndex(({ tunnel }) => tunnel !== null);
    const late = agents[without] ?? others[0];
    if (late === undefined) throw new Error('no agent');
    expect((await setupOf(late, keys[given] ?? null)).noTunnel).toBe('key-taken');
  });

  it('gets another address once its own is of no pool', async () => {
    const one = await organisation('Moved');
    const agent = await enrolTestAgent(server, one);
    const key = makeKey();
    await setupOf(agent, key);
    await save(one, { pools: ['10.42.0.0/16'] });
    expect((await setupOf(agent, key)).tunnel?.addresses).toEqual(['10.42.0.2/32']);
  });

  it('is refused with what is no key, and when it is not the one who signs', async () => {
    const one = await organisation('Refused');
    const [agent, other] = [await enrolTestAgent(server, one), await enrolTestAgent(server, one)];
    expect((await ask(agent, 'A'.repeat(44))).statusCode).toBe(400);
    const code = Problem.parse((await ask(agent, makeKey(), { deviceId: other.deviceId })).json()).code;
    expect(code).toBe('wrong-device');
  });
});

describe('a tunnel that is taken away', () => {
  it('is no longer let in, nor given again until it is allowed', async () => {
    const one = await organisation('Taken away');
    const agent = await enrolTestAgent(server, one);
    const key = makeKey();
    await setupOf(agent, key);
    const { token } = await tokenOf(one);
    expect(await peersFor(token)).toEqual([key]);
    await one.admin.send('PUT', `/devices/${agent.deviceId}/tunnel`, { revoked: true });
    expect(await peersFor(token)).toEqual([]);
    expect(await setupOf(agent, makeKey())).toMatchObject({ tunnel: null, noTunnel: 'revoked' });
    await one.admin.send('PUT', `/devices/${agent.deviceId}/tunnel`, { revoked: false });
    expect((await setupOf(agent, key)).tunnel).not.toBeNull();
    expect(await peersFor(token)).toEqual([key]);
  });

  it('goes with its device', async () => {
    const one = await organisation('Retired');
    const agent = await enrolTestAgent(server, one);
    await setupOf(agent, makeKey());
    const { token } = await tokenOf(one);
    expect(await peersFor(token)).toHaveLength(1);
    await one.admin.send('POST', `/devices/${agent.deviceId}/retire`);
    expect(await peersFor(token)).toEqual([]);
    expect(Problem.parse((await ask(agent, makeKey())).json()).code).toBe('device-retired');
  });
});

describe('the host of the tunnels', () => {
  it('is told of its own organisation alone, with what it expects of the gateway', async () => {
    const [mine, theirs] = [await organisation('Mine'), await organisation('Theirs')];
    const key = makeKey();
    await setupOf(await enrolTestAgent(server, mine), key);
    const { token } = await tokenOf(mine);
    expect(GatewayPeers.parse((await asGateway(token)).json())).toEqual({
      schema: 'vedette.gateway-peers/1',
      publicKey: GATEWAY,
      peers: [{ publicKey: key, allowedIps: ['10.99.0.2/32', 'fd00:99::2/128'] }],
      refreshSeconds: 15,
    });
    expect(await peersFor((await tokenOf(theirs)).token)).toEqual([]);
  });

  it('is refused without a token, with another, and with one that was deleted', async () => {
    const one = await organisation('Tokens');
    expect((await asGateway('x'.repeat(43))).statusCode).toBe(401);
    const anonymous = await server.app.inject({ method: 'POST', url: GATEWAY_PEERS_PATH, payload: { peers: [] } });
    expect(anonymous.statusCode).toBe(401);
    const made = await tokenOf(one);
    expect((await asGateway(made.token)).statusCode).toBe(200);
    const list = await one.admin.get('/network/gateway-tokens', GatewayTokenList);
    expect(list.items[0]).toMatchObject({ name: 'vpn1', lastUsedAt: server.now.toISOString() });
    expect(JSON.stringify(list)).not.toContain(made.token);
    await one.admin.send('DELETE', `/network/gateway-tokens/${made.id}`);
    expect((await asGateway(made.token)).statusCode).toBe(401);
  });

  it('tells of handshakes, which the device’s page shows', async () => {
    const one = await organisation('Handshakes');
    const agent = await enrolTestAgent(server, one);
    const key = makeKey();
    await setupOf(agent, key);
    const { token } = await tokenOf(one);
    const at = new Date(server.now.getTime() - 5_000).toISOString();
    const stranger = { publicKey: makeKey(), lastHandshakeAt: at, receivedBytes: 1, sentBytes: 1 };
    const told = { publicKey: key, lastHandshakeAt: at, receivedBytes: 1_000, sentBytes: 2_000 };
    expect((await asGateway(token, { peers: [stranger, told] })).statusCode).toBe(200);
    const { tunnel } = await one.admin.get(`/devices/${agent.deviceId}/tunnel`, DeviceTunnelAnswer);
    expect(tunnel).toMatchObject({ publicKey: key, lastHandshakeAt: at, receivedBytes: 1_000, sentBytes: 2_000 });
  });

  it('is told where there is no tunnel, and that its words make no sense', async () => {
    const plain = await organisation('No tunnel', null);
    const { token } = await tokenOf(plain);
    expect((await asGateway(token)).statusCode).toBe(409);
    const response = await server.app.inject({
      method: 'POST',
      url: GATEWAY_PEERS_PATH,
      payload: { peers: 'all' },
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.statusCode).toBe(422);
  });
});
