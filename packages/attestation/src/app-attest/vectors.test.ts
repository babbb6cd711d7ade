import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { fieldText } from '../report.ts';
import { verifyWebauthn } from '../webauthn/verify-webauthn.ts';
import { verifyAppAttestation } from './verify-app-attestation.ts';
import { verifyAssertion } from './verify-assertion.ts';
import { verifyReceipt } from './verify-receipt.ts';

const DATA = join(import.meta.dirname, '../../../../../shared/data/attestation');
const REAL = join(DATA, 'app-attest/src/test/resources');
const VECTORS = join(DATA, 'vectors');
const host = createNodeHost();

/** A statement of a phone as the files have it. */
interface Sample {
  readonly [key: string]: unknown;
}
const samples: readonly (Sample & { readonly file: string })[] = existsSync(REAL)
  ? readdirSync(REAL)
      .filter((name) => name.endsWith('.yaml'))
      .flatMap((file) =>
        parseAllDocuments(readFileSync(join(REAL, file), 'utf8')).flatMap((document) => {
          const value: unknown = document.toJS();
          return typeof value === 'object' && value !== null ? [{ ...value, file }] : [];
        }),
      )
  : [];
const text = (sample: Sample, key: string): string => {
  const value = sample[key];
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  throw new Error(`${key} is no text`);
};
const base64 = (sample: Sample, key: string): Uint8Array => new Uint8Array(Buffer.from(text(sample, key), 'base64'));
const spki = (sample: Sample): Uint8Array =>
  new Uint8Array(Buffer.from(text(sample, 'publicKey').replace(/-----[^-]+-----|\s/g, ''), 'base64'));
const appIdOf = (sample: Sample): string => `${text(sample, 'teamIdentifier')}.${text(sample, 'bundleIdentifier')}`;
const of = (type: string) => samples.filter((sample) => sample['type'] === type);

describe.skipIf(samples.length === 0)('statements of real iPhones', () => {
  const policyOf = (sample: Sample) => ({ at: Date.parse(text(sample, 'timestamp')), appIds: [appIdOf(sample)] });

  it.each(of('attestation').map((sample) => ({ name: `${sample.file} ${text(sample, 'id')}`, sample })))(
    'attestation $name',
    ({ sample }) => {
      const policy = {
        ...policyOf(sample),
        challenge: base64(sample, 'clientDataBase64'),
        keyId: base64(sample, 'keyIdBase64'),
        environments: ['development'] as const,
      };
      const verify = (more: object) =>
        verifyAppAttestation(base64(sample, 'attestationBase64'), { ...policy, ...more }, host).value;
      expect(verify({})).toMatchObject({ ok: true, reasons: [], fields: { environment: 'development', counter: 0 } });
      expect(verify({})?.fields['publicKey']).toBe(Buffer.from(spki(sample)).toString('hex'));
      expect(verify({ environments: undefined })?.reasons).toEqual(['wrong-environment']);
      expect(verify({ at: policy.at + 7 * 86_400_000 })?.reasons).toEqual(['certificate-expired']);
      expect(verify({ challenge: new Uint8Array(4) })?.reasons).toEqual(['challenge-mismatch']);
      expect(verify({ appIds: ['6MURL8TA57.com.evil'] })?.reasons).toEqual(['app-mismatch']);
    },
  );

  it.each(of('assertion').map((sample) => ({ name: `${sample.file} ${text(sample, 'id')}`, sample })))(
    'assertion $name',
    ({ sample }) => {
      const policy = {
        ...policyOf(sample),
        publicKey: spki(sample),
        previousCounter: Number(sample['counter']) - 1,
        clientData: base64(sample, 'clientDataBase64'),
        challenge: base64(sample, 'challengeBase64'),
      };
      const verify = (more: object) =>
        verifyAssertion(base64(sample, 'assertionBase64'), { ...policy, ...more }, host).value;
      expect(verify({})).toMatchObject({ ok: true, fields: { counter: sample['counter'] } });
      expect(verify({ previousCounter: sample['counter'] })?.reasons).toEqual(['counter-not-greater']);
      expect(verify({ clientData: new TextEncoder().encode('wurzel') })?.reasons).toEqual(['bad-signature']);
    },
  );

  it.each(of('receipt').map((sample) => ({ name: `${sample.file} ${text(sample, 'id')}`, sample })))(
    'receipt $name',
    ({ sample }) => {
      const properties: unknown = sample['properties'];
      const expected: Sample = typeof properties === 'object' && properties !== null ? { ...properties } : {};
      const verify = (more: object) =>
        verifyReceipt(base64(sample, 'receiptBase64'), { ...policyOf(sample), publicKey: spki(sample), ...more }, host)
          .value;
      const report = verify({});
      expect(report).toMatchObject({ ok: true, reasons: [] });
      const field = (name: string): unknown => report?.fields[name] ?? null;
      expect([field('receiptType'), field('token')]).toEqual([text(expected, 'type'), text(expected, 'token')]);
      for (const name of ['creationTime', 'expirationTime'])
        expect(Date.parse(String(field(name)))).toBe(Date.parse(text(expected, name)));
      expect(field('riskMetric')).toBe(
        typeof expected['riskMetric'] === 'number' ? String(expected['riskMetric']) : null,
      );
      expect(verify({ appIds: [] })?.reasons).toEqual(['app-mismatch']);
      expect(verify({ at: Date.parse('2022-01-01') })?.reasons).toContain('receipt-expired');
      expect(verify({ publicKey: new Uint8Array(91) })?.reasons).toEqual(['key-mismatch']);
      expect(verify({ anchors: [] })?.reasons).toEqual(['no-trust-anchor']);
    },
  );
});

