import type { Challenge, Statement } from '@vedette/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { initialState } from './agent-state.ts';
import { type AttestDeps, attest } from './attest.ts';
import { createMemoryStores } from './memory-stores.ts';
import type { TransportAnswer } from './transport.ts';

const DEVICE = '018f0000-0000-7000-8000-000000000001';
const SESSION = '018f0000-0000-7000-8000-000000000002';
const challenge: Challenge = {
  challengeId: '018f0000-0000-7000-8000-000000000003',
  kind: 'key-attestation',
  session: SESSION,
  challenge: 'a'.repeat(43),
  expiresAt: '2026-11-22T12:10:00.000Z',
};
const statement: Statement = { kind: 'key-attestation', chain: ['AAAA'] };
const answered = (body: unknown, status = 200): TransportAnswer => ({
  kind: 'answered',
  status,
  body: JSON.stringify(body),
  retryAfterSeconds: null,
});
const posted: { path: string; payload: Record<string, unknown> }[] = [];
let answers: TransportAnswer[];
let deps: AttestDeps;

beforeEach(async () => {
  posted.length = 0;
  const stores = createMemoryStores(globalThis.crypto.subtle);
  await stores.keyStore.create();
  const enrolment = {
    server: 'https://example.test',
    deviceId: DEVICE,
    organisation: 'Acme',
    reportIntervalSeconds: 900,
    enrolledAt: '2026-11-22T12:00:00.000Z',
  };
  await stores.stateStore.save({ ...initialState(), enrolment });
  deps = {
    ...stores,
    transport: {
      post(path, body) {
        const part = body.split('.')[1] ?? '';
        posted.push({ path, payload: JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) });
        return Promise.resolve(answers.shift() ?? { kind: 'unreachable', detail: 'nobody there' });
      },
    },
    attestor: { kinds: ['key-attestation'], make: () => Promise.resolve(statement) },
    clock: () => Date.parse('2026-11-22T12:00:00.000Z'),
    newId: () => SESSION,
  };
});

describe('attest', () => {
  it('asks for a challenge and answers it', async () => {
    const answer = {
      id: challenge.challengeId,
      kind: 'key-attestation',
      accepted: true,
      reasons: [],
      grade: 'strongbox',
      serverTime: challenge.expiresAt,
    };
    answers = [answered(challenge), answered(answer)];
    expect(await attest(deps, ['play-integrity', 'key-attestation'])).toEqual({ outcome: 'answered', answer });
    expect(posted).toMatchObject([
      {
        path: '/agent/v1/attestation/challenges',
        payload: { deviceId: DEVICE, kind: 'key-attestation', session: SESSION },
      },
      {
        path: '/agent/v1/attestation/statements',
        payload: { deviceId: DEVICE, challengeId: challenge.challengeId, session: SESSION, statement },
      },
    ]);
  });

  it.each([
    ['of another session', { ...challenge, session: DEVICE }],
    ['of another kind', { ...challenge, kind: 'app-attest' }],
    ['that is none', { hello: 'world' }],
  ])('takes no challenge %s', async (_name, given) => {
    answers = [answered(given)];
    expect(await attest(deps, ['key-attestation'])).toMatchObject({ outcome: 'retry' });
    expect(posted).toHaveLength(1);
  });

  it('asks for nothing where the server can judge nothing that it has', async () => {
    expect(await attest(deps, ['app-attest'])).toEqual({ outcome: 'unable' });
    expect(posted).toEqual([]);
  });

  it('says that the platform would not', async () => {
    answers = [answered(challenge)];
    const attestor = { ...deps.attestor, make: () => Promise.resolve(null) };
    expect(await attest({ ...deps, attestor }, ['key-attestation'])).toEqual({ outcome: 'unable' });
  });

  it('passes on a refusal, and what stands in the way', async () => {
    answers = [
      answered(challenge),
      answered({ type: 'about:blank', title: 'x', status: 409, detail: 'used', code: 'challenge-used' }, 409),
    ];
    expect(await attest(deps, ['key-attestation'])).toEqual({
      outcome: 'refused',
      code: 'challenge-used',
      detail: 'used',
    });
    answers = [];
    expect(await attest(deps, ['key-attestation'])).toMatchObject({ outcome: 'retry', detail: 'nobody there' });
  });
});
