import { randomUUID } from 'node:crypto';
import {
  AGENT_ENROL_PATH,
  AGENT_REPORT_PATH,
  ENROLMENT_JWS_TYPE,
  EnrolmentResponse,
  REPORT_BODY_LIMIT_BYTES,
  REPORT_JWS_TYPE,
  ReportAck,
} from '@vedette/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestOrganisation, type TestServer } from '../../testing/create-test-server.ts';
import {
  anInstalledApp,
  anObservation,
  createTestKey,
  enrolmentOf,
  enrolTestAgent,
  newToken,
  post,
  signEnrolment,
  type TestAgent,
} from './agent.fixture.ts';

let server: TestServer;
let acme: TestOrganisation;
beforeAll(async () => {
  server = await createTestServer();
  acme = await server.addOrganisation('Acme');
});
afterAll(() => server[Symbol.asyncDispose]());

const TABLES = ['devices', 'reports', 'device_evidence', 'device_apps', 'device_events'] as const;

/** Everything a refused request must leave as it was. */
function state(organisation = acme) {
  return server.database.store.withTenant(organisation.tenantId, async (tx) => {
    const rows: Record<string, unknown> = {};
    for (const table of TABLES) {
      const all = await tx.selectFrom(table).selectAll().execute();
      rows[table] = all.map((row) => JSON.stringify(row)).sort();
    }
    rows['tokens'] = await tx.selectFrom('enrolment_tokens').select(['id', 'uses']).orderBy('id').execute();
    rows['jobs'] = await tx
      .selectFrom('jobs')
      .select(['id', 'run_at'])
      .where('tenant_id', '=', organisation.tenantId)
      .orderBy('id')
      .execute();
    return rows;
  });
}

async function expectRefused(
  path: string,
  body: string,
  code: string,
  status: number,
  contentType?: string,
): Promise<void> {
  const before = await state();
  const response = await post(server, path, body, contentType);
  expect({ status: response.statusCode, code: response.json().code }).toEqual({ status, code });
  expect(response.headers['content-type']).toContain('application/problem+json');
  expect(await state()).toEqual(before);
}

const refusalsOf = (deviceId: string) =>
  server.database.store.withTenant(acme.tenantId, (tx) =>
    tx.selectFrom('refusals').select(['code', 'remote']).where('device_id', '=', deviceId).execute(),
  );

