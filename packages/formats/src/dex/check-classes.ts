import { type Diagnostics, u16At, u32At } from '@vedette/bytes';
import { type ClassDefs, type MethodTable, NO_INDEX } from './class-data.ts';
import { confusingName, isFrameworkClass, isLegalClassDescriptor } from './class-names.ts';
import type { DexHeader } from './dex-header.ts';
import { type DexNames, MAX_INTERFACES } from './dex-names.ts';

export interface ClassChecks {
  readonly bytes: Uint8Array;
  readonly header: DexHeader;
  readonly classDefs: ClassDefs;
  readonly methods: MethodTable;
  readonly names: DexNames;
  readonly diagnostics: Diagnostics;
}

/** Names of classes that no compiler makes or that the platform has itself, and inheritance that leads in a circle. */
export function checkClasses(checks: ClassChecks): void {
  const { bytes, header, classDefs, diagnostics } = checks;
  const byType = new Int32Array(header.types.count).fill(-1);
  const placeOf = (index: number) => ({ offset: header.classes.offset + index * 32 });
  for (let index = 0; index < classDefs.count; index++) {
    const type = classDefs.types[index] ?? 0;
    if (type >= header.types.count) {
      const message = `class ${index} has type ${type}, which does not exist`;
      diagnostics.warning('dex.class.index', message, placeOf(index));
      continue;
    }
    const superclass = classDefs.superclasses[index] ?? NO_INDEX;
    if (superclass !== NO_INDEX && superclass >= header.types.count) {
      diagnostics.warning('dex.class.index', `the superclass of class ${index} does not exist`, placeOf(index));
    }
    if ((byType[type] ?? -1) < 0) byType[type] = index;
    else diagnostics.warning('dex.class.duplicate', `class ${index} is defined before in this file`, placeOf(index));
    if (!isPlainName(bytes, header, type)) checkName(checks, index, placeOf(index));
  }
  reportCircles(checks, byType);
}

/** Longest name that is judged by its bytes alone. */
const PLAIN_LENGTH = 250;

/**
 * Whether a class has an ordinary name, told from its bytes: letters, digits, `$`, `_`, `-` in parts that are no devices
 * of DOS, and outside of the platform's packages. So most names need not be decoded.
 */
function isPlainName(bytes: Uint8Array, header: DexHeader, type: number): boolean {
  const string = u32At(bytes, header.types.offset + type * 4);
  if (string >= header.strings.count) return false;
  let at = u32At(bytes, header.strings.offset + string * 4);
  const length = bytes[at] ?? 0;
  if ((bytes[at + 1] ?? 0) !== 0x4c) {
    // A length of two bytes, or something that is no class.
    if (length < 0x80 || (bytes[at + 2] ?? 0) !== 0x4c) return false;
    at += 1;
  }
  at += 2;
  // Packages of the platform begin `android/`, `dalvik/`, `java`, `libcore/`: the fourth and the eighth letter tell most others.
  const fourth = bytes[at + 3] ?? 0;
  if (fourth === 0x72 && bytes[at + 7] === 0x2f) return false;
  if (fourth === 0x61 && bytes[at] === 0x6a) return false;
  if ((fourth === 0x76 && bytes[at] === 0x64) || (fourth === 0x63 && bytes[at] === 0x6c)) return false;
  let part = 0;
  for (let count = 0; count < PLAIN_LENGTH; count++, at++) {
    const byte = bytes[at] ?? 0;
    const letter = byte | 0x20;
    if (
      (letter >= 0x61 && letter <= 0x7a) ||
      (byte >= 0x30 && byte <= 0x39) ||
      byte === 0x24 ||
      byte === 0x5f ||
      byte === 0x2d
    ) {
      part += 1;
    } else if (byte === 0x2f || byte === 0x3b) {
      // Devices have names of three and four letters.
      if (part === 0 || ((part === 3 || part === 4) && isDevice(bytes, at - part, part))) return false;
      if (byte === 0x3b) return bytes[at + 1] === 0;
      part = 0;
    } else return false;
  }
  return false;
}

const CON = 0x63_6f_6e;
const PRN = 0x70_72_6e;
const AUX = 0x61_75_78;
const NUL = 0x6e_75_6c;
const COM = 0x63_6f_6d;
const LPT = 0x6c_70_74;

