import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildElf, type ElfSpec } from './elf-builder.ts';
import { elfPlaceDiagnostics } from './elf-place.ts';
import { ELF_TRICKS } from './elf-tricks.ts';
import { PF_R, PF_W, PF_X, PT_DYNAMIC, PT_LOAD } from './program-headers.ts';
import { type ElfFile, readElf } from './read-elf.ts';

const LIBRARY: ElfSpec = {
  soname: 'libtrick.so',
  needed: ['libc.so'],
  imports: ['memcpy'],
  exports: ['JNI_OnLoad', 'run'],
};

function open(bytes: Uint8Array): { elf: ElfFile; ids: string[] } {
  const { value, diagnostics } = readElf(bytes);
  if (value === null) throw new Error('no ELF file was read');
  return { elf: value, ids: diagnostics.map(({ id }) => id) };
}

/** What the platform would link, whatever was done to the file. */
function expectStillRead(elf: ElfFile): void {
  expect([elf.soname, elf.needed, elf.exports.map(({ name }) => name)]).toEqual([
    'libtrick.so',
    ['libc.so'],
    ['JNI_OnLoad', 'run'],
  ]);
}

/** Pseudo-random bytes: as dense as encrypted code. */
function noise(size: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length: size }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

/** The 32 bytes UPX leaves at the end: version 13, format 42, method 8, level 9, then checksums, sizes and a checksum of it all. */
function upxTrailer(magic: string): Uint8Array {
  const trailer = new Uint8Array(32);
  trailer.set(new TextEncoder().encode(magic));
  trailer.set([13, 42, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0x20, 0, 0, 0, 0x10, 0, 0, 0, 0x30, 0, 0], 4);
  trailer[31] = trailer.subarray(4, 31).reduce((sum, byte) => sum + byte, 0) % 251;
  return trailer;
}

