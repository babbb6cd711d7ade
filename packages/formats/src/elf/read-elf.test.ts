import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { mutate, seededRandom } from '../builders/mutate.ts';
import { buildElf, type ElfSpec } from './elf-builder.ts';
import { elfTarget } from './fuzz-target.ts';
import { type ElfFile, readElf } from './read-elf.ts';

function open(spec: ElfSpec): { elf: ElfFile; ids: string[] } {
  const { value, diagnostics } = readElf(buildElf(spec));
  if (value === null) throw new Error('no ELF file was read');
  return { elf: value, ids: diagnostics.map(({ id }) => id) };
}

const SHAPES: readonly ElfSpec[] = [
  { bits: 64, machine: 183 },
  { bits: 32, machine: 40 },
  { bits: 32, machine: 3 },
  { bits: 64, machine: 62 },
  { bits: 64, machine: 243 },
  { bits: 64, machine: 21, bigEndian: true },
  { bits: 32, machine: 20, bigEndian: true },
];

const LIBRARY: ElfSpec = {
  soname: 'libdemo.so',
  runpath: '$ORIGIN',
  needed: ['libc.so', 'liblog.so'],
  imports: ['memcpy', '__strlen_chk', '__stack_chk_fail'],
  exports: ['JNI_OnLoad', 'Java_com_example_Native_run', 'start'],
};

