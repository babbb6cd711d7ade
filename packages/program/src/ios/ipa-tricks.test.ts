import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createNodeHost } from '@vedette/bytes/node';
import { readZip } from '@vedette/formats';
import {
  buildBundle,
  buildCertificate,
  buildIpa,
  buildMachO,
  buildSignedData,
  buildXmlPlist,
  codeSignatureAttributes,
  type IpaSpec,
  mutate,
  nestedFiles,
  profilePlist,
  seededRandom,
  standardAttributes,
} from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import type { IosApp } from './ios-app.ts';
import { IPA_TRICKS } from './ipa-tricks.ts';
import type { IosAppLimits } from './limits.ts';
import { readIosApp } from './read-ios-app.ts';

const host = createNodeHost();
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const certificate = buildCertificate({
  subject: { CN: 'Apple Development: Test', OU: 'A1B2C3D4E5', O: 'Apple Inc.' },
  publicKey: new Uint8Array(keys.publicKey.export({ format: 'der', type: 'spki' })),
});

type Attributes = ReturnType<typeof standardAttributes>;

function signedData(attributes: Attributes, content?: Uint8Array): Uint8Array {
  return buildSignedData({
    certificates: [certificate],
    ...(content === undefined ? {} : { content }),
    signers: [
      {
        certificate,
        signatureAlgorithm: '1.2.840.10045.4.3.2',
        attributes,
        signature: (encoded) => new Uint8Array(sign('sha256', encoded, keys.privateKey)),
      },
    ],
  });
}

const cms = (directory: Uint8Array, hashes: readonly Uint8Array[]): Uint8Array =>
  signedData(codeSignatureAttributes(host.sha256(directory), hashes));
const profile = (spec: Parameters<typeof profilePlist>[0] = {}): Uint8Array => {
  const content = buildXmlPlist(profilePlist({ certificates: [certificate], ...spec }));
  return signedData(standardAttributes(host.sha256(content)), content);
};

const TEAM = 'A1B2C3D4E5';
const ENTITLEMENTS = { 'application-identifier': `${TEAM}.com.example.app` };
const signing = { cms, teamId: TEAM, entitlements: buildXmlPlist(ENTITLEMENTS) };

function open(spec: IpaSpec, limits: Partial<IosAppLimits> = {}): { app: IosApp; ids: string[]; codes: string[] } {
  const zip = readZip(buildIpa(spec, host), host).value;
  const read = zip === null ? null : readIosApp(zip, host, limits);
  if (read === null || read.value === null) throw new Error('no app was read');
  return {
    app: read.value,
    ids: read.diagnostics.map(({ id }) => id),
    codes: read.value.signing.issues.map(({ code }) => code),
  };
}

/** A signed app with a profile: the base that each test bends. */
const SIGNED: IpaSpec = { signing, files: { 'embedded.mobileprovision': profile(), 'data.txt': 'hello' } };

