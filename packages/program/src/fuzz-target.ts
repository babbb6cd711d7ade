import { buildApk, buildZip, constString, type FuzzTarget, mutate, returnVoid } from '@vedette/formats/builders';
import { readAppImage } from './read-app-image.ts';

const app = buildApk({
  manifest: { package: 'com.example.app', targetSdk: 34 },
  dex: [
    [
      {
        name: 'com.example.app.Main',
        methods: [{ name: 'a', descriptor: '()V', code: [constString('text'), returnVoid()] }],
      },
    ],
  ],
  method: 'stored',
});

/** Whole apps: what is damaged is an archive in an archive, so that every stage of reading meets it. */
export const appImageTarget: FuzzTarget = {
  reader: 'app-image',
  seeds: () => [app, buildZip([{ name: 'base.apk', data: app, method: 'stored' }])],
  generate(random) {
    const damaged = (): Uint8Array => mutate(app, Math.floor(random() * 0x1_0000_0000));
    const names = ['base.apk', 'split.apk', 'classes.dex', 'lib/x86/a.so', 'assets/a.png', 'Payload/A.app/Info.plist'];
    const count = 1 + Math.floor(random() * 4);
    const pick = (): string => names[Math.floor(random() * names.length)] ?? 'a';
    return buildZip(Array.from({ length: count }, () => ({ name: pick(), data: damaged(), method: 'stored' })));
  },
  read(bytes, host) {
    const { value } = readAppImage(bytes, { name: 'fuzz', host });
    if (value === null) return;
    for (const entry of value.entries) entry.read(64);
    for (const index of [value.code, value.loadable]) {
      index.calls({});
      index.fieldReads({});
      [...index.strings()].length.toFixed();
    }
    for (const id of value.resources?.ids() ?? []) value.resources?.resolve(id);
  },
};
