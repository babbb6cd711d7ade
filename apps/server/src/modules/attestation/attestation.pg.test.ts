import { randomUUID } from 'node:crypto';
import {
  MINT_APP_ID,
  makeParty,
  mintAppAttest,
  mintAssertion,
  mintDevice,
  mintKeyAttestation,
  mintManagedDevice,
  mintPlayKeys,
  mintPlayToken,
  pemOf,
  playPayload,
} from '@vedette/attestation/testing';
import {
  AGENT_CHALLENGE_PATH,
  AGENT_ENROL_PATH,
  AGENT_STATEMENT_PATH,
  AttestationHealth,
  AttestationSettings,
  AttestationSettingsView,
  CHALLENGE_JWS_TYPE,
  Challenge,
  DeviceAttestationList,
  DeviceDetail,
  DeviceList,
  ENROLMENT_CHALLENGE_PATH,
  EnrolmentResponse,
  EnrolmentTokenCreated,
  Problem,
  REPORT_JWS_TYPE,
  ReportAck,
  STATEMENT_JWS_TYPE,
  StatementAnswer,
} from '@vedette/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestServer, type TestOrganisation, type TestServer } from '../../testing/create-test-server.ts';
import {
  anObservation,
  createTestKey,
  enrolmentOf,
  enrolTestAgent,
  PIXEL_FACTS,
  post,
  signEnrolment,
  type TestAgent,
  type TestKey,
} from '../ingest/agent.fixture.ts';
import {
  answered,
  askChallenge,
  assessNow,
  attest,
  base64,
  challengeBytes,
  codeOf,
  keyStatement,
  mintOwn,
  saveSettings,
  sendStatement,
  trustRootOf,
} from './attestation.fixture.ts';
import { spkiOfJwk } from './spki-of-jwk.ts';

let server: TestServer;
let acme: TestOrganisation;
let agent: TestAgent;
const root = makeParty('p384');
const device = mintDevice(root);

beforeAll(async () => {
  server = await createTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  server.now = new Date('2026-06-01T12:00:00Z');
  acme = await server.addOrganisation('Acme');
  await trustRootOf(acme, device);
  agent = await enrolTestAgent(server, acme);
});

const signalOf = async (id: string, deviceId = agent.deviceId) => {
  const { signals } = await acme.viewer.get(`/devices/${deviceId}`, DeviceDetail);
  return signals.find((signal) => signal.id === id);
};
const listOf = (deviceId = agent.deviceId) =>
  acme.viewer.get(`/devices/${deviceId}/attestations`, DeviceAttestationList);

