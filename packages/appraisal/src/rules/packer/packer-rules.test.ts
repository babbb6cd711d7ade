import { createBudget } from '@vedette/bytes';
import { readDex, readElf } from '@vedette/formats';
import { buildDex, buildElf } from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import { appraise } from '../../appraise.ts';
import { type FakeApp, fakeApp } from '../../testing/fake-app.ts';
import { NOW, runOn, testRule } from '../../testing/test-rule.ts';
import { isInOrder } from './compilers.ts';
import type { MarkRow } from './mark-row.ts';
import { markRule } from './mark-rule.ts';
import { MARKED, PACKER_RULES } from './packer-rules.ts';

/** A class name that a mark covers, or nearly: a letter more before the end of the mark. */
const classFor = (mark: string): string => (mark.endsWith('.') ? `${mark}inner.Shell` : mark);
const classNearby = (mark: string): string => (mark.endsWith('.') ? `${mark.slice(0, -1)}x.Shell` : `${mark}x`);
const pathFor = (mark: string): string =>
  mark.endsWith('/') ? `${mark}data.bin` : mark.includes('/') ? mark : `lib/arm64-v8a/${mark}`;
const pathNearby = (mark: string): string =>
  mark.endsWith('/') ? `${mark.slice(0, -1)}x/data.bin` : `${pathFor(mark)}x`;
const plain = (name: string) => ({ name, methods: {} });
const loading = (text: string) => ({ name: 'com.example.app.A', methods: { 'a()V': [`string ${text}`] } });

/** One app for each mark of a row, with names as they are or nearly so. */
function appsFor(row: MarkRow, isNear: boolean): Record<string, FakeApp> {
  const type = isNear ? classNearby : classFor;
  const path = isNear ? pathNearby : pathFor;
  return Object.fromEntries([
    ...(row.application ?? []).map((mark): [string, FakeApp] => [
      `application ${type(mark)}`,
      { manifest: { application: { name: type(mark) } } },
    ]),
    ...(row.classes ?? []).map((mark): [string, FakeApp] => [`class ${type(mark)}`, { code: [plain(type(mark))] }]),
    ...(row.files ?? []).map((mark): [string, FakeApp] => [`file ${path(mark)}`, { files: { [path(mark)]: 'x' } }]),
    ...(row.strings ?? []).map((mark): [string, FakeApp] => [
      `text ${mark}`,
      { code: [loading(isNear ? `${mark}x` : mark)] },
    ]),
  ]);
}

for (const { family, rows } of MARKED) {
  for (const row of rows) {
    testRule(markRule(family, row), { bad: appsFor(row, false), good: appsFor(row, true) });
  }
}

describe('marks', () => {
  it('belong to one product each', () => {
    const owners = new Map<string, string>();
    for (const { family, rows } of MARKED) {
      for (const row of rows) {
        for (const mark of [...(row.classes ?? []), ...(row.files ?? []), ...(row.strings ?? [])]) {
          expect(owners.get(mark), `${mark} of ${row.name}`).toBeUndefined();
          owners.set(mark, `${family.group}.${row.name}`);
        }
      }
    }
  });

  it('must be as many as the row asks for', () => {
    const rule = markRule(MARKED[0].family, { name: 'x', product: 'X', files: ['a.bin', 'b.bin'], atLeast: 2 });
    expect(runOn(rule, fakeApp({ files: { 'assets/a.bin': '' } }))).toBeNull();
    expect(runOn(rule, fakeApp({ files: { 'assets/a.bin': '', 'assets/b.bin': '' } }))?.evidence).toHaveLength(2);
  });
});

/** Bytes without a pattern, by a linear congruential generator. */
function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

const NOISE = noise(60_000);
const ruleOf = (id: string) => {
  const rule = PACKER_RULES.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
};
const MISSING = {
  manifest: {
    components: [
      { kind: 'activity', name: 'com.real.A' },
      { kind: 'activity', name: 'com.real.B' },
    ],
  },
} as const;
const attach = (call: string, owner = 'com.example.app.App') => [
  { name: owner, methods: { 'attachBaseContext(Landroid/content/Context;)V': [`call ${call}`] } },
];
const APP = { application: { name: 'com.example.app.App' } };
const many = (count: number, name: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => plain(name(i)));
const letters = (index: number): string =>
  `q.${String.fromCharCode(97 + Math.floor(index / 26))}${String.fromCharCode(97 + (index % 26))}`;