describe('enrolment', () => {
  it('makes a device of a key, and the same device of the same key again', async () => {
    const key = await createTestKey();
    const jws = await signEnrolment(key, enrolmentOf(await newToken(acme, 1)));
    const first = EnrolmentResponse.parse((await post(server, AGENT_ENROL_PATH, jws)).json());
    expect(first).toMatchObject({ organisation: 'Acme', reportIntervalSeconds: 900 });
    const after = await state();
    const second = EnrolmentResponse.parse((await post(server, AGENT_ENROL_PATH, jws)).json());
    expect(second.deviceId).toBe(first.deviceId);
    expect(await state()).toEqual(after);
  });

  it('gives the last use of a token to one of many', async () => {
    const token = await newToken(acme, 3);
    const keys = await Promise.all(Array.from({ length: 8 }, createTestKey));
    const answers = await Promise.all(
      keys.map(async (key) => post(server, AGENT_ENROL_PATH, await signEnrolment(key, enrolmentOf(token)))),
    );
    expect(answers.filter((answer) => answer.statusCode === 200)).toHaveLength(3);
    expect(answers.filter((answer) => answer.json().code === 'token-used-up')).toHaveLength(5);
  });

  it('makes one device of one key that asks many times at once', async () => {
    const key = await createTestKey();
    const jws = await signEnrolment(key, enrolmentOf(await newToken(acme, 5)));
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(server, AGENT_ENROL_PATH, jws)));
    expect(new Set(answers.map((answer) => EnrolmentResponse.parse(answer.json()).deviceId)).size).toBe(1);
  });

  it('refuses what is not right, and changes nothing', async () => {
    const key = await createTestKey();
    const other = await createTestKey();
    const request = enrolmentOf(await newToken(acme));
    const header = { typ: ENROLMENT_JWS_TYPE, jwk: key.publicKey };
    await expectRefused(
      AGENT_ENROL_PATH,
      await signEnrolment(key, { ...request, token: 'x'.repeat(40) }),
      'token-invalid',
      403,
    );
    await expectRefused(AGENT_ENROL_PATH, await other.sign(header, request), 'bad-signature', 401);
    await expectRefused(
      AGENT_ENROL_PATH,
      await key.sign({ ...header, typ: REPORT_JWS_TYPE }, request),
      'malformed',
      400,
    );
    await expectRefused(AGENT_ENROL_PATH, await key.sign({ ...header, kid: 'x' }, request), 'malformed', 400);
    await expectRefused(AGENT_ENROL_PATH, await key.sign(header, { ...request, facts: null }), 'malformed', 400);
    await expectRefused(AGENT_ENROL_PATH, await key.sign(header, 'not json'), 'malformed', 400);
    await expectRefused(AGENT_ENROL_PATH, 'a.b.c', 'malformed', 400);
    const offCurve = { ...key.publicKey, x: 'A'.repeat(43) };
    await expectRefused(AGENT_ENROL_PATH, await key.sign({ ...header, jwk: offCurve }, request), 'bad-signature', 401);
  });

  it('refuses a token that has expired or was revoked', async () => {
    const token = await newToken(acme);
    const now = server.now;
    server.now = new Date(now.getTime() + 25 * 3_600_000);
    await expectRefused(
      AGENT_ENROL_PATH,
      await signEnrolment(await createTestKey(), enrolmentOf(token)),
      'token-expired',
      403,
    );
    server.now = now;
    const revoked = await newToken(acme);
    await server.database.store.withTenant(acme.tenantId, (tx) =>
      tx.updateTable('enrolment_tokens').set({ revoked_at: now }).execute(),
    );
    await expectRefused(
      AGENT_ENROL_PATH,
      await signEnrolment(await createTestKey(), enrolmentOf(revoked)),
      'token-invalid',
      403,
    );
  });
});