describe('a challenge', () => {
  it('is answered once: the same statement again gets the same answer, another one none', async () => {
    const challenge = await askChallenge(server, agent, 'key-attestation');
    const statement = keyStatement(challenge, { device });
    const first = await answered(await sendStatement(server, agent, challenge, statement));
    expect(first).toMatchObject({ accepted: true, reasons: [], grade: 'trusted-environment' });
    expect(await answered(await sendStatement(server, agent, challenge, statement))).toEqual(first);
    const other = await sendStatement(server, agent, challenge, keyStatement(challenge, { device }));
    expect([other.statusCode, codeOf(other)]).toEqual([409, 'challenge-used']);
    expect((await listOf()).items).toHaveLength(1);
  });

  it('is used up by a statement that does not hold', async () => {
    const challenge = await askChallenge(server, agent, 'key-attestation');
    const bad = keyStatement(challenge, { device, challenge: new Uint8Array(32) });
    expect(await answered(await sendStatement(server, agent, challenge, bad))).toMatchObject({
      accepted: false,
      reasons: ['challenge-mismatch'],
    });
    expect(codeOf(await sendStatement(server, agent, challenge, keyStatement(challenge, { device })))).toBe(
      'challenge-used',
    );
  });

  it('of two answers at once, takes one', async () => {
    const challenge = await askChallenge(server, agent, 'key-attestation');
    const answers = await Promise.all(
      [1, 2, 3].map(() => sendStatement(server, agent, challenge, keyStatement(challenge, { device }))),
    );
    expect(answers.map(({ statusCode }) => String(statusCode)).sort()).toEqual(['200', '409', '409']);
  });

  it('is bound to device, session and kind, and ends', async () => {
    const other = await enrolTestAgent(server, acme);
    const challenge = await askChallenge(server, agent, 'key-attestation');
    const statement = keyStatement(challenge, { device });
    expect(codeOf(await sendStatement(server, other, challenge, statement))).toBe('challenge-unknown');
    const session = { ...challenge, session: randomUUID() };
    expect(codeOf(await sendStatement(server, agent, session, statement))).toBe('challenge-unknown');
    const play = await sendStatement(server, agent, challenge, { kind: 'play-integrity', token: 'x' });
    expect(codeOf(play)).toBe('challenge-unknown');
    server.now = new Date(server.now.getTime() + 10 * 60_000);
    const late = await sendStatement(server, agent, challenge, statement);
    expect([late.statusCode, codeOf(late)]).toEqual([410, 'challenge-expired']);
    expect((await listOf()).items).toEqual([]);
  });

  it('is one of five: a further one takes the place of the oldest', async () => {
    const first = await askChallenge(server, agent, 'key-attestation');
    for (let count = 0; count < 5; count++) {
      server.now = new Date(server.now.getTime() + 1000);
      await askChallenge(server, agent, 'key-attestation');
    }
    expect(codeOf(await sendStatement(server, agent, first, keyStatement(first, { device })))).toBe(
      'challenge-unknown',
    );
  });

  it('is asked for with a signature of its own type alone', async () => {
    const request = {
      schema: 'vedette.challenge-request/1',
      deviceId: agent.deviceId,
      kind: 'key-attestation',
      session: randomUUID(),
      createdAt: server.now.toISOString(),
    };
    const asReport = await agent.key.sign({ typ: REPORT_JWS_TYPE, kid: agent.deviceId }, request);
    expect(Problem.parse((await post(server, AGENT_CHALLENGE_PATH, asReport)).json()).code).toBe('malformed');
    const stranger = await createTestKey();
    const forged = await stranger.sign({ typ: CHALLENGE_JWS_TYPE, kid: agent.deviceId }, request);
    expect(Problem.parse((await post(server, AGENT_CHALLENGE_PATH, forged)).json()).code).toBe('bad-signature');
    const elsewhere = await agent.key.sign(
      { typ: CHALLENGE_JWS_TYPE, kid: agent.deviceId },
      { ...request, deviceId: randomUUID() },
    );
    expect(Problem.parse((await post(server, AGENT_CHALLENGE_PATH, elsewhere)).json()).code).toBe('wrong-device');
  });

  it('is not given to a device that was retired', async () => {
    const challenge = await askChallenge(server, agent, 'key-attestation');
    await acme.admin.send('POST', `/devices/${agent.deviceId}/retire`);
    const late = await sendStatement(server, agent, challenge, keyStatement(challenge, { device }));
    expect(codeOf(late)).toBe('device-retired');
  });

  it.each([
    ['no statement', undefined],
    ['a kind that nobody knows', { kind: 'astrology', chain: [] }],
    ['no certificates', { kind: 'key-attestation', chain: [] }],
    ['more than any chain has', { kind: 'key-attestation', chain: Array.from({ length: 11 }, () => 'AAAA') }],
    ['what is not base64', { kind: 'key-attestation', chain: ['%%%'] }],
  ])('answered with %s is malformed, and stays open', async (_name, statement) => {
    const challenge = await askChallenge(server, agent, 'key-attestation');
    const body = {
      schema: 'vedette.statement/1',
      deviceId: agent.deviceId,
      ...challenge,
      statement,
      createdAt: server.now.toISOString(),
    };
    const jws = await agent.key.sign({ typ: STATEMENT_JWS_TYPE, kid: agent.deviceId }, body);
    expect(Problem.parse((await post(server, AGENT_STATEMENT_PATH, jws)).json()).code).toBe('malformed');
    expect(
      await answered(await sendStatement(server, agent, challenge, keyStatement(challenge, { device }))),
    ).toMatchObject({ accepted: true });
  });
});

