import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createBudget } from '@vedette/bytes';
import { createNodeHost } from '@vedette/bytes/node';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutate, seededRandom } from '../builders/mutate.ts';
import { readZip } from '../zip/read-zip.ts';
import { type ArscPackageSpec, type ArscSpec, buildArsc } from './arsc-builder.ts';
import { configurationFolder, configurationQualifiers } from './configuration-qualifiers.ts';
import { createResources } from './create-resources.ts';
import { arscTarget } from './fuzz-target.ts';
import { type ResourceTable, readResourceTable } from './read-resource-table.ts';
import { resolveAll, resolveResource, resolveStyle } from './resolve-resource.ts';
import {
  DEFAULT_CONFIGURATION,
  type ResourceConfiguration,
  readConfiguration,
  writeConfiguration,
} from './resource-configuration.ts';

function table(spec: ArscSpec | ArscPackageSpec): ResourceTable {
  const { value, diagnostics } = readResourceTable(buildArsc('packages' in spec ? spec : { packages: [spec] }));
  if (value === null) throw new Error('no table was read');
  expect(diagnostics).toEqual([]);
  return value;
}

/** What each configuration says, by folder. */
function valuesOf(from: ResourceTable, name: string): Record<string, string | undefined> {
  const resource = from.resource(from.idOf(name) ?? 0);
  return Object.fromEntries(
    (resource?.entries ?? []).map(({ configuration, value }) => [
      configurationFolder('values', configuration),
      value?.text,
    ]),
  );
}

const GREETINGS: ArscPackageSpec = {
  types: [
    {
      name: 'string',
      configurations: [
        { entries: { app_name: 'App', hello: 'Hello', only_default: 'x' } },
        { for: { language: 'de' }, entries: { hello: 'Hallo' } },
        { for: { language: 'de', region: 'AT', sdk: 31 }, entries: { hello: 'Servus' } },
      ],
    },
    { name: 'bool', configurations: [{ entries: { on: true } }, { for: { uiMode: 0x20 }, entries: { on: false } }] },
  ],
};

describe('readResourceTable', () => {
  it('finds values of every configuration by id and by name, in each encoding of offsets and of strings', () => {
    for (const encoding of ['dense', 'offset16', 'sparse'] as const) {
      for (const [utf8, compact] of [
        [true, false],
        [false, true],
      ] as const) {
        const read = table({
          utf8,
          packages: [
            {
              ...GREETINGS,
              types: GREETINGS.types.map((type) => ({
                ...type,
                configurations: type.configurations.map((one) => ({ ...one, encoding, compact })),
              })),
            },
          ],
        });
        expect(read.idOf('string/hello')).toBe(0x7f010001);
        expect(read.idOf('com.example.app:bool/on')).toBe(0x7f020000);
        expect(read.idOf('string/missing')).toBeNull();
        expect(read.name(0x7f010002)).toBe('string/only_default');
        expect(read.name(0x7f010003)).toBeNull();
        expect(valuesOf(read, 'string/hello')).toEqual({
          values: 'Hello',
          'values-de': 'Hallo',
          'values-de-rAT-v31': 'Servus',
        });
        expect(valuesOf(read, 'bool/on')).toEqual({ values: 'true', 'values-night': 'false' });
        expect([...read.ids()]).toEqual([0x7f010000, 0x7f010001, 0x7f010002, 0x7f020000]);
        expect(read.types().map(({ id, name, entryCount }) => [id, name, entryCount])).toEqual([
          [0x7f01, 'string', 3],
          [0x7f02, 'bool', 1],
        ]);
        expect(read.noticed()).toEqual([]);
      }
    }
  });

  it('reads maps: styles with parents, arrays, plurals', () => {
    const read = table({
      types: [
        {
          name: 'style',
          configurations: [
            {
              entries: {
                Base: { items: [[0x01010098, { type: 0x1c, data: 0xff00ff00 }]] },
                Child: { parent: 0x7f010000, items: [[0x01010095, { type: 0x05, data: 0x1001 }]] },
              },
            },
          ],
        },
        {
          name: 'array',
          configurations: [
            {
              entries: {
                a: {
                  items: [
                    [0x02000000, 'one'],
                    [0x02000001, 'two'],
                  ],
                },
              },
            },
          ],
        },
      ],
    });
    const child = read.resource(0x7f010001)?.entries[0]?.map;
    expect([child?.parent, child?.items.map(({ name, value }) => [name, value.text])]).toEqual([
      0x7f010000,
      [[0x01010095, '16dp']],
    ]);
    expect(read.resource(0x7f020000)?.entries[0]?.map?.items.map(({ value }) => value.text)).toEqual(['one', 'two']);
    const style = resolveStyle(read, 0x7f010001);
    expect([style.chain, [...style.items.keys()], style.cyclic]).toEqual([
      [0x7f010001, 0x7f010000],
      [0x01010095, 0x01010098],
      false,
    ]);
  });

  it('reads libraries, overlayables and the aliases of the framework', () => {
    const overlayable = { name: 'colours', actor: 'overlay://theme', policies: [{ flags: 5, ids: [0x7f010000] }] };
    const read = table({
      packages: [
        {
          id: 0x01,
          name: 'android',
          types: GREETINGS.types,
          libraries: [{ packageId: 2, name: 'com.example.library' }],
          overlayables: [overlayable],
          aliases: [[0x01ff0000, 0x01010001]],
        },
      ],
    });
    expect(read.packages[0]?.libraries).toEqual([{ packageId: 2, name: 'com.example.library' }]);
    expect(read.packages[0]?.overlayables).toEqual([overlayable]);
    expect(read.resource(0x01ff0000)?.name).toBe('hello');
  });

  it('reads no more packages than the budget has', () => {
    const bytes = buildArsc({ packages: [GREETINGS, { ...GREETINGS, id: 2 }] });
    const { value, diagnostics } = readResourceTable(
      bytes,
      createBudget({ entries: 1 }, () => 0),
    );
    expect([value?.packages.length, diagnostics.some(({ id }) => id === 'budget.entries')]).toEqual([1, true]);
  });

  it('counts types from the offset of the package', () => {
    const read = table({ ...GREETINGS, typeIdOffset: 0x10 });
    expect(read.name(0x7f110001)).toBe('string/hello');
  });
});

