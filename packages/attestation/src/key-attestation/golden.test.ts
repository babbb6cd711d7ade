import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNodeHost } from '@vedette/bytes/node';
import { readCertificate } from '@vedette/formats';
import { describe, expect, it } from 'vitest';
import type { AttestationReport } from '../report.ts';
import { readRevocationList, revocationOf } from '../revocation/revocation-list.ts';
import { verifyKeyAttestation } from './verify-key-attestation.ts';

const DATA = join(import.meta.dirname, '../../../../../shared/data/attestation');
const REAL = join(DATA, 'key-attestation/testdata');
const OLDER = join(DATA, 'key-attestation-older/src/test/resources');
const host = createNodeHost();
const NONE = readRevocationList('{"entries":{}}') ?? { entries: new Map() };
const at = Date.parse('2024-09-27T00:00:00Z');
const CHALLENGE = new TextEncoder().encode('challenge');

function verify(input: Uint8Array, more: Partial<Parameters<typeof verifyKeyAttestation>[1]> = {}): AttestationReport {
  const policy = { at, revocations: { list: NONE, fetchedAt: at }, challenge: CHALLENGE, ...more };
  const { value } = verifyKeyAttestation(input, policy, host);
  if (value === null) throw new Error('the chain was not read');
  return value;
}

/** What the files beside the chains say, in their own spelling: bytes are base64. */
function spelled(value: unknown, name = ''): unknown {
  if (typeof value === 'string')
    return ['verifiedBootKey', 'verifiedBootHash', 'signatures', 'attestationChallenge', 'uniqueId'].includes(name)
      ? Buffer.from(value, 'hex').toString('base64')
      : value;
  if (Array.isArray(value)) return value.map((one) => spelled(one, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, spelled(inner, key)]));
}

const described = (report: AttestationReport): unknown => {
  const { attestationVersion, attestationSecurityLevel, keyMintVersion, keyMintSecurityLevel } = report.fields;
  const { attestationChallenge, uniqueId, softwareEnforced, hardwareEnforced } = report.fields;
  return spelled({
    attestationVersion,
    attestationSecurityLevel,
    keyMintVersion,
    keyMintSecurityLevel,
    attestationChallenge,
    uniqueId,
    softwareEnforced,
    hardwareEnforced,
  });
};

const chains = existsSync(REAL)
  ? readdirSync(REAL, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.pem'))
      .sort()
  : [];

/** What is refused under the roots of hardware: all of these phones were unlocked for the test, the oldest had keys in software. */
const UNLOCKED = ['bootloader-unlocked', 'boot-unverified'];
const EXPECTED: readonly (readonly [pattern: RegExp, reasons: readonly string[]])[] = [
  [/^(?:akita|blueline)/, UNLOCKED],
  [/^marlin.*EC/, ['software-root', 'software-level', 'root-of-trust-missing']],
  [/^marlin.*RSA/, ['software-root', 'weak-algorithm', 'software-level', 'root-of-trust-missing']],
];

describe.skipIf(chains.length === 0)('chains of real devices', () => {
  it.each(chains)('%s has the fields that the file beside it states', (name) => {
    const golden: unknown = JSON.parse(readFileSync(join(REAL, name.replace(/\.pem$/, '.json')), 'utf8'));
    expect(described(verify(readFileSync(join(REAL, name))))).toEqual(golden);
  });

  it.each(chains)(
    '%s is refused for its boot state or its software keys, and taken where policy takes these',
    (name) => {
      const input = readFileSync(join(REAL, name));
      expect(verify(input).reasons).toEqual(EXPECTED.find(([pattern]) => pattern.test(name))?.[1]);
      const lenient = verify(input, { allowUnverifiedBoot: true, allowSoftware: true });
      expect(lenient).toMatchObject({ ok: true, reasons: [] });
    },
  );

  it('expire where they were provisioned remotely, and do not where a factory did it', () => {
    const [akita, blueline] = ['akita/sdk34/TEE_EC_NONE.pem', 'blueline/sdk28/TEE_EC_NONE.pem'].map((name) =>
      readFileSync(join(REAL, name)),
    );
    const later = Date.parse('2029-01-01T00:00:00Z');
    const policy = { at: later, revocations: { list: NONE, fetchedAt: later }, allowUnverifiedBoot: true };
    expect(verify(akita ?? new Uint8Array(), policy).reasons).toEqual(['certificate-expired']);
    expect(verify(blueline ?? new Uint8Array(), policy).reasons).toEqual([]);
  });
});

describe.skipIf(!existsSync(OLDER))('chains of the older set', () => {
  const list = readRevocationList(existsSync(OLDER) ? readFileSync(join(OLDER, 'status.json'), 'utf8') : '') ?? NONE;
  const anchor = readCertificate(
    existsSync(OLDER) ? readFileSync(join(DATA, 'roots/serialNumber_e35d38c6897d47e8_19DE1C3E.der')) : new Uint8Array(),
    host,
  ).value;
  const input = (form: 'pem' | 'der', name: string): Uint8Array =>
    Uint8Array.from(
      [0, 1, 2, 3].flatMap((index) => [...readFileSync(join(OLDER, form, name, `cert${index}.${form}`))]),
    );
  const policy = { revocations: { list, fetchedAt: at }, challenge: new TextEncoder().encode('abc') };

  it.each([
    ['algorithm_EC_SecurityLevel_TEE', UNLOCKED],
    ['algorithm_RSA_SecurityLevel_TEE', UNLOCKED],
    // Their root was one of a test.
    ['algorithm_RSA_SecurityLevel_StrongBox', ['no-trust-anchor', ...UNLOCKED]],
    // The leaf names the authority as its issuer, and another key signed it.
    ['algorithm_EC_SecurityLevel_StrongBox', ['no-trust-anchor', 'wrong-issuer', ...UNLOCKED]],
  ])('%s', (name, expected) => {
    for (const form of ['pem', 'der'] as const) expect(verify(input(form, name), policy).reasons).toEqual(expected);
    const anchors = anchor === null ? [] : [anchor];
    const trusted = verify(input('der', name), { ...policy, anchors, allowUnverifiedBoot: true }).reasons;
    expect(trusted).toEqual(
      expected.includes('wrong-issuer')
        ? ['wrong-issuer']
        : expected.includes('no-trust-anchor')
          ? []
          : ['no-trust-anchor'],
    );
  });

  it('the list of the set revokes by its keys, decimal-looking ones too', () => {
    const serials = [...list.entries].map(([serial, { status }]) => [serial, status]);
    expect(serials).toHaveLength(5);
    const bytes = (hex: string): Uint8Array =>
      Uint8Array.from(Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex'));
    expect(revocationOf(list, bytes('6681152659205225093'))?.status).toBe('REVOKED');
    expect(revocationOf(list, bytes(6681152659205225093n.toString(16)))?.status).toBe('REVOKED');
    expect(revocationOf(list, bytes('00cc66e9a93713b6e643b26c15879786f7'))?.status).toBe('SUSPENDED');
    expect(revocationOf(list, bytes('42'))).toBeNull();
  });
});
