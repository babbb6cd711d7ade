import { AuditList, NetworkList, Overview, SearchResult } from '@vedette/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestOrganisation, type TestServer } from '../../testing/create-test-server.ts';
import { addAction, addDevice, addNetworkEvent, addThreat } from '../../testing/seed.ts';

let server: TestServer;
let acme: TestOrganisation;
let phone: string;
let silent: string;
const hoursAgo = (hours: number) => new Date(server.now.getTime() - hours * 3_600_000);

beforeAll(async () => {
  server = await createTestServer();
  acme = await server.addOrganisation();
  const { tenantId } = acme;
  phone = await addDevice(server, tenantId, { name: 'phone', risk: 'critical', lastReportAt: hoursAgo(0) });
  silent = await addDevice(server, tenantId, { name: 'silent one', lastReportAt: hoursAgo(3), platform: 'ios' });
  const retired = await addDevice(server, tenantId, { name: 'retired', risk: 'critical', state: 'retired' });
  await addThreat(server, tenantId, {
    deviceId: phone,
    severity: 'critical',
    type: 'malicious-app',
    kind: 'app',
    title: 'Bad app',
    subject: 'com.bad',
    openedAt: hoursAgo(2),
  });
  await addThreat(server, tenantId, { deviceId: phone, severity: 'low', openedAt: hoursAgo(50) });
  await addThreat(server, tenantId, {
    deviceId: silent,
    severity: 'high',
    openedAt: hoursAgo(60),
    resolvedAt: hoursAgo(3),
  });
  await addThreat(server, tenantId, { deviceId: phone, state: 'ignored' });
  await addThreat(server, tenantId, { deviceId: retired });
  await addThreat(server, tenantId, {
    deviceId: silent,
    kind: 'network',
    type: 'tls-interception',
    severity: 'medium',
    subject: 'Cafe',
  });
  await addAction(server, tenantId, { deviceId: phone, state: 'failed' });
  await addAction(server, tenantId, { deviceId: phone, state: 'in-force', sentAt: hoursAgo(1) });
  await addAction(server, tenantId, { deviceId: phone, state: 'waiting' });
  for (const [network, at] of [
    ['Home', 1],
    ['Cafe', 5],
    ['Cafe', 4],
  ] as const)
    await addNetworkEvent(server, tenantId, { deviceId: silent, network, at: hoursAgo(at) });
});
afterAll(() => server[Symbol.asyncDispose]());

describe('the overview', () => {
  it('counts active devices, their open threats and what was done', async () => {
    const overview = await acme.viewer.get('/overview', Overview);
    expect(overview.devices).toMatchObject({
      total: 2,
      android: 1,
      ios: 1,
      simulated: 0,
      silent: 1,
      byRisk: { critical: 1, none: 1, high: 0 },
    });
    expect(overview.threats).toMatchObject({
      open: 3,
      openedLastDay: 2,
      resolvedLastDay: 1,
      bySeverity: { critical: 1, high: 0, medium: 1, low: 1 },
      byKind: { app: 1, device: 1, network: 1 },
    });
    expect(overview.threats.topTypes[0]).toMatchObject({ type: 'malicious-app', devices: 1, severity: 'critical' });
    expect(overview.actions).toEqual({ inForce: 1, pending: 0, failed: 1 });
  });

  it('draws fourteen days of threats, today the last', async () => {
    const { perDay } = (await acme.viewer.get('/overview', Overview)).threats;
    expect(perDay).toHaveLength(14);
    // It is noon on 1 March: sixty hours ago is 27 February, fifty hours ago the same day.
    expect(perDay.slice(-4)).toEqual([
      { day: '2026-02-26', open: 0, opened: 0, resolved: 0 },
      { day: '2026-02-27', open: 2, opened: 2, resolved: 0 },
      { day: '2026-02-28', open: 2, opened: 0, resolved: 0 },
      { day: '2026-03-01', open: 3, opened: 2, resolved: 1 },
    ]);
  });

  it('names what needs a person, worst first', async () => {
    const { attention } = await acme.viewer.get('/overview', Overview);
    expect(attention.map((item) => [item.kind, item.severity, item.title])).toEqual([
      ['threat', 'critical', 'Bad app'],
      ['action', 'high', 'An action failed: notify by webhook for phone'],
      ['connector', 'high', 'Set up the webhook connector'],
      ['device', 'medium', 'silent one is silent'],
    ]);
  });

  it('of an empty fleet says what to do first', async () => {
    const empty = await server.addOrganisation();
    const overview = await empty.viewer.get('/overview', Overview);
    expect(overview.attention.map((item) => item.kind)).toEqual(['enrolment']);
    expect(overview.devices.total).toBe(0);
  });
});

describe('networks', () => {
  it('come with their events, those with open threats first', async () => {
    const { items } = await acme.viewer.get('/networks', NetworkList);
    expect(
      items.map(({ network, events, devices, openThreats, severity }) => [
        network,
        events,
        devices,
        openThreats,
        severity,
      ]),
    ).toEqual([
      ['Cafe', 2, 1, 1, 'medium'],
      ['Home', 1, 1, 0, null],
    ]);
    expect(items[0]?.latest.map((event) => [event.at, event.device])).toEqual([
      [hoursAgo(4).toISOString(), { id: silent, name: 'silent one' }],
      [hoursAgo(5).toISOString(), { id: silent, name: 'silent one' }],
    ]);
  });
});

describe('search', () => {
  it.each([
    ['phone', [['device', 'phone']]],
    ['com.bad', [['threat', 'Bad app']]],
    [
      'cafe',
      [
        ['threat', 'The device is rooted'],
        ['network', 'Cafe'],
      ],
    ],
    ['%', []],
    ['', []],
    ["'; drop table devices; --", []],
  ])('for %j', async (q, expected) => {
    const { items } = await acme.viewer.get(`/search?q=${encodeURIComponent(q)}`, SearchResult);
    expect(items.map((item) => [item.kind, item.title])).toEqual(expected);
  });
});

describe('the audit log', () => {
  it('is read newest first, page by page', async () => {
    const other = await server.addOrganisation();
    for (const label of ['one', 'two', 'three'])
      await other.admin.send('POST', '/enrolment/tokens', { label, expiresInHours: 1, maxUses: 1 });
    const objects: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: AuditList = await other.viewer.get(
        `/audit?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
        AuditList,
      );
      expect(page.total).toBe(4);
      objects.push(...page.items.map((item) => item.object));
      cursor = page.nextCursor;
    }
    expect(objects).toEqual(['enrolment token three', 'enrolment token two', 'enrolment token one', 'Example']);
  });
});
