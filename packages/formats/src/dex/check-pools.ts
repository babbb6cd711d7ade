import type { Diagnostics } from '@vedette/bytes';
import type { DexHeader, DexSection } from './dex-header.ts';

/** As far as two neighbouring strings are compared; longer common beginnings are taken for order. */
const MOST_COMPARED = 256;
/** A table can be wrong in every row: more rows than this of one kind are not counted. */
const MOST_REPORTED = 1_000;

const PROBLEMS = {
  'dex.pool.index': 'refers to something that does not exist',
  'dex.pool.duplicate': 'is the same as the one before',
  'dex.pool.order': 'stands before the one that precedes it',
} as const;

type Report = (id: keyof typeof PROBLEMS, what: string, index: number, offset: number) => void;

/**
 * Whether the id tables are in the order that the format demands, without repetition, and refer to what exists. The
 * platform finds types, fields and methods by binary search and its verifier refuses a file that is not sorted.
 *
 * @param units the file as 16-bit units
 * @param stringStarts `DexStrings.starts`
 */
export function checkPools(
  bytes: Uint8Array,
  units: Uint16Array,
  header: DexHeader,
  stringStarts: Uint32Array,
  diagnostics: Diagnostics,
): void {
  const report: Report = (id, what, index, offset) => {
    if (diagnostics.count(id) < MOST_REPORTED) diagnostics.warning(id, `${what} ${index} ${PROBLEMS[id]}`, { offset });
  };
  const { strings, types, protos, fields, methods } = header;
  for (const [what, section] of Object.entries({ strings, types, protos, fields, methods })) {
    if (section.count === 0 || section.offset % 4 === 0) continue;
    const message = `the table of ${what} stands at an address that is no multiple of four`;
    diagnostics.warning('dex.section.alignment', message, { offset: section.offset });
  }
  checkStrings(bytes, strings, stringStarts, report);
  checkTypes(units, types, strings.count, report);
  checkProtos(units, header, report);
  checkMembers(units, 'field', fields, types.count, types.count, strings.count, report);
  checkMembers(units, 'method', methods, types.count, protos.count, strings.count, report);
}

/** By code units: of MUTF-8 that is the order of the bytes, but for U+0000, which has two of them. */
function checkStrings(bytes: Uint8Array, section: DexSection, starts: Uint32Array, report: Report): void {
  let before = 0;
  for (let index = 0; index < starts.length; index++) {
    const at = starts[index] ?? 0;
    if (before !== 0 && at !== 0) {
      const order = at === before ? 0 : compareStrings(bytes, before, at);
      if (order >= 0) {
        report(order === 0 ? 'dex.pool.duplicate' : 'dex.pool.order', 'string', index, section.offset + index * 4);
      }
    }
    before = at;
  }
}

/** Negative when the string at `a` comes first, zero when both are the same. */
function compareStrings(bytes: Uint8Array, a: number, b: number): number {
  for (let index = 0; index < MOST_COMPARED; index++) {
    const left = bytes[a + index] ?? 0;
    const right = bytes[b + index] ?? 0;
    if (left !== right) return unitOf(bytes, a + index) - unitOf(bytes, b + index);
    if (left === 0) return 0;
  }
  return -1;
}

/** For the order of two bytes that differ: the end of a string comes before U+0000, which comes before all others. */
function unitOf(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0;
  return byte === 0xc0 && bytes[at + 1] === 0x80 ? 0.5 : byte;
}

function u32(units: Uint16Array, at: number): number {
  return (units[at] ?? 0) + (units[at + 1] ?? 0) * 0x1_0000;
}

function checkTypes(units: Uint16Array, section: DexSection, strings: number, report: Report): void {
  const first = section.offset >> 1;
  let previous = -1;
  for (let index = 0; index < section.count; index++) {
    const string = u32(units, first + index * 2);
    if (string > previous && string < strings) {
      previous = string;
      continue;
    }
    const offset = section.offset + index * 4;
    if (string >= strings) report('dex.pool.index', 'type', index, offset);
    if (string <= previous)
      report(string === previous ? 'dex.pool.duplicate' : 'dex.pool.order', 'type', index, offset);
    previous = string;
  }
}

function checkProtos(units: Uint16Array, { protos, types, strings }: DexHeader, report: Report): void {
  const first = protos.offset >> 1;
  let previous = -1;
  for (let index = 0; index < protos.count; index++) {
    const at = first + index * 6;
    const result = u32(units, at + 2);
    const offset = protos.offset + index * 12;
    if (result >= types.count || u32(units, at) >= strings.count) report('dex.pool.index', 'prototype', index, offset);
    if (result < previous) report('dex.pool.order', 'prototype', index, offset);
    previous = result;
  }
}

/** `field_id_item` and `method_id_item`: class, type or prototype, name; in the order of class, name, type. */
function checkMembers(
  units: Uint16Array,
  what: string,
  section: DexSection,
  classes: number,
  others: number,
  names: number,
  report: Report,
): void {
  const first = section.offset >> 1;
  let previousClass = -1;
  let previousName = -1;
  let previousOther = -1;
  for (let index = 0; index < section.count; index++) {
    const at = first + index * 4;
    const owner = units[at] ?? 0;
    const other = units[at + 1] ?? 0;
    const name = u32(units, at + 2);
    const order = owner - previousClass || name - previousName || other - previousOther;
    const offset = section.offset + index * 8;
    if (owner >= classes || other >= others || name >= names) report('dex.pool.index', what, index, offset);
    if (order <= 0) report(order === 0 ? 'dex.pool.duplicate' : 'dex.pool.order', what, index, offset);
    previousClass = owner;
    previousName = name;
    previousOther = other;
  }
}
