import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../builders/mutate.ts';
import { LC } from './load-commands.ts';
import {
  bindOpcodes,
  buildFatMachO,
  buildMachO,
  chainedFixups,
  command,
  type MachOSpec,
  TEXT_BASE,
} from './mach-o-builder.ts';
import type { MachOSlice } from './mach-o-file.ts';
import { MACHO_TRICKS } from './mach-o-tricks.ts';
import { objcSections } from './objc-builder.ts';
import { readMachO } from './read-mach-o.ts';

const PLAIN: MachOSpec = {
  ...objcSections({ className: 'Cart', superclass: null, methods: ['add:'] }),
  libraries: [{ path: '/usr/lib/libSystem.B.dylib' }],
  symbols: [{ name: '_main', kind: 'export' }],
};

function open(bytes: Uint8Array): { slices: readonly MachOSlice[]; ids: string[] } {
  const { value, diagnostics } = readMachO(bytes);
  return { slices: value?.slices ?? [], ids: diagnostics.map(({ id }) => id) };
}

const words = (...values: number[]): Uint8Array => new Uint8Array(Uint32Array.from(values).buffer);

/** What the platform would load, whatever was done to the file. */
function expectStillRead(slices: readonly MachOSlice[]): void {
  const [first] = slices;
  expect(first?.libraries.map(({ path }) => path)).toEqual(['/usr/lib/libSystem.B.dylib']);
  expect(first?.objc().value.classes.map(({ name }) => name)).toEqual(['Cart']);
}

