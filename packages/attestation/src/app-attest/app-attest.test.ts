import { createNodeHost } from '@vedette/bytes/node';
import { type Certificate, readCertificate } from '@vedette/formats';
import { buildCbor } from '@vedette/formats/builders';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AppAttestMint, MINT_CLIENT_DATA, mintAppAttest, mintAssertion } from '../testing/mint-app-attest.ts';
import { MINT_APP_ID, mintReceipt } from '../testing/mint-receipt.ts';
import { makeParty } from '../testing/test-authority.ts';
import type { AppAttestationPolicy, AssertionPolicy } from './app-attest-policy.ts';
import { verifyAppAttestation } from './verify-app-attestation.ts';
import { verifyAssertion } from './verify-assertion.ts';

const host = createNodeHost();
const at = Date.parse('2026-06-01T00:00:00Z');
const anchorOf = (root: Uint8Array): Certificate => {
  const { value } = readCertificate(root, host);
  if (value === null) throw new Error('no root');
  return value;
};

function attest(mint: AppAttestMint, policy: Partial<AppAttestationPolicy> = {}) {
  const { statement, root, keyId } = mintAppAttest(mint);
  const full = { at, anchors: [anchorOf(root)], appIds: [MINT_APP_ID], challenge: MINT_CLIENT_DATA, keyId, ...policy };
  return verifyAppAttestation(statement, full, host);
}
const reasons = (mint: AppAttestMint, policy: Partial<AppAttestationPolicy> = {}) =>
  attest(mint, policy).value?.reasons;

