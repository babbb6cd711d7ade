import { DeviceDetail, DeviceList, DeviceTimeline, FleetStrip, LedgerEntry } from '@vedette/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestOrganisation, type TestServer } from '../../testing/create-test-server.ts';
import { addAction, addDevice, addInstalledApp, addReport, addThreat } from '../../testing/seed.ts';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const minutesAgo = (minutes: number) => new Date(server.now.getTime() - minutes * 60_000);
const auditOf = (organisation: TestOrganisation) =>
  server.database.store.withTenant(organisation.tenantId, (tx) =>
    tx
      .selectFrom('audit')
      .select(['action', 'actor', 'detail'])
      .where('action', 'like', 'device.%')
      .orderBy('id')
      .execute(),
  );
const jobsOf = (organisation: TestOrganisation) =>
  server.database.store.withoutTenant((tx) =>
    tx.selectFrom('jobs').select(['queue', 'payload']).where('tenant_id', '=', organisation.tenantId).execute(),
  );

describe('the list of devices', () => {
  let acme: TestOrganisation;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    acme = await server.addOrganisation();
    const add = async (name: string, seed: object) => {
      ids[name] = await addDevice(server, acme.tenantId, { name, ...seed });
    };
    await add('beta', { risk: 'none', lastReportAt: minutesAgo(10) });
    await add('Alpha', { risk: 'critical', lastReportAt: minutesAgo(5), owner: 'kim@example.com' });
    await add('gamma', { risk: 'none', lastReportAt: null, platform: 'ios' });
    await add('100%_x', { risk: 'unknown', lastReportAt: minutesAgo(5) });
  });

  const walk = async (query: string) => {
    const names: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: DeviceList = await acme.viewer.get(
        `/devices?limit=1&${query}${cursor === '' ? '' : `&cursor=${cursor}`}`,
        DeviceList,
      );
      expect(page.items.length).toBeLessThanOrEqual(1);
      names.push(...page.items.map((item) => item.name));
      cursor = page.nextCursor;
    }
    return names;
  };

  it.each([
    ['sort=risk', ['Alpha', 'beta', 'gamma', '100%_x']],
    ['sort=name', ['100%_x', 'Alpha', 'beta', 'gamma']],
    ['sort=lastReport', ['Alpha', '100%_x', 'beta', 'gamma']],
    ['platform=ios', ['gamma']],
    ['risk=none', ['beta', 'gamma']],
    ['compliance=non-compliant', ['Alpha', '100%_x']],
    ['q=KIM', ['Alpha']],
    ['q=pixel', ['Alpha', 'beta', 'gamma', '100%_x']],
    ['q=%25_', ['100%_x']],
  ])('page by page with %s', async (query, expected) => {
    expect(await walk(query)).toEqual(expected);
  });

  it('counts all that match, and all are in the strip', async () => {
    expect((await acme.viewer.get('/devices?risk=none&limit=1', DeviceList)).total).toBe(2);
    const { devices } = await acme.viewer.get('/devices/strip', FleetStrip);
    expect(devices.map((device) => device.riskLevel)).toEqual(['critical', 'none', 'none', 'unknown']);
  });

  it.each(['cursor=x', 'cursor=WzEsMl0', 'limit=0', 'limit=1000', 'sort=size', 'platform=windows'])(
    'refuses %s',
    async (query) => {
      expect((await acme.viewer.send('GET', `/devices?${query}`)).statusCode).toBe(400);
    },
  );

  it('leaves out the retired, unless asked for them', async () => {
    const other = await server.addOrganisation();
    const id = await addDevice(server, other.tenantId, { name: 'old' });
    await other.admin.post(`/devices/${id}/retire`, undefined, DeviceDetail);
    expect((await other.viewer.get('/devices', DeviceList)).total).toBe(0);
    expect((await other.viewer.get('/devices?state=retired', DeviceList)).items.map((item) => item.name)).toEqual([
      'old',
    ]);
  });
});