describe('resolveResource', () => {
  const read = table({
    types: [
      {
        name: 'bool',
        configurations: [
          {
            entries: {
              a: { reference: 0x7f010001 },
              b: { reference: 0x7f010002 },
              c: true,
              android: { reference: 0x0106000b },
            },
          },
          { for: { uiMode: 0x20 }, entries: { b: false } },
          { for: { sdk: 31 }, entries: { c: false } },
        ],
      },
    ],
  });

  it('follows references as the device would', () => {
    const on = (configuration: Partial<ResourceConfiguration>): unknown =>
      resolveResource(read, 0x7f010000, { configuration })?.value?.text;
    expect([on({ sdk: 30 }), on({ sdk: 34 }), on({ sdk: 30, uiMode: 0x20 })]).toEqual(['true', 'false', 'false']);
    expect(resolveResource(read, 0x7f010000)?.chain).toEqual([0x7f010000, 0x7f010001, 0x7f010002]);
    expect(resolveResource(read, 0x7f010099)).toBeNull();
  });

  it('gives every value over all configurations', () => {
    const all = resolveAll(read, 0x7f010000).map(({ configurations, value }) => [
      configurations.map(configurationQualifiers).join(' > '),
      value?.text,
    ]);
    expect(all).toEqual([
      [' >  > ', 'true'],
      [' >  > v31', 'false'],
      [' > night', 'false'],
    ]);
  });

  it('says where a reference leaves these resources', () => {
    const android = resolveResource(read, 0x7f010003);
    expect([android?.problem, android?.value?.text, android?.chain]).toEqual([
      'missing',
      '@0x0106000b',
      [0x7f010003, 0x0106000b],
    ]);
  });

  it('bounds chains that branch at each step', () => {
    const steps = 24;
    const entries = (next: number): Record<string, { reference: number }> =>
      Object.fromEntries(
        Array.from({ length: steps }, (_, index) => [
          `n${index}`,
          { reference: 0x7f010000 + ((index + next) % steps) },
        ]),
      );
    const branching = table({
      types: [
        {
          name: 'bool',
          configurations: [1, 2, 3].map((next) => ({ for: { sdk: next }, entries: entries(next) })),
        },
      ],
    });
    expect(resolveAll(branching, 0x7f010000).length).toBeLessThanOrEqual(1_024);
  });
});

describe('createResources', () => {
  it('puts base and splits together: the base first, the split for what only it has', () => {
    const base = table(GREETINGS);
    const split = table({
      types: [
        {
          name: 'string',
          configurations: [{ for: { language: 'fr' }, entries: { app_name: 'Appli', hello: 'Bonjour' } }],
        },
      ],
    });
    const resources = createResources([base, split]);
    const hello = (language: string): unknown =>
      resources.resolve(0x7f010001, { configuration: { language } })?.value?.text;
    expect([hello('fr'), hello('de'), hello('it')]).toEqual(['Bonjour', 'Hallo', 'Hello']);
    expect(resources.configurationsOf(0x7f010001).map(configurationQualifiers)).toEqual(['', 'de', 'de-rAT-v31', 'fr']);
    expect([...resources.ids()].length).toBe(4);
    expect([resources.name(0x7f020000), resources.idOf('bool/on'), resources.types().length]).toEqual([
      'bool/on',
      0x7f020000,
      3,
    ]);
  });
});

