import {
  REGISTERS_BYTE,
  REGISTERS_BYTE_UNIT,
  REGISTERS_BYTES_2,
  REGISTERS_BYTES_3,
  REGISTERS_LIST,
  REGISTERS_NIBBLE,
  REGISTERS_NIBBLES,
  REGISTERS_RANGE,
  REGISTERS_UNITS,
} from './sweep-table.ts';

/** The highest register that the instruction at `at` names; -1 for none. `form` is from the sweep's table. */
export function highestRegister(units: Uint16Array, at: number, form: number): number {
  const first = units[at] ?? 0;
  switch (form) {
    case REGISTERS_NIBBLES:
      return Math.max((first >> 8) & 15, first >> 12);
    case REGISTERS_NIBBLE:
      return (first >> 8) & 15;
    case REGISTERS_BYTE:
      return first >> 8;
    case REGISTERS_BYTE_UNIT:
      return Math.max(first >> 8, units[at + 1] ?? 0);
    case REGISTERS_UNITS:
      return Math.max(units[at + 1] ?? 0, units[at + 2] ?? 0);
    case REGISTERS_BYTES_2:
      return Math.max(first >> 8, (units[at + 1] ?? 0) & 0xff);
    case REGISTERS_BYTES_3:
      return Math.max(first >> 8, (units[at + 1] ?? 0) & 0xff, (units[at + 1] ?? 0) >> 8);
    case REGISTERS_LIST: {
      const count = first >> 12;
      if (count === 0) return -1;
      // Up to four registers in the third unit, from its low nibble; the fifth in the first one.
      const list = count >= 4 ? (units[at + 2] ?? 0) : (units[at + 2] ?? 0) & ((1 << (count * 4)) - 1);
      const highest = Math.max(list & 15, (list >> 4) & 15, (list >> 8) & 15, list >> 12);
      return count > 4 ? Math.max(highest, (first >> 8) & 15) : highest;
    }
    case REGISTERS_RANGE:
      return first >> 8 === 0 ? -1 : (units[at + 2] ?? 0) + (first >> 8) - 1;
    default:
      return -1;
  }
}
