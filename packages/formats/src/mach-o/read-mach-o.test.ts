import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { mutate, seededRandom } from '../builders/mutate.ts';
import { machOTarget } from './fuzz-target.ts';
import { LC } from './load-commands.ts';
import {
  bindOpcodes,
  buildFatMachO,
  buildMachO,
  chainedFixups,
  exportTrie,
  HEADER_ROOM,
  type MachOSpec,
  machOAddresses,
  TEXT_BASE,
} from './mach-o-builder.ts';
import type { MachOSlice } from './mach-o-file.ts';
import { isMachO } from './mach-o-header.ts';
import { objcSections } from './objc-builder.ts';
import { readMachO } from './read-mach-o.ts';
import { demangleTypeName } from './swift-names.ts';
import { UlebReader } from './uleb.ts';

function slice(spec: MachOSpec): { slice: MachOSlice; ids: string[] } {
  const { value, diagnostics } = readMachO(buildMachO(spec));
  const [first] = value?.slices ?? [];
  if (first === undefined) throw new Error('no slice was read');
  return { slice: first, ids: diagnostics.map(({ id }) => id) };
}

const LIBRARIES = [
  { path: '/usr/lib/libSystem.B.dylib' },
  { path: '@rpath/Extra.framework/Extra', command: LC.LOAD_WEAK_DYLIB },
];

