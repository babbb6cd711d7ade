import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutate } from '../builders/mutate.ts';
import { type AxmlTricks, buildAxml, type XmlNode } from './axml-builder.ts';
import { ANDROID_NAMESPACE, FRAMEWORK_ATTRIBUTES } from './framework-attributes.ts';
import { readAxml, type XmlElement } from './read-axml.ts';
import { typedValueText } from './typed-value.ts';

const manifest: XmlNode = {
  name: 'manifest',
  line: 2,
  attributes: { 'android:versionCode': 7, package: 'com.example.app' },
  children: [
    { name: 'uses-permission', line: 4, attributes: { 'android:name': 'android.permission.CAMERA' } },
    {
      name: 'application',
      line: 6,
      attributes: { 'android:label': { reference: 0x7f0a0001 }, 'android:debuggable': true },
      children: [{ name: 'activity', line: 8, attributes: { 'android:name': '.Main', 'android:exported': false } }],
    },
  ],
};

function read(tricks: AxmlTricks = {}, node: XmlNode = manifest): { root: XmlElement; ids: string[] } {
  const { value, diagnostics } = readAxml(buildAxml(node, tricks));
  if (value === null) throw new Error('no element was read');
  return { root: value, ids: diagnostics.map(({ id }) => id) };
}

/** What a reader of the manifest depends on: names, values, lines, order. */
function outline(element: XmlElement): unknown {
  return [
    element.name,
    element.line,
    element.attributes.map(({ name, value }) => `${name}=${value}`),
    element.children.map(outline),
  ];
}

const EXPECTED = [
  'manifest',
  2,
  ['versionCode=7', 'package=com.example.app'],
  [
    ['uses-permission', 4, ['name=android.permission.CAMERA'], []],
    [
      'application',
      6,
      ['label=@0x7f0a0001', 'debuggable=true'],
      [['activity', 8, ['name=.Main', 'exported=false'], []]],
    ],
  ],
];