const objects = existsSync(VECTORS) ? readdirSync(VECTORS).sort() : [];
const vector = (name: string): Uint8Array => new Uint8Array(readFileSync(join(VECTORS, name)));

describe.skipIf(objects.length === 0)('attestation objects', () => {
  it.each(objects.filter((name) => name.startsWith('apple-appattest')))(
    '%s holds at its own time, for its own app',
    (name) => {
      const policy = {
        appIds: [],
        challenge: 'not-checked',
        keyId: 'not-checked',
        environments: ['development', 'production'],
      } as const;
      const later = verifyAppAttestation(vector(name), { ...policy, at: Date.parse('2030-01-01') }, host).value;
      expect(later?.reasons).toEqual(expect.arrayContaining(['certificate-expired', 'app-mismatch']));
      const at = Date.parse(fieldText(later?.fields['notBefore'])) + 1000;
      const then = verifyAppAttestation(vector(name), { ...policy, at }, host).value;
      // Whose app it is, nobody wrote down: all else holds. The receipt of one was changed before it was published: its own signature does not hold, as OpenSSL says too.
      const changed = name.includes('d2aac82b64f1') ? ['bad-receipt'] : [];
      expect(then?.reasons).toEqual(['app-mismatch', ...changed]);
      const without = verifyAppAttestation(vector(name), { ...policy, at, receipt: 'not-checked' }, host).value;
      expect(without?.reasons).toEqual(['app-mismatch']);
      expect(then?.fields['keyId']).toMatch(/^[0-9a-f]{64}$/);
    },
  );

  it.each(objects.filter((name) => /^apple-(?!appattest)/.test(name)))('%s: a passkey of an iPhone', (name) => {
    const verify = (at: number) => verifyWebauthn(vector(name), { at, clientDataHash: 'not-checked' }, host).value;
    expect(verify(Date.parse('2030-01-01'))?.reasons).toEqual(['certificate-expired']);
    const at = name.includes('ff67d3b4b8e2') ? '2020-10-08T00:00:00Z' : '2021-04-12T00:00:00Z';
    expect(verify(Date.parse(at))).toMatchObject({ ok: true, reasons: [], fields: { format: 'apple' } });
    const asked = { at: Date.parse(at), clientDataHash: new Uint8Array(32), rpId: 'evil.test' };
    expect(verifyWebauthn(vector(name), asked, host).value?.reasons).toEqual([
      'relying-party-mismatch',
      'challenge-mismatch',
    ]);
  });

  it('a passkey of a Pixel holds under Google’s roots, one of a test authority does not', () => {
    const verify = (start: string) =>
      verifyWebauthn(
        vector(objects.find((one) => one.startsWith(start)) ?? ''),
        { at: Date.parse('2025-01-20'), clientDataHash: 'not-checked' },
        host,
      ).value;
    expect(verify('android-key-4191')).toMatchObject({ ok: true, reasons: [] });
    expect(verify('android-key-a7e5')?.reasons).toEqual(['no-trust-anchor']);
  });
});