describe('an attestation', () => {
  it.each([
    ['of a genuine app', {}, {}],
    [
      'of an app in development, where that is taken',
      { environment: 'development' },
      { environments: ['development'] },
    ],
    [
      'with a category that is taken (AA6)',
      { extensions: { apple_validation_category_01: 4 } },
      { categories: { allowed: [4], required: true } },
    ],
    ['without a category, where that is taken (AA6)', {}, { categories: { allowed: [4], required: false } }],
    [
      'with the access control of its key (AA7)',
      { accessControl: Uint8Array.of(4, 1, 9) },
      { accessControl: Uint8Array.of(4, 1, 9) },
    ],
  ] satisfies readonly [string, AppAttestMint, Partial<AppAttestationPolicy>][])(
    '%s is accepted',
    (_, mint, policy) => {
      expect(reasons(mint, policy)).toEqual([]);
    },
  );

  it.each([
    ['AA2 a root that nobody trusts', {}, { anchors: [], receipt: 'not-checked' }, ['no-trust-anchor']],
    ['AA9 neither, where the receipt counts', {}, { anchors: [] }, ['no-trust-anchor', 'bad-receipt']],
    [
      'AA2 certificates in the wrong order',
      { swapped: true },
      {},
      ['no-trust-anchor', 'wrong-issuer', 'not-an-authority'],
    ],
    [
      'AA2 a leaf of another authority',
      { leaf: { sign: (tbs: Uint8Array) => makeParty('p384').sign(tbs) } },
      {},
      ['bad-signature'],
    ],
    ['AA2 a leaf that expired', { leaf: { notAfter: '2026-05-31T00:00:00Z' } }, {}, ['certificate-expired']],
    ['AA2 a leaf of tomorrow', { leaf: { notBefore: '2026-06-02T00:00:00Z' } }, {}, ['certificate-not-yet-valid']],
    ['AA2 an authority that is none', { authority: { extensions: {} } }, {}, ['not-an-authority']],
    ['AA3 another challenge', {}, { challenge: new Uint8Array(5) }, ['challenge-mismatch']],
    ['AA3 no nonce', { nonce: 'missing' }, {}, ['nonce-missing']],
    ['AA3 a nonce of another shape', { nonce: 'malformed' }, {}, ['nonce-missing']],
    ['AA4 another key identifier', {}, { keyId: new Uint8Array(32) }, ['key-id-mismatch']],
    ['AA4 another credential', { credentialId: new Uint8Array(32) }, {}, ['key-id-mismatch']],
    [
      'AA4 another key in the data',
      {
        coseKey: new Map<number, number | Uint8Array>([
          [1, 2],
          [-1, 1],
          [-2, new Uint8Array(32)],
          [-3, new Uint8Array(32)],
        ]),
      },
      {},
      ['key-mismatch'],
    ],
    ['AA4 a key on another curve', { leafKind: 'p384' }, {}, ['key-unsupported']],
    ['AA4 another app', {}, { appIds: ['ABCDE12345.com.evil'] }, ['app-mismatch']],
    ['AA5 a counter that is not zero', { counter: 7 }, {}, ['counter-not-zero']],
    ['AA5 an environment that nobody knows', { environment: 'unknown' }, {}, ['unknown-environment']],
    ['AA5 development in production', { environment: 'development' }, {}, ['wrong-environment']],
    [
      'AA6 another category',
      { extensions: { apple_validation_category_01: 5 } },
      { categories: { allowed: [4], required: false } },
      ['category-mismatch'],
    ],
    [
      'AA6 no category where one is asked for',
      {},
      { categories: { allowed: [4], required: true } },
      ['category-missing'],
    ],
    [
      'AA7 weaker access control',
      { accessControl: Uint8Array.of(4, 1, 1) },
      { accessControl: Uint8Array.of(4, 1, 9) },
      ['access-control-mismatch'],
    ],
    ['AA9 a receipt of another app', { receipt: { appId: 'ZZZZZ99999.com.example' } }, {}, ['bad-receipt']],
    ['AA9 a receipt of another key', { receipt: { publicKey: makeParty('p256').publicKey } }, {}, ['bad-receipt']],
    ['AA9 a receipt that another signed', { receipt: { forged: true } }, {}, ['bad-receipt']],
    ['AA9 a receipt that was changed', { receipt: { altered: true } }, {}, ['bad-receipt']],
    [
      'AA9 a receipt of another authority',
      { receipt: mintReceipt({ at, publicKey: makeParty('p256').publicKey }).receipt },
      {},
      ['bad-receipt'],
    ],
    ['AA9 no receipt', { receipt: new Uint8Array(16) }, {}, ['bad-receipt']],
    ['AA7 no access control', {}, { accessControl: Uint8Array.of(4, 1, 9) }, ['access-control-mismatch']],
  ] satisfies readonly [string, AppAttestMint, Partial<AppAttestationPolicy>, readonly string[]][])(
    '%s is refused',
    (row, mint, policy, expected) => {
      if (row.includes('wrong order')) expect(reasons(mint, policy)).toContain('wrong-issuer');
      else expect(reasons(mint, policy)).toEqual(expected);
    },
  );

  it.each([
    ['AA1 garbage', Uint8Array.of(1, 2, 3)],
    ['AA1 another format', mintAppAttest({ format: 'packed' }).statement],
    ['AA1 one certificate', mintAppAttest({ certificates: 1 }).statement],
    ['AA1 three certificates', mintAppAttest({ certificates: 3 }).statement],
    ['AA1 two items', mintAppAttest({ trailing: Uint8Array.of(0) }).statement],
    ['AA1 nothing', new Uint8Array(0)],
  ])('%s is unreadable', (_, input) => {
    const { value, diagnostics } = verifyAppAttestation(
      input,
      { at, appIds: [], challenge: 'not-checked', keyId: 'not-checked' },
      host,
    );
    expect([value, diagnostics.map(({ id }) => id)]).toEqual([null, ['attestation.unreadable']]);
  });

  it('is never accepted with a damaged byte', { timeout: 120_000 }, () => {
    const { statement, root, keyId } = mintAppAttest();
    const policy = { at, anchors: [anchorOf(root)], appIds: [MINT_APP_ID], challenge: MINT_CLIENT_DATA, keyId };
    const accepted = [...statement.keys()].filter((offset) => {
      const damaged = statement.slice();
      damaged[offset] = (damaged[offset] ?? 0) ^ ([0x01, 0x80, 0xff][offset % 3] ?? 1);
      return verifyAppAttestation(damaged, policy, host).value?.ok === true;
    });
    console.log(`app attest: ${statement.length} damaged statements, ${accepted.length} accepted`);
    expect(accepted).toEqual([]);
  });
});

