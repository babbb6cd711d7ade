import { payloadWidth } from './payloads.ts';
import {
  ACTION_BRANCH_8,
  ACTION_BRANCH_16,
  ACTION_BRANCH_32,
  ACTION_PAYLOAD,
  ACTION_SHIFT,
  fallsThrough,
  sweepTable,
  WIDTH_MASK,
} from './sweep-table.ts';

export interface Traversal {
  /** Where instructions begin that control can reach, ascending, in code units from the method's start. */
  readonly addresses: Uint32Array;
  /** Where the tables stand that reached instructions use, ascending. */
  readonly payloads: Uint32Array;
  /** Whether two reached instructions share units. */
  readonly overlaps: boolean;
}

/**
 * Follows control from the first instruction and from `roots` (the handlers of its try blocks), as the device would run
 * the code, and keeps instructions by address: so two that overlap are both found. An instruction that does not exist or
 * does not fit ends its path. What a branch reaches as code is code: an interpreter that meets the first unit of a table
 * executes a `nop` of one unit. Time and memory are linear in `length`; tables that several switches share are
 * followed once for each switch as long as that holds.
 */
export function traverseCode(
  units: Uint16Array,
  start: number,
  length: number,
  roots: Iterable<number> = [],
): Traversal {
  const table = sweepTable();
  const seen = new Uint8Array(length);
  const payloads = new Set<number>();
  const pending: number[] = [];
  let allowance = length;
  const visit = (address: number): void => {
    if (address < 0 || address >= length || seen[address] === 1) return;
    seen[address] = 1;
    pending.push(address);
  };
  const i32 = (at: number): number => (units[at] ?? 0) | ((units[at + 1] ?? 0) << 16);

  const followTable = (from: number, opcode: number): void => {
    const target = from + i32(start + from + 1);
    if (target < 0 || target >= length) return;
    const at = start + target;
    const ident = opcode === 0x26 ? 0x0300 : opcode === 0x2b ? 0x0100 : 0x0200;
    if (units[at] !== ident) return;
    payloads.add(target);
    if (opcode === 0x26) return;
    const size = units[at + 1] ?? 0;
    const first = at + (opcode === 0x2c ? 2 + size * 2 : 4);
    const count = Math.max(0, Math.min(size, (start + length - first) >> 1, allowance));
    allowance -= count;
    for (let index = 0; index < count; index++) visit(from + i32(first + index * 2));
  };

  visit(0);
  for (const root of roots) visit(root);
  let reached = 0;
  for (let address = pending.pop(); address !== undefined; address = pending.pop()) {
    const at = start + address;
    const unit = units[at] ?? 0;
    const opcode = unit & 0xff;
    const info = table[opcode] ?? 0;
    const width = info & WIDTH_MASK;
    reached += 1;
    if (width === 0 || address + width > length) continue;
    const action = (info >> ACTION_SHIFT) & 15;
    if (action === ACTION_BRANCH_8) visit(address + ((unit << 16) >> 24));
    else if (action === ACTION_BRANCH_16) visit(address + (((units[at + 1] ?? 0) << 16) >> 16));
    else if (action === ACTION_BRANCH_32) visit(address + i32(at + 1));
    else if (action === ACTION_PAYLOAD) followTable(address, opcode);
    if (fallsThrough(opcode)) visit(address + width);
  }

  const addresses = new Uint32Array(reached);
  let count = 0;
  let overlaps = false;
  let end = 0;
  for (let address = 0; address < length; address++) {
    if (seen[address] !== 1) continue;
    if (address < end) overlaps = true;
    addresses[count++] = address;
    end = Math.max(end, address + ((table[(units[start + address] ?? 0) & 0xff] ?? 0) & WIDTH_MASK));
  }
  return { addresses, payloads: Uint32Array.from(payloads).sort(), overlaps };
}

/** Where a linear sweep finds instructions and tables, ascending; it ends at the first that does not fit. */
export function sweepAddresses(units: Uint16Array, start: number, length: number): number[] {
  const table = sweepTable();
  const found: number[] = [];
  for (let address = 0; address < length; ) {
    const unit = units[start + address] ?? 0;
    const isTable = unit > 0xff && (unit & 0xff) === 0;
    const width = (isTable ? payloadWidth(units, start + address) : (table[unit & 0xff] ?? 0) & WIDTH_MASK) || 1;
    if (address + width > length) break;
    found.push(address);
    address += width;
  }
  return found;
}
