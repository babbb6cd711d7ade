import { noteInstruction } from './instruction-references.ts';
import { payloadWidth } from './payloads.ts';
import { ENTRY, OPCODE_SHIFT, type ReferenceLog, reserve } from './reference-log.ts';
import { highestRegister } from './registers-in-range.ts';
import {
  ACTION_BRANCH_8,
  ACTION_BRANCH_16,
  ACTION_METHOD,
  ACTION_PAYLOAD,
  ACTION_SHIFT,
  fallsThrough,
  REGISTERS_BYTE,
  REGISTERS_LIST,
  REGISTERS_NIBBLES,
  REGISTERS_NONE,
  REGISTERS_SHIFT,
  sweepTable,
  WIDTH_MASK,
} from './sweep-table.ts';

/** What sweeping the methods of one file works with. A plain record: nothing in the loop goes through a closure. */
export interface PlainSweep {
  readonly units: Uint16Array;
  readonly table: Uint16Array;
  readonly log: ReferenceLog;
  /** Per address: number of the sweep in which an instruction or table began there. */
  begins: Uint32Array;
  /** Number of the sweep. */
  stamp: number;
  /** Where branches lead. */
  branches: Int32Array;
  branchCount: number;
  /** All instructions of methods that were plain, tables not counted. */
  instructions: number;
  length: number;
}

export function createPlainSweep(units: Uint16Array, log: ReferenceLog): PlainSweep {
  return {
    units,
    table: sweepTable(),
    log,
    begins: new Uint32Array(4_096),
    stamp: 0,
    branches: new Int32Array(8_192),
    branchCount: 0,
    instructions: 0,
    length: 0,
  };
}

/**
 * The hot loop: the instructions in `[start, start + length)` one behind the other, one table look-up for each. Notes what
 * they refer to and gives true when the method is as compilers make them. At the first thing that is not, whatever it is,
 * it takes back what it noted and gives false: `createCodeSweep` then looks again and says what it was. What this loop
 * accepts, that one has nothing to say about.
 */
export function sweepPlainMethod(
  sweep: PlainSweep,
  method: number,
  start: number,
  length: number,
  registers: number,
): boolean {
  const { units, table, log } = sweep;
  // No instruction refers to more than two things; a switch may have as many targets as its method has units.
  reserve(log, length * 2);
  if (length > sweep.begins.length) sweep.begins = new Uint32Array(length * 2);
  if (length * 2 > sweep.branches.length) sweep.branches = new Int32Array(length * 4);
  sweep.length = length;
  sweep.branchCount = 0;
  const stamp = ++sweep.stamp;
  const before = log.count;
  const { entries, bases, limits } = log;
  const { begins, branches } = sweep;
  const end = start + length;
  const nibbleForms = registers < 16 ? REGISTERS_NONE : REGISTERS_LIST;
  let filled = before * ENTRY;
  let instructions = 0;
  let last = 0;
  let at = start;
  while (at < end) {
    const unit = units[at] ?? 0;
    const opcode = unit & 0xff;
    begins[at - start] = stamp;
    if (opcode === 0 && unit !== 0) {
      const width = payloadWidth(units, at);
      if (width === 0 || fallsThrough(last)) return false;
      at += width;
      continue;
    }
    const info = table[opcode] ?? 0;
    const width = info & WIDTH_MASK;
    if (width === 0) return false;
    instructions += 1;
    if (opcode !== 0) last = opcode;
    const form = info >> REGISTERS_SHIFT;
    // Nibbles name sixteen registers: where a method has as many, two thirds of its instructions need no look.
    if (form > nibbleForms) {
      if (form === REGISTERS_NIBBLES) {
        if (unit >> 12 >= registers || ((unit >> 8) & 15) >= registers) return false;
      } else if (form === REGISTERS_BYTE) {
        if (unit >> 8 >= registers) return false;
      } else if (highestRegister(units, at, form) >= registers) return false;
    }
    const action = (info >> ACTION_SHIFT) & 15;
    if (action !== 0) {
      if (action <= ACTION_METHOD) {
        const index = units[at + 1] ?? 0;
        if (index >= (limits[action] ?? 0)) return false;
        entries[filled] = (bases[action] ?? 0) + index;
        entries[filled + 1] = method | (opcode << OPCODE_SHIFT);
        entries[filled + 2] = at - start;
        filled += ENTRY;
      } else if (action === ACTION_BRANCH_16) {
        branches[sweep.branchCount++] = at - start + (((units[at + 1] ?? 0) << 16) >> 16);
      } else if (action < ACTION_BRANCH_8) {
        log.count = filled / ENTRY;
        const exists = noteInstruction(log, units, at, method, at - start, null);
        filled = log.count * ENTRY;
        log.count = before;
        if (!exists) return false;
      } else if (action === ACTION_PAYLOAD) {
        if (!followTable(sweep, at, start, end)) return false;
      } else if (action === ACTION_BRANCH_8) {
        branches[sweep.branchCount++] = at - start + ((unit << 16) >> 24);
      } else {
        branches[sweep.branchCount++] = at - start + ((units[at + 1] ?? 0) | ((units[at + 2] ?? 0) << 16));
      }
    }
    at += width;
  }
  if (at !== end || !branchesFit(branches, sweep.branchCount, begins, stamp, length)) return false;
  log.count = filled / ENTRY;
  sweep.instructions += instructions;
  return true;
}

/** Whether an instruction began at this address in the method swept last. */
export function beginsAt({ begins, stamp, length }: PlainSweep, address: number): boolean {
  return address >= 0 && address < length && begins[address] === stamp;
}

/** Notes where the switch at `at` leads; false for a table that is not as it should be. */
function followTable(sweep: PlainSweep, at: number, start: number, end: number): boolean {
  const { units, branches } = sweep;
  const opcode = (units[at] ?? 0) & 0xff;
  const ident = opcode === 0x26 ? 0x0300 : opcode === 0x2b ? 0x0100 : 0x0200;
  const target = at + ((units[at + 1] ?? 0) | ((units[at + 2] ?? 0) << 16));
  if (target < start || target >= end || target % 2 !== 0 || units[target] !== ident) return false;
  if (target + payloadWidth(units, target) > end) return false;
  if (opcode === 0x26) return true;
  const size = units[target + 1] ?? 0;
  // Branches and targets together have room for twice the method's units.
  if (sweep.branchCount + size + (end - at) > branches.length) return false;
  const first = target + (ident === 0x0200 ? 2 + size * 2 : 4);
  for (let entry = first; entry < first + size * 2; entry += 2) {
    branches[sweep.branchCount++] = at - start + ((units[entry] ?? 0) | ((units[entry + 1] ?? 0) << 16));
  }
  return true;
}

/** Whether an instruction of this sweep begins at every target. */
function branchesFit(branches: Int32Array, count: number, begins: Uint32Array, stamp: number, length: number): boolean {
  for (let index = 0; index < count; index++) {
    const target = branches[index] ?? -1;
    if (target < 0 || target >= length || begins[target] !== stamp) return false;
  }
  return true;
}