/** Whether a part of three or four letters is a device of DOS. */
function isDevice(bytes: Uint8Array, at: number, length: number): boolean {
  const letters = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0) | 0x20_20_20;
  if (length === 3) return letters === CON || letters === PRN || letters === AUX || letters === NUL;
  const last = bytes[at + 3] ?? 0;
  return (letters === COM || letters === LPT) && last >= 0x30 && last <= 0x39;
}

function checkName(
  { classDefs, methods, names, diagnostics }: ClassChecks,
  index: number,
  place: { readonly offset: number },
): void {
  const descriptor = names.typeDescriptor(classDefs.types[index] ?? 0);
  const shown = JSON.stringify(descriptor.slice(0, 120));
  if (!isLegalClassDescriptor(descriptor)) {
    diagnostics.warning('dex.class.name', `${shown} is no name of a class`, place);
    return;
  }
  const confusing = confusingName(descriptor);
  if (confusing !== null)
    diagnostics.note(`dex.class.name-${confusing}`, `${shown} is hard to tell or to store`, place);
  if (!isFrameworkClass(descriptor)) return;
  // D8 puts empty stubs, with no more than a <clinit> that throws, where older versions of Android lack a class.
  const end = methods.classStarts[index + 1] ?? 0;
  for (let method = methods.classStarts[index] ?? 0; method < end; method++) {
    if (names.methodName(methods.methodIds[method] ?? 0) === '<clinit>') continue;
    const message = `${shown} is a class of the platform, which loads its own instead`;
    diagnostics.warning('dex.class.framework', message, place);
    return;
  }
}

/**
 * The format has ancestors before their heirs, which excludes circles. Only where a class stands before one of its
 * ancestors, superclasses and interfaces are followed through.
 */
function reportCircles({ bytes, classDefs, names, header, diagnostics }: ClassChecks, byType: Int32Array): void {
  const { types, superclasses, interfaceOffsets, count } = classDefs;
  let isOrdered = true;
  for (let index = 0; index < count; index++) {
    let latest = byType[superclasses[index] ?? NO_INDEX] ?? -1;
    const list = interfaceOffsets[index] ?? 0;
    if (list !== 0) latest = Math.max(latest, latestOf(bytes, list, byType));
    // A class that is defined twice has its first place in the table.
    if (latest < (byType[types[index] ?? NO_INDEX] ?? -1) || latest < 0) continue;
    isOrdered = false;
    const message = `class ${index} stands before its ancestor, class ${latest}`;
    diagnostics.warning('dex.class.order', message, { offset: header.classes.offset + index * 32 });
  }
  if (isOrdered) return;
  for (const index of circularClasses(classDefs, byType, names)) {
    const message = `class ${index} is its own ancestor`;
    diagnostics.warning('dex.class.circular', message, { offset: header.classes.offset + index * 32 });
  }
}

/** The last class of those in the `type_list` at `offset`, which is read where it stands; -1 for none. */
function latestOf(bytes: Uint8Array, offset: number, byType: Int32Array): number {
  if (offset + 4 > bytes.length) return -1;
  const count = Math.min(u32At(bytes, offset), MAX_INTERFACES, (bytes.length - offset - 4) >> 1);
  let latest = -1;
  for (let index = 0, at = offset + 4; index < count; index++, at += 2) {
    const place = byType[u16At(bytes, at)] ?? -1;
    if (place > latest) latest = place;
  }
  return latest;
}

/** Classes that are met again on the way up from themselves; one for each circle. Looks at each class once. */
function circularClasses(defs: ClassDefs, byType: Int32Array, names: DexNames): number[] {
  const UNSEEN = 0;
  const OPEN = 1;
  const DONE = 2;
  const state = new Uint8Array(defs.count);
  const found: number[] = [];
  const parentsOf = (index: number): number[] =>
    [...names.interfaces(index), defs.superclasses[index] ?? NO_INDEX]
      .map((type) => byType[type] ?? -1)
      .filter((parent) => parent >= 0);
  for (let root = 0; root < defs.count; root++) {
    if (state[root] !== UNSEEN) continue;
    state[root] = OPEN;
    const path: { readonly index: number; readonly parents: number[] }[] = [{ index: root, parents: parentsOf(root) }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const parent = top.parents.pop();
      if (parent === undefined) {
        state[top.index] = DONE;
        path.pop();
      } else if (state[parent] === OPEN) found.push(parent);
      else if (state[parent] === UNSEEN) {
        state[parent] = OPEN;
        path.push({ index: parent, parents: parentsOf(parent) });
      }
    }
  }
  return found;
}