describe('a key attestation', () => {
  it('makes posture rest on hardware, and grows old', async () => {
    const roots = [{ label: 'Test root', pem: pemOf([mintKeyAttestation({ device }).root]) }];
    await saveSettings(acme, { maxAgeHours: 2, keyAttestation: { roots } });
    await agent.send(agent.full({ observations: [anObservation(server, 'agent.patch_level', '2026-05-05')] }));
    await attest(server, agent, { device, attestationLevel: 2, osPatchLevel: 202605, vendorPatchLevel: 20260505 });
    await assessNow(server, acme, agent.deviceId);
    expect(await signalOf('integrity.attestation')).toMatchObject({ status: 'ok', trust: 'hardware-attested' });
    expect(await signalOf('integrity.verified-boot')).toMatchObject({ status: 'ok', trust: 'hardware-attested' });
    expect(await signalOf('integrity.bootloader')).toMatchObject({ status: 'ok', source: 'key-attestation' });
    expect(await signalOf('integrity.root')).toMatchObject({ status: 'ok' });
    expect(await signalOf('os.patch-level')).toMatchObject({ status: 'ok', trust: 'hardware-attested' });
    const { threats } = await acme.viewer.get(`/devices/${agent.deviceId}`, DeviceDetail);
    expect(threats.map(({ type }) => type)).not.toContain('contradiction');
    expect((await acme.viewer.get('/devices?attestation=strongbox', DeviceList)).total).toBe(1);
    const { items, compared, maxAgeHours } = await listOf();
    expect(items).toMatchObject([
      { kind: 'key-attestation', accepted: true, inForce: true, grade: 'strongbox', via: 'agent' },
    ]);
    expect(items[0]?.checks.length).toBeGreaterThan(10);
    expect(compared.find(({ title }) => title === 'Patch level of the system')).toEqual({
      title: 'Patch level of the system',
      attested: '2026-05',
      reported: '2026-05-05',
      agrees: true,
    });
    server.now = new Date(server.now.getTime() + (maxAgeHours * 60 + 1) * 60_000);
    await assessNow(server, acme, agent.deviceId);
    expect(await signalOf('integrity.attestation')).toMatchObject({ status: 'unknown' });
    expect((await listOf()).items[0]?.inForce).toBe(false);
    expect((await acme.viewer.get('/devices?attestation=stale', DeviceList)).total).toBe(1);
  });

  it('of an open boot is refused, and believed in what it says', async () => {
    expect(await attest(server, agent, { device, bootState: 2, locked: false })).toMatchObject({
      accepted: false,
      reasons: ['bootloader-unlocked', 'boot-unverified'],
      grade: null,
    });
    await assessNow(server, acme, agent.deviceId);
    expect(await signalOf('integrity.verified-boot')).toMatchObject({ status: 'bad', trust: 'hardware-attested' });
    expect(await signalOf('integrity.attestation')).toMatchObject({ status: 'bad' });
    const { threats } = await acme.viewer.get(`/devices/${agent.deviceId}`, DeviceDetail);
    expect(threats.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['boot-not-verified', 'bootloader-unlocked']),
    );
  });

  it('shows a system that reports another patch level than it has', async () => {
    await agent.send(agent.full({ observations: [anObservation(server, 'agent.patch_level', '2026-05-05')] }));
    await attest(server, agent, { device, osPatchLevel: 202501 });
    await assessNow(server, acme, agent.deviceId);
    const { threats } = await acme.viewer.get(`/devices/${agent.deviceId}`, DeviceDetail);
    expect(threats.map(({ type }) => type)).toContain('contradiction');
    const { contradictions } = await acme.viewer.get('/attestation/health', AttestationHealth);
    expect(contradictions).toMatchObject([
      { id: agent.deviceId, title: 'Patch level of the system', attested: '2025-01', reported: '2026-05-05' },
    ]);
  });

  it('with an older patch level than the last is refused as rolled back', async () => {
    expect(await attest(server, agent, { device, osPatchLevel: 202605 })).toMatchObject({ accepted: true });
    expect(await attest(server, agent, { device, osPatchLevel: 202604 })).toMatchObject({
      accepted: false,
      reasons: ['patch-level-rolled-back'],
    });
    expect(await attest(server, agent, { device, osPatchLevel: 202605 })).toMatchObject({ accepted: true });
  });

  it('under a root that nobody trusts is refused, and names no key', async () => {
    const foreign = mintDevice();
    const answer = await attest(server, agent, { device: foreign });
    expect(answer.accepted).toBe(false);
    expect(answer.reasons).toContain('no-trust-anchor');
    await assessNow(server, acme, agent.deviceId);
    expect(await signalOf('integrity.attestation')).toMatchObject({ status: 'bad' });
    expect(await signalOf('integrity.verified-boot')).toMatchObject({ status: 'unknown' });
  });

  it('under Google’s roots is refused without a list of revoked keys, which is no fault of the device', async () => {
    await saveSettings(acme, {});
    // With the settings of the product the chain ends at a root that is not Google’s; the reason for the list stands beside it.
    expect((await attest(server, agent, { device })).reasons).toEqual(
      expect.arrayContaining(['no-trust-anchor', 'revocation-list-missing']),
    );
  });

  it('of another app, where the agents are named, is refused', async () => {
    const { root: rootDer } = mintKeyAttestation({ device });
    await saveSettings(acme, {
      keyAttestation: {
        roots: [{ label: 'Test root', pem: pemOf([rootDer]) }],
        applications: [{ package: 'com.example.agent', signer: 'a'.repeat(64) }],
      },
    });
    expect(await attest(server, agent, { device })).toMatchObject({
      accepted: false,
      reasons: ['application-mismatch'],
    });
  });

  it('is judged by the settings of its own organisation', async () => {
    const other = await server.addOrganisation('Other');
    const stranger = await enrolTestAgent(server, other);
    expect((await attest(server, stranger, { device })).reasons).toContain('no-trust-anchor');
    expect((await acme.viewer.send('GET', `/devices/${stranger.deviceId}/attestations`)).statusCode).toBe(404);
  });
});

