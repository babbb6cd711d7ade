import { createNodeHost } from '@vedette/bytes/node';
import { Diagnostic } from '@vedette/contracts';
import {
  type ApkSpec,
  apkEntries,
  buildApk,
  buildCertificate,
  buildDex,
  buildElf,
  buildProtoXml,
  buildZip,
  constString,
  manifestTree,
  mutate,
  returnVoid,
  type ZipEntrySpec,
} from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import type { AppImage } from '../app-image.ts';
import { type ReadAppImageOptions, readAppImage } from '../read-app-image.ts';

const host = createNodeHost();

function read(bytes: Uint8Array, options: Partial<ReadAppImageOptions> = {}): { image: AppImage; ids: string[] } {
  const { value, diagnostics } = readAppImage(bytes, { name: 'app', host, ...options });
  for (const diagnostic of diagnostics) Diagnostic.parse(diagnostic);
  if (value === null) throw new Error(diagnostics[0]?.message);
  return { image: value, ids: diagnostics.map(({ id }) => id) };
}

const codeWith = (name: string, text: string) => [
  { name, methods: [{ name: 'a', descriptor: '()V', code: [constString(text), returnVoid()] }] },
];

const BASE = {
  manifest: { package: 'com.example.app', targetSdk: 34 },
  dex: [codeWith('com.example.app.Main', 'base')],
} as const satisfies ApkSpec;

/** The manifest of a split: the package and the split's name. */
function split(name: string, packageName = 'com.example.app', more: Partial<ApkSpec> = {}): Uint8Array {
  const root = manifestTree({ package: packageName, targetSdk: 34 });
  return buildApk({ ...more, manifest: { ...root, attributes: { package: packageName, split: name } } });
}

const zipOf = (files: Readonly<Record<string, Uint8Array>>): Uint8Array =>
  buildZip(Object.entries(files).map(([name, data]) => ({ name, data })));

describe('sets of APKs', () => {
  it('are one app: code of base and splits in one space, components of both, base first', () => {
    const feature = split('feature', 'com.example.app', { dex: [codeWith('com.example.app.Extra', 'feature')] });
    const { image, ids } = read(zipOf({ 'split_feature.apk': feature, 'base.apk': buildApk(BASE) }));
    expect(ids.filter((id) => id.startsWith('container.'))).toEqual([]);
    expect(image.container).toBe('apk-set');
    expect(image.parts.map(({ path, role, name }) => [path, role, name])).toEqual([
      ['base.apk', 'base', ''],
      ['split_feature.apk', 'split', 'feature'],
    ]);
    expect(image.manifest?.package).toBe('com.example.app');
    expect([...image.code.classes()].map(({ name, file }) => [name, file])).toEqual([
      ['com.example.app.Main', 'base.apk!/classes.dex'],
      ['com.example.app.Extra', 'split_feature.apk!/classes.dex'],
    ]);
    expect(image.entries.filter(({ path }) => path === 'classes.dex').map(({ part }) => part)).toEqual([
      'base.apk',
      'split_feature.apk',
    ]);
  });

  it('of bundletool are those for present devices', () => {
    const files = { 'splits/base-master.apk': buildApk(BASE), 'standalones/standalone.apk': buildApk(BASE) };
    const { image, ids } = read(zipOf({ 'toc.pb': new Uint8Array(3), ...files }));
    expect(image.parts.map(({ path }) => path)).toEqual(['splits/base-master.apk']);
    expect(ids).toContain('container.set.standalones');
  });

  it.each<[string, Readonly<Record<string, Uint8Array>>]>([
    ['container.set.no-base', { 'a.apk': split('a') }],
    ['container.set.several-bases', { 'a.apk': buildApk(BASE), 'b.apk': buildApk(BASE) }],
    ['container.set.other-package', { 'base.apk': buildApk(BASE), 'b.apk': split('b', 'com.other') }],
    ['container.set.duplicate-split', { 'base.apk': buildApk(BASE), 'b.apk': split('b'), 'c.apk': split('b') }],
    [
      'container.set.other-signer',
      {
        'base.apk': buildApk({ ...BASE, signers: [signer('A')] }),
        'b.apk': split('b', 'com.example.app', { signers: [signer('B')] }),
      },
    ],
  ])('trick 27: %s', (id, files) => {
    const { image, ids } = read(zipOf(files));
    expect(ids).toContain(id);
    expect(image.manifest?.package).toBe('com.example.app');
  });
});

function signer(name: string) {
  return { scheme: 'v2', certificate: buildCertificate({ subject: { CN: name } }) } as const;
}

describe('app bundles', () => {
  it('are read module by module, under the names that files get on the device', () => {
    const manifest = buildProtoXml(manifestTree({ package: 'com.example.app', targetSdk: 34 }));
    const extra = buildProtoXml(manifestTree({ package: 'com.example.app', targetSdk: 34 }));
    const { image } = read(
      zipOf({
        'BundleConfig.pb': new Uint8Array(0),
        'extra/manifest/AndroidManifest.xml': extra,
        'extra/dex/classes.dex': buildDex(codeWith('com.example.app.Extra', 'extra')),
        'base/manifest/AndroidManifest.xml': manifest,
        'base/dex/classes.dex': buildDex(codeWith('com.example.app.Main', 'base')),
        'base/assets/note.txt': new Uint8Array(4),
        'base/root/kept.txt': new Uint8Array(4),
      }),
    );
    expect([image.container, image.manifest?.package, image.signature]).toEqual(['aab', 'com.example.app', null]);
    expect(image.parts.map(({ path, role }) => [path, role])).toEqual([
      ['base', 'base'],
      ['extra', 'module'],
    ]);
    expect([...image.code.classes()].map(({ file }) => file)).toEqual([
      'base/dex/classes.dex',
      'extra/dex/classes.dex',
    ]);
    expect(image.entries.filter(({ part }) => part === 'base').map(({ path }) => path)).toEqual([
      'AndroidManifest.xml',
      'classes.dex',
      'assets/note.txt',
      'kept.txt',
    ]);
  });
});

