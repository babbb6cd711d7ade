import { readFileSync } from 'node:fs';
import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { buildZipBomb } from '../builders/zip-bomb.ts';
import { readZip, type ZipArchive } from './read-zip.ts';
import { buildZip, type ZipEntrySpec, type ZipOptions } from './zip-builder.ts';
import { ZIP_TRICKS } from './zip-tricks.ts';

const host = createNodeHost();
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const TEXT = 'hello '.repeat(50);
const hello: ZipEntrySpec = { name: 'a.txt', data: bytes(TEXT), method: 'deflated' };

/** Ids of the listing and, behind them, of reading every entry. */
function open(entries: readonly ZipEntrySpec[], options?: ZipOptions): { zip: ZipArchive; ids: string[] } {
  const { value, diagnostics } = readZip(buildZip(entries, options), host);
  if (value === null) throw new Error('no archive was found');
  const read = value.entries.flatMap((entry) => entry.read().diagnostics);
  return { zip: value, ids: [...diagnostics, ...read].map(({ id }) => id) };
}

function content(zip: ZipArchive, name = 'a.txt'): string {
  return new TextDecoder().decode(zip.find(name)?.read().value);
}

const HELLO_SIZE = readZip(buildZip([hello]), host).value?.find('a.txt')?.compressedSize ?? 0;

