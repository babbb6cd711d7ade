import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createNodeHost } from '@vedette/bytes/node';
import { AppSigner, Diagnostic } from '@vedette/contracts';
import {
  type ApkSpec,
  apkEntries,
  buildApk,
  buildCertificate,
  buildZip,
  buildZipBomb,
  constString,
  mutate,
  returnVoid,
} from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import type { AppImage } from './app-image.ts';
import { DEFAULT_APP_IMAGE_LIMITS, type ReadAppImageOptions, readAppImage } from './read-app-image.ts';

const host = createNodeHost();
const root = fileURLToPath(new URL('../../..', import.meta.url));

const spec: ApkSpec = {
  manifest: { package: 'com.example.app', targetSdk: 34, permissions: ['android.permission.INTERNET'] },
  dex: [
    [
      {
        name: 'com.example.Main',
        methods: [{ name: 'a', descriptor: '()V', code: [constString('one'), returnVoid()] }],
      },
    ],
    [
      {
        name: 'com.example.Other',
        methods: [{ name: 'b', descriptor: '()V', code: [constString('two'), returnVoid()] }],
      },
    ],
  ],
  entries: { 'assets/note.txt': 'a note' },
  signers: [{ scheme: 'v2', certificate: buildCertificate({ subject: { CN: 'Example' } }) }],
};

function read(
  bytes: Uint8Array,
  options: Partial<ReadAppImageOptions> = {},
): { image: AppImage | null; ids: string[]; first: string } {
  const { value, diagnostics } = readAppImage(bytes, { name: 'test.apk', host, ...options });
  for (const diagnostic of diagnostics) Diagnostic.parse(diagnostic);
  return { image: value, ids: diagnostics.map(({ id }) => id), first: diagnostics[0]?.message ?? '' };
}

function readWhole(bytes: Uint8Array): { image: AppImage; ids: string[] } {
  const { image, ids } = read(bytes);
  if (image === null) throw new Error('no image was read');
  return { image, ids };
}

describe('readAppImage', () => {
  it('reads a whole app, with nothing to say but that its inert test signature cannot be checked', () => {
    const { image, ids } = readWhole(buildApk(spec));
    expect(ids).toEqual(['apk-signature.verify.key']);
    expect(image.stages.map(({ stage, status }) => `${stage} ${status}`)).toEqual([
      'container complete',
      'resources skipped',
      'manifest complete',
      'code complete',
      'native skipped',
      'nested complete',
      'signatures partial',
    ]);
    expect(image.manifest?.package).toBe('com.example.app');
    expect(image.code.stringLoads(() => true).map(({ value }) => value)).toEqual(['one', 'two']);
    expect(image.entries.map(({ path }) => path)).toEqual([
      'AndroidManifest.xml',
      'classes.dex',
      'classes2.dex',
      'assets/note.txt',
    ]);
    expect(new TextDecoder().decode(image.entries[3]?.read().value)).toBe('a note');
    expect(image.entries[1]?.read(4)).toEqual({ value: new TextEncoder().encode('dex\n'), diagnostics: [] });
    expect(image.signers.map((signer) => AppSigner.parse(signer).subject)).toEqual(['CN=Example']);
    expect(image.signers[0]?.verified).toBe('not-checked');
    expect(image.file.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('tells how far it has come', () => {
    const seen: [string, number][] = [];
    read(buildApk(spec), { onStage: (stage, progress) => seen.push([stage, progress]) });
    const stages = ['container', 'resources', 'manifest', 'code', 'native', 'nested', 'signatures', 'done'];
    expect(seen.map(([stage]) => stage)).toEqual(stages);
    expect(seen.map(([, progress]) => progress)).toEqual(
      seen.map(([, progress]) => progress).toSorted((a, b) => a - b),
    );
    expect(seen.at(-1)?.[1]).toBe(1);
  });

  it.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(0), 'the file is empty'],
    ['a text', new TextEncoder().encode('hello\n'), 'a text file'],
    ['random bytes', new Uint8Array(100).fill(0x9c), 'not a ZIP archive'],
    ['an empty archive', buildZip([]), 'empty ZIP'],
    [
      'an archive of something else',
      buildZip([{ name: 'a.txt', data: new Uint8Array(3) }]),
      'without AndroidManifest.xml',
    ],
    ['an archive of APKs', buildZip([{ name: 'base.apk', data: new Uint8Array(3) }]), 'archive of APK files'],
  ])('says why %s is no app', (_, bytes, part) => {
    const { image, ids, first } = read(bytes);
    expect([image, ids[0]]).toEqual([null, 'app.none']);
    expect(first).toContain(part);
  });
});

