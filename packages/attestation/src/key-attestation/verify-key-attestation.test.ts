import { createNodeHost } from '@vedette/bytes/node';
import { type Certificate, readCertificate } from '@vedette/formats';
import { derInteger, derSequence } from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import type { AttestationReport } from '../report.ts';
import { readRevocationList } from '../revocation/revocation-list.ts';
import {
  type KeyAttestationMint,
  MINT_CHALLENGE,
  MINT_PACKAGE,
  MINT_SIGNER,
  type MintedKeyAttestation,
  mintDevice,
  mintKeyAttestation,
  pemOf,
  tagged,
} from '../testing/mint-key-attestation.ts';
import { authorityExtension, issueCertificate, makeParty } from '../testing/test-authority.ts';
import type { KeyAttestationPolicy } from './key-attestation-policy.ts';
import { KEY_DESCRIPTION } from './key-description.ts';
import { verifyKeyAttestation } from './verify-key-attestation.ts';

const host = createNodeHost();
const at = Date.parse('2026-06-01T00:00:00Z');
const device = mintDevice();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const listOf = (entries: Readonly<Record<string, string>>) => {
  const text = JSON.stringify({
    entries: Object.fromEntries(
      Object.entries(entries).map(([serial, status]) => [serial, { status, reason: 'KEY_COMPROMISE' }]),
    ),
  });
  const list = readRevocationList(text);
  if (list === null) throw new Error('the list was not read');
  return { list, fetchedAt: at };
};
const readAnchor = (root: Uint8Array): Certificate => {
  const { value } = readCertificate(root, host);
  if (value === null) throw new Error('no root');
  return value;
};

const mint = (options: KeyAttestationMint = {}): MintedKeyAttestation => mintKeyAttestation({ device, ...options });
const GOOD = mint();
const ANCHORS = [readAnchor(GOOD.root)];

function verify(chain: readonly Uint8Array[], policy: Partial<KeyAttestationPolicy> = {}): AttestationReport {
  const { value } = verifyKeyAttestation(
    new TextEncoder().encode(pemOf(chain)),
    { at, anchors: ANCHORS, revocations: listOf({}), challenge: MINT_CHALLENGE, ...policy },
    host,
  );
  if (value === null) throw new Error('the chain was not read');
  return value;
}
const reasons = (options: KeyAttestationMint, policy: Partial<KeyAttestationPolicy> = {}) =>
  verify(mint(options).chain, policy).reasons;
const AGENT = [{ package: MINT_PACKAGE, signer: hex(MINT_SIGNER) }];

describe('what is accepted', () => {
  it.each([
    ['a key of the trusted environment, by a keybox of the factory', {}, {}],
    ['a key of the trusted environment, remotely provisioned', { provisioning: 'remote' }, {}],
    ['a key of a StrongBox', { attestationLevel: 2 }, {}],
    ['an RSA key', { leafKey: 'rsa2048' }, {}],
    ['our agent', {}, { applications: AGENT }],
    ['a system of the administrator’s own', { bootState: 1 }, { bootKeys: ['42'.repeat(32)] }],
    [
      'the device that was enrolled',
      { ids: { imei: '1', secondImei: '2' } },
      { device: { imei: '2', serial: 'unstated' } },
    ],
    ['a patch level that is new enough', {}, { minPatchLevel: '2026-11', lastPatchLevel: '2026-10-05' }],
    ['a keybox that expired (K4)', { attestation: { notAfter: '2026-02-01T00:00:00Z' } }, {}],
    ['a leaf that expired (K4)', { leaf: { notAfter: '1971-01-01T00:00:00Z' } }, {}],
  ] satisfies readonly [string, KeyAttestationMint, Partial<KeyAttestationPolicy>][])('%s', (_, options, policy) => {
    const report = verify(mint(options).chain, policy);
    expect(report.reasons).toEqual([]);
    expect(report.ok).toBe(true);
  });

  it('reads PEM, DER and JSON alike', () => {
    const inputs = [
      new TextEncoder().encode(`a note\n${pemOf(GOOD.chain)}`),
      Uint8Array.from(GOOD.chain.flatMap((certificate) => [...certificate])),
      new TextEncoder().encode(JSON.stringify(GOOD.chain.map((one) => Buffer.from(one).toString('base64')))),
    ];
    const policy = { at, anchors: ANCHORS, revocations: listOf({}), challenge: MINT_CHALLENGE };
    for (const input of inputs) expect(verifyKeyAttestation(input, policy, host).value?.ok).toBe(true);
  });

  it('says what was not checked', () => {
    const report = verify(GOOD.chain, { challenge: 'not-checked' });
    expect(report.checks.filter(({ ok }) => ok === null).map(({ id }) => id)).toEqual([
      'K8.challenge',
      'K14.application',
    ]);
  });
});

