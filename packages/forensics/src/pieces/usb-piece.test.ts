import { buildXmlPlist, type PlistSpec } from '@vedette/formats/builders';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { treeFromFiles } from '../evidence-tree.ts';
import { readDeviceEvidence } from '../read-device-evidence.ts';

const now = '2026-11-22T18:00:00.000Z';
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const plist = (value: { readonly [key: string]: PlistSpec }) => buildXmlPlist({ UDID: 'A', ...value });

const FILES: ReadonlyMap<string, Uint8Array> = new Map([
  [
    'case/usb/index.json',
    json({
      schema: 'vedette.usb/1',
      udid: 'A',
      collectedAt: '2026-11-20T10:00:00.000Z',
      unanswered: [{ question: 'supervision', why: 'was refused (x)' }, 5],
    }),
  ],
  ['case/usb/device-information.plist', plist({ QueryResponses: { OSVersion: '18.7.1', ProductName: 'iPhone11,8' } })],
  [
    'case/usb/installed-application-list.plist',
    plist({
      InstalledApplicationList: [
        { Identifier: 'com.example.store' },
        { Identifier: 'com.example.company', SignerIdentity: 'iPhone Distribution: Example' },
      ],
    }),
  ],
  [
    'case/usb/applications.plist',
    plist({
      Applications: { 'com.example.store': { iTunesMetadata: buildXmlPlist({ sourceApp: 'com.apple.AppStore' }) } },
    }),
  ],
  [
    'case/usb/provisioning-profile-list.plist',
    plist({ ProvisioningProfileList: [{ Name: 'Any', UUID: 'B', TeamName: 'Example', ProvisionsAllDevices: true }] }),
  ],
  [
    'case/usb/crashes/Retired/a.ips',
    new TextEncoder().encode('{"app_name":"a","timestamp":"2026-11-01 12:00:00.00 +0000"}\n{}'),
  ],
  // For a person: not read.
  ['case/usb/answers/lockdown.plist', plist({ SecurityInfo: { PasscodePresent: false } })],
]);
const read = (files: ReadonlyMap<string, Uint8Array>) =>
  readDeviceEvidence(treeFromFiles(files), { now, onRecord: () => true });

describe('what an iPhone answered over USB', () => {
  const { value, diagnostics } = read(FILES);

  it('is one piece of evidence, from the source that it is, of the time it was asked', () => {
    expect(value?.kind).toBe('ios-usb');
    expect(value?.collectedAt).toBe('2026-11-20T10:00:00.000Z');
    expect(value?.evidence.facts).toMatchObject({ platform: 'ios', osVersion: '18.7.1', model: 'iPhone11,8' });
    const { observations = [] } = value?.evidence ?? {};
    expect(new Set(observations.map(({ source, trust }) => `${source} ${trust}`))).toEqual(
      new Set(['usb os-reported']),
    );
    expect(observations.map(({ key }) => key)).not.toContain('ios.passcode.present');
  });

  it('names apps by what the store wrote down and by who signed them', () => {
    expect(value?.evidence.apps).toMatchObject([
      { package: 'com.example.company', installer: null, signerHints: ['iPhone Distribution: Example'] },
      { package: 'com.example.store', installer: 'com.apple.AppStore' },
    ]);
    expect(value?.evidence.appsComplete).toBe(true);
    expect(value?.records.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['com.example.company: signed by iPhone Distribution: Example']),
    );
  });

  it('has crash reports and licences to install as records', () => {
    expect(value?.records).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ artefact: 'ios.crash', at: '2026-11-01T12:00:00.000Z' }),
        expect.objectContaining({
          artefact: 'ios.provisioning-profile',
          text: 'Provisioning profile Any of Example, for any phone',
        }),
      ]),
    );
  });

  it('says what the phone did not answer', () => {
    expect(diagnostics).toEqual([
      expect.objectContaining({
        id: 'evidence.unanswered',
        message: 'The phone’s answer to “supervision” was refused (x); what it tells is unknown.',
      }),
      expect.objectContaining({ id: 'evidence.unanswered' }),
    ]);
  });

  it('knows no whole list of apps where only the store’s notes are there', () => {
    const without = new Map([...FILES].filter(([path]) => !path.endsWith('installed-application-list.plist')));
    expect(read(without).value?.evidence.appsComplete).toBe(false);
  });

  it('is nothing without its index, or with another one', () => {
    const other = new Map([['usb/index.json', json({ schema: 'else' })]]);
    expect(read(other).value).toBeNull();
  });

  it('costs no exception when it is damaged (fuzz)', () => {
    const paths = [...FILES.keys()];
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        fc.nat(),
        (path, at, byte, cut) => {
          const bytes = Uint8Array.from(FILES.get(path) ?? []);
          bytes[at % bytes.length] = byte;
          const damaged = new Map(FILES).set(path, bytes.slice(0, 1 + (cut % bytes.length)));
          expect(() => read(damaged)).not.toThrow();
        },
      ),
      { numRuns: 300 },
    );
  });
});