describe('readAppImage on a Node Buffer', () => {
  it.each([0, 1])('reads the same as from plain bytes at offset %i, and leaves the input as it is', (offset) => {
    const whole = buildApk({ ...spec, method: 'stored' });
    const buffer = Buffer.alloc(whole.length + offset);
    buffer.set(whole, offset);
    const { image, ids } = readWhole(buffer.subarray(offset));
    const plain = readWhole(whole);
    expect(ids).toEqual(plain.ids);
    expect(image.file).toEqual(plain.image.file);
    expect([...image.code.strings()]).toEqual([...plain.image.code.strings()]);
    expect(Buffer.compare(buffer.subarray(offset), whole)).toBe(0);
  });
});

describe('readAppImage, damaged and hostile apps', () => {
  it('keeps what a truncated file still holds, and says what is missing', () => {
    const whole = buildApk(spec);
    const { image, ids } = readWhole(whole.subarray(0, Math.floor(whole.length * 0.6)));
    expect(image.manifest?.package).toBe('com.example.app');
    expect(ids).toContain('zip.central-directory.missing');
    expect(image.stages.find(({ stage }) => stage === 'container')?.status).toBe('partial');
    // A lost signature is not the same as none.
    expect(image.signers).toEqual([]);
    expect(ids).toContain('apk-signature.unknown');
    expect(ids).not.toContain('apk-signature.none');
    expect(image.stages.find(({ stage }) => stage === 'signatures')?.status).toBe('partial');
  });

  it('gives an image without a manifest when only code is there, and the other way round', () => {
    const codeOnly = readWhole(buildApk({ ...spec, manifest: null }));
    expect([codeOnly.image.manifest, codeOnly.ids]).toEqual([null, ['manifest.missing', 'apk-signature.verify.key']]);
    const manifestOnly = readWhole(buildApk({ manifest: { package: 'a.b' } }));
    expect(manifestOnly.image.stages.find(({ stage }) => stage === 'code')?.status).toBe('skipped');
  });

  it('does not call an encrypted or empty DEX code, and says so (trick 70)', () => {
    for (const dex of [new Uint8Array(0), new Uint8Array(500).fill(0xee)]) {
      const { image, ids } = readWhole(buildApk({ ...spec, dex: [dex] }));
      expect(ids).toContain('code.dex-magic');
      expect(image.stages.find(({ stage }) => stage === 'code')?.status).toBe('failed');
    }
  });

  it('reports a gap in the numbering, and classes that an earlier file defines (trick 70)', () => {
    const entries = apkEntries({ ...spec, dex: [...(spec.dex ?? []), ...(spec.dex ?? [])] });
    const { image, ids } = readWhole(buildZip(entries.filter(({ name }) => name !== 'classes2.dex')));
    expect(ids).toContain('code.dex-gap');
    expect(ids).toContain('code.class.duplicate');
    expect([...image.code.classes()].map(({ name }) => name).sort()).toEqual(['com.example.Main', 'com.example.Other']);
  });

  it('reads an app whose archive, manifest and code lie at once', () => {
    const lying = apkEntries(spec).map((entry) => ({
      ...entry,
      method: 'stored' as const,
      central: { flags: 1, method: 0x1234 },
      local: { size: 3 },
    }));
    const { image } = readWhole(buildZip(lying));
    expect(image.manifest?.package).toBe('com.example.app');
    expect(image.code.stringLoads(() => true).length).toBe(2);
  });

  it('survives a ZIP bomb, within its limits', () => {
    const zip = { ...DEFAULT_APP_IMAGE_LIMITS.zip, bombFloorBytes: 1_000_000 };
    const { image, ids } = read(buildZipBomb({ sizeBytes: 40_000_000 }), {
      limits: { zip, maxManifestBytes: 2_000_000 },
    });
    const status = Object.fromEntries((image?.stages ?? []).map((stage) => [stage.stage, stage.status]));
    expect(status).toMatchObject({ container: 'complete', manifest: 'failed', code: 'failed', signatures: 'complete' });
    expect(ids).toContain('code.dex-magic');
  });

  it('stops reading code at its limits and says which files were left out', () => {
    const { image, ids } = read(buildApk(spec), { limits: { maxDexFiles: 1 } });
    expect(ids).toContain('budget.code');
    expect(image?.code.dexFiles.length).toBe(1);
    expect(image?.stages.find(({ stage }) => stage === 'code')).toMatchObject({
      status: 'partial',
      detail: '1 DEX files, 2 instructions, 1 not read',
    });
  });

  it('never throws on damaged apps, and never calls a damaged reading complete without cause', () => {
    const whole = buildApk(spec);
    for (let seed = 0; seed < 200; seed++) {
      const { image } = read(mutate(whole, seed));
      if (image === null) continue;
      image.code.calls({});
      image.code.overrides('java.lang.Object', 'a');
      if (image.manifest === null)
        expect(image.stages.find(({ stage }) => stage === 'manifest')?.status).not.toBe('complete');
    }
  });
});