describe('a report', () => {
  let agent: TestAgent;
  beforeAll(async () => {
    agent = await enrolTestAgent(server, acme);
  });

  it('is kept byte for byte with its evidence, and asks for an assessment', async () => {
    const event = {
      kind: 'network.tls-interception',
      at: '2099-01-01T00:00:00.000Z',
      source: 'network-probe',
      network: 'cafe',
      host: null,
      expected: null,
      seen: null,
      note: '',
    } as const;
    const report = agent.full({
      observations: [anObservation(server, 'lock.credential', 'PIN')],
      apps: [
        anInstalledApp('com.example.one'),
        anInstalledApp('com.example.one', { versionName: '2' }),
        anInstalledApp('com.example.two'),
      ],
      events: [event],
    });
    const jws = await agent.sign(report);
    const ack = ReportAck.parse((await post(server, AGENT_REPORT_PATH, jws)).json());
    expect(ack).toMatchObject({ reportId: report.reportId, sequence: 1, duplicate: false, resendFull: false });
    const stored = await server.database.store.withTenant(acme.tenantId, async (tx) => ({
      report: await tx
        .selectFrom('reports')
        .selectAll()
        .where('report_id', '=', report.reportId)
        .executeTakeFirstOrThrow(),
      evidence: await tx
        .selectFrom('device_evidence')
        .selectAll()
        .where('device_id', '=', agent.deviceId)
        .executeTakeFirstOrThrow(),
      apps: await tx
        .selectFrom('device_apps')
        .select(['package', 'app'])
        .where('device_id', '=', agent.deviceId)
        .orderBy('package')
        .execute(),
      events: await tx
        .selectFrom('device_events')
        .select(['at', 'event'])
        .where('device_id', '=', agent.deviceId)
        .execute(),
      device: await tx.selectFrom('devices').selectAll().where('id', '=', agent.deviceId).executeTakeFirstOrThrow(),
      jobs: await tx.selectFrom('jobs').select('payload').where('dedupe_key', '=', agent.deviceId).execute(),
    }));
    expect(stored.report.jws).toBe(jws);
    expect(stored.evidence.observations).toEqual(report.observations);
    expect(stored.apps.map((row) => [row.package, row.app.versionName])).toEqual([
      ['com.example.one', '2'],
      ['com.example.two', '1'],
    ]);
    expect(stored.events).toMatchObject([{ at: server.now, event: { at: event.at } }]);
    expect(stored.device).toMatchObject({ last_sequence: 1, last_full_report_id: report.reportId, sequence_gaps: 0 });
    expect(stored.jobs).toEqual([{ payload: { deviceId: agent.deviceId } }]);
  });

  it('is acknowledged again when it comes again, and changes nothing', async () => {
    const jws = await agent.sign(agent.full());
    await post(server, AGENT_REPORT_PATH, jws);
    const before = await state();
    const answers = await Promise.all(Array.from({ length: 4 }, () => post(server, AGENT_REPORT_PATH, jws)));
    for (const answer of answers) expect(ReportAck.parse(answer.json())).toMatchObject({ duplicate: true });
    expect(await state()).toEqual(before);
  });

  it('is taken once when it comes many times at once', async () => {
    const jws = await agent.sign(agent.full());
    const answers = await Promise.all(Array.from({ length: 6 }, () => post(server, AGENT_REPORT_PATH, jws)));
    const acks = answers.map((answer) => ReportAck.parse(answer.json()));
    expect(acks.filter((ack) => !ack.duplicate)).toHaveLength(1);
  });

  it('is refused as a conflict under a used number, as a replay under an older one; skipped numbers are counted', async () => {
    const one = await enrolTestAgent(server, acme);
    const first = one.full();
    await one.send(first);
    await expectRefused(AGENT_REPORT_PATH, await one.sign({ ...one.full(), sequence: 1 }), 'sequence-conflict', 409);
    await expectRefused(AGENT_REPORT_PATH, await one.sign({ ...first, sequence: 9 }), 'sequence-conflict', 409);
    expect((await one.send({ ...one.full(), sequence: 5 })).statusCode).toBe(200);
    await expectRefused(AGENT_REPORT_PATH, await one.sign({ ...one.full(), sequence: 3 }), 'replay', 409);
    const device = await server.database.store.withTenant(acme.tenantId, (tx) =>
      tx
        .selectFrom('devices')
        .select(['last_sequence', 'sequence_gaps'])
        .where('id', '=', one.deviceId)
        .executeTakeFirstOrThrow(),
    );
    expect(device).toEqual({ last_sequence: 5, sequence_gaps: 3 });
    expect((await refusalsOf(one.deviceId)).map((row) => row.code)).toEqual([
      'sequence-conflict',
      'sequence-conflict',
      'replay',
    ]);
  });

  it('asks for a full report when a heartbeat rests on one it does not have', async () => {
    const one = await enrolTestAgent(server, acme);
    const full = one.full();
    await one.send(full);
    expect(ReportAck.parse((await one.send(one.heartbeat(full.reportId))).json()).resendFull).toBe(false);
    expect(ReportAck.parse((await one.send(one.heartbeat(randomUUID()))).json()).resendFull).toBe(true);
  });

  it('is refused when it is forged, of another device, or of none', async () => {
    const stranger = await createTestKey();
    const other = await enrolTestAgent(server, acme);
    const header = { typ: REPORT_JWS_TYPE, kid: agent.deviceId };
    const report = { ...agent.full(), sequence: 100 };
    await expectRefused(AGENT_REPORT_PATH, await stranger.sign(header, report), 'bad-signature', 401);
    await expectRefused(AGENT_REPORT_PATH, await other.key.sign(header, report), 'bad-signature', 401);
    await expectRefused(AGENT_REPORT_PATH, await other.sign(report), 'wrong-device', 403);
    await expectRefused(
      AGENT_REPORT_PATH,
      await stranger.sign({ ...header, kid: randomUUID() }, report),
      'unknown-device',
      404,
    );
    const jws = await agent.sign(report);
    const [head = '', payload = '', signature = ''] = jws.split('.');
    const none = Buffer.from(JSON.stringify({ ...header, alg: 'none' })).toString('base64url');
    await expectRefused(AGENT_REPORT_PATH, `${none}.${payload}.${signature}`, 'malformed', 400);
    await expectRefused(AGENT_REPORT_PATH, `${none}.${payload}.`, 'malformed', 400);
    const changed = Buffer.from(JSON.stringify({ ...report, appsComplete: false })).toString('base64url');
    await expectRefused(AGENT_REPORT_PATH, `${head}.${changed}.${signature}`, 'bad-signature', 401);
    const codes = (await refusalsOf(agent.deviceId)).map((row) => row.code);
    expect(codes.filter((code) => code === 'bad-signature')).toHaveLength(3);
  });

  it('is refused when it is too large, of another type, or not as the schema has it', async () => {
    await expectRefused(AGENT_REPORT_PATH, 'a'.repeat(REPORT_BODY_LIMIT_BYTES + 1), 'too-large', 413);
    await expectRefused(AGENT_REPORT_PATH, await agent.sign(agent.full()), 'malformed', 400, 'text/plain');
    await expectRefused(
      AGENT_REPORT_PATH,
      await agent.key.sign({ typ: REPORT_JWS_TYPE, kid: agent.deviceId }, { ...agent.full(), apps: 3 }),
      'malformed',
      400,
    );
    const deep = `${'['.repeat(100)}${']'.repeat(100)}`;
    await expectRefused(
      AGENT_REPORT_PATH,
      await agent.key.sign({ typ: REPORT_JWS_TYPE, kid: agent.deviceId }, deep),
      'malformed',
      400,
    );
    await expectRefused(
      AGENT_REPORT_PATH,
      await agent.sign({ ...agent.full({ facts: { ...agent.full().facts, platform: 'ios' } }), sequence: 200 }),
      'wrong-device',
      403,
    );
  });

  it('is taken although an app has a name the database cannot keep', async () => {
    const one = await enrolTestAgent(server, acme);
    const label = 'bad\u0000name\ud800';
    expect((await one.send(one.full({ apps: [anInstalledApp('com.example', { label })] }))).statusCode).toBe(200);
    const row = await server.database.store.withTenant(acme.tenantId, (tx) =>
      tx.selectFrom('device_apps').select('app').where('device_id', '=', one.deviceId).executeTakeFirstOrThrow(),
    );
    expect(row.app.label).toBe('bad\ufffdname\ufffd');
  });

  it('cannot vouch for itself', async () => {
    const one = await enrolTestAgent(server, acme);
    const claim = {
      ...anObservation(server, 'getprop.ro.boot.verifiedbootstate', 'green'),
      trust: 'hardware-attested' as const,
    };
    await one.send(one.full({ observations: [claim, { ...claim, trust: 'heuristic' }] }));
    const stored = await server.database.store.withTenant(acme.tenantId, (tx) =>
      tx
        .selectFrom('device_evidence')
        .select('observations')
        .where('device_id', '=', one.deviceId)
        .executeTakeFirstOrThrow(),
    );
    expect(stored.observations.map((observation) => observation.trust)).toEqual(['os-reported', 'heuristic']);
  });

  it('is refused once the device is retired', async () => {
    const one = await enrolTestAgent(server, acme);
    await acme.admin.send('POST', `/devices/${one.deviceId}/retire`);
    await expectRefused(AGENT_REPORT_PATH, await one.sign(one.full()), 'device-retired', 410);
  });

  it('does not tell one organisation of the report ids of another', async () => {
    const other = await server.addOrganisation('Other');
    const theirs = await enrolTestAgent(server, other);
    const mine = await enrolTestAgent(server, acme);
    const report = theirs.full();
    await theirs.send(report);
    await expectRefused(
      AGENT_REPORT_PATH,
      await mine.sign({ ...mine.full(), reportId: report.reportId }),
      'sequence-conflict',
      409,
    );
  });

  it('fills no disk with refusals', async () => {
    const one = await enrolTestAgent(server, acme);
    const forged = await (await createTestKey()).sign({ typ: REPORT_JWS_TYPE, kid: one.deviceId }, one.full());
    for (let nth = 0; nth < 30; nth += 1) await post(server, AGENT_REPORT_PATH, forged);
    expect(await refusalsOf(one.deviceId)).toHaveLength(20);
  });
});
