import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { binaryContainer, binaryMarker, buildBinaryObjects, buildBinaryPlist, buildXmlPlist } from './plist-builder.ts';
import { plistJson } from './plist-json.ts';
import { PLIST_TRICKS } from './plist-tricks.ts';
import { readPlist } from './read-plist.ts';
import { readingsMayDiffer } from './xml-scanner.ts';

function open(bytes: Uint8Array): { ids: string[]; json: unknown; messages: string } {
  const { value, diagnostics } = readPlist(bytes);
  return {
    ids: diagnostics.map(({ id }) => id),
    messages: diagnostics.map(({ message }) => message).join('\n'),
    json: value === null ? undefined : plistJson(value),
  };
}

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const key = (name: string): Uint8Array => Uint8Array.of(...binaryMarker(5, name.length), ...text(name));

describe('property list tricks', () => {
  it('trick 78: comments of the psychic paper are read as today, and the old readings are compared', () => {
    const hidden = '<!---><key>old</key><true/><!--><key>new</key><true/><!-- -->';
    const { ids, json, messages } = open(buildXmlPlist({ plain: 'x' }, hidden));
    expect(ids).toContain('plist.xml.readings-differ');
    expect(messages).toContain('CoreFoundation before iOS 13.5');
    expect(json).toEqual({ plain: 'x', new: true });
  });

  it('trick 78: quotes, instructions and subsets that hide a list are noticed', () => {
    const head = '<?xml version="1.0"?>';
    const quoted = text(`${head}<plist><dict hurr=">\n</dict></plist>\n"><key>a</key><true/></dict></plist>`);
    const instruction = text(`${head}<plist><dict><???><!-- ?><key>a</key><true/><!-- --></dict></plist>`);
    const subset = text(
      `${head}<!DOCTYPE [%>\n<plist><dict><key>a</key><true/></dict></plist>\n;]><plist><dict></dict></plist>`,
    );
    for (const bytes of [quoted, instruction, subset]) expect(open(bytes).ids).toContain('plist.xml.readings-differ');
    expect(open(subset).json).toEqual({});
  });

  it('trick 78: honest comments, instructions and attributes raise nothing', () => {
    expect(readingsMayDiffer(new TextDecoder().decode(buildXmlPlist({ a: 'b' })))).toBe(false);
    expect(open(buildXmlPlist({ a: '1' }, '<!-- fine --><!-- a > b --><?x y?>'))).toMatchObject({
      ids: [],
      json: { a: '1' },
    });
  });

  it('trick 78: entities are not expanded, so a billion laughs stay few', () => {
    const bomb = text(
      '<!DOCTYPE plist [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><plist><string>&b;&b;&#65;&amp;</string></plist>',
    );
    const { ids, json } = open(bomb);
    expect(ids).toEqual(expect.arrayContaining(['plist.xml.declares-entities', 'plist.xml.entity']));
    expect(json).toBe('&b;&b;A&');
  });

  it('trick 80: a cycle ends in a null where it closes', () => {
    const { ids, json } = open(buildBinaryObjects([binaryContainer(0xa, [1, 0]), key('a')]));
    expect(ids).toEqual(['plist.binary.cycle']);
    expect(json).toEqual(['a', null]);
  });

  it('trick 80: a trailer that lies is refused at once', () => {
    for (const lies of [{ count: 2 ** 40 }, { tableOffset: 2 ** 50 }, { offsetSize: 0 }, { top: 99 }]) {
      expect(open(buildBinaryPlist(['a'], lies))).toMatchObject({ ids: ['plist.binary.trailer'], json: undefined });
    }
  });

  it('trick 80: objects outside, and lengths that lead outside', () => {
    // The first offset of the table is made to lead into the trailer.
    const outside = buildBinaryPlist(['a']);
    outside[outside.length - 32 - 4] = 0x7f;
    expect(open(outside)).toMatchObject({ ids: ['plist.binary.offset'], json: [null] });
    const long = buildBinaryObjects([binaryContainer(0xa, [1]), binaryMarker(5, 2 ** 30)]);
    expect(open(long)).toMatchObject({ ids: ['plist.binary.length'], json: [null] });
  });

  it('trick 80: shared objects stay shared, however many values they would be written out', () => {
    const levels = 40;
    const objects = Array.from({ length: levels }, (_, index) => binaryContainer(0xa, [index + 1, index + 1]));
    const { value, diagnostics } = readPlist(buildBinaryObjects([...objects, key('x')]));
    expect(diagnostics).toEqual([]);
    expect(value?.kind === 'array' && value.items[0] === value.items[1]).toBe(true);
    expect(JSON.stringify(plistJson(value ?? { kind: 'null' }, 1_000)).length).toBeLessThan(20_000);
  });

  it('trick 80: objects that all lie on the same bytes cost no more than the file', () => {
    const body = binaryContainer(
      0xa,
      Array.from({ length: 2_000 }, (_, index) => index % 1_000),
    );
    const plist = buildBinaryObjects([body, ...Array.from({ length: 1_000 }, () => key('a'))]);
    // All thousand offsets of the table now lead to the one long array.
    const table = plist.length - 32 - 1_001 * 4;
    for (let index = 1; index <= 1_000; index++) plist.set(plist.subarray(table, table + 4), table + index * 4);
    const { ids } = open(plist);
    expect(ids).toContain('plist.binary.overlap');
  });

  it('trick 80: nesting ends at 512 levels, in every form', () => {
    const deep = 5_000;
    expect(open(text(`<plist>${'<array>'.repeat(deep)}${'</array>'.repeat(deep)}</plist>`)).ids).toContain(
      'plist.depth',
    );
    expect(open(text(`${'('.repeat(deep)}${')'.repeat(deep)}`)).ids).toContain('plist.depth');
    const chain = Array.from({ length: 2_000 }, (_, index) => binaryContainer(0xa, [index + 1]));
    expect(open(buildBinaryObjects([...chain, key('a')])).ids).toContain('plist.depth');
  });

  it('trick 80: of a key that stands twice XML lists keep the last, binary lists the first', () => {
    const xml = open(buildXmlPlist({ id: 'first' }, '<key>id</key><string>last</string>'));
    expect(xml).toMatchObject({ ids: ['plist.duplicate-key'], json: { id: 'last' } });
    const objects = [binaryContainer(0xd, [1, 1, 2, 3]), key('id'), key('first'), key('last')];
    expect(open(buildBinaryObjects(objects))).toMatchObject({ ids: ['plist.duplicate-key'], json: { id: 'first' } });
  });

  it('has a test for each id of the table', () => {
    const own = readFileSync(new URL(import.meta.url), 'utf8');
    expect(PLIST_TRICKS.filter(({ id }) => !own.includes(`'${id}'`))).toEqual([]);
  });
});