/** A row of the table of checks, what is wrong, and the whole list of reasons it must be refused for. */
const REFUSED: readonly {
  readonly row: string;
  readonly mint?: KeyAttestationMint;
  readonly policy?: Partial<KeyAttestationPolicy>;
  readonly reasons: readonly string[];
}[] = [
  { row: 'K2 a root that nobody trusts', policy: { anchors: [] }, reasons: ['no-trust-anchor'] },
  {
    row: 'K2 a root of the right name with another key',
    policy: { anchors: [readAnchor(mintKeyAttestation().root)] },
    reasons: ['no-trust-anchor'],
  },
  { row: 'K3 an issuer of another name', mint: { leaf: { issuer: { CN: 'Somebody' } } }, reasons: ['wrong-issuer'] },
  {
    row: 'K3 a signature of another key',
    mint: { leaf: { sign: (tbs) => makeParty().sign(tbs) } },
    reasons: ['bad-signature'],
  },
  {
    row: 'K3 a signature of another algorithm',
    mint: { leaf: { signatureAlgorithm: 'SHA256withRSA', sign: (tbs) => makeParty('rsa2048').sign(tbs) } },
    reasons: ['bad-signature'],
  },
  {
    row: 'K4 a keybox of the future',
    mint: { attestation: { notBefore: '2026-12-01T00:00:00Z' } },
    reasons: ['certificate-not-yet-valid'],
  },
  {
    row: 'K4 a remotely provisioned key that expired',
    mint: { provisioning: 'remote', attestation: { notAfter: '2026-02-01T00:00:00Z' } },
    reasons: ['certificate-expired'],
  },
  { row: 'K5 a leaf that describes no key', mint: { description: null }, reasons: ['extension-missing'] },
  {
    row: 'K6 names of nobody’s path',
    mint: {
      authority: { subject: { CN: 'A friendly authority' } },
      attestation: { issuer: { CN: 'A friendly authority' } },
    },
    reasons: ['unknown-provisioning'],
  },
  { row: 'K6 an authority that may not sign', mint: { authority: { extensions: {} } }, reasons: ['not-an-authority'] },
  {
    row: 'K6 an authority that may have none below it',
    mint: { authority: { extensions: authorityExtension(0) ?? {} } },
    reasons: ['path-too-long'],
  },
  { row: 'K7 no list', policy: { revocations: null }, reasons: ['revocation-list-missing'] },
  {
    row: 'K7 a list of last week',
    policy: { revocations: { ...listOf({}), fetchedAt: at - 7 * 86_400_000 } },
    reasons: ['revocation-list-stale'],
  },
  {
    row: 'K7 a list of next week',
    policy: { revocations: { ...listOf({}), fetchedAt: at + 7 * 86_400_000 } },
    reasons: ['revocation-list-stale'],
  },
  {
    row: 'K7 a revoked attestation key',
    policy: { revocations: listOf({ '17102468': 'REVOKED' }) },
    reasons: ['revoked'],
  },
  { row: 'K7 a revoked authority', policy: { revocations: listOf({ '33882667': 'REVOKED' }) }, reasons: ['revoked'] },
  { row: 'K7 a revoked root, or leaf', policy: { revocations: listOf({ '1': 'REVOKED' }) }, reasons: ['revoked'] },
  {
    row: 'K7 a serial number written as decimal',
    policy: { revocations: listOf({ [String(0x17102468)]: 'REVOKED' }) },
    reasons: ['revoked'],
  },
  { row: 'K7 a suspended key', policy: { revocations: listOf({ '17102468': 'SUSPENDED' }) }, reasons: ['suspended'] },
  { row: 'K7 a status of tomorrow', policy: { revocations: listOf({ '17102468': 'PAUSED' }) }, reasons: ['suspended'] },
  {
    row: 'K8 another challenge',
    policy: { challenge: new TextEncoder().encode('another') },
    reasons: ['challenge-mismatch'],
  },
  { row: 'K8 an empty challenge', mint: { challenge: new Uint8Array(0) }, reasons: ['challenge-mismatch'] },
  { row: 'K9 made by software', mint: { attestationLevel: 0, certifiedFor: 'TEE' }, reasons: ['software-level'] },
  { row: 'K9 a key of software', mint: { mintLevel: 0 }, reasons: ['software-level'] },
  { row: 'K9 two levels', mint: { mintLevel: 2 }, reasons: ['level-mismatch'] },
  {
    row: 'K9 a TEE that claims a StrongBox',
    mint: { attestationLevel: 2, certifiedFor: 'TEE' },
    reasons: ['level-not-certified'],
  },
  {
    row: 'K9 a StrongBox that claims a TEE, remotely provisioned',
    mint: { provisioning: 'remote', certifiedFor: 'StrongBox' },
    reasons: ['level-not-certified'],
  },
  { row: 'K10 an imported key', mint: { origin: 2 }, reasons: ['key-not-generated'] },
  { row: 'K10 a securely imported key', mint: { origin: 4 }, reasons: ['key-not-generated'] },
  { row: 'K10 a key of no stated origin', mint: { origin: null }, reasons: ['key-not-generated'] },
  { row: 'K10 a key for another purpose', mint: { purposes: [2, 7] }, reasons: ['unexpected-purpose'] },
  { row: 'K11 no root of trust', mint: { rootOfTrust: 'nowhere' }, reasons: ['root-of-trust-missing'] },
  {
    row: 'K11 a root of trust by software',
    mint: { rootOfTrust: 'software' },
    reasons: ['root-of-trust-not-hardware'],
  },
  {
    row: 'K12 an unlocked bootloader',
    mint: { locked: false, bootState: 2, bootKey: new Uint8Array(32) },
    reasons: ['bootloader-unlocked', 'boot-unverified'],
  },
  {
    row: 'K12 a system of somebody’s own',
    mint: { bootState: 1 },
    policy: { bootKeys: ['43'.repeat(32)] },
    reasons: ['boot-self-signed'],
  },
  { row: 'K12 a boot that failed', mint: { bootState: 3 }, reasons: ['boot-failed'] },
  { row: 'K12 verified with no key', mint: { bootKey: new Uint8Array(32) }, reasons: ['boot-key-missing'] },
  { row: 'K13 an old patch level', policy: { minPatchLevel: '2026-12' }, reasons: ['patch-level-old'] },
  {
    row: 'K13 a patch level that is no date',
    mint: { osPatchLevel: 202_613 },
    policy: { minPatchLevel: '2026-01' },
    reasons: ['patch-level-old'],
  },
  {
    row: 'K13 a patch level of another length',
    mint: { osPatchLevel: 20_261 },
    policy: { minPatchLevel: '2026-01' },
    reasons: ['patch-level-old'],
  },
  {
    row: 'K13 a system that was rolled back',
    policy: { lastPatchLevel: '2026-12-05' },
    reasons: ['patch-level-rolled-back'],
  },
  {
    row: 'K14 another app',
    mint: { application: { packages: ['com.evil'], signers: [MINT_SIGNER] } },
    policy: { applications: AGENT },
    reasons: ['application-mismatch'],
  },
  {
    row: 'K14 our name under another key',
    mint: { application: { packages: [MINT_PACKAGE], signers: [new Uint8Array(32)] } },
    policy: { applications: AGENT },
    reasons: ['application-mismatch'],
  },
  {
    row: 'K14 our key and another’s',
    mint: { application: { packages: [MINT_PACKAGE], signers: [MINT_SIGNER, new Uint8Array(32)] } },
    policy: { applications: AGENT },
    reasons: ['application-mismatch'],
  },
  {
    row: 'K14 two apps of one user',
    mint: { application: { packages: [MINT_PACKAGE, 'com.evil'], signers: [MINT_SIGNER] } },
    policy: { applications: AGENT },
    reasons: ['application-shared'],
  },
  {
    row: 'K14 nobody’s signature',
    mint: { application: { packages: [MINT_PACKAGE], signers: [] } },
    policy: { applications: AGENT },
    reasons: ['application-unsigned'],
  },
  {
    row: 'K14 no app',
    mint: { application: { packages: [], signers: [] } },
    policy: { applications: AGENT },
    reasons: ['application-missing'],
  },
  {
    row: 'K15 another device',
    mint: { ids: { imei: '1' } },
    policy: { device: { imei: '2' } },
    reasons: ['device-mismatch'],
  },
  { row: 'K16 an unknown version', mint: { attestationVersion: 5 }, reasons: ['unknown-version'] },
  { row: 'K16 an unknown tag', mint: { moreTags: [tagged(999, derInteger(1))] }, reasons: ['unknown-tag'] },
  {
    row: 'K16 a tag that is there twice',
    mint: { moreTags: [tagged(706, derInteger(209_912))] },
    reasons: ['repeated-tag'],
  },
  {
    row: 'K16 tags out of order',
    mint: { moreTags: [tagged(10, derInteger(1))] },
    policy: { strictOrder: true },
    reasons: ['unordered-tags'],
  },
  { row: 'K16 a value of another kind', mint: { moreTags: [tagged(724, derInteger(1))] }, reasons: ['malformed-list'] },
  { row: 'K16 not a description', mint: { description: derSequence(derInteger(3)) }, reasons: ['malformed-extension'] },
  {
    row: 'K16 an indefinite length',
    mint: { description: Uint8Array.of(0x30, 0x80, 0, 0) },
    reasons: ['malformed-extension'],
  },
  {
    row: 'K16 a huge number for a version',
    mint: { description: derSequence(...Array.from({ length: 8 }, () => derInteger(new Uint8Array(5_000).fill(9)))) },
    reasons: ['malformed-extension'],
  },
  { row: 'K17 a short RSA key', mint: { leafKey: 'rsa1024' }, reasons: ['weak-algorithm'] },
];

