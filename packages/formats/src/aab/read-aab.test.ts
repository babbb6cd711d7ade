import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { configurationQualifiers } from '../arsc/configuration-qualifiers.ts';
import { createResources } from '../arsc/create-resources.ts';
import { buildAxml, type XmlNode } from '../axml/axml-builder.ts';
import { readAxml, type XmlElement } from '../axml/read-axml.ts';
import { mutate, seededRandom } from '../builders/mutate.ts';
import { ProtoWriter } from '../protobuf/proto-writer.ts';
import { buildBundleConfig } from './bundle-config-builder.ts';
import { aabTarget } from './fuzz-target.ts';
import { buildProtoResources } from './proto-resources-builder.ts';
import { buildProtoXml, protoAttribute, protoElement, protoItem, protoNode } from './proto-xml-builder.ts';
import { readBundleConfig } from './read-bundle-config.ts';
import { readProtoResources } from './read-proto-resources.ts';
import { readProtoXml } from './read-proto-xml.ts';

const MANIFEST: XmlNode = {
  name: 'manifest',
  line: 2,
  attributes: { package: 'com.example.app', 'android:versionCode': 12, 'android:versionName': '1.2' },
  children: [
    { name: 'uses-sdk', line: 3, attributes: { 'android:minSdkVersion': 24 } },
    {
      name: 'application',
      line: 4,
      attributes: { 'android:label': { reference: 0x7f010000 }, 'android:debuggable': true },
      children: [{ name: 'activity', line: 5, attributes: { 'android:name': '.Main', 'android:exported': false } }],
    },
  ],
};

/** What both formats say alike: places in string pools are not among it. */
function comparable(element: XmlElement | null): unknown {
  if (element === null) return null;
  const { name, namespace, line, attributes, children, text } = element;
  return {
    name,
    namespace,
    line,
    text,
    // Binary XML has them in the order of their ids.
    attributes: attributes
      .map(({ name, namespace, resourceId, type, value, found }) => ({
        name,
        namespace,
        resourceId,
        type,
        value,
        found,
      }))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
    children: children.map(comparable),
  };
}