describe('one key under many devices', () => {
  const enrolOther = (model: string, name: string): Promise<TestAgent> => enrolAs(model, name);
  async function enrolAs(model: string, deviceName: string): Promise<TestAgent> {
    const made = await enrolTestAgent(server, acme);
    await made.send(made.full({ facts: { ...PIXEL_FACTS, model } }));
    await acme.admin.send('PATCH', `/devices/${made.deviceId}`, { name: deviceName });
    return made;
  }

  it('is seen where it was certified for one, and no longer when it is gone', async () => {
    const second = await enrolOther('Pixel 8', 'Second');
    const shared = mintOwn(root, 0x1234_5678, { provisioning: 'remote' });
    for (const one of [agent, second]) expect(await attest(server, one, shared)).toMatchObject({ accepted: true });
    for (const one of [agent, second]) await assessNow(server, acme, one.deviceId);
    expect(await signalOf('integrity.attestation')).toMatchObject({ status: 'bad' });
    expect(await signalOf('integrity.attestation', second.deviceId)).toMatchObject({ status: 'bad' });
    const { reusedKeys } = await acme.viewer.get('/attestation/health', AttestationHealth);
    expect(reusedKeys).toMatchObject([{ serial: '12345678', provisioning: 'remote', devices: 2, suspicious: true }]);
    expect(reusedKeys[0]?.shown.map(({ id }) => id).sort()).toEqual([agent.deviceId, second.deviceId].sort());
    await attest(server, second, mintOwn(root, 0x2345_6789, { provisioning: 'remote' }));
    await assessNow(server, acme, agent.deviceId);
    expect(await signalOf('integrity.attestation')).toMatchObject({ status: 'ok' });
  });

  it('has every device that shows it looked at again', async () => {
    const second = await enrolOther('Galaxy S25', 'Second');
    const shared = mintOwn(root, 0x7777_0001);
    await attest(server, agent, shared);
    await server.database.store.withTenant(acme.tenantId, (tx) =>
      tx.deleteFrom('jobs').where('tenant_id', '=', acme.tenantId).execute(),
    );
    await attest(server, second, shared);
    const jobs = await server.database.store.withTenant(acme.tenantId, (tx) =>
      tx
        .selectFrom('jobs')
        .select('payload')
        .where('tenant_id', '=', acme.tenantId)
        .where('queue', '=', 'assess')
        .execute(),
    );
    expect(jobs.map(({ payload }) => (payload as { deviceId: string }).deviceId).sort()).toEqual(
      [agent.deviceId, second.deviceId].sort(),
    );
  });

  it('of the factory is suspicious in two models, and usual in one', async () => {
    await agent.send(agent.full());
    const same = await enrolOther('Pixel 8', 'Same');
    const shared = mintOwn(root, 0x5555_0001);
    for (const one of [agent, same]) await attest(server, one, shared);
    await assessNow(server, acme, agent.deviceId);
    expect(await signalOf('integrity.attestation')).toMatchObject({ status: 'ok' });
    const other = await enrolOther('Galaxy S25', 'Other');
    await attest(server, other, shared);
    await assessNow(server, acme, agent.deviceId);
    expect(await signalOf('integrity.attestation')).toMatchObject({ status: 'bad' });
    expect((await acme.viewer.get('/attestation/health', AttestationHealth)).reusedKeys).toMatchObject([
      { devices: 3, models: 2, suspicious: true },
    ]);
  });

  it('cannot be pinned on a device by who hands in a copy of its statement', async () => {
    const victim = mintOwn(root, 0x6666_0001, { provisioning: 'remote' });
    const challenge = await askChallenge(server, agent, 'key-attestation');
    const genuine = keyStatement(challenge, victim);
    await answered(await sendStatement(server, agent, challenge, genuine));
    const thief = await enrolOther('Pixel 8', 'Thief');
    const theirs = await askChallenge(server, thief, 'key-attestation');
    expect(await answered(await sendStatement(server, thief, theirs, genuine))).toMatchObject({
      accepted: false,
      reasons: ['challenge-mismatch'],
    });
    await assessNow(server, acme, agent.deviceId);
    expect(await signalOf('integrity.attestation')).toMatchObject({ status: 'ok' });
    expect((await acme.viewer.get('/attestation/health', AttestationHealth)).reusedKeys).toEqual([]);
  });
});