describe('one device', () => {
  it('is shown with its apps and what is known of their builds', async () => {
    const acme = await server.addOrganisation();
    const id = await addDevice(server, acme.tenantId, { name: 'phone' });
    await addInstalledApp(server, acme.tenantId, { deviceId: id, package: 'com.example.b', sha256: 'b'.repeat(64) });
    await addInstalledApp(server, acme.tenantId, { deviceId: id, package: 'com.example.a', sha256: 'a'.repeat(64) });
    const threatId = await addThreat(server, acme.tenantId, { deviceId: id });
    await addAction(server, acme.tenantId, {
      deviceId: id,
      state: 'in-force',
      sentAt: server.now,
      threatIds: [threatId],
    });
    const detail = await acme.viewer.get(`/devices/${id}`, DeviceDetail);
    expect(detail.apps.map((app) => [app.package, app.appraisal])).toEqual([
      ['com.example.a', null],
      ['com.example.b', null],
    ]);
    expect(detail).toMatchObject({
      appsComplete: false,
      decision: null,
      threats: [{ id: threatId }],
      actions: [{ state: 'in-force' }],
    });
  });

  it('is renamed with a line in the audit log and a new assessment; without a change nothing is written', async () => {
    const acme = await server.addOrganisation();
    const id = await addDevice(server, acme.tenantId, { name: 'old name', owner: 'kim' });
    const answer = await acme.admin.send('PATCH', `/devices/${id}`, { name: '  new name ', owner: null });
    expect(DeviceDetail.parse(answer.json())).toMatchObject({ name: 'new name', owner: null });
    await acme.admin.send('PATCH', `/devices/${id}`, { name: 'new name' });
    expect(await auditOf(acme)).toEqual([
      {
        action: 'device.change',
        actor: expect.stringMatching(/^Ada <admin-/),
        detail: { id, from: { name: 'old name', owner: 'kim' }, to: { name: 'new name', owner: null } },
      },
    ]);
    expect(await jobsOf(acme)).toEqual([{ queue: 'assess', payload: { deviceId: id } }]);
  });

  it.each([{ name: '' }, { name: 'x'.repeat(101) }, { state: 'retired' }, [], 'x'])(
    'refuses to be patched with %j',
    async (body) => {
      const acme = await server.addOrganisation();
      const id = await addDevice(server, acme.tenantId, { name: 'phone' });
      const headers = { 'content-type': 'application/json' };
      const answer = await acme.admin.send('PATCH', `/devices/${id}`, JSON.stringify(body), { headers });
      expect(answer.statusCode).toBe(422);
    },
  );

  it('is retired once', async () => {
    const acme = await server.addOrganisation();
    const id = await addDevice(server, acme.tenantId, { name: 'phone' });
    for (const _ of [1, 2])
      expect((await acme.admin.post(`/devices/${id}/retire`, undefined, DeviceDetail)).state).toBe('retired');
    expect(await auditOf(acme)).toHaveLength(1);
  });

  it('gives a report as the device signed it', async () => {
    const acme = await server.addOrganisation();
    const id = await addDevice(server, acme.tenantId, { name: 'phone' });
    const reportId = await addReport(server, acme.tenantId, { deviceId: id, at: server.now, sequence: 1 });
    const entry = await acme.viewer.get(`/devices/${id}/reports/${reportId}`, LedgerEntry);
    expect(entry).toMatchObject({ reportId, sequence: 1, jws: `header.payload of ${reportId}.signature` });
    const other = await addDevice(server, acme.tenantId, { name: 'another' });
    expect((await acme.viewer.send('GET', `/devices/${other}/reports/${reportId}`)).statusCode).toBe(404);
  });
});

describe('the timeline', () => {
  it('shows threats, actions and reports of the range, and the stretches in which reports were missing', async () => {
    const acme = await server.addOrganisation();
    const deviceId = await addDevice(server, acme.tenantId, { name: 'phone', enrolledAt: minutesAgo(1000) });
    const at = [500, 485, 300, 290];
    for (const [index, minutes] of at.entries())
      await addReport(server, acme.tenantId, { deviceId, at: minutesAgo(minutes), sequence: index + 1 });
    const during = await addThreat(server, acme.tenantId, { deviceId, openedAt: minutesAgo(490) });
    const before = await addThreat(server, acme.tenantId, {
      deviceId,
      openedAt: minutesAgo(900),
      resolvedAt: minutesAgo(800),
    });
    await addAction(server, acme.tenantId, {
      deviceId,
      state: 'undone',
      sentAt: minutesAgo(480),
      undoneAt: minutesAgo(100),
      threatIds: [during],
    });
    const range = `from=${minutesAgo(600).toISOString()}&to=${minutesAgo(0).toISOString()}`;
    const timeline = await acme.viewer.get(`/devices/${deviceId}/timeline?${range}`, DeviceTimeline);
    expect(timeline.threats.map((threat) => threat.id)).toEqual([during]);
    expect(timeline.threats.some((threat) => threat.id === before)).toBe(false);
    expect(timeline.actions.map((action) => [action.phase, action.threatIds])).toEqual([
      ['do', [during]],
      ['undo', [during]],
    ]);
    expect(timeline.reports.map((report) => report.sequence)).toEqual([1, 2, 3, 4]);
    // Reports are due every 15 minutes; three missed ones make a silence, which begins when the first was due.
    expect(timeline.silences).toEqual([
      { from: minutesAgo(600).toISOString(), to: minutesAgo(500).toISOString() },
      { from: minutesAgo(470).toISOString(), to: minutesAgo(300).toISOString() },
      { from: minutesAgo(275).toISOString(), to: minutesAgo(0).toISOString() },
    ]);
  });

  it('does not hold a device silent before it was enrolled', async () => {
    const acme = await server.addOrganisation();
    const deviceId = await addDevice(server, acme.tenantId, { name: 'new', enrolledAt: minutesAgo(10) });
    expect((await acme.viewer.get(`/devices/${deviceId}/timeline`, DeviceTimeline)).silences).toEqual([]);
  });

  it('refuses a range that is backwards or without end', async () => {
    const acme = await server.addOrganisation();
    const deviceId = await addDevice(server, acme.tenantId, { name: 'phone' });
    for (const range of ['from=2026-03-01T00:00:00Z&to=2026-02-01T00:00:00Z', 'from=2020-01-01T00:00:00Z'])
      expect((await acme.viewer.send('GET', `/devices/${deviceId}/timeline?${range}`)).statusCode).toBe(400);
  });
});
