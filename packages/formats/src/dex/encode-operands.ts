import type { Opcode } from './opcodes.ts';

/** What an instruction is made of; what its format does not have is not looked at. */
export interface Operands {
  readonly registers?: readonly number[];
  readonly literal?: bigint;
  /** Branch or table, in code units from the instruction. */
  readonly offset?: number;
  readonly index?: number;
  readonly proto?: number;
}

/** Encodes an instruction by its format ("Dalvik executable instruction formats"). Values that do not fit are cut, as tests may wish. */
export function encodeOperands(opcode: Opcode, operands: Operands): readonly number[] {
  const { value, format } = opcode;
  const { registers = [], literal = 0n, offset = 0, index = 0, proto = 0 } = operands;
  const [a = 0, b = 0, c = 0] = registers;
  const unit = (high: number): number => value | ((high & 0xff) << 8);
  const nibbles = unit((a & 15) | ((b & 15) << 4));
  const words = (from: bigint | number, count: number): number[] =>
    Array.from({ length: count }, (_, at) => Number(BigInt.asUintN(16, BigInt(from) >> BigInt(at * 16))));
  const list = (): [first: number, third: number] => {
    const [p = 0, q = 0, r = 0, s = 0, t = 0] = registers;
    return [unit((t & 15) | (registers.length << 4)), (p & 15) | ((q & 15) << 4) | ((r & 15) << 8) | ((s & 15) << 12)];
  };
  switch (format) {
    case '12x':
      return [nibbles];
    case '11n':
      return [unit((a & 15) | (Number(BigInt.asUintN(4, literal)) << 4))];
    case '11x':
      return [unit(a)];
    case '10t':
      return [unit(offset)];
    case '20t':
      return [value, offset & 0xffff];
    case '22x':
      return [unit(a), b & 0xffff];
    case '21t':
      return [unit(a), offset & 0xffff];
    case '21s':
      return [unit(a), ...words(literal, 1)];
    case '21h':
      return [unit(a), ...words(literal >> (opcode.mnemonic === 'const/high16' ? 16n : 48n), 1)];
    case '21c':
      return [unit(a), index & 0xffff];
    case '23x':
      return [unit(a), (b & 0xff) | ((c & 0xff) << 8)];
    case '22b':
      return [unit(a), (b & 0xff) | (Number(BigInt.asUintN(8, literal)) << 8)];
    case '22t':
      return [nibbles, offset & 0xffff];
    case '22s':
      return [nibbles, ...words(literal, 1)];
    case '22c':
      return [nibbles, index & 0xffff];
    case '30t':
      return [value, ...words(offset, 2)];
    case '32x':
      return [value, a & 0xffff, b & 0xffff];
    case '31i':
      return [unit(a), ...words(literal, 2)];
    case '31t':
      return [unit(a), ...words(offset, 2)];
    case '31c':
      return [unit(a), ...words(index, 2)];
    case '51l':
      return [unit(a), ...words(literal, 4)];
    case '35c':
    case '45cc': {
      const [first, third] = list();
      return format === '35c' ? [first, index & 0xffff, third] : [first, index & 0xffff, third, proto & 0xffff];
    }
    case '3rc':
      return [unit(registers.length), index & 0xffff, a & 0xffff];
    case '4rcc':
      return [unit(registers.length), index & 0xffff, a & 0xffff, proto & 0xffff];
    default:
      return [value];
  }
}