describe('Play Integrity', () => {
  const play = mintPlayKeys();
  const settings = { playIntegrity: { packageName: 'io.vedette.agent' } };
  const keys = { decryption: base64(play.keys.decryption), verification: base64(play.keys.verification) };
  const tokenFor = (challenge: Challenge, more: object = {}) => {
    const payload = playPayload(server.now.getTime());
    const details = { ...(payload['requestDetails'] as object), nonce: challenge.challenge };
    return mintPlayToken(JSON.stringify({ ...payload, requestDetails: details, ...more }), play);
  };
  const saveKeys = () =>
    acme.admin.send('PUT', '/attestation/settings', {
      settings: AttestationSettings.parse(settings),
      playIntegrityKeys: keys,
    });

  it('is judged with the organisation’s own keys, which are never given out again', async () => {
    await saveKeys();
    const { body } = await acme.admin.send('GET', '/attestation/settings');
    expect(AttestationSettingsView.parse(JSON.parse(body)).hasPlayIntegrityKeys).toBe(true);
    expect(body).not.toContain(keys.decryption);
    const challenge = await askChallenge(server, agent, 'play-integrity');
    const statement = { kind: 'play-integrity' as const, token: await tokenFor(challenge) };
    expect(await answered(await sendStatement(server, agent, challenge, statement))).toMatchObject({
      accepted: true,
      grade: 'platform',
    });
    await assessNow(server, acme, agent.deviceId);
    expect(await signalOf('integrity.attestation')).toMatchObject({ status: 'ok', trust: 'server-verified' });
    // What Google says of the device is no word of its hardware.
    expect(await signalOf('integrity.verified-boot')).toMatchObject({ status: 'unknown' });
    const audit = await server.database.store.withTenant(acme.tenantId, (tx) =>
      tx.selectFrom('audit').selectAll().execute(),
    );
    expect(JSON.stringify(audit)).not.toContain(keys.decryption);
  });

  it('keeps keys when settings are saved without, and drops them with the app they were for', async () => {
    await saveKeys();
    expect((await saveSettings(acme, settings)).hasPlayIntegrityKeys).toBe(true);
    expect(
      (await saveSettings(acme, { playIntegrity: { packageName: 'com.example.other' } })).hasPlayIntegrityKeys,
    ).toBe(false);
  });

  it('is refused with another nonce, for a device that fails, and where nothing is set up', async () => {
    const unset = await askChallenge(server, agent, 'play-integrity');
    const answer = await sendStatement(server, agent, unset, { kind: 'play-integrity', token: await tokenFor(unset) });
    expect(await answered(answer)).toMatchObject({ accepted: false, reasons: ['not-set-up'] });
    await assessNow(server, acme, agent.deviceId);
    expect(await signalOf('integrity.attestation')).toMatchObject({ status: 'unknown' });
    await saveKeys();
    const [one, two] = [
      await askChallenge(server, agent, 'play-integrity'),
      await askChallenge(server, agent, 'play-integrity'),
    ];
    const swapped = await sendStatement(server, agent, two, { kind: 'play-integrity', token: await tokenFor(one) });
    expect(await answered(swapped)).toMatchObject({ accepted: false, reasons: ['challenge-mismatch'] });
    const failing = { kind: 'play-integrity' as const, token: await tokenFor(one, { deviceIntegrity: {} }) };
    expect((await answered(await sendStatement(server, agent, one, failing))).accepted).toBe(false);
    const garbage = await askChallenge(server, agent, 'play-integrity');
    expect(
      await answered(await sendStatement(server, agent, garbage, { kind: 'play-integrity', token: 'a.b.c' })),
    ).toMatchObject({ reasons: ['unreadable'] });
  });
});

