import { createBudget } from '@vedette/bytes';
import { describe, expect, it } from 'vitest';
import { assemble } from './assemble.ts';
import { buildDex } from './dex-builder.ts';
import type { DexFile } from './dex-file.ts';
import { disassemble, disassembleClass } from './disassemble.ts';
import { disassembleToData } from './disassembly.ts';
import { opcodeOf } from './opcodes.ts';
import { readDex } from './read-dex.ts';

function open(code: string, descriptor = '(I)V'): DexFile {
  const method = { name: 'pick', descriptor, static: true, code: assemble(code) };
  const { value, diagnostics } = readDex(
    buildDex([{ name: 'a.B', methods: [method] }]),
    createBudget({}, () => 0),
  );
  if (value === null) throw new Error('no DEX');
  expect(diagnostics.filter(({ id }) => id !== 'dex.code.index')).toEqual([]);
  return value;
}

const EXAMPLE = `
  .registers 4
  .catch Ljava/lang/Exception; {:from .. :to} :caught
  .catchall {:from .. :to} :done
:from
  const-string v0, "a, \\"b\\" # {c}"
  invoke-virtual {v0}, Ljava/lang/String;->length()I
  move-result v1
  packed-switch v1, :packed
:to
  sparse-switch v1, :sparse
  goto :done
:caught
  move-exception v2
:done
  fill-array-data v0, :array
  return-void
:packed
  .packed-switch -1
    :caught
    :done
  .end packed-switch
:sparse
  .sparse-switch
    -5 -> :done
    70000 -> :from
  .end sparse-switch
:array
  .array-data 2
    -1
    300
    7
  .end array-data
`;

describe('disassemble', () => {
  it('shows code as documented', () => {
    const dex = open(EXAMPLE);
    expect(disassemble(dex, 0).join('\n')).toMatchInlineSnapshot(`
      ".method public static pick(I)V
          .registers 4
          .catch Ljava/lang/Exception; {:0000 .. :0009} :000d
          .catchall {:0000 .. :0009} :000e
      :0000
          0000: const-string v0, "a, \\"b\\" # {c}"
          0002: invoke-virtual {v0}, Ljava/lang/String;->length()I
          0005: move-result v1
          0006: packed-switch v1, :0012
      :0009
          0009: sparse-switch v1, :001a
          000c: goto :000e
      :000d
          000d: move-exception v2
      :000e
          000e: fill-array-data v0, :0024
          0011: return-void
      :0012
          0012: .packed-switch -1
              :000d
              :000e
          .end packed-switch
      :001a
          001a: .sparse-switch
              -5 -> :000e
              70000 -> :0000
          .end sparse-switch
      :0024
          0024: .array-data 2
              -1
              300
              7
          .end array-data
      .end method"
    `);
    expect(disassembleClass(dex, 0).slice(0, 4)).toEqual([
      '.class public La/B;',
      '.super Ljava/lang/Object;',
      '',
      '.method public static pick(I)V',
    ]);
  });

  it('is read back by the assembler', () => {
    const once = disassemble(open(EXAMPLE), 0);
    expect(disassemble(open(once.join('\n')), 0)).toEqual(once);
  });

  it('gives data that JSON holds', () => {
    const data = disassembleToData(open(EXAMPLE), 0);
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
    expect(data.code?.instructions[0]?.reference).toEqual({
      kind: 'string',
      index: expect.any(Number),
      text: '"a, \\"b\\" # {c}"',
    });
    expect(data.code?.tries[0]?.handlers).toEqual([
      { type: 'Ljava/lang/Exception;', address: 13 },
      { type: null, address: 14 },
    ]);
  });

  it.each(Array.from({ length: 256 }, (_, value) => opcodeOf(value)).flatMap((opcode) => opcode ?? []))(
    '$mnemonic ($format): every operand survives text and bytes',
    ({ mnemonic, format }) => {
      const operands = SAMPLES[format];
      if (operands === undefined) throw new Error(`no sample of ${format}`);
      const reference = referenceFor(mnemonic);
      const high = mnemonic === 'const-wide/high16' ? '-281474976710656' : '-65536';
      const line = `${mnemonic} ${operands.replace('REF', reference).replace('-65536', high)}`.trim();
      const shown = disassemble(open(`.registers 300\n:start\n nop\n ${line}\n return-void\n${tableFor(mnemonic)}`), 0);
      const text = shown.find((candidate) => candidate.startsWith('    0001:'));
      expect(text).toBe(`    0001: ${line.replace(':start', ':0000').replace(':table', TABLE_AT[format] ?? ':0006')}`);
    },
  );
});

/** Operands at the edges of what each format holds. */
const SAMPLES: Readonly<Record<string, string>> = {
  '10x': '',
  '10t': ':start',
  '11n': 'v15, -8',
  '11x': 'v255',
  '12x': 'v14, v15',
  '20t': ':start',
  '21c': 'v255, REF',
  '21h': 'v255, -65536',
  '21s': 'v255, -32768',
  '21t': 'v255, :start',
  '22b': 'v254, v255, -128',
  '22c': 'v14, v15, REF',
  '22s': 'v14, v15, -32768',
  '22t': 'v14, v15, :start',
  '22x': 'v254, v299',
  '23x': 'v253, v254, v255',
  '30t': ':start',
  '31c': 'v255, REF',
  '31i': 'v255, -2147483648',
  '31t': 'v255, :table',
  '32x': 'v298, v299',
  '35c': '{v15, v14, v13, v12, v11}, REF',
  '3rc': '{v256 .. v260}, REF',
  '45cc':
    '{v15, v14, v13, v12, v11}, Ljava/lang/invoke/MethodHandle;->invoke([Ljava/lang/Object;)Ljava/lang/Object;, (IJ)V',
  '4rcc': '{v256 .. v260}, Ljava/lang/invoke/MethodHandle;->invoke([Ljava/lang/Object;)Ljava/lang/Object;, (IJ)V',
  '51l': 'v255, -9223372036854775808',
};
const TABLE_AT: Readonly<Record<string, string>> = { '31t': ':0006' };

function referenceFor(mnemonic: string): string {
  if (mnemonic.startsWith('const-string')) return '"text"';
  if (/^[is](get|put)/.test(mnemonic)) return 'La/B;->field:[I';
  if (mnemonic.startsWith('invoke-custom')) return 'call-site@7';
  if (mnemonic.startsWith('invoke')) return 'La/B;->call(IJLjava/lang/String;)[I';
  if (mnemonic === 'const-method-handle') return 'method-handle@7';
  if (mnemonic === 'const-method-type') return '(IJ)V';
  return '[Ljava/lang/String;';
}

function tableFor(mnemonic: string): string {
  if (mnemonic === 'packed-switch') return ':table\n.packed-switch 1\n:start\n.end packed-switch';
  if (mnemonic === 'sparse-switch') return ':table\n.sparse-switch\n1 -> :start\n.end sparse-switch';
  return mnemonic === 'fill-array-data' ? ':table\n.array-data 1\n1\n.end array-data' : '';
}
