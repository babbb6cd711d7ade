/**
 * Readable text of code, near to smali. A method looks so:
 *
 *     .method public static pick(I)V
 *         .registers 2
 *         .catch Ljava/lang/Exception; {:0000 .. :0004} :0010
 *         .line 12
 *         0000: const-string v0, "text"
 *     :0002
 *         0002: packed-switch v1, :0014
 *         …
 *         0014: .packed-switch 5
 *             :0010
 *         .end packed-switch
 *     .end method
 *
 * Numbers before a colon are addresses in code units, hexadecimal; `:0002` on its own line marks a place that a branch
 * leads to. Literals are decimal. Where code is made to mislead a linear sweep, the text is what the device runs, and what
 * the sweep reads follows as comments. The builder's `assemble` reads this text back.
 */

import { flagNames } from './access-flags.ts';
import { methodsOfClass, readClassFields } from './class-members.ts';
import type { DexFile } from './dex-file.ts';
import { type DisassembledInstruction, type DisassembledMethod, disassembleToData } from './disassembly.ts';

/** The text of a defined method (a row of `DexFile.methods`), line by line. */
export function disassemble(dex: DexFile, method: number): string[] {
  const data = disassembleToData(dex, method);
  const head = ['.method', ...flagNames(data.accessFlags, 'method'), `${data.name}${data.descriptor}`].join(' ');
  if (data.code === null) return [head, '.end method'];
  return [head, ...codeText(data.code).map((line) => (line.startsWith(':') ? line : `    ${line}`)), '.end method'];
}

/** The text of a class definition with its fields and all its methods. */
export function disassembleClass(dex: DexFile, classDef: number): string[] {
  const flags = flagNames(dex.classDefs.accessFlags[classDef] ?? 0, 'class');
  const lines = [['.class', ...flags, dex.typeDescriptor(dex.classDefs.types[classDef] ?? 0)].join(' ')];
  const superclass = dex.superclass(classDef);
  if (superclass !== null) lines.push(`.super ${dex.typeDescriptor(superclass)}`);
  const source = dex.sourceFileIndex(classDef);
  if (source !== null) lines.push(`.source ${JSON.stringify(dex.strings.get(source))}`);
  for (const type of dex.interfaces(classDef)) lines.push(`.implements ${dex.typeDescriptor(type)}`);
  const { staticFields, instanceFields } = readClassFields(dex, classDef);
  for (const { field, accessFlags } of [...staticFields, ...instanceFields]) {
    const name = `${dex.fieldName(field)}:${dex.typeDescriptor(dex.fieldType(field))}`;
    lines.push(['.field', ...flagNames(accessFlags, 'field'), name].join(' '));
  }
  const { direct, virtual } = methodsOfClass(dex, classDef);
  for (const method of [...direct, ...virtual]) lines.push('', ...disassemble(dex, method));
  return lines;
}

function codeText(code: NonNullable<DisassembledMethod['code']>): string[] {
  const { instructions, tries, swept } = code;
  const labels = collectLabels(code);
  const lines = [`.registers ${code.registers}`];
  for (const [index, name] of code.parameterNames.entries())
    if (name !== null) lines.push(`.param ${index}, ${JSON.stringify(name)}`);
  for (const { start, end, handlers } of tries) {
    for (const { type, address } of handlers) {
      const kind = type === null ? '.catchall' : `.catch ${type}`;
      lines.push(`${kind} {${label(start)} .. ${label(end)}} ${label(address)}`);
    }
  }
  const switches = new Map(
    instructions.flatMap(({ mnemonic, target, address }) =>
      target !== undefined && mnemonic.endsWith('-switch') ? [[target, address] as const] : [],
    ),
  );
  let end = 0;
  for (const instruction of instructions) {
    if (labels.delete(instruction.address)) lines.push(label(instruction.address));
    if (instruction.line !== undefined) lines.push(`.line ${instruction.line}`);
    if (instruction.address < end) lines.push('# shares units with the instruction before');
    lines.push(...instructionText(instruction, switches));
    end = instruction.address + instruction.width;
  }
  // Places that no instruction begins at: the end of the method, or something that is wrong.
  for (const address of [...labels].sort((a, b) => a - b)) {
    lines.push(address === end ? label(address) : `# ${label(address)} is no place of an instruction`);
  }
  if (swept !== null) {
    lines.push('# a linear sweep reads:');
    for (const instruction of swept) lines.push(...instructionText(instruction, switches).map((line) => `#   ${line}`));
  }
  return lines;
}

function collectLabels({ instructions, tries }: NonNullable<DisassembledMethod['code']>): Set<number> {
  const labels = new Set<number>();
  const owners = new Map<number, number>();
  for (const { target, address, mnemonic } of instructions) {
    if (target === undefined) continue;
    labels.add(target);
    if (mnemonic.endsWith('-switch')) owners.set(target, address);
  }
  for (const { address, cases } of instructions) {
    const owner = owners.get(address);
    if (owner !== undefined) for (const { offset } of cases ?? []) labels.add(owner + offset);
  }
  for (const { start, end, handlers } of tries) {
    labels.add(start).add(end);
    for (const { address } of handlers) labels.add(address);
  }
  return labels;
}

function label(address: number): string {
  return `:${address < 0 ? '-' : ''}${Math.abs(address).toString(16).padStart(4, '0')}`;
}

function instructionText(instruction: DisassembledInstruction, switches: ReadonlyMap<number, number>): string[] {
  const { address, mnemonic, format, registers, literal, reference, proto, target, cases, array } = instruction;
  const at = `${address.toString(16).padStart(4, '0')}:`;
  if (cases !== undefined) {
    const owner = switches.get(address) ?? 0;
    const isPacked = mnemonic === 'packed-switch-payload';
    const name = isPacked ? 'packed-switch' : 'sparse-switch';
    const entries = cases.map(({ key, offset }) => `    ${isPacked ? '' : `${key} -> `}${label(owner + offset)}`);
    return [`${at} .${name}${isPacked ? ` ${cases[0]?.key ?? 0}` : ''}`, ...entries, `.end ${name}`];
  }
  if (array !== undefined) {
    return [
      `${at} .array-data ${array.elementWidth}`,
      ...array.elements.map((element) => `    ${element}`),
      '.end array-data',
    ];
  }
  if (format === 'unused') return [`${at} .units 0x${Number(literal).toString(16).padStart(4, '0')} # ${mnemonic}`];
  const operands: string[] = [];
  if (format === '35c' || format === '45cc')
    operands.push(`{${registers.map((register) => `v${register}`).join(', ')}}`);
  else if (format === '3rc' || format === '4rcc') operands.push(rangeText(registers));
  else operands.push(...registers.map((register) => `v${register}`));
  if (literal !== undefined) operands.push(literal);
  if (reference !== undefined) operands.push(reference.text);
  if (proto !== undefined) operands.push(proto.text);
  if (target !== undefined) operands.push(label(target));
  return [`${at} ${mnemonic}${operands.length === 0 ? '' : ` ${operands.join(', ')}`}`];
}

function rangeText(registers: readonly number[]): string {
  return registers.length === 0 ? '{}' : `{v${registers[0]} .. v${registers.at(-1)}}`;
}
