import { createNodeHost } from '@vedette/bytes/node';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutate, seededRandom } from '../builders/mutate.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { plistTarget } from './fuzz-target.ts';
import { buildBinaryPlist, buildXmlPlist, type PlistSpec } from './plist-builder.ts';
import { plistJson } from './plist-json.ts';
import { booleanAt, dataAt, dateAt, numberAt, textAt, textsAt } from './plist-value.ts';
import { readPlist } from './read-plist.ts';
import { samePlist } from './same-plist.ts';

const ALL: PlistSpec = {
  text: 'Ä & <b> 𝄞',
  list: ['a', 'b'],
  number: 42,
  negative: -7,
  large: 2n ** 62n,
  real: 2.5,
  yes: true,
  date: new Date('2026-01-31T12:00:00Z'),
  data: Uint8Array.of(0, 1, 2, 255),
  nested: { deep: { er: [{ a: 1 }] } },
};

describe('readPlist', () => {
  it('reads XML and binary lists alike', () => {
    const [xml, binary] = [buildXmlPlist(ALL), buildBinaryPlist(ALL)].map((bytes) => readPlist(bytes));
    expect([...(xml?.diagnostics ?? []), ...(binary?.diagnostics ?? [])]).toEqual([]);
    expect(samePlist(xml?.value ?? null, binary?.value ?? null)).toBe(true);
    for (const value of [xml?.value, binary?.value]) {
      expect(textAt(value, 'text')).toBe('Ä & <b> 𝄞');
      expect(textsAt(value, 'list')).toEqual(['a', 'b']);
      expect([numberAt(value, 'number'), numberAt(value, 'negative'), numberAt(value, 'real')]).toEqual([42, -7, 2.5]);
      expect(booleanAt(value, 'yes')).toBe(true);
      expect(dateAt(value, 'date')).toBe('2026-01-31T12:00:00Z');
      expect(dataAt(value, 'data')).toEqual(Uint8Array.of(0, 1, 2, 255));
      expect(numberAt(value, 'nested', 'deep', 'er', 0, 'a')).toBe(1);
      expect([
        textAt(value, 'missing'),
        textAt(value, 'number'),
        numberAt(value, 'nested', 'deep', 'er', 1, 'a'),
      ]).toEqual([null, null, null]);
    }
  });

  it('reads the old text form and files of strings', () => {
    const old = readPlist(
      new TextEncoder().encode('// c\n{ a = "x\\ny\\U00e9"; b = (1, "2"); c = <0aff>; d = { e = f; }; }'),
    );
    expect(old.diagnostics.map(({ id }) => id)).toEqual(['plist.text']);
    expect(old.value === null ? null : plistJson(old.value)).toEqual({
      a: 'x\nyé',
      b: ['1', '2'],
      c: '0aff',
      d: { e: 'f' },
    });
    const strings = readPlist(new TextEncoder().encode('"Hello" = "Hallo"; /* c */ Bye = "Tschüs";'));
    expect(textAt(strings.value, 'Hello')).toBe('Hallo');
  });

  it('reads UTF-16 and a byte order mark', () => {
    const xml = '<plist><string>ä</string></plist>';
    const units = Uint8Array.from(xml.split('').flatMap((char) => [char.charCodeAt(0), 0]));
    expect(textAt(readPlist(Uint8Array.of(0xff, 0xfe, ...units)).value)).toBe('ä');
    expect(textAt(readPlist(new TextEncoder().encode(`\uFEFF${xml}`)).value)).toBe('ä');
  });

  it('says why bytes are no list', () => {
    expect(readPlist(new Uint8Array(0))).toMatchObject({
      value: null,
      diagnostics: [{ message: 'the file is empty' }],
    });
    expect(readPlist(new TextEncoder().encode('not an ipa'))).toMatchObject({
      value: null,
      diagnostics: [{ id: 'plist.none' }],
    });
    expect(readPlist(Uint8Array.of(1, 2, 3)).value).toBeNull();
  });

  it('keeps what can be read of a damaged XML list', () => {
    const cut = readPlist(new TextEncoder().encode('<plist><dict><key>a</key><string>b</string><key>c</key><arr'));
    expect(textAt(cut.value, 'a')).toBe('b');
    expect(cut.diagnostics.some(({ level }) => level === 'error')).toBe(true);
  });

  it('gives back what the builder wrote, whatever it was (property)', () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.uint8Array({ maxLength: 20 }));
    const tree = fc.letrec<{ node: PlistSpec }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('node'), { maxLength: 5 }),
        fc.dictionary(fc.string({ maxLength: 8 }), tie('node'), { maxKeys: 5 }),
      ),
    })).node;
    fc.assert(
      fc.property(tree, (spec) => {
        const binary = readPlist(buildBinaryPlist(spec)).value;
        expect(binary).not.toBeNull();
        // Control characters have no place in XML; both readers keep them all the same.
        expect(samePlist(readPlist(buildXmlPlist(spec)).value, binary)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('reads base64 as CoreFoundation does', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
      }),
      { numRuns: 50 },
    );
    expect(decodeBase64(' A\nQ I= D')).toEqual(Uint8Array.of(1, 2));
  });

  it('takes linear time for tags that never end and for what is not closed', () => {
    // Each of these took minutes where every tag searches the rest of the text again.
    for (const piece of ['<a', '<!a>', '<a b="', '<![CDATA[', '<?', '<dict><key>']) {
      const { diagnostics } = readPlist(new TextEncoder().encode(`<plist>${piece.repeat(60_000)}`));
      expect(diagnostics.length, piece).toBeGreaterThan(0);
    }
  });

  it('survives generated and damaged lists (fuzz)', () => {
    const host = createNodeHost();
    const seeds = plistTarget.seeds();
    for (let seed = 0; seed < 400; seed++) {
      plistTarget.read(plistTarget.generate(seededRandom(seed)), host);
      plistTarget.read(mutate(seeds[seed % seeds.length] ?? new Uint8Array(0), seed), host);
    }
  });
});