describe('readIosApp', () => {
  it('verifies an app with its profile', () => {
    const { app, ids, codes } = open(SIGNED, { atMs: Date.UTC(2026, 5, 1) });
    expect([ids, codes]).toEqual([[], []]);
    expect(app).toMatchObject({
      root: 'Payload/Sample.app/',
      main: {
        kind: 'app',
        bundleId: 'com.example.app',
        version: '1.0',
        minimumOs: '15.0',
        signing: { sealedFiles: 2, verifiedFiles: 2 },
      },
      signing: { state: 'verified', teamId: TEAM },
      profile: { kind: 'app-store', signature: { state: 'verified' } },
      signers: [{ scheme: 'apple', verified: 'verified', keyAlgorithm: 'EC' }],
      binaries: [{ role: 'main', codeUnreadable: false }],
    });
    expect(app.entitlements?.entries.size).toBe(1);
  });

  it('reads what Info.plist says', () => {
    const { app } = open({
      info: {
        CFBundleDisplayName: 'Shop',
        CFBundleURLTypes: [{ CFBundleURLSchemes: ['shop', 'fb1'] }],
        LSApplicationQueriesSchemes: ['cydia'],
        NSCameraUsageDescription: 'To scan',
        UIBackgroundModes: ['location'],
        UIDeviceFamily: [1, 2],
        UIFileSharingEnabled: true,
        NSAppTransportSecurity: {
          NSAllowsArbitraryLoads: true,
          NSExceptionDomains: {
            'example.com': { NSExceptionAllowsInsecureHTTPLoads: true, NSIncludesSubdomains: true },
          },
        },
      },
    });
    expect(app.main).toMatchObject({
      name: 'Shop',
      urlSchemes: ['shop', 'fb1'],
      queriedSchemes: ['cydia'],
      backgroundModes: ['location'],
      deviceFamilies: [1, 2],
      fileSharing: true,
      transportSecurity: {
        allowsArbitraryLoads: true,
        allowsLocalNetworking: null,
        exceptions: [{ domain: 'example.com', allowsInsecureLoads: true, includesSubdomains: true }],
      },
    });
    expect([...app.main.usageDescriptions]).toEqual([['NSCameraUsageDescription', 'To scan']]);
    expect(app.signing.state).toBe('unsigned');
  });

  it('finds files that were added, changed or taken away after signing', () => {
    const added = open({ ...SIGNED, unsealed: { 'hook.js': 'x' } });
    expect([added.app.signing.state, added.codes]).toEqual(['broken', ['resource-added']]);
    const changed = open({ ...SIGNED, unsealed: { 'data.txt': 'HELLO' } });
    expect([changed.app.signing.state, changed.codes]).toEqual(['broken', ['resource-changed']]);
    expect(changed.app.signers).toMatchObject([{ verified: 'failed' }]);
    const info = open({
      ...SIGNED,
      unsealed: { 'Info.plist': buildXmlPlist({ CFBundleIdentifier: 'com.evil', CFBundleExecutable: 'Sample' }) },
    });
    expect(info.codes).toEqual(expect.arrayContaining(['special-slot', 'bundle-id-mismatch', 'profile-app-id']));
    const sealed = buildBundle(SIGNED, host);
    const gone = open({
      machO: null,
      info: null,
      files: Object.fromEntries(Object.entries(sealed).filter(([path]) => path !== 'data.txt')),
    });
    expect(gone.codes).toEqual(['resource-missing']);
  });

  it('says what the profile does not grant, and that it expired', () => {
    const entitlements = buildXmlPlist({ ...ENTITLEMENTS, 'com.apple.developer.healthkit': true });
    const greedy = open({ ...SIGNED, signing: { ...signing, entitlements } });
    expect(greedy.app.signing).toMatchObject({
      state: 'verified',
      issues: [{ code: 'entitlement-not-covered', breaks: false }],
    });
    const old = open(SIGNED, { atMs: Date.UTC(2030, 0, 1) });
    expect([old.codes, old.ids]).toEqual([['profile-expired'], ['provisioning.expired']]);
    const bare = open({ signing });
    expect(bare.codes).toEqual(['profile-missing']);
    const foreign = open({
      ...SIGNED,
      files: { 'embedded.mobileprovision': profile({ appId: 'B1B2C3D4E5.com.other' }) },
    });
    expect(foreign.codes).toEqual(['profile-app-id', 'entitlement-not-covered']);
  });

  it('is no more verified with unsigned code inside, and says when it did not read all', () => {
    const library = buildMachO({ type: 6 });
    const inside = open({ ...SIGNED, files: { ...SIGNED.files, 'Frameworks/extra.dylib': library } });
    expect([inside.app.signing.state, inside.codes]).toEqual(['broken', ['nested-unsigned']]);
    const short = open(SIGNED, { maxBinaries: 0 });
    expect([short.app.signing.state, short.ids]).toEqual(['not-checked', ['budget.bytes']]);
    const adHoc = open({ signing: { entitlements: buildXmlPlist({}) } });
    expect(adHoc.app.signing.state).toBe('ad-hoc');
  });

  it('reads nested frameworks, extensions and watch apps with their own signatures', () => {
    const nested = (bundleId: string, executable: string) =>
      buildBundle({ bundleId, executable, signing: { ...signing, entitlements: buildXmlPlist({}) } }, host);
    const files = {
      ...SIGNED.files,
      ...nestedFiles('Frameworks/Kit.framework', nested('com.example.kit', 'Kit')),
      ...nestedFiles('PlugIns/Share.appex', nested('com.example.app.share', 'Share')),
      ...nestedFiles('Watch/Clock.app', nested('com.example.app.watch', 'Clock')),
    };
    const machO = { libraries: [{ path: '@rpath/Kit.framework/Kit' }], runPaths: ['@executable_path/Frameworks'] };
    const { app, codes, ids } = open({ ...SIGNED, machO, files });
    expect(codes).toEqual([]);
    expect(app.nested.map(({ kind, bundleId, signing: { state } }) => [kind, bundleId, state])).toEqual([
      ['framework', 'com.example.kit', 'verified'],
      ['extension', 'com.example.app.share', 'verified'],
      ['watch-app', 'com.example.app.watch', 'verified'],
    ]);
    expect([app.signing.state, app.injectedLibraries, ids]).toEqual(['verified', [], ['ipa.nested', 'ipa.nested']]);
  });

  it('survives damaged archives (fuzz)', () => {
    const seed = buildIpa(SIGNED, host);
    for (let round = 0; round < 100; round++) {
      const zip = readZip(mutate(seed, Math.floor(seededRandom(round)() * 2 ** 31)), host).value;
      if (zip !== null) readIosApp(zip, host);
    }
  });
});

