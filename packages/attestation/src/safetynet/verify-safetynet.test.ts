import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNodeHost } from '@vedette/bytes/node';
import { type Certificate, readCertificate } from '@vedette/formats';
import { describe, expect, it } from 'vitest';
import { MINT_SAFETYNET_NONCE, mintSafetyNet, type SafetyNetMint } from '../testing/mint-safetynet.ts';
import { type SafetyNetPolicy, verifySafetyNet } from './verify-safetynet.ts';

const REAL = join(import.meta.dirname, '../../../../../shared/data/attestation/safetynet');
const host = createNodeHost();
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const at = Date.parse('2026-06-01T00:00:00Z');
const anchorOf = (root: Uint8Array): Certificate => {
  const { value } = readCertificate(root, host);
  if (value === null) throw new Error('no root');
  return value;
};
const reasons = (mint: SafetyNetMint, policy: Partial<SafetyNetPolicy> = {}) => {
  const { jws, root } = mintSafetyNet(mint);
  return verifySafetyNet(jws, { at, anchors: [anchorOf(root)], nonce: MINT_SAFETYNET_NONCE, ...policy }, host).value
    ?.reasons;
};

describe.skipIf(!existsSync(REAL))('responses that were kept', () => {
  /** Two of the files end with the name of the field that stood behind the response in the object it was taken from. */
  const read = (name: string): string =>
    readFileSync(join(REAL, name), 'utf8')
      .trim()
      .replace(/hauthDataX$/, '');
  const timeOf = (text: string): number => {
    const payload: unknown = JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString());
    const value = typeof payload === 'object' && payload !== null && 'timestampMs' in payload ? payload.timestampMs : 0;
    return Number(value);
  };
  const expected: Readonly<Record<string, readonly string[]>> = {
    '039bdecfe19dd17a.jws': [],
    '6bb3ebf70b9ba4e1.jws': [],
    // By a certificate authority for tests, made after the response.
    'fadd778da9a8e698.jws': ['no-trust-anchor', 'certificate-not-yet-valid', 'cts-profile'],
  };

  it.each(existsSync(REAL) ? readdirSync(REAL) : [])('%s', (name) => {
    const text = read(name);
    expect(verifySafetyNet(text, { at: timeOf(text), nonce: 'not-checked' }, host).value?.reasons).toEqual(
      expected[name],
    );
  });

  it('are refused with what is no part of them', () => {
    const whole = readFileSync(join(REAL, '039bdecfe19dd17a.jws'), 'utf8');
    const policy = { at: timeOf(whole), nonce: 'not-checked' } as const;
    expect(verifySafetyNet(whole, policy, host).value?.reasons).toEqual(['bad-signature']);
  });

  it('hold at their own time alone', () => {
    const text = read('6bb3ebf70b9ba4e1.jws');
    expect(verifySafetyNet(text, { at, nonce: 'not-checked' }, host).value?.reasons).toEqual([
      'certificate-expired',
      'timestamp-old',
    ]);
    expect(verifySafetyNet(text, { at: timeOf(text), nonce: new Uint8Array(4) }, host).value?.reasons).toEqual([
      'challenge-mismatch',
    ]);
  });
});

describe('a SafetyNet response', () => {
  it('of a healthy device is accepted', () => {
    expect(reasons({})).toEqual([]);
    expect(reasons({ payload: { ctsProfileMatch: false } }, { allowNoCtsProfile: true })).toEqual([]);
  });

  it.each([
    ['a root that nobody trusts', {}, { anchors: [] }, ['no-trust-anchor']],
    ['another host', { hostName: 'attest.android.com.evil.test' }, {}, ['wrong-host']],
    ['a leaf that expired', { leaf: { notAfter: '2026-05-01T00:00:00Z' } }, {}, ['certificate-expired']],
    ['another nonce', {}, { nonce: new Uint8Array(24) }, ['challenge-mismatch']],
    ['an old time', { payload: { timestampMs: at - 3_600_000 } }, {}, ['timestamp-old']],
    ['a time of the future', { payload: { timestampMs: at + 3_600_000 } }, {}, ['timestamp-future']],
    ['a time in words', { payload: { timestampMs: 'now' } }, {}, ['timestamp-old', 'timestamp-future']],
    ['no certified profile', { payload: { ctsProfileMatch: false } }, {}, ['cts-profile']],
    [
      'no integrity',
      { payload: { basicIntegrity: false, ctsProfileMatch: false } },
      {},
      ['basic-integrity', 'cts-profile'],
    ],
    ['integrity in words', { payload: { basicIntegrity: 'true' } }, {}, ['basic-integrity']],
    ['another app', {}, { packageName: 'com.evil' }, ['package-mismatch']],
    ['another algorithm', { header: { alg: 'HS256' } }, {}, ['bad-signature']],
  ] satisfies readonly [string, SafetyNetMint, Partial<SafetyNetPolicy>, readonly string[]][])(
    'with %s is refused',
    (_, mint, policy, expected) => {
      expect(reasons(mint, policy)).toEqual(expected);
    },
  );

  it('is never accepted with a damaged character', { timeout: 120_000 }, () => {
    const { jws, root } = mintSafetyNet();
    const policy = { at, anchors: [anchorOf(root)], nonce: MINT_SAFETYNET_NONCE };
    const accepted = Array.from(jws).flatMap((char, offset) => {
      const damaged = jws.slice(0, offset) + (ALPHABET[ALPHABET.indexOf(char) ^ 1] ?? 'A') + jws.slice(offset + 1);
      return verifySafetyNet(damaged, policy, host).value?.ok === true ? [offset] : [];
    });
    console.log(`safetynet: ${jws.length} damaged responses, ${accepted.length} accepted`);
    expect(accepted).toEqual([]);
  });

  it('is unreadable where it is none', () => {
    for (const text of ['', 'a.b.c', mintSafetyNet({ header: { x5c: [] } }).jws, `${mintSafetyNet().jws}.x`])
      expect(verifySafetyNet(text, { at, nonce: 'not-checked' }, host).value).toBeNull();
  });
});
