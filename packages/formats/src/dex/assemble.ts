import { parseOperands } from './assembly-operands.ts';
import { type AssembledCode, type CatchSpec, createCodeAssembly } from './code-assembly.ts';
import type { Instruction } from './dex-instructions.ts';
import { encodeOperands } from './encode-operands.ts';
import { opcodeNamed } from './opcodes.ts';

/**
 * A small assembler for tests. Each line is an instruction as `disassemble` prints it, a label, or a directive:
 *
 *     .registers 4
 *     .catch Ljava/lang/Exception; {:from .. :to} :handler     (and .catchall {…} :handler)
 *     :from
 *     const-string v0, "text"
 *     invoke-virtual {v0}, Ljava/lang/String;->length()I       ({v0 .. v9} in range forms)
 *     packed-switch v1, :table                                  (labels may stand before or behind)
 *     :to
 *     return-void
 *     :table
 *     .packed-switch 5                                          (.sparse-switch: lines of `key -> :label`)
 *         :from
 *     .end packed-switch
 *     .array-data 4                                             (bytes per element, then elements)
 *         1
 *     .end array-data
 *     .units 0x003e 0x0e                                        (code units as they are)
 *
 * `#` begins a comment; addresses (`0010:`), `.line`, `.param`, `.method` and `.end method` are passed over. A table is put
 * at an even address, behind a `nop` where that needs one. Throws on a mistake, with its line.
 */
export function assemble(text: string): AssembledCode {
  const assembly = createCodeAssembly();
  const lines = text.split('\n').map(withoutComment);
  for (let number = 0; number < lines.length; number++) {
    const line = (lines[number] ?? '').replace(/^[0-9a-f]{4,}:\s*/, '');
    if (line === '') continue;
    const fail = (why: string): never => {
      throw new Error(`line ${number + 1}: ${why}: ${line}`);
    };
    if (line.startsWith(':')) assembly.label(line);
    else if (line.startsWith('.')) {
      const [name = '', ...words] = line.split(/[\s,]+/);
      const end = `.end ${name.slice(1)}`;
      const body: string[] = [];
      if (name === '.packed-switch' || name === '.sparse-switch' || name === '.array-data') {
        while (++number < lines.length && lines[number] !== end) if (lines[number]) body.push(lines[number] ?? '');
      }
      if (!directive(assembly, name, words, body, line)) fail('not understood');
    } else assembly.instruction(...parseInstruction(line, fail));
  }
  return assembly.finish();
}

function withoutComment(line: string): string {
  const plain = /^(?:[^"#]|"(?:[^"\\]|\\.)*")*/.exec(line)?.[0] ?? '';
  return plain.trim();
}

function directive(
  assembly: ReturnType<typeof createCodeAssembly>,
  name: string,
  words: readonly string[],
  body: readonly string[],
  line: string,
): boolean {
  switch (name) {
    case '.registers':
      assembly.registers(Number(words[0]));
      return true;
    case '.packed-switch':
      assembly.packedSwitch(Number(words[0]), body);
      return true;
    case '.sparse-switch':
      assembly.sparseSwitch(
        body.map((entry) => entry.split(/\s*->\s*/)).map(([key, label = '']) => [Number(key), label]),
      );
      return true;
    case '.array-data':
      assembly.array(
        Number(words[0]),
        body.map((element) => BigInt(element)),
      );
      return true;
    case '.units':
      assembly.instruction({ units: words.map(Number) }, words.length, null);
      return true;
    case '.catch':
    case '.catchall': {
      const match = /^\.catch(?:all)?\s+(\S+;)?\s*\{(:\S+)\s*\.\.\s*(:\S+)\}\s*(:\S+)$/.exec(line);
      if (match === null) return false;
      const [, type = null, start = '', end = '', handler = ''] = match;
      assembly.catch({ type, start, end, handler } satisfies CatchSpec);
      return true;
    }
    default:
      return /^\.(?:line|param|method|end)$/.test(name);
  }
}

/** The instruction, its width, and the label it refers to with what turns an offset into its units. */
function parseInstruction(
  line: string,
  fail: (why: string) => never,
): [Instruction, number, { readonly label: string; encode(offset: number): readonly number[] } | null] {
  const [, mnemonic = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
  const opcode = opcodeNamed(mnemonic);
  if (opcode === undefined) return fail('no such instruction');
  const operands = parseOperands(rest, fail);
  const { registers, literal, label, reference, proto } = operands;
  const op = mnemonic;
  if (label !== undefined) {
    const encode = (offset: number): readonly number[] => encodeOperands(opcode, { registers, offset });
    return [{ units: encode(0) }, opcode.width, { label, encode }];
  }
  if (reference === undefined) {
    return [
      { units: encodeOperands(opcode, { registers, ...(literal === undefined ? {} : { literal }) }) },
      opcode.width,
      null,
    ];
  }
  if ('method' in reference && proto !== undefined) return [{ op, ...reference, proto, registers }, opcode.width, null];
  return [{ op, ...reference, registers }, opcode.width, null];
}
