import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProtocolServer, startProtocolServer } from '@vedette/agent/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimulateFleetOptions } from './fleet-options.ts';
import { simulateFleet } from './simulate-fleet.ts';

let server: ProtocolServer;
let folder: string;
beforeEach(async () => {
  server = await startProtocolServer();
  folder = await mkdtemp(join(tmpdir(), 'vedette-fleet-'));
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

function options(over: Partial<SimulateFleetOptions> = {}): SimulateFleetOptions {
  return {
    server: server.url,
    token: server.token,
    devices: 12,
    historyDays: 3,
    once: true,
    version: '0.1.0',
    fetch,
    clock: Date.now,
    wait: async () => undefined,
    signal: new AbortController().signal,
    ...over,
  };
}

describe('simulateFleet', { timeout: 60_000 }, () => {
  it('enrols every device as simulated and replays its history in order, with signatures the server verifies', async () => {
    const before = Date.now();
    const summary = await simulateFleet(options());
    expect(summary).toMatchObject({ devices: 12, enrolled: 12, queued: 0, refusals: {} });
    expect(server.enrolments.every(({ simulated }) => simulated)).toBe(true);
    expect(server.reports.size).toBe(12);
    let oldest = before;
    for (const reports of server.reports.values()) {
      const times = reports.map(({ report }) => Date.parse(report.createdAt));
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(reports[0]?.report.type).toBe('full');
      oldest = Math.min(oldest, times[0] ?? before);
    }
    expect(before - oldest).toBeGreaterThan(2 * 86_400_000);
    expect(summary.sent).toBe([...server.reports.values()].flat().length);
  });

  it('gets through while the server is busy now and then', async () => {
    server.failNext = 5;
    expect(await simulateFleet(options())).toMatchObject({ enrolled: 12, queued: 0, refusals: {} });
  });

  it('goes on with the same devices from a state folder', async () => {
    const first = await simulateFleet(options({ stateFolder: folder }));
    const sequences = () => [...server.reports.values()].map((reports) => reports.at(-1)?.report.sequence ?? 0);
    const before = sequences();
    const second = await simulateFleet(options({ stateFolder: folder }));
    expect([first.enrolled, second.enrolled, server.enrolments.length]).toEqual([12, 12, 12]);
    expect(sequences()).toEqual(before.map((sequence) => sequence + 1));
  });

  it('lives on at speed until it is stopped, with the real time in its reports', async () => {
    const stop = new AbortController();
    let now = Date.now();
    let live = 0;
    const end = now + 5 * 60_000;
    await simulateFleet(
      options({
        once: false,
        speed: 60,
        clock: () => now,
        wait: async (ms) => {
          now += ms;
        },
        signal: stop.signal,
        onProgress({ phase, done }) {
          if (phase === 'live') live = done;
          if (now >= end) stop.abort();
        },
      }),
    );
    // 12 devices for five minutes, each every 900 s / 60.
    expect(live).toBeGreaterThan(12 * 17);
    const latest = Math.max(...[...server.reports.values()].flat().map(({ report }) => Date.parse(report.createdAt)));
    expect(latest).toBeLessThanOrEqual(now);
  });

  it('says why when no device can enrol', async () => {
    await expect(simulateFleet(options({ token: 'a-token-nobody-made' }))).rejects.toMatchObject({
      code: 'no-device-enrolled',
      message: expect.stringContaining('token-invalid'),
    });
  });
});
