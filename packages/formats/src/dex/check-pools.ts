import { type Diagnostics, u16At, u32At } from '@vedette/bytes';
import type { DexHeader, DexSection } from './dex-header.ts';

/** As far as two neighbouring strings are compared; longer common beginnings are taken for order. */
const MOST_COMPARED = 256;

/**
 * Whether the id tables are in the order that the format demands, without repetition, and refer to what exists. The
 * platform finds types, fields and methods by binary search and its verifier refuses a file that is not sorted.
 */
export function checkPools(bytes: Uint8Array, header: DexHeader, diagnostics: Diagnostics): void {
  checkStrings(bytes, header.strings, diagnostics);
  const { strings, types, protos, fields, methods } = header;
  const report = (id: string, what: string, index: number, offset: number): void =>
    diagnostics.warning(id, `${what} ${index} ${PROBLEMS[id] ?? ''}`, { offset });

  let previous = -1;
  for (let index = 0; index < types.count; index++) {
    const at = types.offset + index * 4;
    const string = u32At(bytes, at);
    if (string >= strings.count) report('dex.pool.index', 'type', index, at);
    if (string === previous) report('dex.pool.duplicate', 'type', index, at);
    else if (string < previous) report('dex.pool.order', 'type', index, at);
    previous = string;
  }
  previous = -1;
  for (let index = 0; index < protos.count; index++) {
    const at = protos.offset + index * 12;
    const result = u32At(bytes, at + 4);
    if (result >= types.count || u32At(bytes, at) >= strings.count) report('dex.pool.index', 'prototype', index, at);
    if (result < previous) report('dex.pool.order', 'prototype', index, at);
    previous = result;
  }
  for (const [what, section, others] of [
    ['field', fields, types.count],
    ['method', methods, protos.count],
  ] as const) {
    let previousClass = -1;
    let previousName = -1;
    let previousOther = -1;
    for (let index = 0; index < section.count; index++) {
      const at = section.offset + index * 8;
      const owner = u16At(bytes, at);
      const other = u16At(bytes, at + 2);
      const name = u32At(bytes, at + 4);
      if (owner >= types.count || other >= others || name >= strings.count) report('dex.pool.index', what, index, at);
      const order = owner - previousClass || name - previousName || other - previousOther;
      if (order === 0) report('dex.pool.duplicate', what, index, at);
      else if (order < 0) report('dex.pool.order', what, index, at);
      previousClass = owner;
      previousName = name;
      previousOther = other;
    }
  }
}

const PROBLEMS: Readonly<Record<string, string>> = {
  'dex.pool.index': 'refers to something that does not exist',
  'dex.pool.duplicate': 'is the same as the one before',
  'dex.pool.order': 'stands before the one that precedes it',
};

/** By code units: of MUTF-8 that is the order of the bytes, but for U+0000, which has two of them. */
function checkStrings(bytes: Uint8Array, section: DexSection, diagnostics: Diagnostics): void {
  let before = -1;
  for (let index = 0; index < section.count; index++) {
    const place = section.offset + index * 4;
    let at = u32At(bytes, place);
    while ((bytes[at] ?? 0) >= 0x80) at += 1;
    at += 1;
    if (before >= 0) {
      const order = at === before ? 0 : compareStrings(bytes, before, at);
      if (order === 0)
        diagnostics.warning('dex.pool.duplicate', `string ${index} is the same as the one before`, { offset: place });
      if (order > 0)
        diagnostics.warning('dex.pool.order', `string ${index} stands before the one that precedes it`, {
          offset: place,
        });
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