const settingsApk = (() => {
  const folder = join(dirname(createRequire(import.meta.url).resolve('io.appium.settings/package.json')), 'apks');
  return (
    readdirSync(folder)
      .map((name) => join(folder, name))
      .find((name) => name.endsWith('.apk')) ?? ''
  );
})();

describe('readAppImage on real apps', () => {
  it('reads an app of nine DEX files completely', () => {
    const { image, ids } = readWhole(new Uint8Array(readFileSync(settingsApk)));
    expect(ids).toEqual(['apk-signature.key.debug']);
    expect(image.stages.filter(({ status }) => status === 'partial' || status === 'failed')).toEqual([]);
    expect(image.manifest?.label).toBe('Appium Settings');
    expect(image.manifest?.package).toBe('io.appium.settings');
    expect(image.code.dexFiles.length).toBe(9);
    // The manifest's own classes are in the code: what the two readers say agrees.
    const classes = new Set([...image.code.classes()].map(({ name }) => name));
    const own = image.manifest?.components.filter(({ name }) => name.startsWith('io.appium.')) ?? [];
    expect(own.length).toBeGreaterThan(5);
    expect(own.filter(({ name }) => !classes.has(name))).toEqual([]);
    expect(image.code.calls({ class: 'java.lang.Class', name: 'forName' }).length).toBeGreaterThan(10);
    expect(image.signers).toMatchObject([
      { scheme: 'v2', subject: 'C=US,O=Android,CN=Android Debug', verified: 'verified' },
    ]);
  });

  const folder = join(root, '../shared/data/apk-signing/src/test/resources/com/android/apksig');
  it.skipIf(!existsSync(folder))(
    'reads every APK of the apksig test suite (skipped where ../shared/data is missing)',
    () => {
      const names = readdirSync(folder).filter((name) => name.endsWith('.apk'));
      expect(names.length).toBeGreaterThan(100);
      for (const name of names) {
        const { image } = read(new Uint8Array(readFileSync(join(folder, name))));
        if (name.endsWith('-empty.apk')) expect(image, name).toBeNull();
        else expect(image, name).not.toBeNull();
        for (const signer of image?.signers ?? []) AppSigner.parse(signer);
        if (/^v2-only-with-rsa-pkcs1-sha\d+-(\d+)\.apk$/.test(name)) {
          expect(
            image?.signers.map(({ scheme, keyBits }) => `${scheme} ${keyBits}`),
            name,
          ).toEqual([`v2 ${/(\d+)\.apk$/.exec(name)?.[1]}`]);
        }
      }
    },
  );
});
