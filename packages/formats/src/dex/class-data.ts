import { type Budget, type Diagnostics, u16At, u32At } from '@vedette/bytes';
import type { DexHeader } from './dex-header.ts';

/** `class_def_item` of every class, one typed array per field. */
export interface ClassDefs {
  readonly count: number;
  /** Type index of the class itself. */
  readonly types: Uint32Array;
  readonly accessFlags: Uint32Array;
  /** Type index, or 0xffffffff for none. */
  readonly superclasses: Uint32Array;
  readonly interfaceOffsets: Uint32Array;
  readonly dataOffsets: Uint32Array;
}

export const NO_INDEX = 0xffff_ffff;

/** Indices of fields and methods have 16 bits in instructions: no compiler makes more than 65,536 of each. */
const MAX_MEMBERS = 4 * 65_536;

export function readClassDefs(bytes: Uint8Array, header: DexHeader): ClassDefs {
  const { count, offset } = header.classes;
  const types = new Uint32Array(count);
  const accessFlags = new Uint32Array(count);
  const superclasses = new Uint32Array(count);
  const interfaceOffsets = new Uint32Array(count);
  const dataOffsets = new Uint32Array(count);
  // One pass for all columns: a closure for each is slow until it is compiled, and the items pass through the cache once.
  for (let index = 0, at = offset; index < count; index++, at += 32) {
    types[index] = u32At(bytes, at);
    accessFlags[index] = u32At(bytes, at + 4);
    superclasses[index] = u32At(bytes, at + 8);
    interfaceOffsets[index] = u32At(bytes, at + 12);
    dataOffsets[index] = u32At(bytes, at + 24);
  }
  return { count, types, accessFlags, superclasses, interfaceOffsets, dataOffsets };
}

/** Every method that a class of the file defines, in class order; one typed array per field. */
export interface MethodTable {
  readonly count: number;
  /** Index into `method_ids`. */
  readonly methodIds: Uint32Array;
  /** Index into `class_defs`. */
  readonly classes: Uint32Array;
  readonly accessFlags: Uint32Array;
  /** Offset of the `code_item` in bytes; 0 for abstract and native methods. */
  readonly codeOffsets: Uint32Array;
  /** The methods of class `c` are those from `classStarts[c]` up to `classStarts[c + 1]`. */
  readonly classStarts: Uint32Array;
  /** Of these, the virtual methods are those from `virtualStarts[c]` on; the direct ones stand before. */
  readonly virtualStarts: Uint32Array;
}

