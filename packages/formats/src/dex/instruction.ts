import { opcodeOf } from './opcodes.ts';
import {
  arrayPayload,
  PACKED_SWITCH_PAYLOAD,
  type Payload,
  payloadWidth,
  SPARSE_SWITCH_PAYLOAD,
  switchPayload,
} from './payloads.ts';

export type IndexKind = 'string' | 'type' | 'field' | 'method' | 'proto' | 'call-site' | 'method-handle';

/** One instruction with all its operands ("Dalvik bytecode" and "Dalvik executable instruction formats"). */
export interface DalvikInstruction {
  /** In code units from the method's start. */
  readonly address: number;
  /** 0 to 255; a payload has that of `nop`, as on the device. */
  readonly opcode: number;
  /** E.g. `invoke-virtual/range`, `packed-switch-payload`; `unused-3e` for an opcode that does not exist. */
  readonly mnemonic: string;
  /** E.g. `35c`; `payload` and `unused` for those. */
  readonly format: string;
  /** In code units. */
  readonly width: number;
  /** As the instruction lists them; of a range form every register of the range. */
  readonly registers: readonly number[];
  /**
   * Of constants and arithmetic with a literal; sign-extended, and shifted as `high16` says. A `bigint` for the 64-bit
   * ones. Of an unused opcode the whole code unit.
   */
  readonly literal: number | bigint | null;
  readonly indexKind: IndexKind | null;
  /** Into the table that `indexKind` names. May be out of range: nothing here looks it up. */
  readonly index: number | null;
  /** Second index of `invoke-polymorphic`. */
  readonly protoIndex: number | null;
  /** Address of the branch target or of the payload; may lead out of the method. */
  readonly target: number | null;
  readonly payload: Payload | null;
}

const PLAIN = {
  registers: [],
  literal: null,
  indexKind: null,
  index: null,
  protoIndex: null,
  target: null,
  payload: null,
} as const;

/**
 * Decodes the instruction at `start + address`. Total: units outside of `units` read as zero, an unused opcode is one
 * unit wide. A payload's entries are cut at `end` (an index into `units`).
 */
export function decodeInstruction(units: Uint16Array, start: number, address: number, end: number): DalvikInstruction {
  const at = start + address;
  const unit = units[at] ?? 0;
  const opcode = unit & 0xff;
  if (opcode === 0 && unit > 0xff) {
    const width = payloadWidth(units, at);
    if (width > 0) return decodePayload(units, at, address, width, end);
  }
  const known = opcodeOf(opcode);
  if (known === null) {
    const mnemonic = `unused-${opcode.toString(16).padStart(2, '0')}`;
    return { ...PLAIN, address, opcode, mnemonic, format: 'unused', width: 1, literal: unit };
  }
  const { mnemonic, format, width } = known;
  return { ...PLAIN, address, opcode, mnemonic, format, width, ...operands(units, at, address, mnemonic, format) };
}

function decodePayload(units: Uint16Array, at: number, address: number, width: number, end: number): DalvikInstruction {
  const ident = units[at];
  const isSwitch = ident === PACKED_SWITCH_PAYLOAD || ident === SPARSE_SWITCH_PAYLOAD;
  const payload = isSwitch ? switchPayload(units, at, end) : arrayPayload(units, at, end);
  return { ...PLAIN, address, opcode: 0, mnemonic: `${payload.kind}-payload`, format: 'payload', width, payload };
}

type Operands = Partial<Pick<DalvikInstruction, keyof typeof PLAIN>>;

function operands(units: Uint16Array, at: number, address: number, mnemonic: string, format: string): Operands {
  const first = units[at] ?? 0;
  const second = units[at + 1] ?? 0;
  const third = units[at + 2] ?? 0;
  const byte = first >>> 8;
  const low = byte & 15;
  const high = byte >>> 4;
  const signed = (second << 16) >> 16;
  const wide = second | (third << 16);
  const indexed = (index: number): Operands => ({ indexKind: indexKindOf(mnemonic), index });
  switch (format) {
    case '12x':
      return { registers: [low, high] };
    case '11n':
      return { registers: [low], literal: (byte << 24) >> 28 };
    case '11x':
      return { registers: [byte] };
    case '10t':
      return { target: address + ((byte << 24) >> 24) };
    case '20t':
      return { target: address + signed };
    case '22x':
      return { registers: [byte, second] };
    case '21t':
      return { registers: [byte], target: address + signed };
    case '21s':
      return { registers: [byte], literal: mnemonic === 'const-wide/16' ? BigInt(signed) : signed };
    case '21h':
      return { registers: [byte], literal: mnemonic === 'const/high16' ? second << 16 : BigInt(signed) << 48n };
    case '21c':
      return { registers: [byte], ...indexed(second) };
    case '23x':
      return { registers: [byte, second & 0xff, second >>> 8] };
    case '22b':
      return { registers: [byte, second & 0xff], literal: signed >> 8 };
    case '22t':
      return { registers: [low, high], target: address + signed };
    case '22s':
      return { registers: [low, high], literal: signed };
    case '22c':
      return { registers: [low, high], ...indexed(second) };
    case '30t':
      return { target: address + wide };
    case '32x':
      return { registers: [second, third] };
    case '31i':
      return { registers: [byte], literal: mnemonic === 'const-wide/32' ? BigInt(wide) : wide };
    case '31t':
      return { registers: [byte], target: address + wide };
    case '31c':
      return { registers: [byte], ...indexed(wide >>> 0) };
    case '35c':
      return { registers: listedRegisters(first, third), ...indexed(second) };
    case '3rc':
      return { registers: rangedRegisters(byte, third), ...indexed(second) };
    case '45cc':
      return { registers: listedRegisters(first, third), ...indexed(second), protoIndex: units[at + 3] ?? 0 };
    case '4rcc':
      return { registers: rangedRegisters(byte, third), ...indexed(second), protoIndex: units[at + 3] ?? 0 };
    case '51l': {
      const upper = (units[at + 3] ?? 0) | ((units[at + 4] ?? 0) << 16);
      return { registers: [byte], literal: (BigInt(upper) << 32n) | BigInt(wide >>> 0) };
    }
    default:
      return {};
  }
}

/** 35c: the count in the top nibble, the fifth register below it, four more in the third unit. A count over five is cut. */
function listedRegisters(first: number, third: number): number[] {
  const all = [third & 15, (third >>> 4) & 15, (third >>> 8) & 15, third >>> 12, (first >>> 8) & 15];
  return all.slice(0, Math.min(5, first >>> 12));
}

function rangedRegisters(count: number, from: number): number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}

/** What the constant of an instruction refers to; null for instructions without one. */
export function indexKindOf(mnemonic: string): IndexKind | null {
  if (mnemonic.startsWith('const-string')) return 'string';
  if (/^(const-class|check-cast|instance-of|new-instance|new-array|filled-new-array)/.test(mnemonic)) return 'type';
  if (/^[is](get|put)/.test(mnemonic)) return 'field';
  if (mnemonic.startsWith('invoke-custom')) return 'call-site';
  if (mnemonic.startsWith('invoke-')) return 'method';
  if (mnemonic === 'const-method-handle') return 'method-handle';
  return mnemonic === 'const-method-type' ? 'proto' : null;
}