describe('what is refused, each for its own reason', () => {
  it.each(REFUSED)('$row', ({ mint: options = {}, policy = {}, reasons: expected }) => {
    expect(reasons(options, policy)).toEqual(expected);
  });

  it('K1 chains that are too short, or end at no root', () => {
    expect(verify(GOOD.chain.slice(0, 2)).reasons).toEqual(['chain-too-short']);
    expect(verify(GOOD.chain.slice(0, 3)).reasons).toEqual(['no-root']);
    expect(() => verify([])).toThrow('not read');
  });

  it('K5 a certificate below the described key, with a description of its own or none', () => {
    const forged = makeParty();
    const below = (extensions: object) =>
      issueCertificate(forged, GOOD.leafKey, {
        subject: { CN: 'Android Keystore Key' },
        issuer: { CN: 'Android Keystore Key' },
        ...extensions,
      });
    expect(verify([below({}), ...GOOD.chain]).reasons).toEqual(['chain-extended']);
    const description = { extensions: { [KEY_DESCRIPTION]: { value: derSequence() } } };
    expect(verify([below(description), ...GOOD.chain]).reasons).toEqual(['fake-extension']);
    const twice = mint({
      attestation: { extensions: { ...authorityExtension(), [KEY_DESCRIPTION]: { value: derSequence() } } },
    });
    expect(verify(twice.chain).reasons).toEqual(['fake-extension']);
  });

  it('K6 an authority that somebody made with a leaked keybox', () => {
    const forged = mintDevice(device.root);
    const honest = mint();
    const [, keybox, authority, root] = honest.chain;
    const subject = { '2.5.4.12': 'TEE', '2.5.4.5': '0123456789abcdef' };
    const fakeAttestation = issueCertificate(forged.attestation, device.attestation, {
      subject,
      issuer: { '2.5.4.12': 'TEE', '2.5.4.5': '90e8da3cadfc7820' },
      extensions: authorityExtension() ?? {},
    });
    const [leaf] = mintKeyAttestation({
      device: { ...device, attestation: forged.attestation },
      leaf: { issuer: subject },
    }).chain;
    if (leaf === undefined || keybox === undefined || authority === undefined || root === undefined)
      throw new Error('no chain');
    expect(verify([leaf, fakeAttestation, keybox, authority, root]).reasons).toEqual(['forged-path']);
  });

  it('K7 a list that cannot be read is none', () => {
    for (const text of ['', 'null', '{}', '{"entries":[]}', '{"entries":{"1":{}}}', '{"entries":{"1":"REVOKED"}}'])
      expect(readRevocationList(text), text).toBeNull();
  });

  it('K11 takes a truth value that is written as 01, as some devices do', () => {
    expect(reasons({ locked: 1 })).toEqual([]);
    expect(reasons({ locked: 0 })).toEqual(['bootloader-unlocked']);
  });

  it('answers null for what is no chain', () => {
    for (const input of [
      '',
      'hello',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      '[1]',
      '["!"]',
      '[',
    ]) {
      const { value, diagnostics } = verifyKeyAttestation(
        new TextEncoder().encode(input),
        { at, revocations: listOf({}), challenge: 'not-checked' },
        host,
      );
      expect([value, diagnostics.map(({ id }) => id)]).toEqual([null, ['attestation.unreadable']]);
    }
  });
});

describe('damage', () => {
  it('to any byte of any certificate never yields an acceptance', { timeout: 300_000 }, () => {
    const { chain } = mint();
    const accepted: string[] = [];
    let tried = 0;
    for (const [index, original] of chain.entries())
      for (let offset = 0; offset < original.length; offset++) {
        const mask = [0x01, 0x80, 0xff][offset % 3] ?? 1;
        const damaged = original.slice();
        damaged[offset] = (damaged[offset] ?? 0) ^ mask;
        tried++;
        const input = Uint8Array.from(chain.flatMap((one, place) => [...(place === index ? damaged : one)]));
        const policy = { at, anchors: ANCHORS, revocations: listOf({}), challenge: MINT_CHALLENGE };
        if (verifyKeyAttestation(input, policy, host).value?.ok === true)
          accepted.push(`certificate ${index}, byte ${offset}, xor ${mask}`);
      }
    console.log(`key attestation: ${tried} damaged chains, ${accepted.length} accepted`);
    expect(accepted).toEqual([]);
    expect(tried).toBe(chain.reduce((sum, one) => sum + one.length, 0));
  });
});
