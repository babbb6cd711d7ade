import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createNodeHost } from '@vedette/bytes/node';
import { readProvisioningProfile, readZip } from '@vedette/formats';
import { describe, expect, it } from 'vitest';
import { readIosApp } from './read-ios-app.ts';

const folder = fileURLToPath(new URL('../../../../../shared/data/ios/ipa-and-profiles', import.meta.url));
const host = createNodeHost();

const WATCH = 'Payload/Sample.app/Watch/Sample WatchKit App.app/';

/**
 * What each archive is, found out with unzip, openssl, llvm-objdump and a script over the code directories: the two
 * capable apps are signed by a test certificate, and page hashes, slots, CMS and seal all hold; the samples have an
 * Info.plist and nothing else, so there is nothing signed in them; that of the wrongly signed one is missing in its watch
 * app (it is called Info-Watch.plist), so that is no bundle at all; the Swift pair has empty folders and files alone.
 */
const IPAS: Readonly<Record<string, object | null>> = {
  'fastlane_core/spec/fixtures/ipas/very-capable-app.ipa': {
    root: 'Payload/very-capable-app.app/',
    main: {
      bundleId: 'org.fastlane.very-capable-app',
      minimumOs: '11.2',
      signing: { state: 'verified', sealedFiles: 7, verifiedFiles: 7 },
    },
    signing: { state: 'verified', issues: [], teamId: null, signingTime: '2018-04-07T02:40:45Z' },
    signers: [{ subject: expect.stringContaining('CN=TestFixture'), verified: 'verified' }],
    profile: { kind: 'development', signature: { state: 'verified' } },
    binaries: [
      {
        codeUnreadable: false,
        signatures: [
          { signature: { chosen: { hashType: 'sha256', cdHash: '8a85032aeb13cf895c0a40c2eacc67f59c245488' } } },
        ],
      },
    ],
  },
  'fastlane_core/spec/fixtures/ipas/very capable app.ipa': {
    root: 'Payload/very capable app.app/',
    signing: { state: 'verified', issues: [], signingTime: '2018-04-25T23:08:02Z' },
  },
  'fastlane_core/spec/fixtures/ipas/iOSAppOnly.ipa': {
    root: 'iOSAppOnly/Payload/Sample.app/',
    main: { bundleId: 'com.example.Sample' },
    nested: [],
    binaries: [],
    signing: { state: 'unsigned' },
  },
  'fastlane_core/spec/fixtures/ipas/iOS App With Spaces.ipa': {
    main: { bundleId: 'com.example.Sample' },
    signing: { state: 'unsigned' },
  },
  'fastlane_core/spec/fixtures/ipas/ContainsWatchApp.ipa': {
    main: { bundleId: 'com.example.Sample' },
    nested: [{ kind: 'watch-app', path: `ContainsWatchApp/${WATCH}`, bundleId: 'com.example.Sample.watchkitapp' }],
    signing: { state: 'unsigned' },
  },
  'fastlane_core/spec/fixtures/ipas/IncorrectlySigned.ipa': {
    nested: [{ kind: 'watch-app', path: `IncorrectlySigned/${WATCH}`, info: null }],
    signing: {
      state: 'broken',
      issues: expect.arrayContaining([expect.objectContaining({ code: 'bundle-info-missing', breaks: true })]),
    },
  },
  'fastlane_core/spec/fixtures/ipas/no-app-bundle.ipa': null,
  'fastlane_core/spec/fixtures/ipas/not-an-ipa.ipa': null,
  'gym/spec/fixtures/xcodebuild_fixes/with_no_swift.ipa': {
    main: { info: null },
    binaries: [],
    signing: { state: 'broken' },
  },
  'gym/spec/fixtures/xcodebuild_fixes/with_swift_twice.ipa': {
    main: { info: null },
    binaries: [],
    signing: { state: 'broken' },
  },
};

const STORE = {
  teamId: '439BBM9367',
  kind: 'app-store',
  devices: null,
  wildcard: false,
  signature: { state: 'verified' },
};
const CAPABLE = {
  name: 'org.fastlane.very-capable-app Development',
  kind: 'development',
  getTaskAllow: true,
  signature: { state: 'verified' },
};