describe('ELF tricks', () => {
  it('trick 76: without section headers everything linked is still there', () => {
    const { elf, ids } = open(buildElf({ ...LIBRARY, sections: false }));
    expect(ids).toContain('elf.sections.none');
    expectStillRead(elf);
    expect([elf.sections, elf.stripped]).toEqual([[], true]);
  });

  it('trick 76: section headers that lead outside of the file are not believed', () => {
    const { elf, ids } = open(buildElf({ ...LIBRARY, sections: 'bogus' }));
    expect(ids).toContain('elf.sections.bogus');
    expectStillRead(elf);
  });

  it('trick 76: a dynamic section elsewhere in the file is a decoy; the mapped one counts', () => {
    const honest = buildElf(LIBRARY);
    const at = open(honest).elf.segments.find(({ type }) => type === PT_DYNAMIC);
    const decoy = { type: PT_DYNAMIC, flags: PF_R, offset: 0, address: 0, fileSize: 0, memorySize: 0, ...at };
    const shifted = buildElf({ ...LIBRARY, segments: [{ ...decoy, offset: 64 }] });
    // One more program header moves everything by its size: 56 bytes.
    const moved = buildElf({ ...LIBRARY, segments: [{ ...decoy, offset: 64, address: decoy.address + 56 }] });
    expect(open(shifted).ids).toContain('elf.dynamic.mismatch');
    const { elf, ids } = open(moved);
    expect(ids).toContain('elf.dynamic.mismatch');
    expectStillRead(elf);
  });

  it('trick 76: a dynamic section without its end mark ends with its segment', () => {
    const first = open(buildElf({ ...LIBRARY, segments: [NOTHING] })).elf.segments.find(
      ({ type }) => type === PT_DYNAMIC,
    );
    if (first === undefined) throw new Error('the builder writes a dynamic section');
    const cut = {
      type: PT_DYNAMIC,
      flags: 6,
      offset: first.offset,
      address: first.address,
      fileSize: 5 * 16,
      memorySize: 5 * 16,
    };
    const { elf, ids } = open(buildElf({ ...LIBRARY, segments: [cut] }));
    expect(ids).toContain('elf.dynamic.unterminated');
    expect([elf.soname, elf.needed]).toEqual(['libtrick.so', ['libc.so']]);
  });

  it('trick 76: symbols are counted without DT_HASH, and without any hash table', () => {
    const gnu = open(buildElf({ ...LIBRARY, hash: 'gnu' }));
    expect(gnu.ids).toEqual(
      ['elf.jni.registered', 'elf.hash.gnu-only'].toSorted((a, b) => gnu.ids.indexOf(a) - gnu.ids.indexOf(b)),
    );
    expectStillRead(gnu.elf);
    const none = open(buildElf({ ...LIBRARY, hash: 'none' }));
    expect(none.ids).toContain('elf.hash.none');
    expectStillRead(none.elf);
  });

  it('trick 76: packed relocations are unpacked', () => {
    for (const relocations of ['relr', 'packed'] as const) {
      const { elf, ids } = open(buildElf({ ...LIBRARY, relocations, initArray: [1, 0] }));
      expect(ids).toContain('elf.relocations.packed');
      expect(elf.initialisers.addresses).toEqual([elf.exports[1]?.address, elf.exports[0]?.address]);
    }
  });

  it('trick 76: of overlapping segments the later one is mapped', () => {
    const decoy = { type: PT_LOAD, flags: PF_R, offset: 0, address: 0, fileSize: 4_096, memorySize: 65_536 };
    const { elf, ids } = open(buildElf({ ...LIBRARY, segments: [{ ...decoy, offset: 64 }] }));
    expect(ids).toEqual(expect.arrayContaining(['elf.load.overlap', 'elf.load.misaligned']));
    expectStillRead(elf);
  });

  it('trick 76: a segment both writable and executable is reported', () => {
    const rwx = { type: PT_LOAD, flags: PF_R | PF_W | PF_X, offset: 0, address: 1 << 20, fileSize: 64, memorySize: 64 };
    const { elf, ids } = open(buildElf({ ...LIBRARY, segments: [rwx] }));
    expect(ids).toContain('elf.load.writable-code');
    expectStillRead(elf);
  });

  it('trick 76: UPX is known by its header, its mark overwritten or not', () => {
    for (const [magic, id, altered] of [
      ['UPX!', 'elf.upx', false],
      ['ABC!', 'elf.upx.magic', true],
    ] as const) {
      const { elf, ids } = open(
        buildElf({ ...LIBRARY, trailing: Uint8Array.from([...upxTrailer(magic), 0, 0, 0, 0]) }),
      );
      expect(ids).toContain(id);
      expect(elf.upx).toMatchObject({ version: 13, magicAltered: altered });
      expectStillRead(elf);
    }
    expect(open(buildElf({ ...LIBRARY, trailing: noise(32) })).elf.upx).toBeNull();
  });

  it('trick 76: encrypted code is no code', () => {
    const { elf, ids } = open(buildElf({ ...LIBRARY, code: noise(40_000) }));
    expect(ids).toContain('elf.code.packed');
    expect(Math.max(...elf.segments.map((segment) => segment.entropy()))).toBeGreaterThan(7.6);
    expectStillRead(elf);
  });

  it('trick 76: JNI_OnLoad without a Java_ function means methods registered by hand', () => {
    expect(open(buildElf(LIBRARY)).ids).toEqual(['elf.jni.registered']);
    expect(open(buildElf({ exports: ['JNI_OnLoad', 'Java_a_B_c'] })).ids).toEqual([]);
  });

  it('trick 76: a library in a folder that is not its own, or outside of all', () => {
    const { elf } = open(buildElf({ ...LIBRARY, machine: 62 }));
    const ids = (path: string): string[] => elfPlaceDiagnostics(path, elf).map(({ id }) => id);
    expect(ids('lib/x86_64/libtrick.so')).toEqual([]);
    expect(ids('base/lib/x86_64/libtrick.so')).toEqual([]);
    expect(ids('lib/arm64-v8a/libtrick.so')).toEqual(['elf.place.abi']);
    for (const path of ['assets/data.bin', 'lib/libtrick.so', 'lib/unknown/libtrick.so', 'res/lib/x86_64/a/b.so']) {
      expect(ids(path), path).toEqual(['elf.place.hidden']);
    }
  });

  it('has a test for each id of the table', () => {
    const text = readFileSync(new URL(import.meta.url), 'utf8');
    expect(ELF_TRICKS.filter(({ id }) => !text.includes(`'${id}'`))).toEqual([]);
  });
});

const NOTHING = { type: 0, flags: 0, offset: 0, address: 0, fileSize: 0, memorySize: 0 };