describe('readAxml', () => {
  it('reads names, typed values and lines, in both encodings of strings', () => {
    for (const utf8 of [false, true]) {
      const { root, ids } = read({ utf8 });
      expect(outline(root)).toEqual(EXPECTED);
      expect(ids).toEqual([]);
    }
  });

  it('reads back any text, in both encodings', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.boolean(), (text, utf8) => {
        const { root, ids } = read({ utf8 }, { name: 'a', attributes: { value: text } });
        expect(root.attributes[0]?.value).toBe(text);
        expect(ids).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  it('says that plain XML, an empty file and random bytes hold no element', () => {
    for (const input of [
      new TextEncoder().encode('<manifest package="a"/>'),
      new Uint8Array(0),
      new Uint8Array(99).fill(7),
    ]) {
      const { value, diagnostics } = readAxml(input);
      expect([value, diagnostics.at(-1)?.level]).toEqual([null, 'error']);
    }
  });
});

describe('readAxml, tricks of hostile manifests', () => {
  it.each<[string, AxmlTricks, string]>([
    ['an outer type that is not XML (29)', { outerType: 0x0008 }, 'axml.outer-type'],
    ['a declared size beyond the file (30)', { sizeLie: 10_000 }, 'axml.declared-size'],
    ['data behind the document (30)', { trailing: new Uint8Array(64) }, 'axml.trailing-data'],
    ['an outer header of another size (31)', { outerHeaderSize: 64 }, 'axml.outer-header-size'],
    ['more strings announced than there is room for (32)', { stringCountLie: 5_000 }, 'axml.string-pool.count'],
    ['attribute names that lie about their id (38)', { renamed: (name) => `x${name}` }, 'axml.attribute.name-mismatch'],
    ['empty attribute names (38)', { renamed: () => '' }, 'axml.attribute.name-mismatch'],
    ['unknown chunks between elements (39)', { junkChunkType: 0x1c01 }, 'axml.chunk.unknown'],
    ['elements with a longer header (39)', { nodeHeaderSize: 48 }, 'axml.node.header-size'],
    ['gaps between attributes (41)', { attributeGap: 12 }, 'axml.attribute.layout'],
  ])('reads through %s and reports it', (_, tricks, id) => {
    const { root, ids } = read(tricks);
    expect(outline(root)).toEqual(EXPECTED);
    expect(ids).toContain(id);
  });

  it('keeps both of two attributes with one id and reports them (43)', () => {
    const name = { name: 'name', namespace: ANDROID_NAMESPACE, resourceId: FRAMEWORK_ATTRIBUTES['name'] ?? 0 };
    const { root, ids } = read(
      {},
      {
        name: 'activity',
        attributes: [
          { ...name, value: 'first' },
          { ...name, value: 'second' },
        ],
      },
    );
    expect(root.attributes.map(({ value }) => value)).toEqual(['first', 'second']);
    expect(ids).toEqual(['axml.attribute.duplicate']);
  });

  it('cuts a string of megabytes (44)', () => {
    const { root, ids } = read({}, { name: 'a', attributes: { value: 'x'.repeat(3_000_000) } });
    expect(root.attributes[0]?.value.length).toBe(1 << 18);
    expect(ids).toContain('axml.string.long');
  });

  it('bounds strings that share their bytes', () => {
    const attributes = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`a${index}`, `v${index}`]));
    const bytes = buildAxml({ name: 'z'.repeat(20_000), attributes });
    const view = new DataView(bytes.buffer);
    const count = view.getUint32(16, true);
    // The third string is the element's name, behind the prefix and the address of the namespace.
    const longest = view.getUint32(36 + 2 * 4, true);
    for (let index = 0; index < count; index++) view.setUint32(36 + index * 4, longest, true);
    const { value, diagnostics } = readAxml(bytes);
    const total = value?.attributes.reduce((sum, attribute) => sum + attribute.value.length, 0) ?? 0;
    expect(total).toBeGreaterThan(0);
    expect(total).toBeLessThan(4 * (1 << 18) + 20_001);
    expect(diagnostics.map(({ id }) => id)).toContain('axml.string-pool.overlap');
  });

  it('takes any number but zero for a boolean true (46)', () => {
    expect([typedValueText(0x12, 1), typedValueText(0x12, 0xffff_ffff), typedValueText(0x12, 0)]).toEqual([
      'true',
      'true',
      'false',
    ]);
  });

  it('leaves out what is nested too deeply, and reads on behind it', () => {
    let node: XmlNode = { name: 'leaf' };
    for (let depth = 0; depth < 5_000; depth++) node = { name: 'n', children: [node] };
    const { root, ids } = read({}, { name: 'root', children: [node, { name: 'last' }] });
    expect(root.children.map(({ name }) => name)).toEqual(['n', 'last']);
    expect(ids).toContain('budget.depth');
  });

  it('stops at a chunk of no size instead of looping (39)', () => {
    const bytes = buildAxml(manifest);
    bytes.fill(0, bytes.length - 40);
    const { diagnostics } = readAxml(bytes);
    expect(diagnostics.map(({ id }) => id)).toContain('axml.chunk.size');
  });

  it('never throws on damaged documents', () => {
    for (const utf8 of [false, true]) {
      const bytes = buildAxml(manifest, { utf8 });
      for (let seed = 0; seed < 400; seed++) expect(readAxml(mutate(bytes, seed)).diagnostics).toBeInstanceOf(Array);
    }
  });
});

describe('typedValueText', () => {
  it('reads every float as the hardware does', () => {
    fc.assert(
      fc.property(fc.float(), (value) => {
        const bits = new Uint32Array(new Float32Array([value]).buffer)[0] ?? 0;
        expect(typedValueText(0x04, bits)).toBe(String(value));
      }),
    );
  });

  it('writes each type as a person would', () => {
    expect([
      typedValueText(0x00, 0),
      typedValueText(0x01, 0x7f010000),
      typedValueText(0x02, 0x01010001),
      typedValueText(0x04, 0x3fc00000),
      typedValueText(0x05, 0x00001001),
      typedValueText(0x06, 0x4000_0030),
      typedValueText(0x10, 0xffff_ffff),
      typedValueText(0x11, 0x10),
      typedValueText(0x1c, 0xff00ff00),
      typedValueText(0x99, 1),
    ]).toEqual([
      '',
      '@0x7f010000',
      '?0x01010001',
      '1.5',
      '16dp',
      '50%',
      '-1',
      '0x10',
      '#ff00ff00',
      '<0x99:0x00000001>',
    ]);
  });
});
