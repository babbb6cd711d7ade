import { type Diagnostics, hex } from '@vedette/bytes';
import { noteInstruction } from './instruction-references.ts';
import { payloadWidth } from './payloads.ts';
import type { ReferenceLog } from './reference-log.ts';
import { highestRegister } from './registers-in-range.ts';
import {
  ACTION_BRANCH_8,
  ACTION_BRANCH_16,
  ACTION_BRANCH_32,
  ACTION_PAYLOAD,
  ACTION_SHIFT,
  fallsThrough,
  REGISTERS_LIST,
  REGISTERS_NONE,
  REGISTERS_SHIFT,
  sweepTable,
  WIDTH_MASK,
} from './sweep-table.ts';

/** What a linear sweep met that makes it doubtful. */
export const ODD_UNUSED_OPCODE = 1;
export const ODD_OVERRUN = 2;
export const ODD_JUMP_INSIDE = 4;
export const ODD_DATA_REACHED = 8;

export interface CodeSweep {
  /** Sweeps the units `[start, start + length)`; gives the oddities met, 0 for none. */
  method(method: number, start: number, length: number, registers: number): number;
  /** Whether an instruction began at this address in the method swept last. */
  isBoundary(address: number): boolean;
  /** All instructions so far, payloads not counted. */
  instructions(): number;
}

/**
 * The careful sweep, for methods that `sweepPlainMethod` gave up on: says everything that is odd about them. Instructions one
 * behind the other; where they begin is kept, so that branches can be checked against it afterwards.
 */
