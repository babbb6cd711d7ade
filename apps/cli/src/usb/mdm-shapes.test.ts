import { createNodeHost } from '@vedette/bytes/node';
import { type PlistValue, plistJson, readPlist } from '@vedette/formats';
import { buildXmlPlist, type PlistSpec } from '@vedette/formats/builders';
import { describeProvisioning } from '@vedette/testkit';
import { describe, expect, it } from 'vitest';
import type { IphoneAnswers } from './iphone-questions.ts';
import { mdmShapes } from './mdm-shapes.ts';

function plist(spec: PlistSpec): PlistValue {
  const { value } = readPlist(buildXmlPlist(spec));
  if (value === null) throw new Error('the builder writes lists');
  return value;
}

function shapes(answers: IphoneAnswers): Record<string, unknown> {
  const files = [...mdmShapes('UDID', answers, createNodeHost())];
  return Object.fromEntries(
    files.map(([name, bytes]) => {
      const { value } = readPlist(bytes);
      return [name.replace('.plist', ''), value === null ? null : plistJson(value)];
    }),
  );
}

const store = (metadata: PlistSpec) => ({ iTunesMetadata: buildXmlPlist(metadata) });
const APPLE = { SignerIdentity: 'Apple iPhone OS Application Signing' };

describe('answers of an iPhone in the shape of those to device management', () => {
  it('have no key for what the phone did not say', () => {
    expect(shapes({ device: plist({ ProductVersion: '18.7.1' }) })).toEqual({
      'device-information': { UDID: 'UDID', QueryResponses: { OSVersion: '18.7.1' } },
    });
    expect(shapes({})).toEqual({ 'device-information': { UDID: 'UDID', QueryResponses: {} } });
  });

  it('say of a passcode only that there is one: an unlocked phone may have one or not', () => {
    const locked = shapes({ device: plist({ PasswordProtected: true }) });
    expect(locked['security-info']).toEqual({ UDID: 'UDID', SecurityInfo: { PasscodePresent: true } });
    expect(shapes({ device: plist({ PasswordProtected: false }) })).not.toHaveProperty('security-info');
  });

  it('say where each app came from, as far as the phone does', () => {
    const named = (id: string, about: object) => plist({ CFBundleIdentifier: id, ...about });
    const said = shapes({
      apps: [
        named('signed-by-apple', APPLE),
        named('store', { ...APPLE, ...store({ sourceApp: 'com.apple.AppStore' }) }),
        named('market', { ...APPLE, ...store({ distributorInfo: { distributorID: 'com.example.market' } }) }),
        named('beta', { ...APPLE, Entitlements: { 'beta-reports-active': true } }),
        named('company', { SignerIdentity: 'iPhone Distribution: Example', ProfileValidated: true }),
        named('silent', {}),
        plist({ CFBundleDisplayName: 'without an identifier' }),
      ],
    });
    expect(said['installed-application-list']).toEqual({
      UDID: 'UDID',
      InstalledApplicationList: [
        { Identifier: 'signed-by-apple', AppStoreVendable: true, ...APPLE },
        { Identifier: 'store', ...APPLE },
        { Identifier: 'market', ...APPLE },
        { Identifier: 'beta', BetaApp: true, ...APPLE },
        { Identifier: 'company', IsValidated: true, SignerIdentity: 'iPhone Distribution: Example' },
        { Identifier: 'silent' },
      ],
    });
    expect(Object.keys(Object(Object(said['applications'])['Applications']))).toEqual(['store', 'market']);
  });

  it('name profiles and licences', () => {
    const said = shapes({
      profiles: plist({ ProfileMetadata: { 'net.example.vpn': { PayloadDisplayName: 'VPN', PayloadUUID: 'A' } } }),
      provisioning: [describeProvisioning({ allDevices: true }), Uint8Array.of(1, 2, 3), new Uint8Array(2_000_000)],
    });
    expect(said['profile-list']).toEqual({
      UDID: 'UDID',
      ProfileList: [{ PayloadIdentifier: 'net.example.vpn', PayloadDisplayName: 'VPN', PayloadUUID: 'A' }],
    });
    expect(said['provisioning-profile-list']).toEqual({
      UDID: 'UDID',
      ProvisioningProfileList: [
        {
          Name: 'Sample profile',
          UUID: '01234567-89AB-CDEF-0123-456789ABCDEF',
          ExpiryDate: '2027-01-01T00:00:00Z',
          TeamName: 'Example',
          AppID: 'A1B2C3D4E5.com.example.app',
          ProvisionsAllDevices: true,
          Kind: 'enterprise',
        },
      ],
    });
  });
});
