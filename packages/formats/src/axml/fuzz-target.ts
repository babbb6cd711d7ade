import type { FuzzTarget } from '../builders/fuzz-target.ts';
import { type AxmlTricks, buildAxml, type XmlAttributeSpec, type XmlNode, type XmlValue } from './axml-builder.ts';
import { axmlToText } from './axml-text.ts';
import { ANDROID_NAMESPACE, FRAMEWORK_ATTRIBUTES } from './framework-attributes.ts';
import { readAxml } from './read-axml.ts';

const SEED: XmlNode = {
  name: 'manifest',
  attributes: { package: 'com.example.app', 'android:versionCode': 7 },
  children: [
    { name: 'uses-permission', attributes: { 'android:name': 'android.permission.CAMERA' } },
    {
      name: 'application',
      attributes: { 'android:label': { reference: 0x7f010000 }, 'android:debuggable': true },
      namespaces: [{ prefix: 'tools', uri: 'http://schemas.android.com/tools' }],
      children: [
        { name: 'activity', attributes: { 'android:name': '.Über', 'android:exported': false }, text: 'text' },
      ],
    },
  ],
};

/** Binary XML: read, and printed as text. */
export const axmlTarget: FuzzTarget = {
  reader: 'axml',
  seeds: () => [buildAxml(SEED), buildAxml(SEED, { utf8: true })],
  generate,
  read(bytes) {
    const { value } = readAxml(bytes);
    if (value !== null) axmlToText(value, { nameOf: (id) => (id === 0x7f010000 ? 'string/app' : null) });
  },
};

const NAMES = ['manifest', 'application', 'activity', '', 'a\u202eb', 'x'.repeat(300)];
const ATTRIBUTES = ['name', 'exported', 'debuggable', 'label'];

function generate(random: () => number): Uint8Array {
  const below = (limit: number): number => Math.floor(random() * limit);
  const chance = (share: number): boolean => random() < share;
  const wild = (): number => [0, 1, 7, 0x7f, 0xffff, 0x7fff_ffff, 0xffff_ffff, below(4_096)][below(8)] ?? 0;
  const value = (): XmlValue =>
    chance(0.4) ? (NAMES[below(NAMES.length)] ?? '') : { type: below(0x22), data: wild() };
  const attribute = (): XmlAttributeSpec => {
    const name = ATTRIBUTES[below(ATTRIBUTES.length)] ?? 'name';
    return {
      name,
      namespace: chance(0.7) ? ANDROID_NAMESPACE : chance(0.5) ? null : '',
      resourceId: chance(0.8) ? (FRAMEWORK_ATTRIBUTES[name] ?? 0) : chance(0.5) ? 0 : wild(),
      value: value(),
      ...(chance(0.2) ? { raw: 'true' } : {}),
    };
  };
  const node = (depth: number): XmlNode => ({
    name: NAMES[below(NAMES.length)] ?? '',
    attributes: Array.from({ length: below(5) }, attribute),
    children: depth > 3 ? [] : Array.from({ length: below(3) }, () => node(depth + 1)),
    ...(chance(0.2) ? { text: 'text\0' } : {}),
    ...(chance(0.2) ? { namespaces: [{ prefix: chance(0.5) ? 'android' : '', uri: chance(0.5) ? '' : 'urn:x' }] } : {}),
  });
  const tricks: AxmlTricks = {
    utf8: chance(0.5),
    ...(chance(0.1) ? { outerType: below(16) } : {}),
    ...(chance(0.1) ? { outerHeaderSize: 8 + below(64) } : {}),
    ...(chance(0.1) ? { sizeLie: below(200) - 100 } : {}),
    ...(chance(0.2)
      ? { pool: { countLie: wild(), flags: below(512), stringsGap: below(4), unterminated: below(8) } }
      : {}),
    ...(chance(0.2) ? { pool: { styleCount: wild(), stylesStart: wild(), offset: () => wild() } } : {}),
    ...(chance(0.2) ? { map: { place: 'late', padding: below(4), moreIds: [wild()] } } : {}),
    ...(chance(0.2) ? { attributeSize: below(40), attributeStartGap: below(40) } : {}),
    ...(chance(0.2) ? { attributeCountLie: wild() & 0xffff } : {}),
    ...(chance(0.2) ? { nodeHeaderSize: 16 + below(40) } : {}),
    ...(chance(0.2) ? { junkChunkType: below(0x200), junkHeaderSize: 8 + below(12) } : {}),
    ...(chance(0.1) ? { endTags: chance(0.5) ? 'missing' : 'doubled' } : {}),
    ...(chance(0.1) ? { namespaceEndSize: wild() } : {}),
    ...(chance(0.1) ? { behind: [node(3)] } : {}),
  };
  return buildAxml(node(0), tricks);
}
