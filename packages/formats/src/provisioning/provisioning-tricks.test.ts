import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { mutate, seededRandom } from '../builders/mutate.ts';
import { buildSignedData, standardAttributes } from '../cms/signed-data-builder.ts';
import { buildXmlPlist, type PlistSpec } from '../plist/plist-builder.ts';
import { dictionaryAt, type PlistDictionary } from '../plist/plist-value.ts';
import { readPlist } from '../plist/read-plist.ts';
import { buildCertificate } from '../x509/certificate-builder.ts';
import { provisioningTarget } from './fuzz-target.ts';
import { type ProfileSpec, profilePlist } from './profile-builder.ts';
import type { ProvisioningProfile } from './provisioning-profile.ts';
import { PROVISIONING_TRICKS } from './provisioning-tricks.ts';
import { isProfileExpired, readProvisioningProfile } from './read-provisioning-profile.ts';
import { uncoveredEntitlements } from './uncovered-entitlements.ts';

const host = createNodeHost();
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicKey = new Uint8Array(keys.publicKey.export({ format: 'der', type: 'spki' }));
const apple = buildCertificate({
  subject: { CN: 'Apple iPhone OS Provisioning Profile Signing', O: 'Apple Inc.' },
  publicKey,
});
const stranger = buildCertificate({ subject: { CN: 'Somebody', O: 'Else' }, publicKey });

function wrap(content: Uint8Array, certificate = apple, signed = content): Uint8Array {
  return buildSignedData({
    certificates: [certificate],
    content,
    signers: [
      {
        certificate,
        signatureAlgorithm: '1.2.840.10045.4.3.2',
        attributes: standardAttributes(host.sha256(signed)),
        signature: (attributes) => new Uint8Array(sign('sha256', attributes, keys.privateKey)),
      },
    ],
  });
}

function open(bytes: Uint8Array, atMs?: number): { profile: ProvisioningProfile; ids: string[] } {
  const { value, diagnostics } = readProvisioningProfile(bytes, host, atMs);
  if (value === null) throw new Error('no profile was read');
  return { profile: value, ids: diagnostics.map(({ id }) => id) };
}

const profile = (spec: ProfileSpec): Uint8Array => buildXmlPlist(profilePlist(spec));

describe('provisioning profiles', () => {
  it('are read, and their signature verified', () => {
    const { profile: read, ids } = open(wrap(profile({ certificates: [stranger] })));
    expect(ids).toEqual([]);
    expect(read).toMatchObject({
      name: 'Sample profile',
      uuid: '01234567-89AB-CDEF-0123-456789ABCDEF',
      teamId: 'A1B2C3D4E5',
      appId: 'A1B2C3D4E5.com.example.app',
      wildcard: false,
      devices: null,
      kind: 'app-store',
      expires: '2027-01-01T00:00:00Z',
      signature: { state: 'verified' },
    });
    expect(read.certificates.map(({ subject }) => subject)).toEqual(['O=Else,CN=Somebody']);
  });

  it('are of the kind that their devices and entitlements make', () => {
    const kind = (spec: ProfileSpec): string => open(wrap(profile(spec))).profile.kind;
    const debuggable = { entitlements: { 'get-task-allow': true } };
    expect([
      kind({}),
      kind({ devices: ['a'] }),
      kind({ devices: ['a'], ...debuggable }),
      kind({ allDevices: true }),
    ]).toEqual(['app-store', 'ad-hoc', 'development', 'enterprise']);
  });

  it('say why a file is none', () => {
    const empty = readProvisioningProfile(new Uint8Array(0), host);
    expect(empty.value).toBeNull();
    expect(empty.diagnostics.at(-1)?.message).toBe('This is not a provisioning profile: the file is empty.');
    expect(readProvisioningProfile(wrap(Uint8Array.of(1, 2)), host).value).toBeNull();
  });

  it('cover entitlements by wildcard and by list', () => {
    const dictionary = (spec: { readonly [key: string]: PlistSpec }): PlistDictionary => {
      const read = dictionaryAt(readPlist(buildXmlPlist(spec)).value);
      if (read === null) throw new Error('no dictionary');
      return read;
    };
    const granted = dictionary({
      'application-identifier': 'T.com.example.*',
      groups: ['T.*', 'x'],
      a: true,
      'one-of': ['p', 'q'],
    });
    const claim = (spec: { readonly [key: string]: PlistSpec }): readonly string[] =>
      uncoveredEntitlements(dictionary(spec), granted);
    expect(
      claim({
        'application-identifier': 'T.com.example.app',
        groups: ['T.shared', 'x'],
        a: true,
        'one-of': 'p',
        c: false,
      }),
    ).toEqual([]);
    expect(claim({ 'application-identifier': 'T.com.other', groups: ['U.shared'], b: true, 'one-of': 'r' })).toEqual([
      'application-identifier',
      'groups',
      'b',
      'one-of',
    ]);
  });
});

describe('provisioning tricks', () => {
  it('trick 79: without a signature, with one that fails, and by another signer', () => {
    const plain = open(profile({}));
    expect(plain.ids).toEqual(['provisioning.unsigned']);
    expect(plain.profile).toMatchObject({ name: 'Sample profile', signature: { state: 'unsigned' } });
    const changed = open(wrap(profile({ allDevices: true }), apple, profile({})));
    expect(changed.ids).toContain('provisioning.signature');
    expect(changed.profile.signature).toMatchObject({
      state: 'failed',
      detail: 'the signer does not verify: message-digest',
    });
    const other = open(wrap(profile({}), stranger));
    expect(other.ids).toEqual(['provisioning.signer']);
    expect(other.profile.signature.state).toBe('verified');
  });

  it('trick 79: time is judged only where it is given', () => {
    const bytes = wrap(profile({ expires: new Date('2026-06-01T00:00:00Z') }));
    expect(open(bytes).ids).toEqual([]);
    expect(open(bytes, Date.UTC(2026, 4, 1)).ids).toEqual([]);
    expect(open(bytes, Date.UTC(2026, 6, 1)).ids).toEqual(['provisioning.expired']);
    expect(isProfileExpired(open(bytes).profile, Date.UTC(2026, 6, 1))).toBe(true);
  });

  it('trick 79: any device, debuggers, wildcards and device lists', () => {
    expect(open(wrap(profile({ allDevices: true }))).ids).toEqual(['provisioning.all-devices']);
    expect(open(wrap(profile({ entitlements: { 'get-task-allow': true } }))).ids).toEqual([
      'provisioning.get-task-allow',
    ]);
    expect(open(wrap(profile({ appId: 'A1B2C3D4E5.*' }))).ids).toEqual(['provisioning.wildcard']);
    expect(open(wrap(profile({ devices: ['a', 'b'] }))).ids).toEqual(['provisioning.devices']);
  });

  it('has a test for each id of the table', () => {
    const own = readFileSync(new URL(import.meta.url), 'utf8');
    expect(PROVISIONING_TRICKS.filter(({ id }) => !own.includes(`'${id}'`))).toEqual([]);
  });

  it('survives generated and damaged profiles (fuzz)', () => {
    const seeds = provisioningTarget.seeds();
    for (let seed = 0; seed < 300; seed++) {
      provisioningTarget.read(provisioningTarget.generate(seededRandom(seed)), host);
      provisioningTarget.read(mutate(seeds[seed % seeds.length] ?? new Uint8Array(0), seed), host);
    }
  });
});