describe('Mach-O tricks', () => {
  it('trick 77: fat headers with too many, overlapping, twin or foreign slices', () => {
    const bytes = buildMachO(PLAIN);
    const many = open(buildFatMachO([{ bytes }], { count: 0xffff_ffff }));
    expect(many.ids).toContain('mach-o.fat.count');
    expectStillRead(many.slices);
    const twins = open(buildFatMachO([{ bytes }, { bytes }]));
    expect(twins.ids).toEqual(['mach-o.fat.duplicate']);
    expectStillRead(twins.slices);
    const over = open(buildFatMachO([{ bytes }, { bytes, offset: 0x1000, cpuType: 7 }]));
    expect(over.ids).toEqual(expect.arrayContaining(['mach-o.fat.overlap', 'mach-o.fat.processor']));
    expectStillRead(over.slices);
    const outside = open(buildFatMachO([{ bytes }, { bytes, offset: 0x7fff_0000 }]));
    expect(outside.ids).toContain('mach-o.fat.range');
    expectStillRead(outside.slices);
  });

  it('trick 77: command sizes of zero, beyond the end, or not aligned', () => {
    for (const size of [0, 4, 0xffff_fff0]) {
      const { ids, slices } = open(buildMachO({ ...PLAIN, commands: [words(0x99, size)] }));
      expect(ids).toContain('mach-o.command.size');
      expectStillRead(slices);
    }
    const odd = open(buildMachO({ ...PLAIN, commands: [words(0x99, 12, 0)] }));
    expect(odd.ids).toContain('mach-o.command.alignment');
    expectStillRead(odd.slices);
  });

  it('trick 77: commands that stand twice, that outgrow the file, or that are announced in vain', () => {
    const twice = open(buildMachO({ ...PLAIN, commands: [command(LC.SYMTAB, words(0, 9_999, 0, 0))] }));
    expect(twice.ids).toEqual(['mach-o.command.duplicate']);
    expectStillRead(twice.slices);
    const long = open(buildMachO({ ...PLAIN, lies: { commandsSize: 0x7fff_ffff } }));
    expect(long.ids).toContain('mach-o.commands.size');
    expectStillRead(long.slices);
    const many = open(buildMachO({ ...PLAIN, lies: { commandCount: 1_000_000 } }));
    expect(many.ids).toEqual(expect.arrayContaining(['mach-o.commands.many', 'mach-o.commands.count']));
    expectStillRead(many.slices);
  });

  it('trick 77: symbol and string tables that lead outside', () => {
    const { symbols: _, ...bare } = PLAIN;
    const wild = open(
      buildMachO({ ...bare, commands: [command(LC.SYMTAB, words(0x1000, 0x7fff_ffff, 0xffff_0000, 0xffff))] }),
    );
    expect(wild.ids).toEqual(
      expect.arrayContaining(['mach-o.symbols.range', 'mach-o.strings.range', 'mach-o.symbols.name']),
    );
    expectStillRead(wild.slices);
  });

  it('trick 77: bind opcodes beside chained fixups: the fixups are followed', () => {
    const bind = bindOpcodes([{ name: '_decoy', library: 1, segment: 0, offset: 0 }]);
    const both = open(
      buildMachO({ ...PLAIN, dyldInfo: { bind }, chainedFixups: chainedFixups([{ name: '_real', library: 1 }], 2) }),
    );
    expect(both.ids).toEqual(['mach-o.fixups.both']);
    expect(both.slices[0]?.imports.map(({ name }) => name)).toEqual(['_real']);
    expectStillRead(both.slices);
  });

  it('trick 77: bind opcodes that repeat billions of times, and tries that lead back', () => {
    const repeat = Uint8Array.of(0x11, 0x40, 0x5f, 0x61, 0, 0x70, 0, 0xc0, 0xff, 0xff, 0xff, 0xff, 0x7f, 0, 0);
    const bomb = open(buildMachO({ ...PLAIN, dyldInfo: { bind: repeat } }));
    expect(bomb.ids).toContain('mach-o.binds.malformed');
    expect(bomb.slices[0]?.imports.map(({ name }) => name)).toEqual(['_a']);
    // One node with two children, both itself.
    const loop = Uint8Array.of(0, 2, 0x61, 0, 0, 0x62, 0, 0);
    const trie = open(buildMachO({ ...PLAIN, dyldInfo: { exports: loop } }));
    expect(trie.ids).toContain('mach-o.exports.malformed');
    expectStillRead(trie.slices);
  });

  it('trick 77: many commands and sections over bytes without a zero end where they should', () => {
    // LINKER_OPTION commands whose text has no end, before a megabyte that has none either.
    const endless = words(LC.LINKER_OPTION, 16, 1, 0x6161_6161);
    const commands = Array.from({ length: 200 }, () => endless);
    const text = [{ name: '__text', data: new Uint8Array(1_000_000).fill(0x61) }];
    const sections = Array.from({ length: 5 }, (_, index) => ({
      name: `__s${index}`,
      data: new Uint8Array(8).fill(0x61),
      flags: 2,
    }));
    const { slices } = open(buildMachO({ text: [...sections, ...text], commands }));
    expect(slices[0]?.linkerOptions).toHaveLength(200);
    expect(slices[0]?.linkerOptions[0]).toEqual(['aaaa']);
    expect(slices[0]?.strings().value.map(({ value }) => value)).toEqual(sections.map(() => 'aaaaaaaa'));
  });

  it('trick 77: segments outside of the file, on top of each other, or writable and executable', () => {
    const segment = new Uint8Array(64);
    segment.set(new TextEncoder().encode('__WILD'));
    new DataView(segment.buffer).setUint32(16 + 24, 0x7fff_ffff, true);
    const wild = open(buildMachO({ ...PLAIN, commands: [command(LC.SEGMENT_64, segment)] }));
    expect(wild.ids).toContain('mach-o.segment.range');
    expectStillRead(wild.slices);
    const over = open(buildMachO({ ...PLAIN, segments: [{ name: '__OVER', protection: 7, address: TEXT_BASE }] }));
    expect(over.ids).toEqual(expect.arrayContaining(['mach-o.segment.overlap', 'mach-o.segment.writable-code']));
    expectStillRead(over.slices);
  });

  it('trick 77: FairPlay: what is encrypted is unreadable, never absent', () => {
    const { ids, slices } = open(buildMachO({ ...PLAIN, encryption: { id: 1, size: 0x1000 } }));
    expect(ids).toEqual(['mach-o.encrypted']);
    const [first] = slices;
    expect(first?.codeUnreadable).toBe(true);
    expect(first?.strings()).toEqual({ readable: 'no', value: [] });
    expect(first?.objc()).toMatchObject({ readable: 'no', value: { classes: [] } });
    expect(first?.libraries).toHaveLength(1);
  });

  it('trick 77: cryptid faked to 0 over encrypted bytes', () => {
    const random = seededRandom(1);
    const noise = Uint8Array.from({ length: 40_000 }, () => Math.floor(random() * 256));
    const faked = open(
      buildMachO({ ...PLAIN, text: [{ name: '__text', data: noise }], data: [], encryption: { id: 0 } }),
    );
    expect(faked.ids).toEqual(['mach-o.encryption.faked-plain']);
    expect(faked.slices[0]).toMatchObject({ codeUnreadable: true, encryption: { id: 1 } });
    const honest = open(buildMachO({ ...PLAIN, encryption: { id: 0 } }));
    expect([honest.ids, honest.slices[0]?.codeUnreadable]).toEqual([[], false]);
    const outside = open(buildMachO({ ...PLAIN, encryption: { id: 1, size: 0x7fff_ffff } }));
    expect(outside.ids).toContain('mach-o.encryption.range');
  });

  it('has a test for each id of the table', () => {
    const own = readFileSync(new URL(import.meta.url), 'utf8');
    expect(MACHO_TRICKS.filter(({ id }) => !own.includes(`'${id}'`))).toEqual([]);
  });
});