/** `class_data_item` of every class. Members are bounded by the file's size whatever the counts say. */
export function readMethods(
  bytes: Uint8Array,
  defs: ClassDefs,
  header: DexHeader,
  budget: Budget,
  diagnostics: Diagnostics,
): MethodTable {
  let rows = new Uint32Array(4 * 256);
  let count = 0;
  const add = (methodId: number, classDef: number, accessFlags: number, codeOffset: number): void => {
    const at = count * 4;
    if (at === rows.length) {
      const larger = new Uint32Array(rows.length * 2);
      larger.set(rows);
      rows = larger;
    }
    rows[at] = methodId;
    rows[at + 1] = classDef;
    rows[at + 2] = accessFlags;
    rows[at + 3] = codeOffset;
    count += 1;
  };
  const classStarts = new Uint32Array(defs.count + 1);
  const virtualStarts = new Uint32Array(defs.count + 1);
  // A member takes at least two bytes; more members than that means that classes share their data.
  let membersLeft = Math.min(bytes.length >> 1, MAX_MEMBERS);
  let at = 0;
  let cut = false;
  let overlong = false;
  // ULEB128 in place: a cursor per value costs more than the values.
  const uleb128 = (): number => {
    let byte = bytes[at] ?? 0;
    if (byte < 0x80 && at < bytes.length) {
      at += 1;
      return byte;
    }
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      if (at >= bytes.length) {
        cut = true;
        return 0;
      }
      byte = bytes[at] ?? 0;
      at += 1;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    overlong = true;
    return value >>> 0;
  };

  const readMembers = (index: number, place: { readonly offset: number }): void => {
    const staticFields = uleb128();
    const fields = staticFields + uleb128();
    const directMethods = uleb128();
    const virtualMethods = uleb128();
    if (fields + directMethods + virtualMethods > membersLeft) {
      const members = fields + directMethods + virtualMethods;
      const message = `class ${index} announces ${members} members, more than the file has room for`;
      diagnostics.error('dex.class-data.count', message, place);
    }
    for (let field = 0; field < fields && at < bytes.length && membersLeft > 0; field++, membersLeft--) {
      uleb128();
      uleb128();
    }
    for (let group = 0; group < 2; group++) {
      if (group === 1) virtualStarts[index] = count;
      const methods = group === 0 ? directMethods : virtualMethods;
      let methodId = 0;
      for (let method = 0; method < methods && membersLeft > 0; method++, membersLeft--) {
        const difference = uleb128();
        methodId += difference;
        const accessFlags = uleb128();
        const codeOffset = uleb128();
        if (cut) break;
        if (method > 0 && difference === 0) {
          diagnostics.warning('dex.method.duplicate', `method ${methodId} is defined twice in class ${index}`, place);
        }
        if (methodId >= header.methods.count) {
          const message = `class ${index} defines method ${methodId}, which does not exist`;
          diagnostics.warning('dex.method.index', message, place);
          break;
        }
        add(methodId, index, accessFlags, codeOffset);
      }
    }
  };

  for (let index = 0; index < defs.count; index++) {
    classStarts[index] = count;
    virtualStarts[index] = count;
    const offset = defs.dataOffsets[index] ?? 0;
    if (offset === 0) continue;
    const place = { offset };
    if (!budget.hasTime()) {
      diagnostics.error('budget.time', `reading stopped after ${index} of ${defs.count} classes`, place);
      classStarts.fill(count, index);
      virtualStarts.fill(count, index);
      break;
    }
    at = offset;
    cut = offset >= bytes.length;
    overlong = false;
    if (!cut) readMembers(index, place);
    if (cut) diagnostics.error('dex.class-data.truncated', `the data of class ${index} is cut off`, place);
    if (overlong) {
      const message = `the data of class ${index} has a number of more than five bytes`;
      diagnostics.warning('dex.class-data.leb128', message, place);
    }
  }
  reportShared(defs, diagnostics);
  classStarts[defs.count] = count;
  virtualStarts[defs.count] = count;
  const column = (at: number): Uint32Array => {
    const values = new Uint32Array(count);
    for (let row = 0; row < count; row++) values[row] = rows[row * 4 + at] ?? 0;
    return values;
  };
  return {
    count,
    methodIds: column(0),
    classes: column(1),
    accessFlags: column(2),
    codeOffsets: column(3),
    classStarts,
    virtualStarts,
  };
}

/** Classes that point to the same members: what a tool shows of one is the code of another. */
function reportShared(defs: ClassDefs, diagnostics: Diagnostics): void {
  // Compilers write them in the order of the classes; only where they do not, a table is worth its price.
  let previous = 0;
  let isAscending = true;
  for (let index = 0; index < defs.count && isAscending; index++) {
    const offset = defs.dataOffsets[index] ?? 0;
    isAscending = offset === 0 || offset > previous;
    if (offset !== 0) previous = offset;
  }
  if (isAscending) return;
  const seen = new Set<number>();
  for (let index = 0; index < defs.count; index++) {
    const offset = defs.dataOffsets[index] ?? 0;
    if (offset === 0) continue;
    if (seen.has(offset)) {
      const message = `class ${index} has the members of another class`;
      diagnostics.warning('dex.class-data.shared', message, { offset });
    }
    seen.add(offset);
  }
}

/** `type_list`: type indices, at most `limit`; none when it is outside of the file. */
export function readTypeList(bytes: Uint8Array, offset: number, limit: number): number[] {
  if (offset === 0 || offset + 4 > bytes.length) return [];
  const count = Math.min(u32At(bytes, offset), limit, (bytes.length - offset - 4) >> 1);
  const types: number[] = [];
  for (let at = offset + 4; types.length < count; at += 2) types.push(u16At(bytes, at));
  return types;
}