describe('IPA tricks', () => {
  it('trick 80: several apps in one archive', () => {
    const { app, ids } = open({
      ...SIGNED,
      entries: [{ name: 'Payload/Other.app/Info.plist', data: buildXmlPlist({ a: 'b' }) }],
    });
    expect(ids).toEqual(['ipa.several-apps']);
    expect([app.root, app.otherApps, app.signing.state]).toEqual([
      'Payload/Sample.app/',
      ['Payload/Other.app/'],
      'verified',
    ]);
  });

  it('trick 80: a Payload folder inside of another folder', () => {
    const { app, ids } = open({
      info: null,
      machO: null,
      files: {},
      entries: [{ name: 'x/Payload/A.app/Info.plist', data: buildXmlPlist({ CFBundleIdentifier: 'a' }) }],
    });
    expect(ids).toEqual(['ipa.wrapped']);
    expect([app.root, app.main.bundleId]).toEqual(['x/Payload/A.app/', 'a']);
  });

  it('trick 80: nested bundles without, or with another, identity', () => {
    const foreign = buildBundle({ bundleId: 'org.other.share', executable: 'Share' }, host);
    const { ids } = open({ files: nestedFiles('PlugIns/Share.appex', foreign) });
    expect(ids).toEqual(['ipa.nested', 'ipa.bundle-id.mismatch']);
    const { app, ids: bare } = open({ files: { 'PlugIns/Share.appex/Share': buildMachO() } });
    expect(bare).toContain('ipa.info.missing');
    expect(app.signing.state).toBe('broken');
    expect(open({ info: buildXmlPlist('no dictionary') }).ids).toContain('ipa.info.malformed');
  });

  it('trick 80: keys of Info.plist that stand twice', () => {
    const info = buildXmlPlist(
      { CFBundleIdentifier: 'com.first', CFBundleExecutable: 'Sample' },
      '<key>CFBundleIdentifier</key><string>com.last</string>',
    );
    const { app, ids } = open({ info });
    expect(ids).toEqual(['plist.duplicate-key']);
    expect(app.main.bundleId).toBe('com.last');
  });

  it('trick 80: code under another name is found by its content', () => {
    const { app, ids } = open({ files: { 'assets/logo.png': buildMachO() } });
    expect(ids).toEqual(['ipa.code.disguised']);
    expect(app.binaries.map(({ path, role }) => [path, role])).toEqual([
      ['Payload/Sample.app/Sample', 'main'],
      ['Payload/Sample.app/assets/logo.png', 'other'],
    ]);
  });

  it('trick 80: a library that was injected by a load command', () => {
    const libraries = [
      { path: '@executable_path/hook.dylib' },
      { path: '@rpath/gone.dylib' },
      { path: '@rpath/libswiftCore.dylib' },
    ];
    const { app, ids } = open({
      machO: { libraries, runPaths: ['@executable_path/Frameworks'] },
      files: { 'hook.dylib': buildMachO({ type: 6 }) },
    });
    expect(ids).toEqual(['ipa.library.injected', 'ipa.library.injected']);
    expect(app.injectedLibraries).toEqual([
      {
        path: 'Payload/Sample.app/hook.dylib',
        loadPath: '@executable_path/hook.dylib',
        loadedBy: 'Payload/Sample.app/Sample',
      },
      { path: null, loadPath: '@rpath/gone.dylib', loadedBy: 'Payload/Sample.app/Sample' },
    ]);
  });

  it('trick 77: an encrypted app is unreadable, not clean', () => {
    const { app, ids } = open({
      machO: { text: [{ name: '__text', data: new Uint8Array(64) }], encryption: { id: 1 } },
    });
    expect(ids).toEqual(['mach-o.encrypted']);
    expect(app.binaries).toMatchObject([{ codeUnreadable: true }]);
  });

  it('has a test for each id of the table', () => {
    const own = readFileSync(new URL(import.meta.url), 'utf8');
    expect(IPA_TRICKS.filter(({ id }) => !own.includes(`'${id}'`))).toEqual([]);
  });
});