/** With `openssl smime -verify`: all but the empty file and the one that is a plain property list. */
const PROFILES: Readonly<Record<string, object | null>> = {
  'fastlane/spec/fixtures/profiles/test.mobileprovision': { ...STORE, appId: '439BBM9367.tools.fastlane.app' },
  'match/spec/fixtures/test.mobileprovision': { ...STORE, appId: '439BBM9367.tools.fastlane.app' },
  'match/spec/fixtures/existing/profiles/appstore/AppStore_tools.fastlane.app.mobileprovision': {
    ...STORE,
    appId: '439BBM9367.tools.fastlane.app',
  },
  'gym/examples/with spaces/AppStore_net.sunapps.9.watch.mobileprovision': {
    ...STORE,
    teamId: '5A997XSHK2',
    appId: '5A997XSHK2.net.sunapps.9.watch',
  },
  'fastlane_core/spec/fixtures/archives/very-capable-app.xcarchive/Products/Applications/very-capable-app.app/embedded.mobileprovision':
    CAPABLE,
  'fastlane_core/spec/fixtures/archives/very capable app.xcarchive/Products/Applications/very capable app.app/embedded.mobileprovision':
    CAPABLE,
  'gym/spec/fixtures/dummy.mobileprovision': null,
  'spaceship/spec/portal/fixtures/downloaded_provisioning_profile.mobileprovision': {
    signature: { state: 'unsigned' },
  },
};

function files(extension: string): readonly string[] {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return all.map((path) => path.replaceAll('\\', '/')).filter((path) => path.endsWith(extension));
}

const bytes = (path: string): Uint8Array => new Uint8Array(readFileSync(join(folder, path)));

describe.skipIf(!existsSync(folder))(
  'archives and profiles of fastlane (skipped where ../shared/data is missing)',
  () => {
    it('has an expectation for each file', () => {
      expect(files('.ipa').toSorted()).toEqual(Object.keys(IPAS).toSorted());
      expect(files('.mobileprovision').toSorted()).toEqual(Object.keys(PROFILES).toSorted());
    });

    it.each(Object.entries(IPAS))('reads %s', (path, expected) => {
      const zip = readZip(bytes(path), host).value;
      const read = zip === null ? null : readIosApp(zip, host);
      if (expected === null) expect(read?.value ?? null).toBeNull();
      else expect(read?.value).toMatchObject(expected);
    });

    it('says plainly why an archive is no app', () => {
      const empty = readZip(bytes('fastlane_core/spec/fixtures/ipas/no-app-bundle.ipa'), host).value;
      const { diagnostics } = empty === null ? { diagnostics: [] } : readIosApp(empty, host);
      expect(diagnostics[0]?.message).toBe('This is not an iOS app: its Payload folder holds no app.');
      const none = readZip(bytes('fastlane_core/spec/fixtures/ipas/not-an-ipa.ipa'), host);
      expect([none.value, none.diagnostics.at(-1)?.id]).toEqual([null, 'zip.none']);
    });

    it('is broken once a byte of the code or a sealed file changes', () => {
      const original = bytes('fastlane_core/spec/fixtures/ipas/very-capable-app.ipa');
      const zip = readZip(original, host).value;
      if (zip === null) throw new Error('the archive can be read');
      for (const [name, code] of [
        ['very-capable-app', 'page-hash'],
        ['PkgInfo', null],
        ['Base.lproj/Main.storyboardc/Info.plist', 'resource-changed'],
        ['Info.plist', 'special-slot'],
      ] as const) {
        const path = `Payload/very-capable-app.app/${name}`;
        const entries = zip.entries.map((entry) => {
          if (entry.name !== path) return entry;
          const data = new Uint8Array(entry.read().value);
          const at = name === 'very-capable-app' ? 0x6800 : data.length - 40;
          data[at] = (data[at] ?? 0) ^ 1;
          return { ...entry, read: () => ({ value: data, diagnostics: [] }) };
        });
        const bent = { ...zip, entries, find: (wanted: string) => entries.find((entry) => entry.name === wanted) };
        const signing = readIosApp(bent, host).value?.signing;
        if (code === null) expect(signing?.state, name).toBe('verified');
        else
          expect([signing?.state, signing?.issues.map((issue) => issue.code).includes(code)], name).toEqual([
            'broken',
            true,
          ]);
      }
    });

    it.each(Object.entries(PROFILES))('reads %s', (path, expected) => {
      const { value } = readProvisioningProfile(bytes(path), host);
      if (expected === null) expect(value).toBeNull();
      else expect(value).toMatchObject(expected);
    });
  },
);
