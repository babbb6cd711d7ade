import { DeviceDetail, DeviceUsage, type UsageWindow } from '@vedette/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestOrganisation, type TestServer } from '../../testing/create-test-server.ts';
import { assessDevice } from '../assessment/assess-device.ts';
import { createPolicyReader } from '../assessment/compiled-policy.ts';
import { anInstalledApp, enrolTestAgent, type FullReport, type TestAgent } from '../ingest/agent.fixture.ts';

const HOUR = 3_600_000;
let server: TestServer;
let acme: TestOrganisation;
beforeAll(async () => {
  server = await createTestServer();
  acme = await server.addOrganisation();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Quarters of days until two hours ago, with an app that begins to send much in the last three days. */
function traffic(count: number): NonNullable<FullReport['usage']> {
  const end = server.now.getTime() - 2 * HOUR;
  return Array.from({ length: count }, (_, index) => {
    const to = end - (count - 1 - index) * 6 * HOUR;
    const bytes = index < count - 12 ? 200_000 + (index % 5) * 50_000 : 90_000_000;
    return {
      from: new Date(to - 6 * HOUR).toISOString(),
      to: new Date(to).toISOString(),
      source: 'agent',
      metrics: ['bytes', 'background-bytes'],
      unpluggedSeconds: null,
      capacityMah: null,
      apps: [{ package: 'com.example.sender', used: { bytes, 'background-bytes': bytes } }],
    } satisfies UsageWindow & { source: 'agent' };
  });
}
const stored = (agent: TestAgent) =>
  server.database.store.withTenant(acme.tenantId, (tx) =>
    tx
      .selectFrom('device_usage')
      .where('device_id', '=', agent.deviceId)
      .select(['from_at', 'to_at'])
      .orderBy('to_at')
      .execute(),
  );

describe('what apps used', () => {
  it('is kept with each report, judged over time, called, and shown as a curve', async () => {
    const agent = await enrolTestAgent(server, acme);
    const apps = [anInstalledApp('com.example.sender')];
    const windows = traffic(100);
    expect((await agent.send(agent.full({ apps, usage: windows.slice(0, 60) }))).statusCode).toBe(200);
    // The second report repeats what the first had, as agents do that cannot know what arrived.
    expect((await agent.send(agent.full({ apps, usage: windows.slice(40) }))).statusCode).toBe(200);
    expect(await stored(agent)).toHaveLength(100);
    await assessDevice(server.context, createPolicyReader(), acme.tenantId, agent.deviceId);
    const device = await acme.viewer.get(`/devices/${agent.deviceId}`, DeviceDetail);
    expect(device.signals.find(({ id }) => id === 'apps.usage')).toMatchObject({
      status: 'bad',
      value: '1: com.example.sender',
    });
    expect(device.threats).toMatchObject([{ type: 'unusual-use', severity: 'medium', state: 'open' }]);
    const { curves } = await acme.viewer.get(`/devices/${agent.deviceId}/usage`, DeviceUsage);
    expect(curves).toMatchObject([{ package: 'com.example.sender', metric: 'background-bytes' }]);
    expect(curves[0]?.calledAt).not.toBeNull();
    expect(curves[0]?.points).toHaveLength(100);
  });

  it('is not kept when it is dated ahead, turned round, or longer ago than is looked at', async () => {
    const agent = await enrolTestAgent(server, acme);
    const [one] = traffic(1);
    if (one === undefined) throw new Error('no window');
    const moved = (hours: number) => ({
      ...one,
      from: new Date(Date.parse(one.from) + hours * HOUR).toISOString(),
      to: new Date(Date.parse(one.to) + hours * HOUR).toISOString(),
    });
    const usage = [moved(48), moved(-60 * 24), { ...one, from: one.to, to: one.from }, one];
    expect((await agent.send(agent.full({ usage }))).statusCode).toBe(200);
    expect(await stored(agent)).toHaveLength(1);
  });

  it('is refused where it says what cannot be', async () => {
    const agent = await enrolTestAgent(server, acme);
    const [one] = traffic(1);
    if (one === undefined) throw new Error('no window');
    const bad = { ...one, apps: [{ package: 'a.b', used: { bytes: -1 } }] };
    expect((await agent.send(agent.full({ usage: [bad] }))).statusCode).toBe(400);
    const claimed = { ...one, source: 'apple-mdm' } as unknown as typeof one;
    expect((await agent.send(agent.full({ usage: [claimed] }))).statusCode).toBe(400);
  });
});
