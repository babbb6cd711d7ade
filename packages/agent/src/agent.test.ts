import type { DeviceEvidence, Report, UsageWindow } from '@vedette/contracts';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { type Agent, type AgentDeps, createAgent } from './agent.ts';
import { initialState } from './agent-state.ts';
import { createMemoryStores } from './memory-stores.ts';
import { evidenceWith, networkEvent, observation } from './testing/evidence.ts';
import { ModelServer } from './testing/model-server.ts';

const DEVICE = '0195d000-0000-7000-8000-000000000001';
const START = Date.UTC(2026, 10, 20, 8);

async function openAgent(over: Partial<AgentDeps> = {}) {
  const server = new ModelServer();
  const time = { now: START };
  const network = { up: true, sent: [] as string[] };
  const stores = createMemoryStores(crypto.subtle);
  await stores.keyStore.create();
  await stores.stateStore.save({
    ...initialState(),
    enrolment: {
      server: 'http://localhost',
      deviceId: DEVICE,
      organisation: 'Acme',
      reportIntervalSeconds: 900,
      enrolledAt: new Date(START).toISOString(),
    },
  });
  const open = (): Promise<Agent> =>
    createAgent({
      ...stores,
      transport: {
        async post(_path, body) {
          if (!network.up) return { kind: 'unreachable', detail: 'connect ECONNREFUSED' };
          network.sent.push(body);
          return server.receive(body);
        },
      },
      subtle: crypto.subtle,
      clock: () => time.now,
      random: () => 0.5,
      newId: () => crypto.randomUUID(),
      ...over,
    });
  return { agent: await open(), open, server, time, network, stores };
}

function reportsOf(server: ModelServer): Report[] {
  return server.applied.map(({ report }) => report);
}

/** A quarter of a day that ends at a time, in milliseconds since 1970. */
function usageUntil(to: number): UsageWindow {
  return {
    from: new Date(to - 6 * 3_600_000).toISOString(),
    to: new Date(to).toISOString(),
    source: 'agent',
    metrics: ['bytes'],
    unpluggedSeconds: null,
    capacityMah: null,
    apps: [{ package: 'com.example.a', used: { bytes: 1 } }],
  };
}

function nothing(): void {}

