import { Problem, type ServerEvent, ThreatDetail, ThreatList } from '@vedette/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestOrganisation, type TestServer } from '../../testing/create-test-server.ts';
import { addAction, addDevice, addThreat } from '../../testing/seed.ts';

let server: TestServer;
let acme: TestOrganisation;
let deviceId: string;
beforeAll(async () => {
  server = await createTestServer();
  acme = await server.addOrganisation();
  deviceId = await addDevice(server, acme.tenantId, { name: 'phone' });
});
afterAll(() => server[Symbol.asyncDispose]());

const waitingJobs = () =>
  server.database.store.withoutTenant((tx) =>
    tx.selectFrom('jobs').select(['queue', 'payload', 'dedupe_key']).execute(),
  );

describe('the list of threats', () => {
  it('goes from worst to mildest and from newest to oldest, page by page', async () => {
    const other = await server.addOrganisation();
    const device = await addDevice(server, other.tenantId, { name: 'phone' });
    const hour = (hours: number) => new Date(server.now.getTime() - hours * 3_600_000);
    const seeds = [
      { title: 'old high', severity: 'high', openedAt: hour(5) },
      { title: 'low', severity: 'low', openedAt: hour(1) },
      { title: 'new high', severity: 'high', openedAt: hour(2) },
      { title: 'critical', severity: 'critical', openedAt: hour(9), kind: 'app', subject: 'com.example.bad' },
      { title: 'done', severity: 'critical', openedAt: hour(9), resolvedAt: hour(8) },
    ] as const;
    for (const seed of seeds) await addThreat(server, other.tenantId, { deviceId: device, ...seed });
    const walk = async (query: string) => {
      const titles: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: ThreatList = await other.viewer.get(
          `/threats?limit=2&${query}&cursor=${cursor}`.replace(/&cursor=$/, ''),
          ThreatList,
        );
        titles.push(...page.items.map((item) => item.title));
        cursor = page.nextCursor;
      }
      return titles;
    };
    expect(await walk('state=open')).toEqual(['critical', 'new high', 'old high', 'low']);
    expect(await walk('severity=high')).toEqual(['new high', 'old high']);
    expect(await walk('q=example.bad')).toEqual(['critical']);
    expect(await walk('kind=app')).toEqual(['critical']);
    expect(await walk('state=resolved')).toEqual(['done']);
  });
});

describe('a threat', () => {
  it('is ignored with a reason and reopened, each with history, an audit line, an event and a new assessment', async () => {
    const id = await addThreat(server, acme.tenantId, { deviceId });
    const events: ServerEvent[] = [];
    const stop = server.context.events.subscribe(acme.tenantId, (event) => events.push(event));
    const ignored = await acme.admin.post(`/threats/${id}/ignore`, { reason: 'A test device' }, ThreatDetail);
    expect(ignored.state).toBe('ignored');
    expect(await waitingJobs()).toEqual([{ queue: 'assess', payload: { deviceId }, dedupe_key: deviceId }]);
    server.now = new Date(server.now.getTime() + 1000);
    const reopened = await acme.admin.post(`/threats/${id}/reopen`, undefined, ThreatDetail);
    stop();
    expect(reopened.state).toBe('open');
    expect(reopened.history.map(({ change, by, note }) => [change, by.replace(/ <.*/, ''), note])).toEqual([
      ['ignored', 'Ada', 'A test device'],
      ['reopened', 'Ada', null],
    ]);
    expect(events).toEqual([
      { type: 'threat', id, change: 'ignored' },
      { type: 'threat', id, change: 'reopened' },
    ]);
    const audit = await server.database.store.withTenant(acme.tenantId, (tx) =>
      tx.selectFrom('audit').select(['action', 'detail']).where('action', 'like', 'threat.%').orderBy('id').execute(),
    );
    expect(audit).toEqual([
      {
        action: 'threat.ignore',
        detail: { id, device: deviceId, from: 'open', to: 'ignored', reason: 'A test device' },
      },
      { action: 'threat.reopen', detail: { id, device: deviceId, from: 'ignored', to: 'open' } },
    ]);
  });

  it.each([
    ['resolved', 'ignore'],
    ['ignored', 'ignore'],
    ['open', 'reopen'],
    ['resolved', 'reopen'],
  ] as const)('that is %s does not take "%s"', async (state, act) => {
    const id = await addThreat(server, acme.tenantId, { deviceId, state });
    const answer = await acme.admin.send(
      'POST',
      `/threats/${id}/${act}`,
      act === 'ignore' ? { reason: 'because' } : undefined,
    );
    expect([answer.statusCode, Problem.parse(answer.json()).code]).toEqual([409, 'wrong-state']);
  });

  it('is not ignored without a reason', async () => {
    const id = await addThreat(server, acme.tenantId, { deviceId });
    for (const reason of ['', '  ', 'no'])
      expect((await acme.admin.send('POST', `/threats/${id}/ignore`, { reason })).statusCode).toBe(422);
  });

  it('names the actions that were taken for it, and how many other devices have the same', async () => {
    const subject = 'com.example.shared';
    const second = await addDevice(server, acme.tenantId, { name: 'tablet' });
    const id = await addThreat(server, acme.tenantId, { deviceId, type: 'malicious-app', subject });
    const unrelated = await addThreat(server, acme.tenantId, { deviceId });
    await addThreat(server, acme.tenantId, { deviceId: second, type: 'malicious-app', subject });
    await addThreat(server, acme.tenantId, { deviceId: second, type: 'malicious-app', subject: 'com.example.other' });
    const mine = await addAction(server, acme.tenantId, {
      deviceId,
      state: 'in-force',
      sentAt: server.now,
      threatIds: [id],
    });
    await addAction(server, acme.tenantId, { deviceId, state: 'in-force', sentAt: server.now, threatIds: [unrelated] });
    const detail = await acme.viewer.get(`/threats/${id}`, ThreatDetail);
    expect(detail.alsoOn).toBe(1);
    expect(detail.actions.map((action) => action.id)).toEqual([mine]);
  });
});
