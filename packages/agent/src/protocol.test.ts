import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAgent } from './agent.ts';
import { type EnrolDeps, type EnrolInput, enrol } from './enrol.ts';
import { createFetchTransport } from './fetch-transport.ts';
import { createMemoryStores, type MemoryStores } from './memory-stores.ts';
import { evidenceWith, installedApp, observation } from './testing/evidence.ts';
import { type ProtocolServer, startProtocolServer } from './testing/http-server.ts';
import type { Transport } from './transport.ts';

let server: ProtocolServer;
let stores: MemoryStores;
let transport: Transport;

beforeEach(async () => {
  server = await startProtocolServer();
  stores = createMemoryStores(crypto.subtle);
  transport = createFetchTransport({ server: server.url, fetch, timeoutSignal: (ms) => AbortSignal.timeout(ms) });
});
afterEach(() => server[Symbol.asyncDispose]());

function enrolment(over: Partial<EnrolInput> = {}): [EnrolDeps, EnrolInput] {
  const input: EnrolInput = {
    server: server.url,
    token: server.token,
    deviceName: 'Test phone',
    facts: evidenceWith('0').facts,
    simulated: false,
    agent: { name: 'test', version: '0.1.0' },
    ...over,
  };
  return [{ ...stores, transport, clock: Date.now, newId: () => crypto.randomUUID() }, input];
}

function open() {
  return createAgent({
    ...stores,
    transport,
    subtle: crypto.subtle,
    clock: Date.now,
    random: Math.random,
    newId: () => crypto.randomUUID(),
  });
}

describe('the agent protocol over HTTP', { timeout: 30_000 }, () => {
  it('enrols with a signature the server can verify with the key in its header', async () => {
    const outcome = await enrol(...enrolment());
    expect(outcome).toMatchObject({
      outcome: 'enrolled',
      enrolment: { organisation: 'Acme', server: server.url },
      discarded: 0,
    });
    expect(server.enrolments).toMatchObject([{ deviceName: 'Test phone', simulated: false }]);
  });

  it('gets the same device when it repeats an enrolment whose answer was lost', async () => {
    const [deps, input] = enrolment();
    const lossy: Transport = {
      async post(path, body) {
        await transport.post(path, body);
        return { kind: 'unreachable', detail: 'connection reset' };
      },
    };
    expect(await enrol({ ...deps, transport: lossy }, input)).toMatchObject({ outcome: 'retry' });
    await enrol(deps, input);
    await expect(open()).resolves.toBeDefined();
    expect(server.enrolments).toHaveLength(2);
    const agent = await open();
    await agent.observe(evidenceWith('0'));
    expect((await agent.flush()).outcome).toBe('empty');
    expect([...server.reports.keys()]).toEqual([agent.state().enrolment?.deviceId]);
  });

  it('says why the server refused a token', async () => {
    expect(await enrol(...enrolment({ token: 'a-token-nobody-made' }))).toMatchObject({
      outcome: 'refused',
      code: 'token-invalid',
    });
  });

  it('delivers signed reports after the server was away', async () => {
    await enrol(...enrolment());
    const agent = await open();
    server.failNext = 2;
    await agent.observe(evidenceWith('0'));
    expect(await agent.flush()).toMatchObject({ outcome: 'waiting', detail: 'the server answered 503' });
    await agent.observe(evidenceWith('1'));
    await agent.flush();
    expect((await agent.flush()).outcome).toBe('empty');
    const applied = [...server.reports.values()].flat();
    expect(applied.map(({ report }) => [report.sequence, report.type])).toEqual([
      [1, 'full'],
      [2, 'full'],
    ]);
  });

  it('makes a new key, starts at sequence 1 and discards old reports when enrolled again after the device was retired', async () => {
    await enrol(...enrolment());
    const agent = await open();
    const old = agent.state().enrolment?.deviceId ?? '';
    await agent.observe(evidenceWith('0'));
    await agent.flush();
    server.retired.add(old);
    await agent.observe(evidenceWith('1'));
    expect(await agent.flush()).toMatchObject({ outcome: 'halted', code: 'device-retired' });

    expect(await enrol(...enrolment())).toMatchObject({ outcome: 'enrolled', discarded: 1 });
    const again = await open();
    expect(again.state().enrolment?.deviceId).not.toBe(old);
    await again.observe(evidenceWith('1'));
    expect((await again.flush()).outcome).toBe('empty');
    expect(server.reports.get(again.state().enrolment?.deviceId ?? '')).toMatchObject([
      { report: { sequence: 1, type: 'full' } },
    ]);
  });

  it('keeps a report within what the server takes, however large the evidence', async () => {
    await enrol(...enrolment());
    const agent = await open();
    const long = 'x'.repeat(4000);
    const apps = Array.from({ length: 6000 }, (_, i) => installedApp(`com.example.app${i}`, i % 2 === 0));
    const observations = Array.from({ length: 5200 }, (_, i) => observation(`settings.global.key${i}`, long));
    await agent.observe(evidenceWith('0', { apps, observations }));
    expect(await agent.flush()).toMatchObject({ outcome: 'empty', refused: [] });
    const [applied] = [...server.reports.values()].flat();
    expect(applied?.report).toMatchObject({ type: 'full', appsComplete: false });
    expect(applied?.report.events.map(({ kind }) => kind)).toEqual(['agent.evidence-trimmed']);
  });

  it('does not follow a redirect and does not take a long or foreign answer for an acknowledgement', async () => {
    const answers = [
      new Response(null, { status: 307, headers: { location: 'http://elsewhere.example/' } }),
      new Response('x'.repeat(300_000), { status: 200 }),
      new Response('{"ok":true}', { status: 200 }),
    ];
    const requests: RequestInit[] = [];
    const strange = createFetchTransport({
      server: server.url,
      timeoutSignal: (ms) => AbortSignal.timeout(ms),
      fetch: async (_url, init) => {
        requests.push(init ?? {});
        return answers.shift() ?? Response.error();
      },
    });
    const [deps, input] = enrolment();
    const details: unknown[] = [];
    for (let i = 0; i < 3; i += 1) {
      const outcome = await enrol({ ...deps, transport: strange }, input);
      details.push(outcome.outcome === 'retry' ? outcome.detail : outcome);
    }
    expect(details).toEqual([
      'the server answered 307',
      'the answer is longer than 262144 bytes',
      'the answer is not from a Vedette server',
    ]);
    expect(requests.map(({ redirect }) => redirect)).toEqual(['manual', 'manual', 'manual']);
  });
});
