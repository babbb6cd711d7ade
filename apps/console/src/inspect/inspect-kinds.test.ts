import { generateKeyPairSync, sign } from 'node:crypto';
import { createBrowserHost } from '@vedette/bytes/browser';
import { createNodeHost } from '@vedette/bytes/node';
import {
  type ApkSpec,
  buildApk,
  buildCertificate,
  buildDex,
  buildElf,
  buildSignedApk,
  buildZip,
} from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import { inspectFile, type OpenedApp } from './inspect-file.ts';

const node = createNodeHost();

function open(bytes: Uint8Array): OpenedApp {
  const outcome = inspectFile(bytes, {
    name: 'app.bin',
    host: createBrowserHost(() => performance.now()),
    now: '2026-11-22T12:00:00.000Z',
    engineVersion: '0.1.0',
    onProgress: () => undefined,
  });
  if ('refused' in outcome) throw new Error(outcome.refused[0]?.message ?? 'refused');
  return outcome.opened;
}

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
const signer = {
  certificate: buildCertificate({ subject: { CN: 'Signer' }, publicKey: key }),
  publicKey: key,
  algorithm: 0x0201,
  sign: (data: Uint8Array) => new Uint8Array(sign('sha256', data, privateKey)),
};
const signed = (spec: ApkSpec) => buildSignedApk(spec, 'v2', signer, node);

const base: ApkSpec = {
  manifest: { package: 'com.example.app', minSdk: 26, targetSdk: 34 },
  dex: [[{ name: 'Lcom/example/app/Main;' }]],
};
const split: ApkSpec = {
  manifest: {
    name: 'manifest',
    attributes: { package: 'com.example.app', split: 'config.arm64_v8a' },
    children: [{ name: 'uses-sdk', attributes: { 'android:minSdkVersion': 26 } }, { name: 'application' }],
  },
  entries: { 'lib/arm64-v8a/libnative.so': buildElf() },
};

describe('a set of split APKs', () => {
  const set = (splitApk: Uint8Array) =>
    buildZip([
      { name: 'base.apk', data: signed(base) },
      { name: 'split_config.arm64_v8a.apk', data: splitApk },
    ]);

  it('is shown as one app with its parts, libraries and whose entry is where', () => {
    const app = open(set(signed(split)));
    expect(app.summary.content.container).toBe('Set of split APKs');
    expect(app.summary.content.parts.map(({ path, role }) => [path, role])).toEqual([
      ['base.apk', 'base'],
      ['split_config.arm64_v8a.apk', 'split config.arm64_v8a'],
    ]);
    expect(app.summary.content.native).toMatchObject([{ abi: 'arm64-v8a' }]);
    expect(app.entries('libnative', 0, 10).rows).toMatchObject([
      { path: 'lib/arm64-v8a/libnative.so', part: 'split_config.arm64_v8a.apk' },
    ]);
    expect(app.summary.signing).toMatchObject({ state: 'verified', schemes: ['v2'], issues: [] });
  });

  it('is signed only as well as its worst file', () => {
    expect(open(set(buildApk(split))).summary.signing.state).toBe('unsigned');
    const changed = signed(split);
    const at = Buffer.from(changed).indexOf('libnative');
    changed[at] = 0x4c;
    const { state, issues } = open(set(changed)).summary.signing;
    expect(state).toBe('failed');
    expect(issues[0]).toMatchObject({ level: 'error' });
    expect(issues[0]?.where).toContain('split_config.arm64_v8a.apk');
    expect(issues[0]?.code).toMatch(/^[A-Z0-9_]+$/);
  });
});

describe('other kinds of files', () => {
  it('shows an IPA by its bundle and property list', () => {
    const list = `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict>
      <key>CFBundleIdentifier</key><string>com.example.ios</string><key>CFBundleName</key><string>Shop</string>
      <key>UIBackgroundModes</key><array><string>audio</string></array>
      <key>Blob</key><data>${Buffer.alloc(40).toString('base64')}</data></dict></plist>`;
    const ipa = buildZip([{ name: 'Payload/Shop.app/Info.plist', data: new TextEncoder().encode(list) }]);
    const { summary } = open(ipa);
    expect(summary.content).toMatchObject({ container: 'IPA', bundles: [{ kind: 'app', id: 'com.example.ios' }] });
    expect(summary.signing.state).toBe('unsigned');
    const [info] = summary.documents;
    expect(info?.title).toBe('Info.plist');
    const row = (name: string) => info?.rows.find((candidate) => candidate.name === name);
    expect(row('CFBundleIdentifier')?.attributes).toEqual([{ name: 'is', value: 'com.example.ios' }]);
    expect(row('UIBackgroundModes')?.attributes).toEqual([]);
    expect(row('item')?.attributes).toEqual([{ name: 'is', value: 'audio' }]);
    expect(row('Blob')?.attributes[0]?.value).toBe(`40 bytes: ${'00'.repeat(32)}…`);
  });

  it('finds code by what it is, whatever it is called', () => {
    const dex = buildDex([{ name: 'Lcom/example/app/Hidden;' }]);
    const { content } = open(buildApk({ ...base, entries: { 'assets/logo.png': dex } })).summary;
    expect(content.nested).toMatchObject([{ kind: 'dex', disguised: true }]);
  });

  it('does not call bare code unsigned', () => {
    const { content, signing, documents } = open(buildDex([{ name: 'LMain;' }])).summary;
    expect([content.container, signing.state, documents]).toEqual(['Bare DEX file', 'none-expected', []]);
  });
});
