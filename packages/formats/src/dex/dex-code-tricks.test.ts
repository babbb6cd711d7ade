import { describe, expect, it } from 'vitest';
import { buildDex, type ClassSpec } from './dex-builder.ts';
import { instructionsOf } from './instructions.ts';
import { readDex } from './read-dex.ts';

import { budget, called, coded, failed, main, method, patched, readThrough, SEEN } from './testing/tricked-dex.ts';

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