describe('bare code', () => {
  it('is read as what it is', () => {
    const dex = read(buildDex(codeWith('a.B', 'text'))).image;
    expect([dex.container, dex.dex.length, [...dex.code.strings()].length > 0]).toEqual(['dex', 1, true]);
    const elf = read(buildElf({ exports: ['Java_a_B_c'] })).image;
    expect([elf.container, elf.native[0]?.elf.jni.exports.length, elf.manifest]).toEqual(['elf', 1, null]);
  });
});

describe('what is nested', () => {
  const inner = buildApk({ manifest: { package: 'com.inner' }, dex: [codeWith('com.inner.Payload', 'inner')] });

  it('trick 27: is found by content whatever its name, and its code is apart from the app’s', () => {
    const files = { 'assets/logo.png': inner, 'assets/run': new TextEncoder().encode('#!/system/bin/sh\n') };
    const { image, ids } = read(buildApk({ ...BASE, entries: files }));
    expect(image.nested.map(({ path, kind, named, depth }) => [path, kind, named, depth])).toEqual([
      ['assets/logo.png', 'apk', false, 1],
      ['assets/logo.png!/classes.dex', 'dex', true, 2],
      ['assets/run', 'script', true, 1],
    ]);
    expect(ids).toEqual(expect.arrayContaining(['nested.disguised', 'nested.app']));
    expect([...image.loadable.classes()].map(({ name }) => name)).toEqual(['com.inner.Payload']);
    expect([...image.code.classes()].map(({ name }) => name)).toEqual(['com.example.app.Main']);
  });

  it('trick 70: is found in what is called a library', () => {
    const dex = buildDex(codeWith('com.hidden.A', 'x'));
    const { image, ids } = read(buildApk({ ...BASE, entries: { 'lib/arm64-v8a/libcode.so': dex } }));
    expect(ids).toEqual(expect.arrayContaining(['native.not-elf', 'nested.disguised']));
    expect([...image.loadable.classes()].map(({ name }) => name)).toEqual(['com.hidden.A']);
  });

  it('trick 27: is opened to a depth and no deeper', () => {
    let nest = inner;
    for (let depth = 0; depth < 8; depth++) nest = zipOf({ 'next.zip': nest });
    const { image, ids } = read(buildApk({ ...BASE, entries: { 'assets/a.zip': nest } }));
    expect(ids).toContain('budget.nested');
    expect(image.nested.at(-1)).toMatchObject({ kind: 'archive', opened: false });
    expect(image.stages.find(({ stage }) => stage === 'nested')?.status).toBe('partial');
  });

  it('trick 27: ten thousand archives in an archive end within the budget', () => {
    const one = zipOf({ 'classes.dex': buildDex([]) });
    const many = buildZip(
      Array.from({ length: 10_000 }, (_, index): ZipEntrySpec => ({ name: `${index}.zip`, data: one })),
    );
    const { image } = read(buildApk({ ...BASE, entries: { 'assets/many.zip': many } }), {
      limits: { maxNestedEntries: 500, maxDexFiles: 20 },
    });
    expect(image.nested.length).toBeLessThan(502);
    expect(image.stages.find(({ stage }) => stage === 'nested')?.status).toBe('partial');
  });

  it('trick 4: is also looked for where only the local header leads', () => {
    const hidden = buildDex(codeWith('com.hidden.B', 'y'));
    const entries = apkEntries({ ...BASE, method: 'stored', entries: { 'assets/a.bin': hidden } });
    const { image } = read(
      buildZip(
        entries.map((entry) =>
          entry.name === 'assets/a.bin' ? { ...entry, central: { size: 3, compressedSize: 3 } } : entry,
        ),
      ),
    );
    expect([...image.loadable.classes()].map(({ name }) => name)).toEqual(['com.hidden.B']);
  });
});

it('never throws on damaged sets and bundles', () => {
  const manifest = buildProtoXml(manifestTree({ package: 'com.example.app' }));
  const seeds = [
    zipOf({ 'base.apk': buildApk(BASE), 'b.apk': split('b') }),
    zipOf({ 'base/manifest/AndroidManifest.xml': manifest, 'base/dex/classes.dex': buildDex([]) }),
    buildApk({ ...BASE, entries: { 'assets/a.apk': buildApk(BASE), 'lib/x86/a.so': buildElf({}) } }),
  ];
  for (let seed = 0; seed < 150; seed++) {
    const { value } = readAppImage(mutate(seeds[seed % seeds.length] ?? new Uint8Array(0), seed), { name: 'x', host });
    value?.loadable.calls({});
  }
});
