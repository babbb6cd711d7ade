import type { FuzzTarget } from '../builders/fuzz-target.ts';
import {
  binaryContainer,
  buildBinaryObjects,
  buildBinaryPlist,
  buildXmlPlist,
  type PlistSpec,
} from './plist-builder.ts';
import { plistJson } from './plist-json.ts';
import { readPlist } from './read-plist.ts';

const RICH: PlistSpec = {
  name: 'Sample & Söhne',
  list: [1, 2.5, true, false, new Date(0), Uint8Array.of(1, 2, 3), -7n],
  nested: { deeper: { deepest: ['a', 'b', 'a'] } },
};

/** Property lists in all forms as fuzzers drive them. */
export const plistTarget: FuzzTarget = {
  reader: 'plist',
  seeds: () => [
    buildXmlPlist(RICH),
    buildBinaryPlist(RICH),
    buildXmlPlist({ a: 'b' }, '<!---><key>x</key><true/><!--><key>y</key><true/><!-- -->'),
    new TextEncoder().encode('/* old */ { name = "a\\U00e9"; list = (1, <0102>, { k = v; }); }'),
  ],
  generate(random) {
    const below = (limit: number): number => Math.floor(random() * limit);
    const wild = (): number => [0, 1, 8, 255, 2 ** 31, 2 ** 40, below(64)][below(7)] ?? 0;
    const objects = Array.from({ length: 1 + below(20) }, () => {
      const references = Array.from({ length: below(8) * 2 }, () => below(22));
      const kind = ([0xa, 0xc, 0xd] as const)[below(3)] ?? 0xa;
      return random() < 0.6 ? binaryContainer(kind, references) : Uint8Array.of(below(256), below(256), below(256));
    });
    const lies =
      random() < 0.7
        ? {}
        : { offsetSize: below(9), referenceSize: below(9), count: wild(), top: wild(), tableOffset: wild() };
    return buildBinaryObjects(objects, lies);
  },
  read(bytes) {
    const { value } = readPlist(bytes);
    if (value !== null) plistJson(value);
  },
};
