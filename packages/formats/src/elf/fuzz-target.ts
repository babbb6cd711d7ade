import type { FuzzTarget } from '../builders/fuzz-target.ts';
import { DT } from './dynamic-section.ts';
import { buildElf, type ElfSpec } from './elf-builder.ts';
import { elfPlaceDiagnostics } from './elf-place.ts';
import { readElf } from './read-elf.ts';

const RICH: ElfSpec = {
  soname: 'libseed.so',
  needed: ['libc.so', 'liblog.so'],
  imports: ['memcpy', '__strcpy_chk', '__stack_chk_fail'],
  exports: ['JNI_OnLoad', 'Java_com_example_Seed_run', 'decrypt'],
  initArray: [2],
  natives: [['run', '(Ljava/lang/String;)V', 1]],
  texts: ['https://example.com/seed'],
  buildId: Uint8Array.from([1, 2, 3, 4]),
  android: { apiLevel: 24, ndk: 'r26' },
  relro: true,
};

/** The ELF reader as fuzzers drive it. */
export const elfTarget: FuzzTarget = {
  reader: 'elf',
  seeds: () => [
    buildElf(RICH),
    buildElf({ ...RICH, bits: 32, machine: 40, relocations: 'packed', hash: 'gnu' }),
    buildElf({ ...RICH, bits: 32, bigEndian: true, machine: 20 }),
    buildElf({ ...RICH, relocations: 'relr', sections: false }),
    buildElf({ ...RICH, relocations: 'packed', interpreter: '/system/bin/linker64' }),
  ],
  generate(random) {
    const below = (limit: number): number => Math.floor(random() * limit);
    const wild = (): number => [0, 1, 63, 64, 0x7fff_ffff, 0xffff_fff8, 2 ** 40, below(4_096)][below(8)] ?? 0;
    const tags = Object.values(DT);
    const pick = <T>(from: readonly T[]): T | undefined => from[below(from.length)];
    return buildElf({
      ...RICH,
      bits: random() < 0.5 ? 32 : 64,
      bigEndian: random() < 0.2,
      machine: pick([3, 8, 40, 62, 183, 243, 999]) ?? 183,
      type: below(6),
      hash: pick(['both', 'gnu', 'sysv', 'none'] as const) ?? 'none',
      relocations: pick(['plain', 'relr', 'packed'] as const) ?? 'plain',
      sections: pick([true, false, 'bogus'] as const) ?? false,
      dynamic: Array.from({ length: below(6) }, () => [pick(tags) ?? 0, wild()] as const),
      segments: Array.from({ length: below(4) }, () => ({
        type: pick([1, 2, 3, 4, 0x6474_e552]) ?? 1,
        flags: below(8),
        offset: wild(),
        address: wild(),
        fileSize: wild(),
        memorySize: wild(),
      })),
      exports: Array.from(
        { length: below(8) },
        (_, index) => `Java_a_${'_1'.repeat(below(4))}B_c${index}__${'_3'.repeat(below(3))}I`,
      ),
    });
  },
  read(bytes) {
    const { value } = readElf(bytes);
    if (value === null) return;
    value.strings();
    value.jni.registered();
    for (const segment of value.segments) segment.entropy();
    elfPlaceDiagnostics('lib/x86/a.so', value);
  },
};
