import { readFileSync } from 'node:fs';
import { ByteWriter, createBudget } from '@vedette/bytes';
import { describe, expect, it } from 'vitest';
import { assemble } from './assemble.ts';
import { checkLazyParts } from './check-lazy-parts.ts';
import { buildDex, buildDexContainer, type ClassSpec, type DexTricks, type MethodSpec } from './dex-builder.ts';
import { readDexContainer } from './dex-container.ts';
import type { DexFile } from './dex-file.ts';
import { DEX_TRICKS } from './dex-tricks.ts';
import { instructionsOf } from './instructions.ts';
import { readDex } from './read-dex.ts';

const budget = () => createBudget({}, () => 0);
const SEEN = 'invoke-static {}, Lcom/example/Api;->seen()V';

function method(code: string, rest: Partial<MethodSpec> = {}): MethodSpec {
  return { name: 'run', descriptor: '()V', static: true, code: assemble(code), ...rest };
}

function main(code = `${SEEN}\nreturn-void`, rest: Partial<MethodSpec> = {}): ClassSpec {
  return { name: 'com.example.Main', methods: [method(code, rest)] };
}

/** Names of the methods that the file's code calls. */
function called({ code, header, methodName }: DexFile): string[] {
  const { starts } = code.calls;
  const isCalled = (target: number): boolean => (starts[target + 1] ?? 0) > (starts[target] ?? 0);
  return Array.from({ length: header.methods.count }, (_, target) => target)
    .filter(isCalled)
    .map(methodName);
}

function failed(): never {
  throw new Error('no DEX');
}

function idsOf(bytes: Uint8Array): string[] {
  return [...new Set(readDex(bytes, budget()).diagnostics.map(({ id }) => id))];
}

/** Reads a DEX with something wrong in it, which must still show its one call, and gives the ids of what was noticed. */
function readThrough(classes: readonly ClassSpec[] = [main()], tricks: DexTricks = {}, calls = ['seen']): string[] {
  const bytes = buildDex(classes, tricks);
  const { value } = readDex(bytes, budget());
  if (value === null) throw new Error('no DEX');
  expect(called(value)).toEqual(calls);
  return [...idsOf(bytes), ...checkLazyParts(value, budget()).map(({ id }) => id)];
}

const patched = (patch: NonNullable<DexTricks['patch']>, classes?: readonly ClassSpec[]) =>
  readThrough(classes, { patch });
const coded = (code: string, rest?: Partial<MethodSpec>) => readThrough([main(code, rest)]);