describe('App Attest', () => {
  const parties = { root: makeParty('p384'), authority: makeParty('p384') };
  const settings = {
    appAttest: { appIds: [MINT_APP_ID], roots: [{ label: 'Test', pem: pemOf([mintAppAttest({ parties }).root]) }] },
  };
  async function attestApp() {
    await saveSettings(acme, settings);
    const challenge = await askChallenge(server, agent, 'app-attest');
    const minted = mintAppAttest({ parties, clientData: challengeBytes(challenge) });
    const statement = { kind: 'app-attest' as const, object: base64(minted.statement), keyId: base64(minted.keyId) };
    return { minted, answer: await answered(await sendStatement(server, agent, challenge, statement)) };
  }
  async function assertWith(key: Parameters<typeof mintAssertion>[0], counter: number, said?: string) {
    const challenge = await askChallenge(server, agent, 'app-attest-assertion');
    const clientData = new TextEncoder().encode(said ?? `{"challenge":"${challenge.challenge}"}`);
    return {
      challenge,
      statement: {
        kind: 'app-attest-assertion' as const,
        assertion: base64(mintAssertion(key, { counter, clientData })),
        clientData: base64(clientData),
      },
    };
  }
  const send = async ({ challenge, statement }: Awaited<ReturnType<typeof assertWith>>) =>
    answered(await sendStatement(server, agent, challenge, statement));

  it('attests a key whose counter only rises', async () => {
    const { minted, answer } = await attestApp();
    expect(answer).toMatchObject({ accepted: true, grade: 'secure-enclave' });
    expect(await send(await assertWith(minted.key, 1))).toMatchObject({ accepted: true, grade: 'secure-enclave' });
    expect(await send(await assertWith(minted.key, 7))).toMatchObject({ accepted: true });
    for (const counter of [7, 6, 1, 0])
      expect(await send(await assertWith(minted.key, counter))).toMatchObject({
        accepted: false,
        reasons: ['counter-not-greater'],
      });
    expect(await send(await assertWith(minted.key, 8))).toMatchObject({ accepted: true });
  });

  it('of two assertions with one counter at once, takes one', async () => {
    const { minted } = await attestApp();
    const both = [await assertWith(minted.key, 5), await assertWith(minted.key, 5)];
    const answers = await Promise.all(both.map(send));
    expect(answers.map(({ accepted }) => String(accepted)).sort()).toEqual(['false', 'true']);
  });

  it('takes no assertion before a key was attested, of another key, or over other data', async () => {
    await saveSettings(acme, settings);
    const stranger = makeParty('p256');
    expect(await send(await assertWith(stranger, 1))).toMatchObject({ reasons: ['key-not-attested'] });
    const { minted } = await attestApp();
    expect(await send(await assertWith(stranger, 1))).toMatchObject({ reasons: ['bad-signature'] });
    expect(await send(await assertWith(minted.key, 1, '{"challenge":"another"}'))).toMatchObject({
      reasons: ['challenge-mismatch'],
    });
  });
});

