import { readFileSync } from 'node:fs';
import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { mutate, seededRandom } from '../builders/mutate.ts';
import { type AxmlTricks, buildAxml, type XmlAttributeSpec, type XmlNode } from './axml-builder.ts';
import { AXML_TRICKS } from './axml-tricks.ts';
import { ANDROID_NAMESPACE, FRAMEWORK_ATTRIBUTES } from './framework-attributes.ts';
import { axmlTarget } from './fuzz-target.ts';
import { readAxml, type XmlElement } from './read-axml.ts';

const MANIFEST: XmlNode = {
  name: 'manifest',
  attributes: { 'android:versionCode': 7, package: 'com.example.app' },
  children: [{ name: 'application', attributes: { 'android:label': 'App', 'android:debuggable': true } }],
};
const OUTLINE = 'manifest(versionCode=7 package=com.example.app)[application(label=App debuggable=true)[]]';

interface Read {
  readonly root: XmlElement | null;
  readonly levels: ReadonlyMap<string, string>;
}

function read(node: XmlNode | Uint8Array, tricks: AxmlTricks = {}): Read {
  const { value, diagnostics } = readAxml(node instanceof Uint8Array ? node : buildAxml(node, tricks));
  return { root: value, levels: new Map(diagnostics.map(({ id, level }) => [id, level])) };
}

function outline(element: XmlElement | null): string {
  if (element === null) return '';
  const attributes = element.attributes.map(({ name, value }) => `${name}=${value}`).join(' ');
  return `${element.name}(${attributes})[${element.children.map(outline).join('')}]`;
}

/** Reads the manifest with lies in it, which must still say all it says without them. */
function readThrough(tricks: AxmlTricks): ReadonlyMap<string, string> {
  const { root, levels } = read(MANIFEST, tricks);
  expect(outline(root)).toBe(OUTLINE);
  return levels;
}

function android(
  name: string,
  value: XmlAttributeSpec['value'],
  rest: Partial<XmlAttributeSpec> = {},
): XmlAttributeSpec {
  return { name, namespace: ANDROID_NAMESPACE, resourceId: FRAMEWORK_ATTRIBUTES[name] ?? 0, value, ...rest };
}

/** One element with the attributes. */
function element(...attributes: XmlAttributeSpec[]): Read {
  return read({ name: 'activity', attributes });
}

