import { encodeOperands } from './encode-operands.ts';
import { opcodeNamed } from './opcodes.ts';

/** Names a method by Java class name, name and descriptor. */
export interface MethodRef {
  readonly class: string;
  readonly name: string;
  /** E.g. `(ILjava/lang/String;)V`. */
  readonly descriptor: string;
}

export interface FieldRef {
  readonly class: string;
  readonly name: string;
  /** Type descriptor, e.g. `Ljava/lang/String;`. */
  readonly type: string;
}

/** One instruction of a method to build. Registers default to v0 and up. */
export type Instruction =
  | { readonly op: string; readonly method: MethodRef; readonly registers?: readonly number[] }
  | { readonly op: string; readonly field: FieldRef; readonly registers?: readonly number[] }
  | { readonly op: string; readonly type: string; readonly registers?: readonly number[] }
  | { readonly op: string; readonly string: string; readonly registers?: readonly number[] }
  /** `invoke-polymorphic`: a method, and the descriptor it is called with. */
  | { readonly op: string; readonly method: MethodRef; readonly proto: string; readonly registers?: readonly number[] }
  /** `const-method-type`. */
  | { readonly op: string; readonly proto: string; readonly registers?: readonly number[] }
  /** An index as it is: for call sites and method handles, and for indices that are wrong. */
  | { readonly op: string; readonly index: number; readonly registers?: readonly number[] }
  /** Code units as they are: for everything else, and for code that is wrong. */
  | { readonly units: readonly number[] };

type InvokeKind = 'virtual' | 'super' | 'direct' | 'static' | 'interface';

/** `invoke('virtual', 'android.telephony.SmsManager', 'sendTextMessage', '(Ljava/lang/String;…)V')` */
export function invoke(
  kind: InvokeKind,
  className: string,
  name: string,
  descriptor: string,
  registers?: readonly number[],
): Instruction {
  const method = { class: className, name, descriptor };
  return registers === undefined ? { op: `invoke-${kind}`, method } : { op: `invoke-${kind}`, method, registers };
}

export function constString(value: string, register = 0): Instruction {
  return { op: 'const-string', string: value, registers: [register] };
}

/** `const/4`: a small number, -8 to 7. */
export function constInt(value: number, register = 0): Instruction {
  return { units: [0x12 | (register << 8) | ((value & 15) << 12)] };
}

export function newInstance(className: string, register = 0): Instruction {
  return { op: 'new-instance', type: className, registers: [register] };
}

export function constClass(className: string, register = 0): Instruction {
  return { op: 'const-class', type: className, registers: [register] };
}

export function fieldAccess(op: string, field: FieldRef, registers: readonly number[] = [0, 0]): Instruction {
  return { op, field, registers };
}

export function moveResultObject(register = 0): Instruction {
  return { units: [0x0c | (register << 8)] };
}

export function returnVoid(): Instruction {
  return { units: [0x0e] };
}

/** `return` of an int or boolean register. */
export function returnValue(register = 0): Instruction {
  return { units: [0x0f | (register << 8)] };
}

export function returnObject(register = 0): Instruction {
  return { units: [0x11 | (register << 8)] };
}

/** Where the assembler finds the indices of what instructions name. */
export interface InstructionPools {
  string(value: string): number;
  type(className: string): number;
  method(method: MethodRef): number;
  field(field: FieldRef): number;
  /** By descriptor, e.g. `(I)V`. */
  proto(descriptor: string): number;
}

/** Encodes one instruction as code units; throws on a mnemonic that does not fit its operand (a mistake in a test). */
export function encodeInstruction(instruction: Instruction, pools: InstructionPools): readonly number[] {
  if ('units' in instruction) return instruction.units;
  const opcode = opcodeNamed(instruction.op);
  if (opcode === undefined) throw new Error(`no instruction is called ${instruction.op}`);
  if ('method' in instruction) return encodeInvoke(instruction, pools);
  const registers = instruction.registers ?? [];
  const index =
    'string' in instruction
      ? pools.string(instruction.string)
      : 'type' in instruction
        ? pools.type(instruction.type)
        : 'field' in instruction
          ? pools.field(instruction.field)
          : 'proto' in instruction
            ? pools.proto(instruction.proto)
            : instruction.index;
  return encodeOperands(opcode, { registers, index });
}

function encodeInvoke(
  instruction: {
    readonly op: string;
    readonly method: MethodRef;
    readonly proto?: string;
    readonly registers?: readonly number[];
  },
  pools: InstructionPools,
): readonly number[] {
  const { op, method, proto } = instruction;
  const count = argumentWords(method.descriptor) + (op.startsWith('invoke-static') ? 0 : 1);
  const registers = instruction.registers ?? Array.from({ length: count }, (_, index) => index);
  const opcode = opcodeNamed(registers.length > 5 && !op.endsWith('/range') ? `${op}/range` : op);
  if (opcode === undefined) throw new Error(`${op} has no range form`);
  const index = pools.method(method);
  return encodeOperands(opcode, { registers, index, ...(proto === undefined ? {} : { proto: pools.proto(proto) }) });
}

/** Descriptors of the parameters and of the result of `(…)…`. */
export function splitDescriptor(descriptor: string): {
  readonly parameters: readonly string[];
  readonly result: string;
} {
  const close = descriptor.indexOf(')');
  if (!descriptor.startsWith('(') || close < 0) throw new Error(`no method descriptor: ${descriptor}`);
  const parameters = descriptor.slice(1, close).match(/\[*(?:L[^;]+;|[ZBSCIJFD])/g) ?? [];
  return { parameters, result: descriptor.slice(close + 1) };
}

/** Registers that the parameters take: two for long and double. */
export function argumentWords(descriptor: string): number {
  return splitDescriptor(descriptor).parameters.reduce((sum, type) => sum + (type === 'J' || type === 'D' ? 2 : 1), 0);
}