describe('tricks of DEX files: the structure', () => {
  it('finds nothing in an honest file', () => {
    expect(readThrough()).toEqual([]);
    expect(readDexContainer(buildDexContainer([[main()], [main()]]), budget()).diagnostics).toEqual([]);
  });

  it('trick 58: a header that lies', () => {
    expect(patched(({ u32 }) => u32(36, 0x80))).toEqual(['dex.header-size']);
    expect(patched(({ u32 }) => u32(40, 0x78563412))).toEqual(['dex.endian-tag']);
    expect(patched(({ u32 }) => u32(48, 0x70))).toEqual(['dex.link-section']);
    expect(readThrough([main()], { trailing: new Uint8Array(9) })).toEqual(['dex.trailing-data']);
    expect(patched(({ u32, bytes }) => u32(32, bytes.length + 7))).toEqual(['dex.truncated']);
    const bytes = buildDex([main()]);
    bytes[8] = (bytes[8] ?? 0) ^ 1;
    expect(idsOf(bytes)).toEqual(['dex.checksum']);
  });

  it('trick 59: other versions, and containers', () => {
    expect(readThrough([main()], { version: '042' })).toEqual(['dex.version']);
    for (const version of ['035', '036', '037', '038', '039', '040'])
      expect(readThrough([main()], { version })).toEqual([]);
    const inner = buildDex([main()]);
    const around = (...head: number[]): Uint8Array => new ByteWriter().bytes(head).align(4).bytes(inner).finish();
    const text = (value: string): number[] => [...new TextEncoder().encode(value)];
    const open = (bytes: Uint8Array) => {
      const { value, diagnostics } = readDexContainer(bytes, budget());
      return [value.map(called), diagnostics.map(({ id }) => id)];
    };
    const odex = new ByteWriter().latin1('dey\n036\0').u32(40, inner.length).bytes(new Uint8Array(24), inner).finish();
    expect(open(odex)).toEqual([[['seen']], ['dex.container.odex']]);
    expect(open(around(...text('vdex027\0')))).toEqual([[['seen']], ['dex.container.vdex']]);
    expect(open(around(...text('oat\n199\0')))).toEqual([[['seen']], ['dex.container.oat']]);
    expect(open(Uint8Array.from(text('vdex027\0')))).toEqual([[], ['dex.container.vdex', 'dex.container.empty']]);
    expect(open(Uint8Array.from(text('cdex001\0')))).toEqual([[], ['dex.container.compact']]);
    expect(open(Uint8Array.from(text('MZ')))).toEqual([[], ['dex.magic']]);
  });

  it('trick 59: a container of version 041 is read with all its headers', () => {
    const second: ClassSpec = {
      name: 'com.example.Second',
      methods: [method('invoke-static {}, La/B;->other()V\nreturn-void')],
    };
    const bytes = buildDexContainer([[main()], [second], [main()]]);
    const read = (change: (view: DataView) => void) => {
      const copy = bytes.slice();
      change(new DataView(copy.buffer));
      const { value, diagnostics } = readDexContainer(copy, budget());
      return [value.flatMap(called), diagnostics.map(({ id }) => id).filter((id) => id !== 'dex.checksum')];
    };
    const next = new DataView(bytes.buffer).getUint32(32, true);
    expect(read(() => {})).toEqual([['seen', 'other', 'seen'], []]);
    expect(read((view) => view.setUint32(0x70, 4, true))).toEqual([['seen', 'other', 'seen'], ['dex.container.size']]);
    expect(read((view) => view.setUint32(next + 0x74, 4, true))).toEqual([
      ['seen', 'other', 'seen'],
      ['dex.container.header'],
    ]);
    expect(read((view) => view.setUint8(next, 0))).toEqual([['seen'], ['dex.container.gap']]);
  });

  it('trick 60: a map list that is missing or lies, tables that are not in order', () => {
    expect(patched(({ u32 }) => u32(52, 0))).toEqual(['dex.map.missing']);
    expect(patched(({ u32, places }) => u32(places.map, 0x1_0000))).toContain('dex.map.count');
    expect(readThrough([main()], { map: (entries) => [...entries, [0x7777, 1, 0x7fff_0000]] })).toEqual([
      'dex.map.type',
    ]);
    expect(readThrough([main()], { map: (entries) => [...entries].reverse() })).toEqual(['dex.map.order']);
    expect(readThrough([main()], { map: (entries) => entries.filter(([type]) => type !== 5) })).toEqual([
      'dex.map.mismatch',
    ]);
    const overlapping = buildDex([main()], { patch: ({ u32, places }) => u32(60, places.types) });
    expect(idsOf(overlapping)).toContain('dex.section.overlap');
    expect(idsOf(buildDex([main()], { patch: ({ u32, places }) => u32(60, places.strings + 2) }))).toContain(
      'dex.section.alignment',
    );
    const swapped = patched(({ bytes, u32, places }) => {
      const view = new DataView(bytes.buffer);
      const [first, second] = [view.getUint32(places.strings, true), view.getUint32(places.strings + 4, true)];
      u32(places.strings, second);
      u32(places.strings + 4, first);
    });
    expect(swapped).toEqual(['dex.pool.order']);
    const heir: ClassSpec = { name: 'com.example.Heir', superclass: 'com.example.Main' };
    expect(readThrough([main(), heir])).toEqual([]);
    expect(readThrough([heir, main()])).toEqual(['dex.class.order']);
  });

  it('trick 61: indices out of range, circles of ancestors', () => {
    expect(patched(({ u32 }) => u32(88, 0x7fff_ffff))).toContain('dex.section.truncated');
    expect(patched(({ u32, places }) => u32(places.protos, 0xffff))).toEqual(['dex.pool.index']);
    expect(patched(({ u32, places }) => u32(places.strings, 0x7fff_ffff))).toContain('dex.string.offset');
    expect(patched(({ u32, places }) => u32(places.classes + 8, 0xfffe))).toEqual(['dex.class.index']);
    expect(coded(`${SEEN}\ninvoke-static {}, method@65535\nreturn-void`)).toEqual(['dex.code.index']);
    const beyond = patched(
      ({ u8, places }) => u8((places.classData[1] ?? 0) + 4, 0x7f),
      [main(), { ...main(), name: 'a.B' }],
    );
    expect(beyond).toEqual(['dex.method.index']);
    const circle = readThrough([main(), { name: 'a.A', superclass: 'a.B' }, { name: 'a.B', interfaces: ['a.A'] }]);
    expect(circle).toEqual(['dex.class.order', 'dex.class.circular']);
    expect(readThrough([main(), { name: 'a.A', superclass: 'a.A' }])).toEqual([
      'dex.class.order',
      'dex.class.circular',
    ]);
  });

  it('trick 62: names of classes', () => {
    const named = (name: string) => readThrough([main(), { name }]);
    for (const name of ['a..B', 'a.B;c', 'a.[B', 'a.']) expect(named(name), name).toEqual(['dex.class.name']);
    for (const name of ['a.CON', 'lpt1.b', 'a.nul']) expect(named(name), name).toEqual(['dex.class.name-windows']);
    expect(named(`a.${'b'.repeat(256)}`)).toEqual(['dex.class.name-long']);
    expect(named('a.B\u200dC')).toEqual(['dex.class.name']);
    // A letter without width; a Cyrillic a among Latin letters.
    for (const name of ['a.B\u115fC', 'com.p\u0430ypal.Main'])
      expect(named(name), name).toEqual(['dex.class.name-confusable']);
    for (const name of ['a.Конь', 'a.b$1', 'androidx.core.A', 'a.Console', 'java2.A'])
      expect(named(name), name).toEqual([]);
  });

  it('trick 69: hidden methods', () => {
    const twice = main();
    const duplicate = method('invoke-static {}, La/B;->other()V\nreturn-void');
    expect(readThrough([{ ...twice, methods: [...(twice.methods ?? []), duplicate] }], {}, ['other', 'seen'])).toEqual([
      'dex.method.duplicate',
    ]);
    expect(
      readThrough([
        main(),
        { name: 'com.example.Other', methods: [method('return-void')], sharesMembersOf: 'com.example.Main' },
      ]),
    ).toEqual(['dex.class-data.shared', 'dex.code.shared']);
    // class_data: no fields, one direct method; its index as six bytes.
    const overlong = readThrough(
      [main()],
      {
        extraData: Uint8Array.from([0, 0, 0x80, 0x80, 0x80, 0x80, 0x80, 0]),
        patch: ({ u32, places }) => u32(places.classes + 24, places.extra),
      },
      [],
    );
    expect(overlong).toContain('dex.class-data.leb128');
    const many = readThrough(
      [main()],
      {
        extraData: Uint8Array.from([0, 0, 0xff, 0xff, 0xff, 0x7f, 0]),
        patch: ({ u32, places }) => u32(places.classes + 24, places.extra),
      },
      [],
    );
    expect(many).toContain('dex.class-data.count');
    expect(
      readThrough([main(), { ...main(), name: 'a.B' }], {
        patch: ({ u32, places }) => u32(places.classes + 32 + 24, 0x7fff_fff0),
      }),
    ).toContain('dex.class-data.truncated');
  });

  it('trick 70, within one file: the same class twice', () => {
    expect(readThrough([main(), { ...main(), methods: [] }])).toContain('dex.class.duplicate');
  });

  it('trick 73: giant, shared and repeated strings', () => {
    const long = 'x'.repeat(2_000_000);
    const bytes = buildDex([main()], { extraStrings: [long] });
    expect(idsOf(bytes)).toEqual(['dex.string.long']);
    const { value } = readDex(bytes, budget());
    const lengths = Array.from(
      { length: value?.strings.count ?? 0 },
      (_, index) => value?.strings.get(index).length ?? 0,
    );
    expect(Math.max(...lengths)).toBe(1 << 20);

    const shared = patched(({ u32, places }) => {
      for (let index = 0; index < 3; index++) u32(places.strings + index * 4, places.stringData[3] ?? 0);
    });
    expect(shared).toContain('dex.pool.duplicate');
    const bomb = buildDex([main()], {
      extraStrings: ['z'.repeat(30_000), ...Array.from({ length: 300 }, (_, index) => `s${index}`)],
      patch: ({ u32, places }) => {
        for (let index = 0; index < 250; index++) u32(places.strings + index * 4, places.stringData.at(-1) ?? 0);
      },
    });
    expect(idsOf(bomb)).toContain('dex.string-pool.overlap');
    const excess = buildDex([main()], {
      extraData: new Uint8Array(800_000),
      patch: ({ u32, places }) => {
        u32(80, 70_000);
        u32(84, places.extra);
      },
    });
    expect(idsOf(excess)).toContain('dex.section.excess');
  });

  it('trick 74: call sites, method handles, hidden-API flags and values of every kind', () => {
    /** A section of one item, at the extra data; `point` makes its first word point behind itself. */
    const section = (type: number, extraData: readonly number[], point?: number): string[] =>
      readThrough([main()], {
        extraData: Uint8Array.from(extraData),
        map: (entries) => [...entries, [type, 1, 0xffff_fff0]],
        patch: ({ bytes, u32, places }) => {
          const count = new DataView(bytes.buffer).getUint32(places.map, true);
          u32(places.map + count * 12, places.extra);
          if (point !== undefined) u32(places.extra, places.extra + point);
        },
      }).filter((id) => id !== 'dex.map.order');
    expect(section(0x0007, [0, 0, 0, 0, 1, 0x1e], 4)).toEqual(['dex.call-site']);
    expect(section(0x0008, [99, 0, 0, 0, 0, 0, 0, 0])).toEqual(['dex.method-handle']);
    expect(section(0xf000, [8, 0, 0, 0, 0, 0, 0, 0])).toEqual(['dex.hidden-api']);

    /** Static values of the class, as an encoded array. */
    const values = (...bytes: number[]): string[] =>
      readThrough([main()], {
        extraData: Uint8Array.from(bytes),
        patch: ({ u32, places }) => u32(places.classes + 28, places.extra),
      });
    expect(values(1, 0x1e)).toEqual([]);
    expect(values(1, ...Array.from({ length: 100 }, () => [0x1c, 1]).flat(), 0x1e)).toEqual(['dex.value.depth']);
    expect(values(1, 0x05)).toEqual(['dex.value.type']);
    expect(values(0xff, 0xff, 0xff, 0x7f, ...Array.from({ length: 50 }, () => 0x1e))).toContain('dex.value.type');
    const cut = buildDex([main()], { patch: ({ bytes, u32, places }) => u32(places.classes + 28, bytes.length + 1) });
    expect(checkLazyParts(readDex(cut, budget()).value ?? failed(), budget()).map(({ id }) => id)).toEqual([
      'dex.value.truncated',
    ]);
    // 3,000 annotations that begin one byte after the other in the same values: each byte is a size, a name and a value.
    const many = 3_000;
    const shared = readThrough([main()], {
      extraData: new ByteWriter().bytes(new Uint8Array(20 + many * 4), new Uint8Array(4_000).fill(0x7f)).finish(),
      patch: ({ u32, places }) => {
        const values = places.extra + 20 + many * 4;
        u32(places.classes + 20, places.extra);
        u32(places.extra, places.extra + 16);
        u32(places.extra + 16, many);
        for (let index = 0; index < many; index++) u32(places.extra + 20 + index * 4, values + index);
      },
    });
    expect(shared).toEqual(['dex.value.count']);
    const annotated = patched(({ u32, places }) => u32(places.classes + 20, 0x7fff_0000));
    expect(annotated).toEqual(['dex.annotation.offset']);
  });

  it('trick 75: classes of the platform', () => {
    for (const name of [
      'android.telephony.TelephonyManager',
      'java.lang.Runtime',
      'dalvik.system.DexClassLoader',
      'javax.crypto.Cipher',
    ])
      expect(readThrough([main(), { name, methods: [method('return-void')] }]), name).toEqual(['dex.class.framework']);
    // What D8 makes for classes that older versions lack.
    const stub = {
      name: 'dalvik.system.ZipPathValidator$Callback',
      methods: [method('return-void', { name: '<clinit>' })],
    };
    expect(readThrough([main(), stub])).toEqual([]);
    for (const name of [
      'android.support.v4.app.Fragment',
      'javax.inject.Inject',
      'android.content.pm.IPackageStatsObserver',
    ])
      expect(readThrough([main(), { name }]), name).toEqual([]);
  });
});