describe('managed device attestation', () => {
  const parties = { root: makeParty('p384'), authority: makeParty('p384') };
  it('is handed in by an administrator for a nonce of the server', async () => {
    await saveSettings(acme, {
      managedDevice: { roots: [{ label: 'Test', pem: pemOf([mintManagedDevice({ parties }).root]) }] },
    });
    const path = `/devices/${agent.deviceId}`;
    const challenge = await acme.admin.post(`${path}/attestation-challenges`, {}, Challenge);
    const chain = mintManagedDevice({ parties, nonce: challengeBytes(challenge), osVersion: '16' }).chain.map(base64);
    const handed = {
      challengeId: challenge.challengeId,
      session: challenge.session,
      statement: { kind: 'managed-device', chain },
    };
    const refusedToViewer = await acme.viewer.send('POST', `${path}/attestations`, handed);
    expect(refusedToViewer.statusCode).toBe(403);
    const answer = await acme.admin.send('POST', `${path}/attestations`, handed);
    expect(StatementAnswer.parse(answer.json())).toMatchObject({ accepted: true, grade: 'secure-enclave' });
    expect((await acme.admin.send('POST', `${path}/attestations`, handed)).statusCode).toBe(409);
    expect((await listOf()).items).toMatchObject([{ via: 'administrator', kind: 'managed-device' }]);
  });
});

describe('an enrolment link that asks for proof', () => {
  const link = (attestation: 'any' | 'hardware') =>
    acme.admin.post(
      '/enrolment/tokens',
      { label: 'Proof', expiresInHours: 1, maxUses: 1, attestation },
      EnrolmentTokenCreated,
    );
  async function challengeFor(token: string, kind = 'key-attestation') {
    const body = { schema: 'vedette.enrolment-challenge/1', token, kind, session: randomUUID() };
    return Challenge.parse(
      (await post(server, ENROLMENT_CHALLENGE_PATH, JSON.stringify(body), 'application/json')).json(),
    );
  }
  async function enrolWith(
    key: TestKey,
    token: string,
    challenge?: Challenge,
    mint: Parameters<typeof keyStatement>[1] = {},
  ) {
    const attestation =
      challenge === undefined
        ? {}
        : {
            attestation: {
              challengeId: challenge.challengeId,
              session: challenge.session,
              statement: keyStatement(challenge, { device, leafPublicKey: spkiOfJwk(key.publicKey), ...mint }),
            },
          };
    return post(server, AGENT_ENROL_PATH, await signEnrolment(key, enrolmentOf(token, attestation)));
  }

  it('enrols a device whose key is in hardware, and it stands by that at once', async () => {
    const { token } = await link('hardware');
    const key = await createTestKey();
    const response = await enrolWith(key, token, await challengeFor(token));
    const { deviceId, attestation } = EnrolmentResponse.parse(response.json());
    expect(attestation).toEqual({ kinds: ['key-attestation'], due: false });
    await assessNow(server, acme, deviceId);
    expect(await signalOf('integrity.attestation', deviceId)).toMatchObject({
      status: 'ok',
      trust: 'hardware-attested',
    });
    expect((await listOf(deviceId)).items).toMatchObject([{ via: 'enrolment', fields: { isAgentKey: true } }]);
    // An answer that got lost is asked for again, without another statement.
    expect(EnrolmentResponse.parse((await enrolWith(key, token)).json()).deviceId).toBe(deviceId);
  });

  it('enrols nobody without, with another’s key, with what does not hold, or with a challenge that was used', async () => {
    const { token } = await link('any');
    const key = await createTestKey();
    expect(codeOf(await enrolWith(key, token))).toBe('attestation-required');
    const used = await challengeFor(token);
    const otherKey = await enrolWith(key, token, used, { leafPublicKey: makeParty('p256').publicKey });
    expect([otherKey.statusCode, codeOf(otherKey)]).toEqual([403, 'attestation-refused']);
    expect(Problem.parse(otherKey.json()).detail).toContain('key-not-agents');
    expect(codeOf(await enrolWith(key, token, used))).toBe('challenge-used');
    expect(codeOf(await enrolWith(key, token, await challengeFor(token), { bootState: 2, locked: false }))).toBe(
      'attestation-refused',
    );
    // Another link's challenge is none of this one's.
    const elsewhere = await challengeFor((await link('any')).token);
    expect(codeOf(await enrolWith(key, token, elsewhere))).toBe('challenge-unknown');
    const fine = await enrolWith(key, token, await challengeFor(token));
    expect(fine.statusCode).toBe(200);
  });

  it('gives no challenge to who has no link', async () => {
    const body = {
      schema: 'vedette.enrolment-challenge/1',
      token: 'x'.repeat(43),
      kind: 'key-attestation',
      session: randomUUID(),
    };
    const response = await post(server, ENROLMENT_CHALLENGE_PATH, JSON.stringify(body), 'application/json');
    expect([response.statusCode, Problem.parse(response.json()).code]).toEqual([403, 'token-invalid']);
    const long = await post(
      server,
      ENROLMENT_CHALLENGE_PATH,
      JSON.stringify({ ...body, token: 'x'.repeat(5000) }),
      'application/json',
    );
    expect(long.statusCode).toBe(413);
  });
});