describe('readMachO', () => {
  it('reads header, libraries, versions and run paths', () => {
    const { slice: read, ids } = slice({
      libraries: LIBRARIES,
      runPaths: ['@executable_path/Frameworks'],
      uuid: Uint8Array.from({ length: 16 }, (_, index) => index),
      build: [2, 0x10_0400, 0x11_0000],
      functionStarts: Uint8Array.of(0x80, 0x20, 0x10, 0),
      text: [
        { name: '__text', data: new Uint8Array(64) },
        { name: '__cstring', data: new TextEncoder().encode('one\0zwei ä\0') },
      ],
    });
    expect(ids).toEqual([]);
    expect(read).toMatchObject({
      bits: 64,
      architecture: 'arm64',
      type: 'execute',
      runPaths: ['@executable_path/Frameworks'],
      uuid: '00010203-0405-0607-0809-0a0b0c0d0e0f',
      builds: [{ platform: 'ios', minimumOs: '16.4', sdk: '17.0' }],
      codeUnreadable: false,
    });
    expect(read.libraries).toEqual([
      { kind: 'load', path: '/usr/lib/libSystem.B.dylib', currentVersion: '1.2.3', compatibilityVersion: '1.0.0' },
      { kind: 'weak', path: '@rpath/Extra.framework/Extra', currentVersion: '1.2.3', compatibilityVersion: '1.0.0' },
    ]);
    expect(read.functionStarts()).toEqual([TEXT_BASE + 0x1000, TEXT_BASE + 0x1010]);
    expect(read.strings()).toEqual({
      readable: 'yes',
      value: [
        { value: 'one', offset: HEADER_ROOM + 64, section: '__TEXT,__cstring' },
        { value: 'zwei ä', offset: HEADER_ROOM + 68, section: '__TEXT,__cstring' },
      ],
    });
  });

  it('reads imports from the symbol table, bind opcodes or chained fixups, with their libraries', () => {
    const symbols = [
      { name: '_puts', kind: 'import', library: 1 },
      { name: '_main', kind: 'export' },
      { name: '_own', kind: 'local' },
    ] as const;
    const expected = { name: '_puts', library: '/usr/lib/libSystem.B.dylib', ordinal: 1, weak: false };
    expect(slice({ libraries: LIBRARIES, symbols }).slice.imports).toEqual([{ ...expected, from: 'symbols' }]);
    const bind = bindOpcodes([{ name: '_puts', library: 1, segment: 0, offset: 8 }]);
    const exports = exportTrie([
      ['_main', 0x1000],
      ['_mine', 0x1010],
    ]);
    const bound = slice({ libraries: LIBRARIES, dyldInfo: { bind, exports } }).slice;
    expect(bound.imports).toEqual([{ ...expected, from: 'bind' }]);
    expect(bound.exports).toEqual([
      { name: '_main', address: TEXT_BASE + 0x1000, from: 'trie' },
      { name: '_mine', address: TEXT_BASE + 0x1010, from: 'trie' },
    ]);
    const chained = slice({
      libraries: LIBRARIES,
      chainedFixups: chainedFixups([{ name: '_puts', library: 1 }]),
    }).slice;
    expect(chained.imports).toEqual([{ ...expected, from: 'chained-fixups' }]);
    expect(slice({ libraries: LIBRARIES, symbols, bits: 32 }).slice).toMatchObject({
      bits: 32,
      architecture: 'arm',
      imports: [expected],
    });
  });

  it('reads Objective-C classes, with plain and with relative method lists', () => {
    for (const relative of [false, true]) {
      const { slice: read } = slice(
        objcSections({ className: '_TtC4Shop4Cart', superclass: null, methods: ['add:', 'total'], relative }),
      );
      const { readable, value } = read.objc();
      expect(readable).toBe('yes');
      expect(value.classes).toMatchObject([{ name: 'Shop.Cart', swift: true }]);
      const code = TEXT_BASE + HEADER_ROOM;
      expect(value.classes[0]?.methods).toEqual(
        ['add:', 'total'].map((selector) => ({ selector, types: 'v16@0:8', kind: 'instance', implementation: code })),
      );
      expect(value.selectors).toEqual(['add:', 'total']);
    }
  });

  it('names the superclass by what is bound to it', () => {
    const bind = bindOpcodes([{ name: '_OBJC_CLASS_$_UIViewController', library: 1, segment: 1, offset: 8 }]);
    const sections = objcSections({ className: 'Cart', superclass: null, methods: [] });
    const { slice: read } = slice({ ...sections, libraries: LIBRARIES, dyldInfo: { bind } });
    expect(read.objc().value.classes).toMatchObject([{ name: 'Cart', superclass: 'UIViewController' }]);
  });

  it('follows chained pointers to class lists', () => {
    const sections = objcSections({ className: 'Cart', superclass: null, methods: ['go'] });
    // Format 2 keeps addresses of up to 36 bits as they are, so the same pointers are both.
    const { slice: read } = slice({ ...sections, chainedFixups: chainedFixups([], 2) });
    expect(read.objc().value.classes).toMatchObject([{ name: 'Cart', methods: [{ selector: 'go' }] }]);
  });

  it('reads Swift type names through their contexts, with their fields', () => {
    const names = new TextEncoder().encode('Shop\0Cart\0total\0');
    const build = (words: readonly number[]): MachOSpec => ({
      text: [
        { name: '__swift5_types', data: new Uint8Array(Int32Array.from(words.slice(0, 2)).buffer) },
        { name: '__const', data: new Uint8Array(Int32Array.from(words.slice(2)).buffer) },
        { name: '__swift5_reflstr', data: names },
      ],
    });
    const blank = build(Array.from({ length: 30 }, () => 0));
    const [types = 0, data = 0, texts = 0] = machOAddresses(blank).text;
    const [module, type, fields] = [data, data + 12, data + 12 + 20];
    const words = [
      type - types,
      0,
      0,
      0,
      texts - (module + 8),
      17,
      module - (type + 4),
      texts + 5 - (type + 8),
      0,
      fields - (type + 16),
      0,
      0,
      12 << 16,
      1,
      0,
      0,
      texts + 10 - (fields + 24),
    ];
    const { slice: read } = slice(build([...words, ...Array.from({ length: 30 - words.length }, () => 0)]));
    expect(read.swift()).toEqual({
      readable: 'yes',
      value: [{ kind: 'struct', name: 'Shop.Cart', fields: ['total'] }],
    });
  });

  it('tells what protects the code', () => {
    const symbols = ['___stack_chk_fail', '_objc_release'].map((name) => ({
      name,
      kind: 'import' as const,
      library: 1,
    }));
    expect(
      slice({ symbols, segments: [{ name: '__RESTRICT', protection: 1, sections: ['__restrict'] }] }).slice.hardening,
    ).toEqual({
      pie: true,
      stackCanary: true,
      arc: true,
      stripped: true,
      restricted: true,
      executableStack: false,
      noHeapExecution: false,
      writableCode: [],
    });
    const locals = ['_a', '_b'].map((name) => ({ name, kind: 'local' as const }));
    expect(slice({ flags: 0x2_0085, symbols: locals }).slice.hardening).toMatchObject({
      pie: false,
      stackCanary: null,
      arc: null,
      stripped: false,
      executableStack: true,
    });
  });

  it('reads fat files of both widths and knows them from Java classes', () => {
    const slices = [{ bytes: buildMachO({ symbols: [] }) }, { bytes: buildMachO({ bits: 32 }) }];
    for (const wide of [false, true]) {
      const fat = buildFatMachO(slices, { wide });
      const { value, diagnostics } = readMachO(fat);
      expect(diagnostics).toEqual([]);
      expect([value?.container, value?.slices.map(({ architecture }) => architecture)]).toEqual([
        wide ? 'fat64' : 'fat',
        ['arm64', 'arm'],
      ]);
      expect(isMachO(fat.subarray(0, 64))).toBe(true);
    }
    expect(isMachO(Uint8Array.of(0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 52))).toBe(false);
    expect(readMachO(new Uint8Array(100))).toMatchObject({ value: null, diagnostics: [{ id: 'mach-o.magic' }] });
  });

  it('reads distances that wrap and signed numbers', () => {
    const wrapped = new UlebReader(Uint8Array.of(0xf8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01), 0, 10);
    expect([wrapped.distance(), wrapped.failed]).toEqual([-8, false]);
    expect(new UlebReader(Uint8Array.of(0x7f), 0, 1).sleb()).toBe(-1);
    expect(new UlebReader(new Uint8Array(20).fill(0x80), 0, 20).uleb()).toBe(0);
  });

  it('makes plain Swift names readable and leaves the others', () => {
    expect(
      [
        '_TtC4Shop4Cart',
        '_TtCC4Shop4Cart4Item',
        '$s4Shop4CartV',
        '_$s4Shop4CartC4ItemON',
        '_TtP4Shop4Buys_',
        'NSObject',
        '$s4Shop1aySaySSG',
      ].map(demangleTypeName),
    ).toEqual([
      'Shop.Cart',
      'Shop.Cart.Item',
      'Shop.Cart',
      'Shop.Cart.Item',
      'Shop.Buys',
      'NSObject',
      '$s4Shop1aySaySSG',
    ]);
  });

  it('survives generated and damaged files (fuzz)', () => {
    const host = createNodeHost();
    const seeds = machOTarget.seeds();
    for (let seed = 0; seed < 400; seed++) {
      machOTarget.read(machOTarget.generate(seededRandom(seed)), host);
      machOTarget.read(mutate(seeds[seed % seeds.length] ?? new Uint8Array(0), seed), host);
    }
  });
});