export function createCodeSweep(units: Uint16Array, log: ReferenceLog, diagnostics: Diagnostics): CodeSweep {
  const table = sweepTable();
  let instructions = 0;
  /** Per address: number of the sweep in which an instruction began there. */
  let boundaries = new Uint32Array(4_096);
  let sweep = 0;
  /** Where branches lead, and where they stand. */
  let branches = new Int32Array(512);
  let branchCount = 0;
  let lastLength = 0;

  const addBranch = (target: number, from: number): void => {
    if (branchCount + 2 > branches.length) {
      const larger = new Int32Array(branches.length * 2);
      larger.set(branches);
      branches = larger;
    }
    branches[branchCount] = target;
    branches[branchCount + 1] = from;
    branchCount += 2;
  };

  /** Targets of a switch; the table is bounded by what is left of the method's allowance. */
  const addSwitch = (at: number, from: number, start: number, end: number, allowance: number): number => {
    const sparse = units[at] === 0x0200;
    const size = units[at + 1] ?? 0;
    const first = at + (sparse ? 2 + size * 2 : 4);
    const count = Math.max(0, Math.min(size, (end - first) >> 1, allowance));
    for (let index = 0; index < count; index++) {
      const entry = first + index * 2;
      addBranch(from + ((units[entry] ?? 0) | ((units[entry + 1] ?? 0) << 16)) - start, from - start);
    }
    return count;
  };

  const payloadOf = (at: number, start: number, end: number, allowance: number): number => {
    const offset = (units[at + 1] ?? 0) | ((units[at + 2] ?? 0) << 16);
    const target = at + offset;
    const opcode = (units[at] ?? 0) & 0xff;
    const ident = opcode === 0x26 ? 0x0300 : opcode === 0x2b ? 0x0100 : 0x0200;
    const place = { offset: at * 2 };
    if (target < start || target >= end || units[target] !== ident) {
      const message = `the table of an instruction is said to be at ${hex(target - start)} of its method, where none is`;
      diagnostics.warning('dex.code.payload', message, place);
      return 0;
    }
    if (target % 2 !== 0) diagnostics.warning('dex.code.payload-alignment', 'a table at an odd address', place);
    if (target + payloadWidth(units, target) > end) {
      diagnostics.warning('dex.code.payload', 'a table reaches beyond the end of its method', place);
    }
    return opcode === 0x26 ? 0 : addSwitch(target, at, start, end, allowance);
  };

  /** Says which branches lead where no instruction begins; gives the oddity. */
  const reportBranches = (length: number, start: number): number => {
    let odd = 0;
    for (let index = 0; index < branchCount; index += 2) {
      const target = branches[index] ?? 0;
      if (target >= 0 && target < length && boundaries[target] === sweep) continue;
      const place = { offset: (start + (branches[index + 1] ?? 0)) * 2 };
      if (target < 0 || target >= length) {
        diagnostics.warning('dex.code.branch-target', `a branch leads out of its method, to ${target}`, place);
      } else {
        odd = ODD_JUMP_INSIDE;
        const message = `a branch leads into the middle of an instruction, to ${hex(target)}`;
        diagnostics.warning('dex.code.overlap', message, place);
      }
    }
    return odd;
  };

  return {
    method(method, start, length, registers) {
      const end = start + length;
      let odd = 0;
      let allowance = length;
      let last = 0;
      let at = start;
      const nibbleForms = registers < 16 ? REGISTERS_NONE : REGISTERS_LIST;
      sweep += 1;
      branchCount = 0;
      lastLength = length;
      if (length > boundaries.length) boundaries = new Uint32Array(Math.max(length, boundaries.length * 2));
      const begins = boundaries;
      const stamp = sweep;
      let count = 0;
      while (at < end) {
        const unit = units[at] ?? 0;
        const opcode = unit & 0xff;
        const info = table[opcode] ?? 0;
        let width = info & WIDTH_MASK;
        begins[at - start] = stamp;
        if (opcode === 0 && unit > 0xff) {
          width = payloadWidth(units, at);
          if (width === 0) width = 1;
          else if (fallsThrough(last)) {
            odd |= ODD_DATA_REACHED;
            diagnostics.warning('dex.code.data-reached', 'control runs into a table', { offset: at * 2 });
          }
          if (at + width > end) {
            odd |= ODD_OVERRUN;
            diagnostics.warning('dex.code.overrun', 'a table reaches beyond its method', { offset: at * 2 });
            break;
          }
          at += width;
          continue;
        }
        count += 1;
        if (width === 0) {
          odd |= ODD_UNUSED_OPCODE;
          diagnostics.warning('dex.code.unused-opcode', `unused opcode ${hex(opcode, 2)}`, { offset: at * 2 });
          width = 1;
        }
        if (at + width > end) {
          odd |= ODD_OVERRUN;
          diagnostics.warning('dex.code.overrun', 'the last instruction reaches beyond its method', { offset: at * 2 });
          break;
        }
        if (opcode !== 0) last = opcode;
        const form = info >> REGISTERS_SHIFT;
        // Nibbles name sixteen registers: where a method has as many, two thirds of its instructions need no look.
        if (form > nibbleForms && highestRegister(units, at, form) >= registers) {
          reportRegister(highestRegister(units, at, form), registers, at, diagnostics);
        }
        const action = (info >> ACTION_SHIFT) & 15;
        if (action !== 0) {
          if (action < ACTION_BRANCH_8) noteInstruction(log, units, at, method, at - start, diagnostics);
          else if (action === ACTION_BRANCH_16)
            addBranch(at - start + (((units[at + 1] ?? 0) << 16) >> 16), at - start);
          else if (action === ACTION_BRANCH_8) addBranch(at - start + ((unit << 16) >> 24), at - start);
          else if (action === ACTION_PAYLOAD) allowance -= payloadOf(at, start, end, allowance);
          else if (action === ACTION_BRANCH_32) {
            addBranch(at - start + ((units[at + 1] ?? 0) | ((units[at + 2] ?? 0) << 16)), at - start);
          }
        }
        at += width;
      }
      instructions += count;
      if (!branchesFit(branches, branchCount, begins, stamp)) odd |= reportBranches(length, start);
      return odd;
    },
    isBoundary: (address) => address >= 0 && address < lastLength && boundaries[address] === sweep,
    instructions: () => instructions,
  };
}

/** Whether an instruction of this sweep begins at every target. */
function branchesFit(branches: Int32Array, count: number, begins: Uint32Array, stamp: number): boolean {
  for (let index = 0; index < count; index += 2) if (begins[branches[index] ?? -1] !== stamp) return false;
  return true;
}

function reportRegister(register: number, registers: number, at: number, diagnostics: Diagnostics): void {
  const message = `an instruction names register ${register}, its method has ${registers}`;
  diagnostics.warning('dex.code.register', message, { offset: at * 2 });
}