describe('tricks of binary XML', () => {
  it('finds nothing in an honest document', () => {
    expect([...readThrough({}).keys(), ...readThrough({ utf8: true }).keys()]).toEqual([]);
  });

  it('trick 29: the outer chunk is of another type', () => {
    for (const outerType of [0, 8]) expect(readThrough({ outerType }).get('axml.outer-type')).toBe('warning');
  });

  it('trick 30: the declared size is larger or smaller than the file', () => {
    expect(readThrough({ sizeLie: 9_999 }).get('axml.declared-size')).toBe('error');
    expect(readThrough({ trailing: new Uint8Array(99) }).get('axml.trailing-data')).toBe('warning');
  });

  it('trick 31: the outer header is longer', () => {
    expect(readThrough({ outerHeaderSize: 40 }).get('axml.outer-header-size')).toBe('warning');
    const bytes = buildAxml(MANIFEST);
    new DataView(bytes.buffer).setUint16(2, 0xfff0, true);
    const { root, levels } = read(bytes);
    expect([outline(root), levels.get('axml.outer-header-size')]).toEqual([OUTLINE, 'error']);
  });

  it('trick 32: more strings are announced than there are', () => {
    expect(readThrough({ stringCountLie: 3 }).get('axml.string-pool.count')).toBe('warning');
    expect(readThrough({ stringCountLie: 1 << 20 }).get('axml.string-pool.count')).toBe('error');
  });

  it('trick 30, 32: a file of seven bytes, a pool cut off, strings behind the pool', () => {
    expect(read(new Uint8Array(7)).levels.get('axml.truncated')).toBe('error');
    expect(read(MANIFEST, { pool: { stringsStart: 1 << 20 } }).levels.get('axml.string-pool.start')).toBe('error');
    const bytes = buildAxml(MANIFEST);
    new DataView(bytes.buffer).setUint32(12, 20, true);
    expect(read(bytes).levels.get('axml.string-pool.truncated')).toBe('error');
  });

  it('trick 33: styles without a place, and a place without styles', () => {
    expect(readThrough({ pool: { stylesStart: 4 } }).get('axml.string-pool.styles')).toBe('warning');
    expect(readThrough({ pool: { styleCount: 3 } }).get('axml.string-pool.styles')).toBe('error');
  });

  it('trick 34: flags, lengths and the header of the pool lie', () => {
    expect(readThrough({ pool: { flags: 0x8000 } }).get('axml.string-pool.flags')).toBe('warning');
    expect(readThrough({ utf8: true, pool: { unitsLie: 1 } }).get('axml.string.length-mismatch')).toBe('warning');
    expect(readThrough({ pool: { headerSize: 40 } }).get('axml.string-pool.header-size')).toBe('warning');
    // UTF-8 that is declared to be UTF-16 is as unreadable to the platform.
    const { levels } = read(MANIFEST, { utf8: true, pool: { flags: 0 } });
    expect(levels.get('axml.string.unreadable')).toBe('error');
  });

  it('trick 34: lengths of one and of two bytes or units are read, up to those that lose their upper bits', () => {
    for (const length of [0x7f, 0x80, 0x7fff, 0x8000, 0x1_2345]) {
      for (const utf8 of [true, false]) {
        const { root, levels } = read({ name: 'a', attributes: { value: 'x'.repeat(length) } }, { utf8 });
        expect([root?.attributes[0]?.value.length, [...levels]]).toEqual([length, []]);
      }
    }
  });

  it('trick 35: strings without a NUL at their end', () => {
    for (const utf8 of [true, false]) {
      const { root, levels } = read({ name: 'abc', attributes: { x: 'y' } }, { utf8, pool: { unterminated: 2 } });
      expect([root?.name, root?.attributes[0]?.value, levels.get('axml.string.unreadable')]).toEqual([
        '',
        'y',
        'error',
      ]);
    }
    expect(read(MANIFEST, { utf8: true, pool: { openEnd: true } }).levels.get('axml.string-pool.terminator')).toBe(
      'error',
    );
  });

  it('trick 36: NUL within strings, lone surrogates, modified UTF-8, names that deceive the eye', () => {
    const nul = (utf8: boolean): Read => read({ name: 'a', attributes: { x: 'left\0right' } }, { utf8 });
    expect([nul(true).root?.attributes[0]?.value, nul(false).root?.attributes[0]?.value]).toEqual([
      'left',
      'left\0right',
    ]);
    expect([nul(true).levels.get('axml.string.nul'), nul(false).levels.get('axml.string.nul')]).toEqual([
      'warning',
      'warning',
    ]);
    const surrogates = Uint8Array.of(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80);
    const emoji = read(
      { name: 'a', attributes: { x: '??' } },
      { utf8: true, pool: { raw: (index) => (index === 4 ? surrogates : undefined) } },
    );
    expect([emoji.root?.attributes[0]?.value, [...emoji.levels]]).toEqual(['😀', []]);
    expect(read({ name: 'a', attributes: { x: '\ud83d' } }).root?.attributes[0]?.value).toBe('\ud83d');
    for (const name of ['acti\u202evity', 'app\u200blication', 'a\u0007']) {
      expect([read({ name }).root?.name, read({ name }).levels.get('axml.name.characters')]).toEqual([name, 'warning']);
    }
    expect(read({ name: '' }).levels.get('axml.name.empty')).toBe('warning');
  });

  it('trick 37: strings that begin at an odd place, unaligned chunks, junk before the map, pools too many', () => {
    expect(readThrough({ pool: { stringsGap: 2 } }).get('axml.string-pool.alignment')).toBe('warning');
    expect(readThrough({ junkBeforeMap: 0x0099 }).get('axml.chunk.unknown')).toBe('warning');
    const decoys = Array.from({ length: 20 }, (_, index) => `decoy${index}`);
    for (const late of [true, false]) {
      expect(readThrough({ secondPool: { strings: decoys, late } }).get('axml.string-pool.second')).toBe('warning');
    }
    expect(readThrough({ junkChunkType: 0x0199, junkHeaderSize: 18 }).get('axml.chunk.alignment')).toBe('error');
  });

  it('trick 38: the resource map is missing, late, odd or too long, and names lie', () => {
    expect(read(MANIFEST, { map: { place: 'none' } }).levels.get('axml.resource-map.missing')).toBe('error');
    const late = read(MANIFEST, { map: { place: 'late' } });
    expect([...late.levels.keys()]).toEqual(['axml.resource-map.second', 'axml.resource-map.missing']);
    expect(late.root?.attributes.every(({ resourceId }) => resourceId === 0)).toBe(true);
    expect(readThrough({ map: { padding: 2 } }).get('axml.resource-map.size')).toBe('error');
    expect(readThrough({ map: { moreIds: Array.from({ length: 50 }, () => 0) } }).get('axml.resource-map.long')).toBe(
      'warning',
    );
    for (const renamed of [() => '', () => 'icon']) {
      expect(readThrough({ renamed }).get('axml.attribute.name-mismatch')).toBe('warning');
    }
  });

  it('trick 39: unknown chunks between elements, of no size, with headers of all sizes', () => {
    expect(readThrough({ junkChunkType: 0x1c01 }).get('axml.chunk.unknown')).toBe('warning');
    expect(readThrough({ junkChunkType: 0x1c01, junkHeaderSize: 8 }).get('axml.chunk.unknown')).toBe('error');
    expect(readThrough({ nodeHeaderSize: 0x1c0 }).get('axml.node.header-size')).toBe('warning');
    const bytes = buildAxml(MANIFEST, { junkChunkType: 0x0123 });
    const at = bytes.findIndex(
      (_, index) => bytes[index] === 0x23 && bytes[index + 1] === 0x01 && bytes[index + 2] === 16,
    );
    const view = new DataView(bytes.buffer);
    view.setUint16(at + 2, 0x1c0, true);
    expect(read(bytes).levels.get('axml.chunk.header-size')).toBe('error');
    view.setUint32(at + 4, 0x10_0000, true);
    expect(read(bytes).levels.get('axml.chunk.truncated')).toBe('error');
    view.setUint32(at + 4, 0, true);
    expect(read(bytes).levels.get('axml.chunk.size')).toBe('error');
  });

  it('trick 40: the end of the namespace is cut off, where the platform does not look', () => {
    expect(readThrough({ namespaceEndSize: 16 }).get('axml.namespace.truncated')).toBe('warning');
    expect(readThrough({ namespaceEndSize: 4 }).get('axml.chunk.size')).toBe('warning');
  });

  it('trick 41: gaps before and between attributes, and attributes that lie over each other', () => {
    expect(readThrough({ attributeGap: 12 }).get('axml.attribute.layout')).toBe('warning');
    expect(readThrough({ attributeStartGap: 8 }).get('axml.attribute.layout')).toBe('warning');
    const { root, levels } = read({ name: 'a', attributes: { x: '1', y: '2' } }, { attributeSize: 0 });
    expect([outline(root), levels.get('axml.attribute.layout')]).toEqual(['a(x=1 x=1)[]', 'warning']);
  });

  it('trick 42: attributes are announced that are not there, and an element is cut off', () => {
    expect(readThrough({ attributeCountLie: 60_000 }).get('axml.attribute.count')).toBe('error');
    const bytes = buildAxml({ name: 'a' });
    const at = bytes.findIndex(
      (_, index) => bytes[index] === 0x02 && bytes[index + 1] === 0x01 && bytes[index + 2] === 16,
    );
    new DataView(bytes.buffer).setUint32(at + 4, 24, true);
    expect(read(bytes).levels.get('axml.element.truncated')).toBe('error');
  });

  it('trick 43: attributes that are there twice: the first is found', () => {
    const { root, levels } = element(android('name', 'first'), android('name', 'second'));
    expect(root?.attributes.map(({ value, found }) => [value, found])).toEqual([
      ['first', true],
      ['second', false],
    ]);
    expect([...levels.keys()]).toEqual(['axml.attribute.duplicate']);
    const plain = element({ name: 'package', value: 'a' }, { name: 'package', value: 'b' });
    expect(plain.root?.attributes.map(({ found }) => found)).toEqual([true, false]);
  });

  it('trick 43: an attribute behind one with a greater id is passed by', () => {
    const { root, levels } = element(android('exported', true), android('name', '.Main'));
    expect(root?.attributes.map(({ name, found }) => [name, found])).toEqual([
      ['exported', true],
      ['name', false],
    ]);
    expect([...levels.keys()]).toEqual(['axml.attribute.order']);
  });

  it('trick 43: namespaces that are other, missing, undeclared, masked, empty, or end without a beginning', () => {
    const other = element(android('exported', true, { namespace: 'urn:other' }), { name: 'exported', value: 'false' });
    expect([...other.levels.keys()]).toEqual(['axml.attribute.namespace', 'axml.attribute.same-name']);
    expect(other.root?.attributes[0]).toMatchObject({
      name: 'exported',
      resourceId: 0x01010010,
      value: 'true',
      found: true,
    });
    expect(element(android('exported', true, { namespace: null })).levels.has('axml.attribute.namespace')).toBe(true);
    expect(element({ name: 'x', namespace: 'urn:other', value: '1' }).levels.has('axml.namespace.undeclared')).toBe(
      true,
    );
    const nested = (prefix: string, uri: string): Read => read({ ...MANIFEST, namespaces: [{ prefix, uri }] });
    expect(nested('android', 'urn:other').levels.has('axml.namespace.masked')).toBe(true);
    expect(nested('x', '').levels.has('axml.namespace.empty')).toBe(true);
    const bytes = buildAxml({ name: 'a' });
    const at = bytes.findIndex(
      (_, index) => bytes[index] === 0 && bytes[index + 1] === 0x01 && bytes[index + 2] === 16,
    );
    bytes[at] = 1;
    expect(read(bytes).levels.has('axml.namespace.unbalanced')).toBe(true);
  });

  it('trick 44: namespaces and strings of megabytes, one by one or all in the same bytes', () => {
    const uri = `urn:${'x'.repeat(3_000_000)}`;
    const { root, levels } = read({ ...MANIFEST, namespaces: [{ prefix: 'x', uri }] }, { utf8: false });
    expect([outline(root), levels.get('axml.string.long')]).toEqual([OUTLINE, 'warning']);
    const attributes = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`a${index}`, `v${index}`]));
    const shared = read(
      { name: 'z'.repeat(30_000), attributes },
      { pool: { offset: (index, offset) => (index < 2 ? offset : 106) } },
    );
    expect(shared.levels.get('axml.string-pool.overlap')).toBe('error');
  });

  it('trick 44: names of megabytes are not compared letter by letter for each element', () => {
    // Every string behind the third is the third, found under another index.
    let long = 0;
    const offset = (index: number, at: number): number => {
      if (index === 2) long = at;
      return index > 2 ? long : at;
    };
    const children = Array.from({ length: 4_000 }, (_, index) => ({
      name: `n${index % 20}`,
      attributes: [
        { name: `a${index % 20}`, namespace: `u${index % 9}`, value: `v${index % 11}`, raw: `w${index % 5}` },
      ],
    }));
    const { root } = read({ name: 'x'.repeat(200_000), children }, { pool: { offset } });
    expect(root?.children.length).toBe(4_000);
  });

  it('trick 45: tags that do not match, several roots, text outside, nothing at all', () => {
    expect(readThrough({ endName: 'other' }).get('axml.unbalanced')).toBe('warning');
    expect(read(MANIFEST, { endTags: 'missing' }).levels.get('axml.unclosed')).toBe('warning');
    const behind: XmlNode[] = [{ name: 'manifest', attributes: { package: 'com.decoy' } }];
    const decoy = readThrough({ behind });
    expect([decoy.get('axml.several-roots'), decoy.get('axml.behind-root')]).toEqual(['warning', 'warning']);
    expect(read(MANIFEST, { endTags: 'doubled' }).levels.has('axml.unbalanced')).toBe(true);
    expect(read({ ...MANIFEST, text: 'inside' }).root?.text).toBe('inside');
    expect(
      read(MANIFEST, { endTags: 'doubled', behind: [{ name: 'a', text: 't' }] }).levels.has('axml.behind-root'),
    ).toBe(true);
    const bytes = buildAxml({ name: 'a', text: 'outside' });
    const start = bytes.findIndex(
      (_, index) => bytes[index] === 0x02 && bytes[index + 1] === 0x01 && bytes[index + 2] === 16,
    );
    bytes.set([0x7f, 0x01], start);
    const text = read(bytes).levels;
    expect([text.has('axml.text'), text.has('axml.no-root')]).toEqual([true, true]);
  });

  it('trick 46: typed and raw values that disagree, odd booleans, strings that are not there', () => {
    const lies: [XmlAttributeSpec, string, string][] = [
      [android('debuggable', true, { raw: 'false' }), 'true', 'axml.attribute.value-mismatch'],
      [android('versionCode', 7, { raw: '8' }), '7', 'axml.attribute.value-mismatch'],
      [android('name', '.Real', { raw: '.Decoy' }), '.Real', 'axml.attribute.value-mismatch'],
      [android('debuggable', { type: 0x12, data: 1 }), 'true', 'axml.attribute.boolean'],
      [android('name', { type: 0x03, data: 9_999 }), '', 'axml.attribute.value-string'],
      [android('name', { type: 0x03, data: 9_999 }, { raw: '.Raw' }), '.Raw', 'axml.attribute.value-string'],
    ];
    for (const [attribute, value, id] of lies) {
      const { root, levels } = element(attribute);
      expect([root?.attributes[0]?.value, [...levels.keys()]]).toEqual([value, [id]]);
    }
    const agreeing = element(android('debuggable', true, { raw: 'true' }), android('versionCode', 7, { raw: '7' }));
    expect([...agreeing.levels]).toEqual([]);
    const bytes = buildAxml({ name: 'a', attributes: { x: 1 } });
    const at = bytes.findLastIndex((_, index) => bytes[index] === 8 && bytes[index + 3] === 0x10);
    bytes[at] = 12;
    expect(read(bytes).levels.get('axml.attribute.value-size')).toBe('warning');
  });

  it('trick 48: XML text instead of binary XML', () => {
    for (const text of ['<?xml version="1.0"?><manifest/>', '\ufeff<manifest/>']) {
      expect(read(new TextEncoder().encode(text)).levels.get('axml.plain-xml')).toBe('error');
    }
  });

  it('names each id of the table in this file', () => {
    const text = readFileSync(new URL(import.meta.url), 'utf8');
    expect(AXML_TRICKS.filter(({ id }) => !text.includes(`'${id}'`)).map(({ id }) => id)).toEqual([]);
  });
});

describe('readAxml on damaged documents', () => {
  const host = createNodeHost();

  it('reads whatever the generator makes', { timeout: 30_000 }, () => {
    const random = seededRandom(29);
    for (let round = 0; round < 400; round++) axmlTarget.read(axmlTarget.generate(random), host);
  });

  it('reads every seed without a complaint, and damaged copies of it', { timeout: 30_000 }, () => {
    for (const seed of axmlTarget.seeds()) {
      expect(readAxml(seed).diagnostics).toEqual([]);
      for (let round = 0; round < 200; round++) axmlTarget.read(mutate(seed, round), host);
    }
  });
});