describe('what is asked of an agent', () => {
  it('is a statement when the last one is half as old as it may be', async () => {
    const due = async () => ReportAck.parse((await agent.send(agent.full())).json()).attestation;
    expect(await due()).toEqual({ kinds: ['key-attestation'], due: true });
    await attest(server, agent, { device });
    expect(await due()).toEqual({ kinds: ['key-attestation'], due: false });
    server.now = new Date(server.now.getTime() + 12 * 3_600_000);
    expect(await due()).toEqual({ kinds: ['key-attestation'], due: true });
  });
});

describe('health of the fleet', () => {
  it('counts devices by who vouches for them, and names those that were refused', async () => {
    await attest(server, agent, { device });
    const open = await enrolTestAgent(server, acme);
    await attest(server, open, mintOwn(root, 0x0101, { bootState: 2, locked: false }));
    const silent = await enrolTestAgent(server, acme);
    for (const { deviceId } of [agent, open, silent]) await assessNow(server, acme, deviceId);
    const health = await acme.viewer.get('/attestation/health', AttestationHealth);
    const counts = Object.fromEntries(health.standings.map(({ standing, devices }) => [standing, devices]));
    expect(counts).toMatchObject({ 'trusted-environment': 1, refused: 1, none: 1, stale: 0 });
    expect(health.devices).toBe(3);
    expect(health.refused).toMatchObject([{ id: open.deviceId, reasons: ['bootloader-unlocked', 'boot-unverified'] }]);
    expect(health.reasons).toEqual([
      { reason: 'boot-unverified', devices: 1 },
      { reason: 'bootloader-unlocked', devices: 1 },
    ]);
    expect(health.revocations).toEqual({ entries: null, fetchedAt: null, fresh: false });
  });

  it('is another organisation’s own', async () => {
    await attest(server, agent, { device });
    const other = await server.addOrganisation('Other');
    expect((await other.viewer.get('/attestation/health', AttestationHealth)).devices).toBe(0);
  });
});

describe('settings', () => {
  it('are refused with a root that cannot be read, or is not one', async () => {
    const { chain } = mintKeyAttestation();
    for (const pem of ['no certificate', pemOf(chain)]) {
      const settings = AttestationSettings.parse({ keyAttestation: { roots: [{ label: 'Bad', pem }] } });
      const response = await acme.admin.send('PUT', '/attestation/settings', { settings });
      expect([response.statusCode, Problem.parse(response.json()).detail]).toEqual([
        422,
        'The root “Bad” must be one certificate as PEM',
      ]);
    }
    expect(
      (await acme.viewer.send('PUT', '/attestation/settings', { settings: AttestationSettings.parse({}) })).statusCode,
    ).toBe(403);
  });
});
