import type { FuzzTarget } from '../builders/fuzz-target.ts';
import { LC } from './load-commands.ts';
import {
  bindOpcodes,
  buildFatMachO,
  buildMachO,
  chainedFixups,
  command,
  exportTrie,
  type MachOSpec,
} from './mach-o-builder.ts';
import { objcSections } from './objc-builder.ts';
import { readMachO } from './read-mach-o.ts';

const RICH: MachOSpec = {
  ...objcSections({ className: 'Cart', superclass: null, methods: ['add:', 'total'] }),
  libraries: [{ path: '/usr/lib/libSystem.B.dylib' }, { path: '@rpath/Extra.framework/Extra' }],
  runPaths: ['@executable_path/Frameworks'],
  symbols: [
    { name: '_main', kind: 'export' },
    { name: '___stack_chk_fail', kind: 'import', library: 1 },
  ],
  dyldInfo: {
    bind: bindOpcodes([{ name: '_OBJC_CLASS_$_NSObject', library: 1, segment: 1, offset: 8 }]),
    exports: exportTrie([['_main', 0x1000]]),
  },
  functionStarts: Uint8Array.of(0x80, 0x20, 0x10, 0),
  encryption: { id: 0 },
};

/** Mach-O files as fuzzers drive them. */
export const machOTarget: FuzzTarget = {
  reader: 'mach-o',
  seeds: () => [
    buildMachO(RICH),
    buildMachO({ bits: 32, symbols: RICH.symbols ?? [] }),
    buildMachO({ chainedFixups: chainedFixups([{ name: '_puts', library: 1 }]), text: RICH.text ?? [] }),
    buildFatMachO([{ bytes: buildMachO({}) }, { bytes: buildMachO({ bits: 32 }) }]),
  ],
  generate(random) {
    const below = (limit: number): number => Math.floor(random() * limit);
    const wild = (): number => [0, 1, 7, 8, 0x7fff_ffff, 0xffff_ffff, below(8_192)][below(7)] ?? 0;
    const numbers = Object.values(LC);
    const random32 = (): Uint8Array => new Uint8Array(Uint32Array.from({ length: 2 + below(12) }, wild).buffer);
    const thin = buildMachO({
      ...RICH,
      flags: wild(),
      encryption: { id: below(3), offset: wild(), size: wild() },
      commands: Array.from({ length: below(8) }, () => command(numbers[below(numbers.length)] ?? 1, random32())),
      dyldInfo: { bind: random32(), exports: random32() },
      ...(random() < 0.4 ? { chainedFixups: random32() } : {}),
      lies: random() < 0.5 ? {} : { commandCount: wild(), commandsSize: wild() },
    });
    if (random() < 0.6) return thin;
    return buildFatMachO([{ bytes: thin }, { bytes: thin, offset: wild(), size: wild() }], { count: wild() });
  },
  read(bytes) {
    for (const slice of readMachO(bytes).value?.slices ?? []) {
      slice.strings();
      slice.objc();
      slice.swift();
      slice.functionStarts();
    }
  },
};
