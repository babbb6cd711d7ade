import { codeItemOf } from './code-item.ts';
import { readDebugInfo } from './debug-info.ts';
import type { DexFile } from './dex-file.ts';
import type { DalvikInstruction, IndexKind } from './instruction.ts';
import { instructionsOf } from './instructions.ts';
import { referenceText } from './reference-text.ts';
import { readTryBlocks } from './try-blocks.ts';

/** An instruction with its names, as JSON can hold it. */
export interface DisassembledInstruction {
  /** In code units from the method's start. */
  readonly address: number;
  readonly mnemonic: string;
  /** Instruction format id, e.g. `35c`. */
  readonly format: string;
  /** In code units. */
  readonly width: number;
  readonly registers: readonly number[];
  /** In decimal, where the instruction has one. */
  readonly literal?: string;
  readonly reference?: { readonly kind: IndexKind; readonly index: number; readonly text: string };
  /** Second reference of `invoke-polymorphic`. */
  readonly proto?: { readonly index: number; readonly text: string };
  /** Address of the branch target or table. */
  readonly target?: number;
  /** Entries of a switch; targets are relative to the switch instruction. */
  readonly cases?: readonly { readonly key: number; readonly offset: number }[];
  /** Content of a `fill-array-data` table: bytes per element and the elements, in decimal, as signed numbers. */
  readonly array?: { readonly elementWidth: number; readonly elements: readonly string[] };
  /** Line of the source where one begins here. */
  readonly line?: number;
}

export interface DisassembledMethod {
  readonly class: string;
  readonly name: string;
  readonly descriptor: string;
  readonly accessFlags: number;
  /** Null for abstract and native methods. */
  readonly code: {
    readonly registers: number;
    readonly ins: number;
    readonly outs: number;
    readonly instructions: readonly DisassembledInstruction[];
    readonly tries: readonly {
      readonly start: number;
      readonly end: number;
      readonly handlers: readonly { readonly type: string | null; readonly address: number }[];
    }[];
    /** What a linear sweep reads, in code that is made to mislead one; null for ordinary code. */
    readonly swept: readonly DisassembledInstruction[] | null;
    readonly parameterNames: readonly (string | null)[];
    readonly locals: readonly {
      readonly register: number;
      readonly name: string | null;
      readonly descriptor: string | null;
      readonly start: number;
      readonly end: number;
    }[];
  } | null;
}

/** A defined method (a row of `DexFile.methods`) with everything its code has, names resolved; plain data for JSON. */
export function disassembleToData(dex: DexFile, method: number): DisassembledMethod {
  const methodId = dex.methods.methodIds[method] ?? 0;
  const identity = {
    class: dex.typeDescriptor(dex.methodClass(methodId)),
    name: dex.methodName(methodId),
    descriptor: dex.methodDescriptor(methodId),
    accessFlags: dex.methods.accessFlags[method] ?? 0,
  };
  const item = codeItemOf(dex, method);
  if (item === null) return { ...identity, code: null };
  const debug = readDebugInfo(dex, method).value;
  const lines = new Map((debug?.positions ?? []).map(({ address, line }) => [address, line]));
  const { instructions, swept } = instructionsOf(dex, method);
  const named = (instruction: DalvikInstruction): DisassembledInstruction => {
    const line = lines.get(instruction.address);
    return { ...nameInstruction(dex, instruction), ...(line === undefined ? {} : { line }) };
  };
  const tries = readTryBlocks(dex, method).map(({ start, end, handlers }) => ({
    start,
    end,
    handlers: handlers.map(({ type, address }) => ({ type: type === null ? null : dex.typeDescriptor(type), address })),
  }));
  const code = {
    registers: item.registers,
    ins: item.ins,
    outs: item.outs,
    instructions: instructions.map(named),
    tries,
    swept: swept === null ? null : swept.map(named),
    parameterNames: debug?.parameterNames ?? [],
    locals: (debug?.locals ?? []).map(({ register, name, descriptor, start, end }) => ({
      register,
      name,
      descriptor,
      start,
      end,
    })),
  };
  return { ...identity, code };
}

function nameInstruction(dex: DexFile, instruction: DalvikInstruction): DisassembledInstruction {
  const { address, mnemonic, format, width, registers, literal, indexKind, index, protoIndex, target, payload } =
    instruction;
  return {
    address,
    mnemonic,
    format,
    width,
    registers,
    ...(literal === null ? {} : { literal: String(literal) }),
    ...(indexKind === null || index === null
      ? {}
      : { reference: { kind: indexKind, index, text: referenceText(dex, indexKind, index) } }),
    ...(protoIndex === null ? {} : { proto: { index: protoIndex, text: referenceText(dex, 'proto', protoIndex) } }),
    ...(target === null ? {} : { target }),
    ...(payload === null
      ? {}
      : payload.kind === 'array'
        ? { array: { elementWidth: payload.elementWidth, elements: elementsOf(payload.data, payload.elementWidth) } }
        : { cases: payload.keys.map((key, position) => ({ key, offset: payload.targets[position] ?? 0 })) }),
  };
}

/** Elements as signed little-endian numbers of 1, 2, 4 or 8 bytes; of any other width as bytes. */
function elementsOf(data: Uint8Array, width: number): string[] {
  const size = width === 2 || width === 4 || width === 8 ? width : 1;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Array.from({ length: Math.floor(data.length / size) }, (_, index) => {
    const at = index * size;
    if (size === 1) return String(view.getInt8(at));
    if (size === 2) return String(view.getInt16(at, true));
    return size === 4 ? String(view.getInt32(at, true)) : String(view.getBigInt64(at, true));
  });
}