describe('tricks of DEX files: the code', () => {
  it('trick 63: debug information that leads nowhere', () => {
    expect(coded(`${SEEN}\nreturn-void`, { codeHeader: { debugOffset: 0x7fff_0000 } })).toEqual([
      'dex.debug-info.offset',
      'dex.debug-info.offset',
    ]);
    // Line 1, no parameters, then a local in register 200.
    const junk = readThrough([main(undefined, { codeHeader: { debugOffset: 1 } })], {
      extraData: Uint8Array.from([1, 0, 3, 200, 1, 0, 0, 0]),
      patch: ({ u32, places }) => u32((places.code[0]?.[0] ?? 0) + 8, places.extra),
    });
    expect(junk).toEqual(['dex.debug-info.program']);
  });

  it('trick 64: an unused opcode behind an opaque predicate', () => {
    const ids = coded(`
      const/4 v0, 0
      if-eqz v0, :real
      .units 0x003e 0x1071
    :real
      ${SEEN}
      return-void`);
    expect(ids).toContain('dex.code.unused-opcode');
  });

  it('trick 65: a jump into the middle of an instruction shows what runs, not what stands there', () => {
    // const-wide holds an invoke-static of the wanted method in its literal; the sweep sees a number only.
    const dex = readDex(
      buildDex([
        main(`
        goto :hidden
        .units 0x0018
      :hidden
        ${SEEN}
        return-void
        nop`),
      ]),
      budget(),
    );
    const value = dex.value ?? failed();
    expect(dex.diagnostics.map(({ id }) => id)).toContain('dex.code.overlap');
    expect([called(value), value.code.oddMethods]).toEqual([['seen'], [0]]);
    const { instructions, swept } = instructionsOf(value, 0);
    expect(instructions.map(({ mnemonic }) => mnemonic)).toEqual(['goto', 'invoke-static', 'return-void']);
    expect(swept?.map(({ mnemonic }) => mnemonic)).toEqual(['goto', 'const-wide', 'nop']);
  });

  it('trick 65: code that only a linear sweep sees is no reference', () => {
    const ids = readThrough([
      main(`
      goto :over
      .units 0x0100 0x0002
    :inside
      const-string v0, "x"
      goto :done
      .units 0 0 0 0 0
    :over
      if-eqz v1, :inside
    :done
      ${SEEN}
      return-void`),
    ]);
    expect(ids).toContain('dex.code.overlap');
  });

  it('trick 65: try blocks and handlers within instructions, tables in the way', () => {
    const inside = coded(`
      .catchall {:a .. :b} :c
    :a
      .units 0x0013
    :b
      .units 0x0000
    :c
      ${SEEN}
      return-void`);
    expect(inside).toEqual(['dex.code.try-inside']);
    expect(coded(`${SEEN}\nnop\n.units 0x0100 0 0 0\nreturn-void`)).toContain('dex.code.data-reached');
  });

  it('trick 66: registers beyond those of the method', () => {
    for (const line of [
      'move-wide/16 v54870, v1',
      'const/16 v200, 1',
      'add-int v0, v1, v9',
      'move v9, v0',
      'invoke-static/range {v3 .. v9}, La/B;->x()V',
    ])
      expect(
        readThrough(
          [main(`.registers 4\n${line}\n${SEEN}\nreturn-void`)],
          {},
          line.includes('x()') ? ['x', 'seen'] : ['seen'],
        ),
        line,
      ).toEqual(['dex.code.register']);
    expect(coded(`${SEEN}\nreturn-void`, { codeHeader: { registers: 1, ins: 2 } })).toEqual(['dex.code.registers']);
  });

  it('trick 67: tables that are not there, unaligned, shared, or too large; branches that lead out', () => {
    expect(coded(`${SEEN}\n:a\npacked-switch v0, :a\nreturn-void`)).toEqual(['dex.code.payload']);
    expect(coded(`${SEEN}\nfill-array-data v0, :t\nreturn-void\n:t\n.units 0x0300 1 0 0`)).toEqual([
      'dex.code.payload-alignment',
    ]);
    expect(coded(`${SEEN}\nreturn-void\n.units 0x0300 0xffff 0xffff 0xffff`)).toContain('dex.code.overrun');
    expect(coded(`${SEEN}\n.units 0x7f28\nreturn-void`)).toEqual(['dex.code.branch-target']);
    // A thousand switches of one table of a thousand targets: looked at in linear time.
    const many = Array.from({ length: 1_000 }, () => 'packed-switch v0, :t').join('\n');
    const targets = Array.from({ length: 1_000 }, () => ':a').join('\n');
    const started = performance.now();
    coded(`:a\n${SEEN}\n${many}\nreturn-void\n:t\n.packed-switch 0\n${targets}\n.end packed-switch`);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('trick 68: code that is shared, misplaced, empty or lies about its size', () => {
    const shared = main();
    const other = method('return-void', { name: 'other', sharesCodeOf: 'run' });
    expect(readThrough([{ ...shared, methods: [...(shared.methods ?? []), other] }])).toEqual(['dex.code.shared']);
    const moved = (offset: (code: number, bytes: number) => number, calls: string[]) =>
      readThrough(
        [main()],
        {
          extraData: new Uint8Array(8),
          patch: ({ bytes, u8, places }) => {
            // Six bytes of class_data before the offset of the code, which has two.
            const at = places.classData[0] ?? 0;
            const value = offset(places.code[0]?.[0] ?? 0, bytes.length);
            u8(at + 6, (value & 0x7f) | 0x80);
            u8(at + 7, value >> 7);
          },
        },
        calls,
      );
    expect(moved((code) => code + 2, [])).toContain('dex.code.alignment');
    expect(moved((_, size) => size + 64, [])).toEqual(['dex.code.offset']);
    expect(patched(({ u32 }) => u32(108, 0x7fff_0000))).toEqual(['dex.code.outside-data']);
    expect(readThrough([main(undefined, { codeHeader: { units: 0 } })], {}, [])).toEqual(['dex.code.empty']);
    expect(coded(`${SEEN}\nreturn-void`, { codeHeader: { units: 0x7fff_ffff } })).toContain('dex.code.truncated');
    expect(coded(`${SEEN}\nreturn-void`, { codeHeader: { tries: 9_999 } })).toEqual(['dex.code.tries']);
    expect(coded(`.catchall {:a .. :b} :b\n:a\n${SEEN}\n:b\nreturn-void`)).toEqual([]);
  });

  it('trick 71: bodies of nothing but nop', () => {
    const erased: ClassSpec = {
      name: 'com.example.Erased',
      methods: [method(`.units ${'0 '.repeat(40)}\nreturn-void`)],
    };
    expect(readThrough([main(), erased])).toEqual(['dex.code.erased']);
  });

  it('trick 72: very large methods, very many try blocks', () => {
    expect(coded(`${SEEN}\n.units ${'0x1012 '.repeat(70_000)}\nreturn-void`)).toEqual(['dex.code.large']);
    const tries = Array.from({ length: 12_000 }, (_, index) => `.catchall {:l${index} .. :l${index + 1}} :l0`).join(
      '\n',
    );
    const body = Array.from({ length: 12_001 }, (_, index) => `:l${index}\nnop`).join('\n');
    expect(coded(`${tries}\n${body}\n${SEEN}\nreturn-void`)).toEqual(['dex.code.many-tries']);
  });
});

it('every trick of the table is in this file', () => {
  const text = readFileSync(import.meta.filename, 'utf8');
  expect(DEX_TRICKS.map(({ id }) => id).filter((id) => !text.includes(`'${id}'`))).toEqual([]);
  expect(new Set(DEX_TRICKS.map(({ id }) => id)).size).toBe(DEX_TRICKS.length);
});