describe('createAgent', () => {
  it('sends a full report first, heartbeats while nothing changes, and a full one when something does', async () => {
    const { agent, server } = await openAgent();
    for (const adb of ['0', '0', '1']) await agent.observe(evidenceWith(adb));
    expect((await agent.flush()).outcome).toBe('empty');
    const [first, second, third] = reportsOf(server);
    expect([first?.type, second?.type, third?.type]).toEqual(['full', 'heartbeat', 'full']);
    expect(second?.type === 'heartbeat' && second.basedOn).toBe(first?.reportId);
  });

  it('does not take a later collection of the same facts for a change', async () => {
    const { agent, server } = await openAgent();
    const first = evidenceWith('0', {
      observations: [observation('a', '1', '2026-11-20T08:00:00.000Z'), observation('b', '2')],
    });
    const again: DeviceEvidence = {
      ...first,
      observations: [
        observation('b', '2'),
        { ...observation('a', '1', '2026-11-20T09:00:00.000Z'), rawRef: 'getprop.txt:7' },
      ],
    };
    await agent.observe(first);
    await agent.observe(again);
    await agent.flush();
    expect(reportsOf(server).map(({ type }) => type)).toEqual(['full', 'heartbeat']);
  });

  it('makes a full report once a day though nothing changed, so that the evidence held by the server stays fresh', async () => {
    const { agent, server, time } = await openAgent();
    await agent.observe(evidenceWith('0'));
    time.now += 24 * 3_600_000;
    await agent.observe(evidenceWith('0'));
    await agent.flush();
    expect(reportsOf(server).map(({ type }) => type)).toEqual(['full', 'full']);
  });

  it('reports each event once', async () => {
    const { agent, server } = await openAgent();
    await agent.observe(evidenceWith('0', { events: [networkEvent('one')] }));
    await agent.observe(evidenceWith('0', { events: [networkEvent('one'), networkEvent('two')] }));
    await agent.flush();
    expect(reportsOf(server).map(({ events }) => events.map(({ note }) => note))).toEqual([['one'], ['two']]);
  });

  it('tells each window of use once, with heartbeats too, and what was not over again', async () => {
    const { agent, server, time } = await openAgent();
    const windows = [6, 12, 18].map((hours) => usageUntil(START + (hours - 12) * 3_600_000));
    await agent.observe(evidenceWith('0', { usage: windows.slice(0, 2) }));
    await agent.observe(evidenceWith('0', { usage: windows }));
    time.now += 6 * 3_600_000;
    await agent.observe(evidenceWith('0', { usage: windows }));
    await agent.observe(evidenceWith('0', { usage: windows }));
    await agent.flush();
    const told = reportsOf(server).map((report) => [report.type, report.usage?.map(({ to }) => to)]);
    const [first, second, third] = windows.map(({ to }) => to);
    expect(told).toEqual([
      ['full', [first, second]],
      // It ends six hours from now.
      ['heartbeat', [third]],
      ['heartbeat', [third]],
      ['heartbeat', undefined],
    ]);
  });

  it('tells use again that was lost with its report', async () => {
    const { agent, server, network } = await openAgent({ limits: { reports: 2, bytes: 1_000_000 } });
    const usage = [usageUntil(START)];
    network.up = false;
    await agent.observe(evidenceWith('0'));
    await agent.observe(evidenceWith('0', { usage }));
    await agent.observe(evidenceWith('0', { usage }));
    network.up = true;
    await agent.observe(evidenceWith('0', { usage }));
    await agent.flush();
    expect(reportsOf(server).flatMap((report) => report.usage ?? [])).toEqual(usage);
  });

  it('keeps queueing offline, waits longer after every failure, and sends all in order once online', async () => {
    const { agent, server, network } = await openAgent();
    network.up = false;
    await agent.observe(evidenceWith('0'));
    const first = await agent.flush();
    await agent.observe(evidenceWith('1'));
    const second = await agent.flush();
    expect(first).toMatchObject({ outcome: 'waiting', queued: 1, retryInMs: 1500, detail: 'connect ECONNREFUSED' });
    expect(second).toMatchObject({ outcome: 'waiting', queued: 2, retryInMs: 3000 });
    network.up = true;
    expect((await agent.flush()).outcome).toBe('empty');
    expect(server.applied.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('answers a wish for a full report with one, not with one per queued heartbeat', async () => {
    const { agent, server } = await openAgent();
    server.forgetFull = true;
    for (let i = 0; i < 4; i += 1) await agent.observe(evidenceWith('0'));
    await agent.flush();
    expect(agent.state().fullWanted).toBe(true);
    await agent.observe(evidenceWith('0'));
    await agent.flush();
    expect(agent.state().fullWanted).toBe(false);
    expect(reportsOf(server).map(({ type }) => type)).toEqual(['full', 'heartbeat', 'heartbeat', 'heartbeat', 'full']);
  });

  it.each([
    'replay',
    'sequence-conflict',
    'unknown-device',
    'device-retired',
    'bad-signature',
    'wrong-device',
  ] as const)('stops for good on %s and stays stopped after a restart, with the report kept', async (code) => {
    const { agent, open, server, network } = await openAgent();
    server.refuseAll = code;
    await agent.observe(evidenceWith('0'));
    expect(await agent.flush()).toMatchObject({ outcome: 'halted', code });
    const requests = network.sent.length;
    const restarted = await open();
    expect(await restarted.observe(evidenceWith('1'))).toMatchObject({ outcome: 'halted', code });
    expect(await restarted.flush()).toMatchObject({ outcome: 'halted', code });
    expect(network.sent.length).toBe(requests);
    expect(await restarted.queued()).toHaveLength(1);
  });

  it('gives up a report the server calls malformed, says so in a later one, and goes on', async () => {
    const { agent, server } = await openAgent();
    server.refuseAll = 'malformed';
    await agent.observe(evidenceWith('0'));
    expect(await agent.flush()).toMatchObject({ outcome: 'empty', refused: ['malformed: refused: malformed'] });
    server.refuseAll = null;
    await agent.observe(evidenceWith('0'));
    await agent.flush();
    const [report] = reportsOf(server);
    expect(report).toMatchObject({ type: 'full', sequence: 2 });
    expect(report?.events.map(({ kind }) => kind)).toEqual(['agent.reports-lost']);
    expect(agent.state().lost).toEqual({ dropped: 0, refused: 1, events: 0 });
  });

  it('drops the oldest heartbeats when the queue is full, counts them and tells the server', async () => {
    const { agent, server, network } = await openAgent({ limits: { reports: 3, bytes: 1e9 } });
    network.up = false;
    for (let i = 0; i < 6; i += 1) await agent.observe(evidenceWith('0'));
    expect((await agent.queued()).map(({ sequence }) => sequence)).toEqual([1, 5, 6]);
    expect(agent.state().lost.dropped).toBe(3);
    network.up = true;
    await agent.flush();
    await agent.observe(evidenceWith('0'));
    await agent.flush();
    expect(reportsOf(server).at(-1)?.events).toMatchObject([{ kind: 'agent.reports-lost', seen: '3' }]);
    expect(agent.state().untold).toBe(0);
  });

  it('keeps an acknowledgement of another report from removing this one', async () => {
    const { agent } = await openAgent({
      transport: {
        post: async () => ({
          kind: 'answered',
          status: 200,
          retryAfterSeconds: null,
          body: JSON.stringify({
            reportId: crypto.randomUUID(),
            sequence: 1,
            duplicate: false,
            resendFull: false,
            serverTime: '2026-11-20T08:00:00.000Z',
            standing: null,
          }),
        }),
      },
    });
    await agent.observe(evidenceWith('0'));
    expect((await agent.flush()).outcome).toBe('waiting');
    expect(await agent.queued()).toHaveLength(1);
  });

  it('waits as long as the server asks', async () => {
    const { agent } = await openAgent({
      transport: { post: async () => ({ kind: 'answered', status: 429, body: '', retryAfterSeconds: 120 }) },
    });
    await agent.observe(evidenceWith('0'));
    expect(await agent.flush()).toMatchObject({ outcome: 'waiting', retryInMs: 120_000 });
  });

  it('shares one run between flushes called at the same time', async () => {
    const { agent, network } = await openAgent();
    await agent.observe(evidenceWith('0'));
    await Promise.all([agent.flush(), agent.flush(), agent.flush()]);
    expect(network.sent).toHaveLength(1);
  });

  it('keeps a report made while another is on its way', async () => {
    let release = nothing;
    const server = new ModelServer();
    const { agent } = await openAgent({
      limits: { reports: 1, bytes: 1e9 },
      transport: {
        async post(_path, body) {
          await new Promise<void>((resolve) => {
            release = resolve;
          });
          return server.receive(body);
        },
      },
    });
    await agent.observe(evidenceWith('0'));
    const flushing = agent.flush();
    await agent.observe(evidenceWith('1'));
    expect((await agent.queued()).map(({ sequence }) => sequence)).toEqual([1, 2]);
    const pump = setInterval(() => release(), 1);
    await flushing;
    clearInterval(pump);
    expect(server.applied.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('refuses to open without an enrolment, without a key, or on a damaged state', async () => {
    const { open, stores } = await openAgent();
    await stores.stateStore.save(initialState());
    await expect(open()).rejects.toMatchObject({ code: 'not-enrolled' });
    const damaged = openAgent({ stateStore: { load: async () => ({ schema: 'other' }), save: async () => undefined } });
    await expect(damaged).rejects.toMatchObject({ code: 'state-damaged' });
    await expect(openAgent({ keyStore: { load: async () => null } })).rejects.toMatchObject({ code: 'no-key' });
  });

  it('signs the device id into header and payload', async () => {
    const { agent, network } = await openAgent();
    await agent.observe(evidenceWith('0'));
    await agent.flush();
    expect(decodeJwt(network.sent[0] ?? '')['deviceId']).toBe(DEVICE);
  });
});
