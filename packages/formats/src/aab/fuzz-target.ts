import type { FuzzTarget } from '../builders/fuzz-target.ts';
import { ProtoWriter } from '../protobuf/proto-writer.ts';
import { buildBundleConfig } from './bundle-config-builder.ts';
import { buildProtoResources } from './proto-resources-builder.ts';
import { buildProtoXml, protoNode } from './proto-xml-builder.ts';
import { readBundleConfig } from './read-bundle-config.ts';
import { readProtoResources } from './read-proto-resources.ts';
import { readProtoXml } from './read-proto-xml.ts';

const MANIFEST = {
  name: 'manifest',
  line: 2,
  attributes: { package: 'com.example.seed', 'android:versionCode': 3 },
  children: [
    { name: 'application', attributes: { 'android:debuggable': true, 'android:label': { reference: 0x7f010000 } } },
  ],
};

/** The readers of app bundles as fuzzers drive them: every input is read as each of the three messages. */
export const aabTarget: FuzzTarget = {
  reader: 'aab',
  seeds: () => [
    buildProtoXml(MANIFEST),
    buildProtoResources('com.example.seed', [
      {
        type: 'string',
        id: 0x7f010000,
        name: 'app_name',
        values: [{ value: 'Seed' }, { configuration: { locale: 'de-DE' }, value: 'Saat' }],
      },
      {
        type: 'style',
        id: 0x7f020001,
        name: 'Theme',
        values: [{ style: { parent: 0x01030005, items: [[0x01010001, 7]] } }],
      },
      { type: 'array', id: 0x7f030000, name: 'list', values: [{ array: ['a', 1, true] }] },
      {
        type: 'plurals',
        id: 0x7f040000,
        name: 'apples',
        values: [
          {
            plural: [
              [1, 'one'],
              [5, 'many'],
            ],
          },
        ],
      },
      {
        type: 'attr',
        id: 0x7f050000,
        name: 'mode',
        values: [{ attribute: { formats: 0x10000, symbols: [[0x7f060000, 1]] } }],
      },
    ]),
    buildBundleConfig({
      bundletoolVersion: '1.15.6',
      uncompressedGlobs: ['assets/**'],
      splits: [{ dimension: 'abi', enabled: true }],
    }),
  ],
  generate(random) {
    const below = (limit: number): number => Math.floor(random() * limit);
    const message = (depth: number): ProtoWriter => {
      const out = new ProtoWriter();
      for (let fields = below(6); fields >= 0; fields--) {
        const field = below(9);
        const kind = below(8);
        if (kind < 3 && depth < 12) out.message(field, message(depth + 1));
        else if (kind === 3) out.text(field, 'x'.repeat(below(40)));
        else if (kind === 4) out.varint(field, [0, 1, 0x7f, 0xffff_ffff, 2 ** 52][below(5)]);
        else if (kind === 5) out.float(field, random());
        else if (kind === 6) out.raw(Array.from({ length: below(6) }, () => below(256)));
        else if (depth < 4) out.message(field, protoNode(MANIFEST));
      }
      return out;
    };
    return message(0).finish();
  },
  read(bytes) {
    readProtoXml(bytes);
    readBundleConfig(bytes);
    const { value } = readProtoResources(bytes);
    if (value === null) return;
    for (const id of value.ids()) value.resource(id);
    value.types();
    value.idOf('string/app_name');
    value.noticed();
  },
};
