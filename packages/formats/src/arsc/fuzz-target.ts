import type { FuzzTarget } from '../builders/fuzz-target.ts';
import { type ArscConfigurationSpec, type ArscTypeTricks, type ArscValue, buildArsc } from './arsc-builder.ts';
import { auditResources } from './audit-resources.ts';
import { configurationQualifiers } from './configuration-qualifiers.ts';
import { createResources } from './create-resources.ts';
import { readResourceTable } from './read-resource-table.ts';
import { resolveStyle } from './resolve-resource.ts';

const ENCODINGS = ['dense', 'offset16', 'sparse'] as const;

/** resources.arsc: every entry, name and configuration is read, references and parents are followed. */
export const arscTarget: FuzzTarget = {
  reader: 'arsc',
  seeds: () => ENCODINGS.flatMap((encoding) => [seed(encoding, true), seed(encoding, false)]),
  generate,
  read(bytes) {
    const { value } = readResourceTable(bytes);
    if (value === null) return;
    auditResources(value);
    const resources = createResources([value, value]);
    let left = 300;
    for (const id of resources.ids()) {
      if (left-- <= 0) break;
      resources.resolve(id, { configuration: { language: 'de', sdk: 34, density: 420 } });
      resources.resolveAll(id);
      resolveStyle(value, id);
      resources.idOf(value.name(id) ?? '');
      resources.configurationsOf(id).map(configurationQualifiers);
    }
    for (const { overlayables, libraries, aliases } of value.packages) {
      overlayables.forEach(({ policies }) => policies.length);
      libraries.forEach(({ name }) => name.length);
      aliases.forEach((to) => value.resource(to));
    }
    for (let index = 0; index < Math.min(value.strings.count, 300); index++) {
      value.strings.get(index);
      value.strings.styles(index);
    }
    value.noticed();
  },
};

function seed(encoding: 'dense' | 'offset16' | 'sparse', utf8: boolean): Uint8Array {
  return buildArsc({
    utf8,
    packages: [
      {
        types: [
          {
            name: 'string',
            configurations: [
              { encoding, entries: { app_name: 'App', other: 'Über' } },
              {
                for: { language: 'de', region: 'DE', sdk: 21 },
                encoding,
                compact: utf8,
                entries: { app_name: 'Die App' },
              },
            ],
          },
          { name: 'bool', configurations: [{ encoding, entries: { debug: { reference: 0x7f030000 } } }] },
          {
            name: 'style',
            configurations: [
              {
                entries: {
                  Base: { items: [[0x01010098, 1]] },
                  Child: { parent: 0x7f030000, items: [[0x01010095, 2]] },
                },
              },
            ],
          },
        ],
        libraries: [{ packageId: 2, name: 'com.example.library' }],
        overlayables: [{ name: 'theme', actor: 'overlay://a', policies: [{ flags: 1, ids: [0x7f010000] }] }],
      },
    ],
  });
}

function generate(random: () => number): Uint8Array {
  const below = (limit: number): number => Math.floor(random() * limit);
  const chance = (share: number): boolean => random() < share;
  const wild = (): number => [0, 1, 0x7f, 0xffff, 0x7fff_ffff, 0xffff_fffc, below(4_096)][below(7)] ?? 0;
  const id = (): number => (chance(0.8) ? 0x7f010000 + below(3) * 0x10000 + below(6) : wild());
  const simple = (): string | number | { reference: number } =>
    chance(0.3) ? 'x'.repeat(below(40)) : chance(0.5) ? { reference: id() } : wild();
  const value = (): ArscValue =>
    chance(0.3) ? { parent: id(), items: Array.from({ length: below(5) }, () => [id(), simple()] as const) } : simple();
  const tricks = (): ArscTypeTricks => ({
    ...(chance(0.2) ? { flags: below(4) } : {}),
    ...(chance(0.2) ? { entryCount: wild() } : {}),
    ...(chance(0.2) ? { entriesStartLie: wild() | 0 } : {}),
    ...(chance(0.2) ? { offset: () => wild() } : {}),
    ...(chance(0.2) ? { key: wild() } : {}),
    ...(chance(0.2) ? { configurationSize: wild() } : {}),
    ...(chance(0.2) ? { itemCount: wild() } : {}),
    ...(chance(0.2) ? { repeat: true } : {}),
  });
  const configuration = (): ArscConfigurationSpec => ({
    for: chance(0.5) ? { language: 'de', sdk: below(40), density: wild() & 0xffff, uiMode: below(256) } : {},
    encoding: ENCODINGS[below(3)] ?? 'dense',
    compact: chance(0.3),
    entries: Object.fromEntries(Array.from({ length: below(6) }, (_, index) => [`n${index}`, value()])),
    ...(chance(0.4) ? { tricks: tricks() } : {}),
  });
  return buildArsc({
    utf8: chance(0.5),
    packages: Array.from({ length: 1 + below(3) }, () => ({
      id: chance(0.7) ? 0x7f : wild(),
      typeIdOffset: chance(0.8) ? 0 : wild(),
      types: Array.from({ length: 1 + below(3) }, (_, index) => ({
        name: ['string', 'bool', 'style'][index] ?? 't',
        configurations: Array.from({ length: 1 + below(3) }, configuration),
      })),
      ...(chance(0.2) ? { aliases: [[id(), id()] as const] } : {}),
    })),
    tricks: {
      ...(chance(0.2) ? { packageCount: wild() } : {}),
      ...(chance(0.2) ? { withoutSpecs: true } : {}),
      ...(chance(0.2) ? { specsTwice: true } : {}),
      ...(chance(0.2) ? { withoutTypeNames: true } : {}),
      ...(chance(0.2) ? { junkChunkType: below(0x300) } : {}),
      ...(chance(0.3) ? { pool: { countLie: wild(), flags: below(512), offset: () => wild() } } : {}),
    },
  });
}