describe('configurations', () => {
  it('are written as folders are named', () => {
    const named: [Partial<ResourceConfiguration>, string][] = [
      [{}, ''],
      [{ language: 'de', region: 'DE', uiMode: 0x20, sdk: 31 }, 'de-rDE-night-v31'],
      [{ language: 'fil', region: '419' }, 'fil-r419'],
      [{ language: 'sr', script: 'Latn' }, 'b+sr+Latn'],
      [{ language: 'ar', region: 'EG', numberingSystem: 'latn' }, 'b+ar+EG+u+nu+latn'],
      [{ mcc: 310, mnc: 4, screenLayout: 0x84 }, 'mcc310-mnc4-ldrtl-xlarge'],
      [{ smallestWidthDp: 600, widthDp: 720, heightDp: 480, orientation: 2 }, 'sw600dp-w720dp-h480dp-land'],
      [{ screenLayout2: 2, colorMode: 0x0a, uiMode: 0x06, density: 320 }, 'round-widecg-highdr-watch-xhdpi'],
      [
        { density: 0xfffe, touchscreen: 3, inputFlags: 0x09, keyboard: 2, navigation: 4 },
        'anydpi-finger-keysexposed-qwerty-navhidden-wheel',
      ],
      [{ screenWidth: 320, screenHeight: 240, density: 421, grammaticalGender: 2 }, 'feminine-421dpi-320x240'],
      [{ screenLayout: 0x0f }, 'screenSize=15'],
    ];
    for (const [part, text] of named) expect(configurationQualifiers({ ...DEFAULT_CONFIGURATION, ...part })).toBe(text);
  });

  it('are read as they were written', () => {
    const u8 = fc.nat({ max: 0xff });
    const u16 = fc.nat({ max: 0xffff });
    const code = fc.constantFrom('', 'de', 'fil', 'zh', 'haw');
    const configuration: fc.Arbitrary<ResourceConfiguration> = fc.record({
      mcc: u16,
      mnc: u16,
      language: code,
      region: fc.constantFrom('', 'DE', '419', '001'),
      script: fc.constantFrom('', 'Latn', 'Cyrl'),
      variant: fc.constantFrom('', 'POSIX', '1996'),
      numberingSystem: fc.constantFrom('', 'latn', 'arab'),
      grammaticalGender: u8,
      orientation: u8,
      touchscreen: u8,
      density: u16,
      keyboard: u8,
      navigation: u8,
      inputFlags: u8,
      screenWidth: u16,
      screenHeight: u16,
      sdk: u16,
      minorSdk: u16,
      screenLayout: u8,
      screenLayout2: u8,
      colorMode: u8,
      uiMode: u8,
      smallestWidthDp: u16,
      widthDp: u16,
      heightDp: u16,
    });
    fc.assert(
      fc.property(configuration, (written) => {
        const bytes = writeConfiguration(written);
        expect(readConfiguration(bytes, 0, bytes.length)).toEqual(written);
      }),
    );
  });
});

describe('readResourceTable on damaged tables', () => {
  const host = createNodeHost();

  it('reads whatever the generator makes', { timeout: 30_000 }, () => {
    const random = seededRandom(51);
    for (let round = 0; round < 200; round++) arscTarget.read(arscTarget.generate(random), host);
  });

  it('reads every seed without a complaint, and damaged copies of it', { timeout: 30_000 }, () => {
    for (const seed of arscTarget.seeds()) {
      expect(readResourceTable(seed).diagnostics).toEqual([]);
      for (let round = 0; round < 40; round++) arscTarget.read(mutate(seed, round), host);
    }
  });
});

describe('readResourceTable on a real app', () => {
  const apk = join(
    dirname(createRequire(import.meta.url).resolve('io.appium.settings/package.json')),
    'apks/settings_apk-debug.apk',
  );

  it.skipIf(!existsSync(apk))('reads all entries as aapt2 dump does (skipped where the app is missing)', () => {
    const archive = readZip(new Uint8Array(readFileSync(apk)), createNodeHost()).value;
    const { value, diagnostics } = readResourceTable(
      archive?.find('resources.arsc')?.read().value ?? new Uint8Array(0),
    );
    if (value === null) throw new Error('no table was read');
    let entries = 0;
    let items = 0;
    const folders = new Set<string>();
    for (const id of value.ids()) {
      for (const { configuration, map } of value.resource(id)?.entries ?? []) {
        entries += 1;
        items += map?.items.length ?? 0;
        folders.add(configurationQualifiers(configuration));
      }
    }
    expect([entries, items, folders.size]).toEqual([1782, 41, 92]);
    expect(value.packages.map(({ id, name }) => [id, name])).toEqual([[0x7f, 'io.appium.settings']]);
    expect(value.idOf('style/Widget.Compat.NotificationActionText')).toBe(0x7f090006);
    expect([...diagnostics, ...value.noticed()]).toEqual([]);
  });
});