describe('readElf', () => {
  it('reads names, libraries and symbols of all classes and byte orders', () => {
    for (const shape of SHAPES) {
      const { elf } = open({ ...LIBRARY, ...shape });
      expect(elf).toMatchObject({ bits: shape.bits, bigEndian: shape.bigEndian ?? false, type: 'shared' });
      expect([elf.soname, elf.runpath, elf.rpath]).toEqual(['libdemo.so', '$ORIGIN', null]);
      expect(elf.needed).toEqual(['libc.so', 'liblog.so']);
      expect(elf.imports.map(({ name }) => name)).toEqual(LIBRARY.imports);
      expect(elf.exports.map(({ name }) => name)).toEqual(LIBRARY.exports);
    }
  });

  it('has nothing to say about a plain library', () => {
    expect(open(LIBRARY).ids).toEqual([]);
  });

  it('names the ABI that loads the file', () => {
    expect(SHAPES.map((shape) => open(shape).elf.abi)).toEqual([
      'arm64-v8a',
      'armeabi-v7a',
      'x86',
      'x86_64',
      'riscv64',
      null,
      null,
    ]);
  });

  it('counts symbols whichever hash table there is', () => {
    for (const hash of ['both', 'gnu', 'sysv', 'none'] as const) {
      expect(open({ ...LIBRARY, hash }).elf.exports.length, hash).toBe(3);
    }
  });

  it('knows what the build did against exploitation', () => {
    const { hardening } = open({ ...LIBRARY, relro: true, bindNow: true }).elf;
    expect(hardening).toMatchObject({ position: 'shared', relro: 'full', executableStack: 'no', stackCanary: true });
    expect(hardening.fortify).toEqual({ fortified: ['__strlen_chk'], fortifiable: ['memcpy'] });
    expect(open({ relro: true }).elf.hardening).toMatchObject({ relro: 'partial', stackCanary: false });
    expect(open({ stackFlags: 7 }).elf.hardening).toMatchObject({ relro: 'none', executableStack: 'yes' });
    expect(open({ stackFlags: null }).elf.hardening.executableStack).toBe('unspecified');
    expect(open({ interpreter: '/system/bin/linker64' }).elf.hardening.position).toBe('pie');
    expect(open({ type: 2 }).elf.hardening.position).toBe('none');
    expect(open({ dynamic: [[22, 0]] }).elf.hardening.textRelocations).toBe(true);
  });

  it('finds the shadow call stack in the code', () => {
    const code = Uint8Array.from([0, 0, 0, 0, 0x5e, 0x86, 0x00, 0xf8]);
    const answers = [open({ code }), open({}), open({ code, machine: 62 })].map(({ elf }) => elf.shadowCallStack());
    expect(answers).toEqual([true, false, false]);
  });

  it('reads the notes of the build', () => {
    const { elf } = open({ buildId: Uint8Array.from([0xca, 0xfe]), android: { apiLevel: 26, ndk: 'r27c' } });
    expect([elf.buildId, elf.android]).toEqual(['cafe', { apiLevel: 26, ndkVersion: 'r27c', ndkBuild: '1' }]);
  });

  it('finds methods registered by hand, however the pointers are relocated', () => {
    const natives = [
      ['run', '(Ljava/lang/String;[I)V', 0],
      ['stop', '()Z', 2],
    ] as const;
    for (const bits of [32, 64] as const) {
      for (const relocations of ['plain', 'relr', 'packed'] as const) {
        const { elf } = open({ ...LIBRARY, bits, machine: bits === 32 ? 40 : 183, natives, relocations });
        const found = elf.jni.registered().map(({ method, descriptor }) => [method, descriptor]);
        expect(found, `${bits} ${relocations}`).toEqual(natives.map(([method, descriptor]) => [method, descriptor]));
        expect(elf.jni.registered()[1]?.address).toBe(elf.exports[2]?.address);
      }
    }
  });

  it('says which functions run when the library is loaded', () => {
    for (const relocations of ['plain', 'relr', 'packed'] as const) {
      const { elf } = open({ ...LIBRARY, initArray: [2, 0], relocations });
      expect(elf.initialisers.initArray).toBe(2);
      expect(elf.initialisers.addresses).toEqual([elf.exports[2]?.address, elf.exports[0]?.address]);
      expect(elf.relocations.map(({ count }) => count)).toEqual([2]);
    }
  });

  it('lists the texts of the constant data, and no symbol names', () => {
    const { elf } = open({ ...LIBRARY, texts: ['https://example.com/gate', 'short', 'a longer text'] });
    expect(elf.strings().map(({ text }) => text)).toEqual(['https://example.com/gate', 'a longer text']);
    expect(elf.strings({ minLength: 5, max: 2 }).map(({ text }) => text)).toEqual([
      'https://example.com/gate',
      'short',
    ]);
  });

  it('knows the smallest page its segments are aligned for', () => {
    expect([open({}).elf.loadAlignment, open({ alignment: 4_096 }).elf.loadAlignment]).toEqual([16_384, 4_096]);
  });

  it('stays fast where a thousand segments are mapped over each other', () => {
    const segments = Array.from({ length: 1_100 }, (_, index) => ({
      type: 1,
      flags: 4,
      offset: 0,
      address: 1_000_000 + index * 8,
      fileSize: 4_096,
      memorySize: 4_096,
    }));
    const natives = Array.from({ length: 3_000 }, () => ['run', '()V', 0] as const);
    const { elf, ids } = open({ ...LIBRARY, segments, natives });
    expect([elf.jni.registered().length, ids.includes('elf.load.overlap')]).toEqual([3_000, true]);
  });

  it('is null for bytes that are no ELF file', () => {
    const broken = buildElf();
    broken[4] = 3;
    for (const bytes of [new Uint8Array(0), Uint8Array.from([0x7f, 0x45, 0x4c, 0x46]), broken]) {
      const { value, diagnostics } = readElf(bytes);
      expect([value, diagnostics.map(({ id }) => id)]).toEqual([null, ['elf.none']]);
    }
  });

  it('never throws on damaged files', () => {
    const host = createNodeHost();
    const seeds = elfTarget.seeds();
    for (let seed = 0; seed < 400; seed++) {
      elfTarget.read(mutate(seeds[seed % seeds.length] ?? new Uint8Array(0), seed), host);
      elfTarget.read(elfTarget.generate(seededRandom(seed)), host);
    }
    for (const seed of seeds)
      for (let cut = 0; cut < seed.length; cut += 7) elfTarget.read(seed.subarray(0, cut), host);
  });
});