describe('ZIP tricks', () => {
  it('trick 1: the mark of encryption, in either header or both', () => {
    const marked = { flags: 1 };
    for (const lie of [{ central: marked }, { local: marked }, { central: marked, local: marked }]) {
      const { zip, ids } = open([{ ...hello, ...lie }]);
      expect(ids).toContain('zip.entry.encrypted-flag');
      expect(content(zip)).toBe(TEXT);
    }
  });

  it('trick 2: an unknown method is stored', () => {
    const odd = { method: 0x2ce4 };
    const { zip, ids } = open([{ name: 'AndroidManifest.xml', data: bytes('manifest'), central: odd, local: odd }]);
    expect(ids).toEqual(['zip.entry.unknown-method']);
    expect(content(zip, 'AndroidManifest.xml')).toBe('manifest');
  });

  it('trick 3: DEFLATE behind an unknown method', () => {
    const { zip, ids } = open([{ ...hello, central: { method: 1000 }, local: { method: 1000 } }]);
    expect(ids).toContain('zip.entry.hidden-deflate');
    expect(content(zip)).toBe(TEXT);
  });

  it('trick 4: the directory’s method counts, and the local header’s is there to look at', () => {
    const { zip, ids } = open([{ ...hello, local: { method: 0 } }]);
    expect(ids).toEqual(['zip.local-header.method', 'zip.local-header.mismatch']);
    expect(content(zip)).toBe(TEXT);
    const alternative = zip.find('a.txt')?.alternative;
    expect([alternative?.method, alternative?.read().value.length]).toEqual([0, TEXT.length]);
    expect(new TextDecoder().decode(alternative?.read().value)).not.toBe(TEXT);
  });

  it('trick 4: a manifest for each kind of reader', () => {
    const { zip } = open([
      {
        name: 'm',
        data: bytes('for Android|for tools'),
        central: { size: 11, compressedSize: 11 },
        local: { method: 0 },
      },
    ]);
    expect(content(zip, 'm')).toBe('for Android');
    expect(new TextDecoder().decode(zip.find('m')?.alternative?.read().value)).toBe('for Android|for tools');
  });

  it('trick 5: sizes that differ between the headers, or from the data', () => {
    const { zip, ids } = open([{ ...hello, local: { compressedSize: 3 } }]);
    expect(ids).toEqual(['zip.local-header.size', 'zip.local-header.mismatch']);
    expect([content(zip), zip.find('a.txt')?.alternative?.compressedSize]).toEqual([TEXT, 3]);
    const stored = open([
      { name: 'a', data: bytes('0123456789'), central: { compressedSize: 4 }, local: { compressedSize: 4 } },
    ]);
    expect(stored.ids).toContain('zip.size.mismatch');
    expect(content(stored.zip, 'a')).toBe('0123456789');
  });

  it('trick 6: sizes of zero, with a data descriptor that tells the truth or lies', () => {
    const streamed = { flags: 8, size: 0, compressedSize: 0, crc32: 0 };
    const honest = open([{ ...hello, local: streamed, central: { flags: 8 }, descriptor: {} }, hello]);
    expect(honest.ids).toEqual(['zip.name.duplicate']);
    for (const descriptor of [{ size: 1 }, { compressedSize: 1 }, { crc32: 1 }]) {
      const { zip, ids } = open([{ ...hello, local: streamed, descriptor }]);
      expect(ids).toContain('zip.data-descriptor.mismatch');
      expect(content(zip)).toBe(TEXT);
    }
    const promised = open([{ ...hello, local: { flags: 8 } }]);
    expect(promised.ids).toEqual(['zip.data-descriptor.missing']);
    expect(content(promised.zip)).toBe(TEXT);
    for (const size of [0, 0x7fff_ffff]) {
      const { zip, ids } = open([{ ...hello, local: { size }, central: { size } }]);
      expect(ids).toContain('zip.size.mismatch');
      expect(content(zip)).toBe(TEXT);
    }
  });

  it('trick 7: a wrong checksum is not looked at', () => {
    for (const method of ['stored', 'deflated'] as const) {
      const { zip, ids } = open([{ ...hello, method, local: { crc32: 1 }, central: { crc32: 1 } }]);
      expect(ids).toEqual(['zip.entry.checksum']);
      expect(content(zip)).toBe(TEXT);
    }
    expect(open([{ ...hello, local: { crc32: 1 } }]).ids).toEqual([
      'zip.local-header.checksum',
      'zip.local-header.mismatch',
    ]);
  });

  it('trick 8: of two entries of one name both can be read, the first is found', () => {
    const { zip, ids } = open([
      { name: 'classes.dex', data: bytes('first') },
      { name: 'classes.dex', data: bytes('second') },
    ]);
    expect(ids).toEqual(['zip.name.duplicate']);
    expect(zip.entries.map((entry) => new TextDecoder().decode(entry.read().value))).toEqual(['first', 'second']);
    expect(content(zip, 'classes.dex')).toBe('first');
  });

  it('trick 9: names that readers take for others', () => {
    const ids = (...names: (string | Uint8Array)[]): string[] =>
      open(names.map((name, index) => ({ name: `${index}`, data: bytes(''), local: { name }, central: { name } }))).ids;
    for (const name of ['a\rb', 'a\nb', 'a\\b']) expect(ids(name)).toEqual(['zip.name.control']);
    expect(ids('a\0b')).toEqual(['zip.name.control', 'zip.name.nul']);
    expect(ids(Uint8Array.from([0x61, 0x81, 0x62]))).toEqual(['zip.name.encoding']);
    expect(ids('classes.dex', 'Classes.dex')).toEqual(['zip.name.case']);
    expect(ids('res/a.xml', 'res/A.xml')).toEqual([]);
    expect(ids('caf\u00e9', 'cafe\u0301')).toEqual(['zip.name.lookalike']);
    expect(ids('classes.dex', 'classes\u200b.dex')).toEqual(['zip.name.lookalike']);
    const second = Uint8Array.from([0x75, 0x70, 10, 0, 1, 0, 0, 0, 0, ...bytes('other')]);
    const { zip, ids: found } = open([{ ...hello, extra: second }]);
    expect([found, content(zip)]).toEqual([['zip.name.second'], TEXT]);
  });

  it('trick 10: an entry without a name', () => {
    const { zip, ids } = open([{ ...hello, name: '' }, hello]);
    expect(ids).toContain('zip.name.empty');
    expect(content(zip)).toBe(TEXT);
  });

  it('trick 11: another name in the local header, or no local header', () => {
    for (const name of ['b.txt', 'a.txt2']) {
      const { zip, ids } = open([{ ...hello, local: { name } }]);
      expect(ids).toEqual(['zip.local-header.name', 'zip.local-header.mismatch']);
      expect([content(zip), zip.find('a.txt')?.alternative?.name]).toEqual([TEXT, name]);
    }
    const lost = open([
      { ...hello, central: { localOffset: 5 } },
      { ...hello, name: 'b' },
    ]);
    expect(lost.ids).toContain('zip.local-header.missing');
    expect(content(lost.zip, 'b')).toBe(TEXT);
  });

  it('trick 12: a file that is also a folder', () => {
    const { zip, ids } = open([
      { ...hello, name: 'classes.dex' },
      { ...hello, name: 'classes.dex/x' },
    ]);
    expect(ids).toEqual(['zip.name.file-as-folder']);
    expect(content(zip, 'classes.dex')).toBe(TEXT);
  });

  it('trick 13: junk in extra fields, but not the padding of aligning tools', () => {
    const junk = open([{ ...hello, extra: bytes('JADXBLOCK'.repeat(6_000)) }]);
    expect(junk.ids).toEqual(['zip.extra.large', 'zip.extra.malformed']);
    expect(content(junk.zip)).toBe(TEXT);
    expect(open([{ ...hello, extra: Uint8Array.from([1, 2, 9, 0, 0]) }]).ids).toEqual(['zip.extra.malformed']);
    for (const padding of [3, 4_095]) expect(open([{ ...hello, extra: new Uint8Array(padding) }]).ids).toEqual([]);
  });

  it('trick 14: end records in the comment', () => {
    const planted = buildZip([{ name: 'decoy', data: bytes('x') }]).slice(-22);
    const { zip, ids } = open([hello], { comment: planted });
    expect(ids).toContain('zip.end-record.several');
    expect(content(zip)).toBe(TEXT);
  });

  it('trick 15: a comment that does not lead to the end of the file, and the longest one', () => {
    for (const options of [{ end: { commentLength: 77 } }, { trailing: bytes('more') }]) {
      const { zip, ids } = open([hello], options);
      expect(ids).toEqual(['zip.end-record.comment-length']);
      expect(content(zip)).toBe(TEXT);
    }
    expect(open([hello], { comment: new Uint8Array(0xffff) }).ids).toEqual([]);
  });

  it('trick 16: counts, sizes and places in the end record', () => {
    const cases: [ZipOptions, string][] = [
      [{ end: { entryCount: 9_999 } }, 'zip.end-record.entry-count'],
      [{ end: { entryCount: 0 } }, 'zip.end-record.entry-count'],
      [{ end: { directoryOffset: 1_000_000 } }, 'zip.directory.moved'],
      [{ end: { directorySize: 0xffff_fff0 } }, 'zip.directory.size'],
      [{ end: { disk: 3 } }, 'zip.end-record.multi-disk'],
    ];
    for (const [options, id] of cases) {
      const { zip, ids } = open([hello], options);
      expect(ids, id).toContain(id);
      expect(content(zip)).toBe(TEXT);
    }
  });

  it('trick 17: bytes that belong to nothing', () => {
    const b = { ...hello, name: 'b' };
    const cases: [readonly ZipEntrySpec[], ZipOptions, string[]][] = [
      [[hello], { afterDirectory: bytes('garbage') }, ['zip.directory.gap']],
      [[hello], { prefix: bytes('#!/bin/sh\n') }, ['zip.prefix.data']],
      [[hello, { ...b, before: bytes('between') }], {}, ['zip.entry.gap']],
      [[hello, { ...b, before: new Uint8Array(4_000) }], {}, []],
      [[hello], { beforeDirectory: bytes('payload') }, ['zip.entry.gap']],
      [[hello, { ...b, unlisted: true }], {}, ['zip.entry.unlisted']],
      [[hello, { ...b, name: '', unlisted: true }, { ...hello, name: 'c' }], {}, []],
    ];
    for (const [entries, options, expected] of cases) {
      const { zip, ids } = open(entries, options);
      expect(ids).toEqual(expected);
      expect(content(zip)).toBe(TEXT);
    }
  });

  it('trick 18: Janus, by the bytes', () => {
    const { zip, ids } = open([hello], { prefix: bytes('dex\n035\0 and so on') });
    expect(ids).toEqual(['zip.prefix.dex']);
    expect(content(zip)).toBe(TEXT);
  });

  it('trick 19: ZIP64, real and feigned', () => {
    const real = open([hello], { zip64: true });
    expect([real.ids, content(real.zip)]).toEqual([['zip.zip64'], TEXT]);
    for (const zip64Locator of [7, 0xffff_ffff]) {
      const { zip, ids } = open([hello], { zip64Locator });
      expect(ids).toContain('zip.zip64.false-locator');
      expect(content(zip)).toBe(TEXT);
    }
  });

  it('trick 20: entries that share data, but not by the few bytes of a descriptor', () => {
    const { zip, ids } = open([hello, { ...hello, name: 'b', local: { name: 'a.txt' }, central: { localOffset: 0 } }]);
    expect(ids).toContain('zip.entry.overlap');
    expect([content(zip), content(zip, 'b')]).toEqual([TEXT, TEXT]);
    const near = { ...hello, local: { compressedSize: HELLO_SIZE + 2 }, central: { compressedSize: HELLO_SIZE + 2 } };
    expect(open([near, { ...hello, name: 'b' }]).ids).not.toContain('zip.entry.overlap');
  });

  it('trick 21: bombs', () => {
    const { value } = readZip(buildZipBomb({ sizeBytes: 40_000_000, entries: ['a'] }), host);
    const read = value?.find('a')?.read();
    expect(read?.diagnostics.map(({ id }) => id)).toEqual(['zip.bomb']);
    expect(read?.value.length).toBeLessThan(30_000_000);
  });

  it('trick 22: names that lead out, and links', () => {
    for (const name of ['../x', '/etc/x', 'C:\\x', 'a/../../x', '..\\x']) {
      const { zip, ids } = open([{ ...hello, name }]);
      expect(ids, name).toContain('zip.name.traversal');
      expect(content(zip, name)).toBe(TEXT);
    }
    expect(open([{ ...hello, externalAttributes: (0o120777 << 16) >>> 0 }]).ids).toEqual(['zip.entry.symlink']);
  });

  it('trick 23: methods that other tools know are named', () => {
    for (const [method, name] of [
      [12, 'bzip2'],
      [14, 'LZMA'],
      [93, 'Zstandard'],
      [95, 'XZ'],
    ] as const) {
      const packed = { name: 'a', data: bytes('as it is'), local: { method }, central: { method } };
      const { value, diagnostics } = readZip(buildZip([packed]), host);
      const found = diagnostics.find(({ id }) => id === 'zip.entry.foreign-method');
      expect(found?.message).toContain(name);
      expect(value === null ? '' : content(value, 'a')).toBe('as it is');
    }
  });

  it('trick 24: what is mapped must be stored and aligned', () => {
    const table = { name: 'resources.arsc', data: bytes(TEXT) };
    const library = { name: 'lib/x86/a.so', data: bytes(TEXT) };
    const aligned = (entry: ZipEntrySpec, alignment: number, offset = 0): ZipEntrySpec => ({
      ...entry,
      extra: new Uint8Array(alignment - ((30 + entry.name.length) % alignment) + offset),
    });
    expect(open([{ ...table, method: 'deflated' }]).ids).toEqual(['zip.alignment.resources']);
    expect(open([aligned(table, 4, 1)]).ids).toEqual(['zip.alignment.resources']);
    expect(open([aligned(table, 4)]).ids).toEqual([]);
    expect(open([library]).ids).toEqual(['zip.alignment.native']);
    expect(open([aligned(library, 4_096)]).ids).toEqual([]);
    expect(open([{ ...library, method: 'deflated' }]).ids).toEqual([]);
  });

  it('trick 28: entries that were put in later', () => {
    const built = Array.from({ length: 20 }, (_, index) => ({ ...hello, name: `res/${index}` }));
    const later = {
      ...hello,
      name: 'classes2.dex',
      local: { modified: 0x5a21_6000 },
      central: { modified: 0x5a21_6000 },
    };
    expect(open([...built, later]).ids).toEqual(['zip.time.odd']);
    expect(open([...built, { ...later, name: 'META-INF/CERT.RSA' }]).ids).toEqual([]);
    expect(open([...built, { ...hello, central: { madeBy: 0x0314 } }]).ids).toEqual(['zip.made-by.odd']);
    expect(open([...built.slice(0, 4), later]).ids).toEqual([]);
  });

  it('has a test for each id of the table', () => {
    const text = readFileSync(new URL(import.meta.url), 'utf8');
    expect(
      ZIP_TRICKS.filter(({ id, number }) => !text.includes(`'${id}'`) || !text.includes(`trick ${number}:`)),
    ).toEqual([]);
  });
});