testRule(ruleOf('android.packer.classes-in-blob'), {
  bad: { 'a blob and no classes': { ...MISSING, files: { 'assets/d.bin': NOISE }, shows: 'd.bin' } },
  good: { 'no blob': MISSING, 'a blob and all classes': { files: { 'assets/d.bin': NOISE } } },
});
testRule(ruleOf('android.packer.early-loader'), {
  bad: {
    'a loader': {
      manifest: APP,
      code: attach('dalvik.system.DexClassLoader.<init>(Ljava/lang/String;)V'),
      shows: 'DexClassLoader',
    },
  },
  good: {
    'a loader elsewhere': {
      manifest: APP,
      code: attach('dalvik.system.DexClassLoader.<init>(Ljava/lang/String;)V', 'com.example.app.Other'),
    },
    'something else': { manifest: APP, code: attach('android.util.Log.i(Ljava/lang/String;)I') },
  },
});
testRule(ruleOf('android.packer.opaque-file'), {
  bad: { 'more noise than code': { files: { 'assets/d.bin': NOISE }, shows: '60000' } },
  good: {
    'a picture': { files: { 'assets/d.bin': Uint8Array.from([0x89, 0x50, 0x4e, 0x47, ...NOISE]) } },
    text: { files: { 'assets/d.bin': 'plain '.repeat(10_000) } },
    'more code': { files: { 'classes.dex': new Uint8Array(70_000), 'assets/d.bin': NOISE } },
  },
});
testRule(ruleOf('android.packer.little-code'), {
  bad: { 'one class': { files: { 'lib/arm64-v8a/liba.so': new Uint8Array(1_000_000) }, shows: 'liba.so' } },
  good: {
    'much code': {
      code: many(21, (i) => `com.example.app.C${i}`),
      files: { 'lib/arm64-v8a/liba.so': new Uint8Array(1_000_000) },
    },
  },
});
testRule(ruleOf('android.obfuscator.short-names'), {
  bad: { letters: { code: many(100, letters), shows: '100 of 100' } },
  good: { words: { code: many(200, (i) => `com.example.Class${i}`) }, few: { code: many(99, letters) } },
});
const invoking = (count: number, owner: string) => [
  {
    name: owner,
    methods: {
      'a()V': Array.from({ length: count }, () => 'call java.lang.reflect.Method.invoke(Ljava/lang/Object;)V'),
    },
  },
];
testRule(ruleOf('android.obfuscator.reflection'), {
  bad: { 'forty calls': { code: invoking(40, 'com.example.app.R'), shows: 'invoke' } },
  good: { fewer: { code: invoking(39, 'com.example.app.R') }, 'in a library': { code: invoking(80, 'okhttp3.R') } },
});
for (const [name, text] of [
  ['r8', '~~R8{"version":"8.1.56"}'],
  ['d8', '~~D8{"version":"8.1.56"}'],
  ['l8', '~~L8{}'],
  ['jack', 'emitter: jack-4.0'],
] as const) {
  testRule(ruleOf(`android.compiler.${name}`), {
    bad: { marker: { code: [loading(text)], shows: 'marker' } },
    good: { other: { code: [loading(`x${text}`)] } },
  });
}
for (const [name, owner] of [
  ['kotlin', 'kotlin.Unit'],
  ['desugared-library', 'j$.time.Instant'],
] as const) {
  testRule(ruleOf(`android.compiler.${name}`), {
    bad: { marker: { code: [plain(owner)] } },
    good: { other: { code: [plain(`x${owner}`)] } },
  });
}

describe('sections of a DEX file', () => {
  const dexlib2 = ['string_data_item', 'type_list', 'debug_info_item', 'code_item', 'class_data_item'];
  it('are in the order of dexlib2, with others between', () => {
    expect(
      isInOrder(['header_item', ...dexlib2.slice(0, 2), 'annotation_item', ...dexlib2.slice(2), 'map_list'], dexlib2),
    ).toBe(true);
  });
  it('are in the order of D8: code before texts', () => {
    expect(
      isInOrder(['code_item', 'debug_info_item', 'type_list', 'string_data_item', 'class_data_item'], dexlib2),
    ).toBe(false);
    expect(isInOrder(['string_data_item'], dexlib2)).toBe(false);
  });
});

describe('a packed app', () => {
  it('is not called benign, because its code was not seen', () => {
    const app = fakeApp({ files: { 'lib/arm64-v8a/libjiagu.so': 'x' } });
    const { verdict, findings } = appraise(app, { version: '0', now: NOW, rules: [ruleOf('android.packer.jiagu')] });
    expect(verdict).toBe('unknown');
    expect(findings.find(({ ruleId }) => ruleId === 'android.coverage.packed')?.status).toBe('unknown');
  });
});

describe('android.compiler.dexlib2', () => {
  const orderOf = (...names: readonly string[]) => {
    const { value: dex } = readDex(
      buildDex([]),
      createBudget({}, () => 0),
    );
    if (dex === null) throw new Error('the builder made no DEX file');
    const map = names.map((name, index) => ({ type: 0, name, count: 1, offset: index * 4 }));
    return { ...fakeApp(), dex: [{ path: 'classes.dex', dex: { ...dex, map } }] };
  };
  const rule = ruleOf('android.compiler.dexlib2');
  it('finds its order and names the file', () => {
    const image = orderOf(
      'string_data_item',
      'type_list',
      'debug_info_item',
      'code_item',
      'class_data_item',
      'map_list',
    );
    expect(runOn(rule, image)?.evidence).toMatchObject([{ path: 'classes.dex' }]);
  });
  it('leaves the order of D8 alone', () => {
    const image = orderOf(
      'code_item',
      'debug_info_item',
      'type_list',
      'string_data_item',
      'class_data_item',
      'map_list',
    );
    expect(runOn(rule, image)).toBeNull();
  });
});

describe('android.packer.upx', () => {
  const appWith = (upx: { version: number; magicAltered: boolean; offset: number } | null) => {
    const elf = readElf(buildElf()).value;
    if (elf === null) throw new Error('the builder made no ELF file');
    return { ...fakeApp(), native: [{ path: 'lib/x86/liba.so', abiFolder: 'x86', size: 1, elf: { ...elf, upx } }] };
  };
  const rule = ruleOf('android.packer.upx');
  it('finds a packed library', () => {
    const found = runOn(rule, appWith({ version: 13, magicAltered: true, offset: 7 }));
    expect(found?.evidence).toMatchObject([{ path: 'lib/x86/liba.so', offset: 7 }]);
    expect(JSON.stringify(found)).toContain('changed');
  });
  it('leaves a plain one alone', () => {
    expect(runOn(rule, appWith(null))).toBeNull();
  });
});
