import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hoursAgo, NOW } from './assessment.fixture.ts';
import { type AttestationInput, type KeyInFleet, type NewestStatement, NO_ATTESTATION } from './attestation-input.ts';
import { judgeAttestation } from './attestation-signal.ts';

const statement = (more: Partial<NewestStatement> = {}): NewestStatement => ({
  kind: 'key-attestation',
  receivedAt: hoursAgo(1),
  accepted: true,
  reasons: [],
  grade: 'trusted-environment',
  source: 'key-attestation',
  trust: 'hardware-attested',
  facts: [{ key: 'attestation.boot-state', value: 'verified' }],
  ...more,
});
const play = (more: Partial<NewestStatement> = {}): NewestStatement =>
  statement({
    kind: 'play-integrity',
    grade: 'platform',
    source: 'play-integrity',
    trust: 'server-verified',
    facts: [],
    ...more,
  });
const refusedFor = (...reasons: string[]) => ({ accepted: false, reasons, grade: null, facts: [] });
const judged = (newest: readonly NewestStatement[], more: Partial<AttestationInput> = {}) =>
  judgeAttestation({ ...NO_ATTESTATION, newest, ...more }, NOW);
const key = (more: Partial<KeyInFleet> = {}): KeyInFleet => ({
  serial: '17102468',
  provisioning: 'factory',
  devices: 1,
  models: 1,
  remotePeers: 0,
  peers: 0,
  limit: 20,
  ...more,
});

describe('integrity.attestation', () => {
  it('is unknown without a statement', () => {
    expect(judged([])).toMatchObject({
      signal: { status: 'unknown', source: null },
      standing: 'none',
      findings: [],
      observations: [],
    });
  });

  it('is ok by the best that vouches', () => {
    expect(judged([play(), statement({ grade: 'strongbox' })])).toMatchObject({
      signal: { status: 'ok', value: 'vouched for by a StrongBox', trust: 'hardware-attested', ageSeconds: 3600 },
      standing: 'strongbox',
      findings: [],
    });
    expect(judged([play()])).toMatchObject({
      signal: { status: 'ok', trust: 'server-verified' },
      standing: 'platform',
    });
  });

  it('is unknown once the statement is old, and what it said no longer counts', () => {
    expect(judged([statement({ receivedAt: hoursAgo(25) })])).toMatchObject({
      signal: { status: 'unknown' },
      standing: 'stale',
      observations: [],
    });
  });

  it('is bad when the newest of a kind was refused, whatever another says', () => {
    const { signal, standing, findings } = judged([statement(), play(refusedFor('device-integrity'))]);
    expect(signal).toMatchObject({ status: 'bad', source: 'play-integrity' });
    expect(standing).toBe('refused');
    expect(findings).toMatchObject([{ ruleId: 'attestation.refused.play-integrity', severity: 'high' }]);
  });

  it('weighs a stolen key most, and leaves an open boot to the finding about it', () => {
    const severityOf = (...reasons: string[]) => judged([statement(refusedFor(...reasons))]).findings[0]?.severity;
    expect(severityOf('revoked')).toBe('critical');
    expect(severityOf('boot-unverified', 'bootloader-unlocked')).toBe('low');
    expect(severityOf('boot-unverified', 'revoked')).toBe('critical');
    expect(severityOf('something-new')).toBe('high');
  });

  it('is unknown where the server lacks what it needs to judge', () => {
    expect(judged([statement(refusedFor('revocation-list-stale'))])).toMatchObject({
      signal: { status: 'unknown' },
      findings: [],
    });
    expect(judged([statement(refusedFor('revocation-list-stale', 'bad-signature'))]).signal.status).toBe('bad');
  });

  it('hands what hardware states to the other signals', () => {
    expect(judged([statement()]).observations).toEqual([
      {
        key: 'attestation.boot-state',
        value: 'verified',
        source: 'key-attestation',
        trust: 'hardware-attested',
        observedAt: hoursAgo(1),
        collectedAt: hoursAgo(1),
        rawRef: 'key-attestation',
      },
    ]);
  });

  it.each([
    ['a remote key of two devices', key({ provisioning: 'remote', devices: 2 }), 'attestation.key-shared', 'high'],
    ['a factory key of two models', key({ devices: 2, models: 2 }), 'attestation.key-shared', 'high'],
    ['a factory key of too many devices', key({ devices: 21 }), 'attestation.key-shared', 'medium'],
    [
      'a factory key among remote ones',
      key({ peers: 4, remotePeers: 3 }),
      'attestation.factory-among-remote',
      'medium',
    ],
  ])('sees %s', (_name, shown, ruleId, severity) => {
    const { signal, findings } = judged([statement()], { key: shown });
    expect(findings).toMatchObject([{ ruleId, severity }]);
    expect(signal.status).toBe('bad');
  });

  it.each([
    ['a factory key of some devices of a model', key({ devices: 20 })],
    ['a factory key beside two remote ones', key({ peers: 2, remotePeers: 2 })],
    ['a factory key where half are', key({ peers: 4, remotePeers: 2 })],
    ['a remote key of one device', key({ provisioning: 'remote', peers: 9, remotePeers: 9 })],
  ])('has nothing against %s', (_name, shown) => {
    expect(judged([statement()], { key: shown })).toMatchObject({ signal: { status: 'ok' }, findings: [] });
  });
});

const anyStatement = fc.record({
  kind: fc.constantFrom('key-attestation' as const, 'play-integrity' as const, 'app-attest' as const),
  receivedAt: fc.integer({ min: 0, max: 100 }).map(hoursAgo),
  accepted: fc.boolean(),
  reasons: fc.array(fc.constantFrom('revoked', 'bad-signature', 'revocation-list-missing'), {
    minLength: 1,
    maxLength: 3,
  }),
});

it('is ok only by an accepted statement in time, and none refused', () => {
  fc.assert(
    fc.property(fc.array(anyStatement, { maxLength: 5 }), (some) => {
      const newest = some.map(({ accepted, reasons, ...one }) =>
        statement({ ...one, ...(accepted ? {} : refusedFor(...reasons)) }),
      );
      const { signal, standing } = judged(newest);
      if (signal.status !== 'ok') return;
      const young = (at: string) => Date.parse(NOW) - Date.parse(at) <= 24 * 3_600_000;
      expect(newest.some((one) => one.accepted && young(one.receivedAt))).toBe(true);
      expect(newest.flatMap((one) => (one.accepted ? [] : one.reasons))).not.toContain('revoked');
      expect(['refused', 'stale', 'none']).not.toContain(standing);
    }),
  );
});