describe('readProtoXml', () => {
  it('gives the document that binary XML gives', () => {
    const { value, diagnostics } = readProtoXml(buildProtoXml(MANIFEST));
    expect(diagnostics).toEqual([]);
    expect(comparable(value)).toEqual(comparable(readAxml(buildAxml(MANIFEST)).value));
    expect(value?.namespaces).toEqual([{ prefix: 'android', uri: 'http://schemas.android.com/apk/res/android' }]);
  });

  it('joins texts and keeps them apart from elements', () => {
    const text = (content: string): ProtoWriter => new ProtoWriter().text(2, content);
    const root = protoElement({ name: 'a' })
      .message(5, text('one '))
      .message(5, protoNode({ name: 'b' }))
      .message(5, text('two'));
    const { value } = readProtoXml(new ProtoWriter().message(1, root).finish());
    expect([value?.text, value?.children.map(({ name }) => name)]).toEqual(['one two', ['b']]);
  });

  it('names attributes by their id, and takes the compiled value', () => {
    const attribute = protoAttribute({ name: 'harmless', resourceId: 0x0101000f, value: true });
    const lying = new ProtoWriter().text(2, 'a').text(3, 'shown').message(6, protoItem('meant'));
    const root = new ProtoWriter().text(3, 'application').message(4, attribute).message(4, lying).message(4, attribute);
    const { value, diagnostics } = readProtoXml(new ProtoWriter().message(1, root).finish());
    expect(value?.attributes.map(({ name, value, found }) => [name, value, found])).toEqual([
      ['debuggable', 'true', true],
      ['a', 'meant', true],
      ['debuggable', 'true', false],
    ]);
    const ids = new Set(diagnostics.map(({ id }) => id));
    expect([...ids].toSorted()).toEqual([
      'aab.attribute.duplicate',
      'aab.attribute.name-mismatch',
      'aab.attribute.value-mismatch',
    ]);
  });

  it('puts an element in pieces together, and says so', () => {
    const piece = (name: string): ProtoWriter => protoElement({ name: 'x', children: [{ name }] });
    const { value, diagnostics } = readProtoXml(
      new ProtoWriter().message(1, piece('a')).message(1, piece('b')).finish(),
    );
    expect(value?.children.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(diagnostics.map(({ id }) => id)).toEqual(['aab.xml.repeated']);
  });

  it('stops at its depth, and has no document where there is none', () => {
    let deep: XmlNode = { name: 'leaf' };
    for (let depth = 0; depth < 500; depth++) deep = { name: 'd', children: [deep] };
    expect(readProtoXml(buildProtoXml(deep)).diagnostics.map(({ id }) => id)).toEqual(['budget.depth']);
    for (const bytes of [new Uint8Array(0), Uint8Array.from([0x0f]), new TextEncoder().encode('<manifest/>')]) {
      const { value, diagnostics } = readProtoXml(bytes);
      expect([value, diagnostics.at(-1)?.id]).toEqual([null, 'aab.xml.no-root']);
    }
  });
});

describe('readProtoResources', () => {
  const bytes = buildProtoResources('com.example.app', [
    {
      type: 'string',
      id: 0x7f010000,
      name: 'app_name',
      isPublic: true,
      values: [
        { value: 'App' },
        { configuration: { locale: 'zh-Hant-TW' }, value: '應用' },
        { configuration: { night: 1, sdk: 29, density: 480, screenLong: 1 }, value: { reference: 0x7f010001 } },
      ],
    },
    { type: 'string', id: 0x7f010001, name: 'other', values: [{ value: 'Other' }] },
    {
      type: 'style',
      id: 0x7f020000,
      name: 'Theme',
      values: [{ style: { parent: 0x01030005, items: [[0x01010001, 7]] } }],
    },
    { type: 'array', id: 0x7f030000, name: 'list', values: [{ array: ['a', true] }] },
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
    { type: 'attr', id: 0x7f050000, name: 'mode', values: [{ attribute: { formats: 2, symbols: [[0x7f060000, 9]] } }] },
    { type: 'layout', id: 0x7f070000, name: 'main', values: [{ file: 'res/layout/main.xml' }] },
  ]);
  const table = readProtoResources(bytes).value;

  it('finds resources by id and name, with a value for each configuration', () => {
    const name = table?.resource(0x7f010000);
    expect([name?.packageName, name?.type, name?.name]).toEqual(['com.example.app', 'string', 'app_name']);
    expect(
      name?.entries.map(({ configuration, value, isPublic }) => [
        configurationQualifiers(configuration),
        value?.text,
        isPublic,
      ]),
    ).toEqual([
      ['', 'App', true],
      ['b+zh+Hant+TW', '應用', true],
      ['long-night-xxhdpi-v29', '@0x7f010001', true],
    ]);
    expect(table?.idOf('string/other')).toBe(0x7f010001);
    expect(table?.idOf('com.example.app:layout/main')).toBe(0x7f070000);
    expect([table?.name(0x7f010001), table?.name(0x7f01ffff), table?.resource(1)]).toEqual([
      'string/other',
      null,
      null,
    ]);
    expect([...(table?.ids() ?? [])].length).toBe(7);
    expect(table?.types().map(({ id, name, entryCount }) => [id, name, entryCount])[0]).toEqual([0x7f01, 'string', 2]);
  });

  it('has maps as the table of an installed app has them', () => {
    const items = (id: number): unknown =>
      table?.resource(id)?.entries[0]?.map?.items.map(({ name, value }) => [name, value.text]);
    expect(table?.resource(0x7f020000)?.entries[0]?.map?.parent).toBe(0x01030005);
    expect(items(0x7f020000)).toEqual([[0x01010001, '7']]);
    expect(items(0x7f030000)).toEqual([
      [0x02000000, 'a'],
      [0x02000001, 'true'],
    ]);
    expect(items(0x7f040000)).toEqual([
      [0x01000006, 'one'],
      [0x01000004, 'many'],
    ]);
    expect(items(0x7f050000)).toEqual([
      [0x01000000, '2'],
      [0x7f060000, '9'],
    ]);
  });

  it('is followed through references like any table', () => {
    if (table === null) throw new Error('no table was read');
    const night = createResources([table]).resolve(0x7f010000, {
      configuration: { uiMode: 0x20, sdk: 30, density: 480, screenLayout: 0x20 },
    });
    expect([night?.chain, night?.value?.text]).toEqual([[0x7f010000, 0x7f010001], 'Other']);
  });

  it('keeps both of two entries with one id, and says so', () => {
    const twice = buildProtoResources('p', [
      { type: 'string', id: 0x7f010000, name: 'a', values: [{ value: 'first' }] },
      { type: 'string', id: 0x7f010000, name: 'b', values: [{ value: 'second' }] },
    ]);
    const { value, diagnostics } = readProtoResources(twice);
    expect(value?.resource(0x7f010000)?.entries.map(({ name, value }) => [name, value?.text])).toEqual([
      ['a', 'first'],
      ['b', 'second'],
    ]);
    expect(diagnostics.map(({ id }) => id)).toEqual(['aab.resources.duplicate-id']);
  });

  it('is null without a package', () => {
    expect(readProtoResources(new Uint8Array(0)).value).toBeNull();
  });
});

describe('readBundleConfig', () => {
  it('reads back what the builder wrote', () => {
    const config = {
      bundletoolVersion: '1.15.6',
      type: 'asset-only' as const,
      uncompressedGlobs: ['assets/**', 'res/raw/**'],
      splits: [
        { dimension: 'abi', enabled: true },
        { dimension: 'language', enabled: false },
      ],
      uncompressNativeLibraries: true,
      uncompressDex: false,
      unsignedEmbeddedApks: ['assets/wear.apk'],
    };
    expect(readBundleConfig(buildBundleConfig(config))).toEqual({ value: config, diagnostics: [] });
  });
});

describe('readers of app bundles', () => {
  it('never throw on damaged files', () => {
    const host = createNodeHost();
    const seeds = aabTarget.seeds();
    for (let seed = 0; seed < 400; seed++) {
      aabTarget.read(mutate(seeds[seed % seeds.length] ?? new Uint8Array(0), seed), host);
      aabTarget.read(aabTarget.generate(seededRandom(seed)), host);
    }
    for (const seed of seeds) for (let cut = 0; cut < seed.length; cut++) aabTarget.read(seed.subarray(0, cut), host);
  });
});