describe('an assertion', () => {
  const key = makeParty();
  const policy: AssertionPolicy = {
    at,
    appIds: [MINT_APP_ID],
    publicKey: key.publicKey,
    previousCounter: 3,
    clientData: MINT_CLIENT_DATA,
    challenge: new TextEncoder().encode('c0ffee'),
  };
  const refusals = (mint: Parameters<typeof mintAssertion>[1], more: Partial<AssertionPolicy> = {}, by = key) =>
    verifyAssertion(mintAssertion(by, { counter: 4, ...mint }), { ...policy, ...more }, host).value?.reasons;

  it('of the next counter is accepted, and gives it', () => {
    const { value } = verifyAssertion(mintAssertion(key, { counter: 4 }), policy, host);
    expect(value).toMatchObject({ ok: true, fields: { counter: 4 } });
  });

  it.each([
    ['another key', refusals({}, {}, makeParty()), ['bad-signature']],
    ['other client data', refusals({ clientData: new Uint8Array(3) }), ['bad-signature']],
    ['another app', refusals({ appId: 'ABCDE12345.com.evil' }), ['app-mismatch']],
    ['the same counter', refusals({ counter: 3 }), ['counter-not-greater']],
    ['a lower counter', refusals({ counter: 0 }), ['counter-not-greater']],
    ['no stored counter', refusals({}, { previousCounter: Number.NaN }), ['counter-unknown']],
    ['a stored counter below zero', refusals({}, { previousCounter: -1 }), ['counter-unknown']],
    ['another challenge', refusals({}, { challenge: new TextEncoder().encode('decaf') }), ['challenge-mismatch']],
    ['an empty challenge', refusals({}, { challenge: new Uint8Array(0) }), ['challenge-mismatch']],
  ])('AA8 of %s is refused', (_, got, expected) => expect(got).toEqual(expected));

  it('counts without sign up to the end', { timeout: 120_000 }, () => {
    expect(refusals({ counter: 2 ** 31 }, { previousCounter: 2 ** 31 - 1 })).toEqual([]);
    expect(refusals({ counter: 2 ** 32 - 1 }, { previousCounter: 2 ** 31 })).toEqual([]);
    fc.assert(
      fc.property(fc.nat(2 ** 32 - 1), fc.nat(2 ** 32 - 1), (counter, previousCounter) => {
        const accepted = refusals({ counter }, { previousCounter })?.length === 0;
        expect(accepted).toBe(counter > previousCounter);
      }),
      { numRuns: 60 },
    );
  });

  it('is never accepted with a damaged byte', { timeout: 120_000 }, () => {
    const good = mintAssertion(key, { counter: 4 });
    const accepted = [...good.keys()].filter((offset) => {
      const damaged = good.slice();
      damaged[offset] = (damaged[offset] ?? 0) ^ ([0x01, 0x80, 0xff][offset % 3] ?? 1);
      return verifyAssertion(damaged, policy, host).value?.ok === true;
    });
    console.log(`app attest assertion: ${good.length} damaged, ${accepted.length} accepted`);
    expect(accepted).toEqual([]);
  });

  it('is unreadable where it is none', () => {
    for (const input of [new Uint8Array(0), buildCbor({}), buildCbor({ signature: 1, authenticatorData: 2 })])
      expect(verifyAssertion(input, policy, host).value).toBeNull();
  });
});
