import { opcodeOf } from './opcodes.ts';

/**
 * The table of the decoding loop: one 16-bit word per opcode, so that one look-up says all the loop needs. Bits 0 to 3
 * are the width in code units (0: unused opcode), bits 4 to 7 the action, bits 8 to 11 how registers are encoded.
 */
export const WIDTH_MASK = 0xf;
export const ACTION_SHIFT = 4;
export const REGISTERS_SHIFT = 8;

/** What the loop does with an instruction. */
export const ACTION_NONE = 0;
// Up to `ACTION_METHOD`: one index, in the second unit.
export const ACTION_STRING = 1;
export const ACTION_TYPE = 2;
export const ACTION_FIELD = 3;
export const ACTION_METHOD = 4;
export const ACTION_STRING_JUMBO = 5;
/** `invoke-polymorphic`: a method, and a prototype in the fourth unit. */
export const ACTION_POLYMORPHIC = 6;
export const ACTION_PROTO = 7;
export const ACTION_CALL_SITE = 8;
export const ACTION_METHOD_HANDLE = 9;
/** Branches, by the place of their offset: high byte of the first unit, second unit, second and third unit. */
export const ACTION_BRANCH_8 = 10;
export const ACTION_BRANCH_16 = 11;
export const ACTION_BRANCH_32 = 12;
/** Switches and `fill-array-data`: a 32-bit offset to a payload. */
export const ACTION_PAYLOAD = 13;

/** Where registers stand, by format; those that name sixteen registers at most come first. */
export const REGISTERS_NONE = 0;
/** 12x, 22c, 22s, 22t: two nibbles. */
export const REGISTERS_NIBBLES = 1;
/** 11n: one nibble, a literal above it. */
export const REGISTERS_NIBBLE = 2;
/** 35c, 45cc: up to five nibbles. */
export const REGISTERS_LIST = 3;
/** 11x, 21c, 21h, 21s, 21t, 31c, 31i, 31t, 51l: a byte. */
export const REGISTERS_BYTE = 4;
/** 22x: a byte, then a unit. */
export const REGISTERS_BYTE_UNIT = 5;
/** 32x: two units. */
export const REGISTERS_UNITS = 6;
/** 22b: a byte in each of two units, a literal above the second. */
export const REGISTERS_BYTES_2 = 7;
/** 23x: three bytes. */
export const REGISTERS_BYTES_3 = 8;
/** 3rc, 4rcc: a first register and a count. */
export const REGISTERS_RANGE = 9;

const REGISTERS_BY_FORMAT: Readonly<Record<string, number>> = {
  '12x': REGISTERS_NIBBLES,
  '22c': REGISTERS_NIBBLES,
  '22s': REGISTERS_NIBBLES,
  '22t': REGISTERS_NIBBLES,
  '11n': REGISTERS_NIBBLE,
  '11x': REGISTERS_BYTE,
  '21c': REGISTERS_BYTE,
  '21h': REGISTERS_BYTE,
  '21s': REGISTERS_BYTE,
  '21t': REGISTERS_BYTE,
  '31c': REGISTERS_BYTE,
  '31i': REGISTERS_BYTE,
  '31t': REGISTERS_BYTE,
  '51l': REGISTERS_BYTE,
  '22x': REGISTERS_BYTE_UNIT,
  '32x': REGISTERS_UNITS,
  '22b': REGISTERS_BYTES_2,
  '23x': REGISTERS_BYTES_3,
  '35c': REGISTERS_LIST,
  '45cc': REGISTERS_LIST,
  '3rc': REGISTERS_RANGE,
  '4rcc': REGISTERS_RANGE,
};

let table: Uint16Array | undefined;

/** The table, made on first use. */
export function sweepTable(): Uint16Array {
  table ??= makeSweepTable();
  return table;
}

function makeSweepTable(): Uint16Array {
  const made = new Uint16Array(256);
  for (let value = 0; value < 256; value++) {
    const opcode = opcodeOf(value);
    if (opcode === null) continue;
    const registers = REGISTERS_BY_FORMAT[opcode.format] ?? REGISTERS_NONE;
    made[value] =
      opcode.width | (actionOf(opcode.mnemonic, opcode.format) << ACTION_SHIFT) | (registers << REGISTERS_SHIFT);
  }
  return made;
}

function actionOf(mnemonic: string, format: string): number {
  if (mnemonic === 'const-string') return ACTION_STRING;
  if (mnemonic === 'const-string/jumbo') return ACTION_STRING_JUMBO;
  if (/^(const-class|check-cast|instance-of|new-instance|new-array|filled-new-array)/.test(mnemonic))
    return ACTION_TYPE;
  if (/^[is](get|put)/.test(mnemonic)) return ACTION_FIELD;
  if (mnemonic.startsWith('invoke-custom')) return ACTION_CALL_SITE;
  if (mnemonic.startsWith('invoke-polymorphic')) return ACTION_POLYMORPHIC;
  if (mnemonic.startsWith('invoke-')) return ACTION_METHOD;
  if (mnemonic === 'const-method-handle') return ACTION_METHOD_HANDLE;
  if (mnemonic === 'const-method-type') return ACTION_PROTO;
  if (format === '10t') return ACTION_BRANCH_8;
  if (format === '20t' || format === '21t' || format === '22t') return ACTION_BRANCH_16;
  if (format === '30t') return ACTION_BRANCH_32;
  return format === '31t' ? ACTION_PAYLOAD : ACTION_NONE;
}

/** Whether control may reach the instruction behind this one: not after `return`, `throw` and `goto`. */
export function fallsThrough(opcode: number): boolean {
  return !((opcode >= 0x0e && opcode <= 0x11) || (opcode >= 0x27 && opcode <= 0x2a));
}
