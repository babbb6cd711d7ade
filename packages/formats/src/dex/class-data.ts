import { type Budget, Cursor, type Diagnostics, u16At, u32At } from '@vedette/bytes';
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
  const column = (at: number): Uint32Array => {
    const values = new Uint32Array(count);
    for (let index = 0; index < count; index++) values[index] = u32At(bytes, offset + index * 32 + at);
    return values;
  };
  return {
    count,
    types: column(0),
    accessFlags: column(4),
    superclasses: column(8),
    interfaceOffsets: column(12),
    dataOffsets: column(24),
  };
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
  // A member takes at least two bytes; more members than that means that classes share their data.
  let membersLeft = Math.min(bytes.length >> 1, MAX_MEMBERS);

  for (let index = 0; index < defs.count; index++) {
    classStarts[index] = count;
    const offset = defs.dataOffsets[index] ?? 0;
    if (offset === 0) continue;
    const place = { offset };
    if (!budget.hasTime()) {
      diagnostics.error('budget.time', `reading stopped after ${index} of ${defs.count} classes`, place);
      classStarts.fill(count, index);
      break;
    }
    const cursor = new Cursor(bytes);
    cursor.seek(offset);
    const staticFields = cursor.uleb128();
    const fields = staticFields + cursor.uleb128();
    const directMethods = cursor.uleb128();
    const virtualMethods = cursor.uleb128();
    const members = fields + directMethods + virtualMethods;
    if (members > membersLeft) {
      const message = `class ${index} announces ${members} members, more than the file has room for`;
      diagnostics.error('dex.class-data.count', message, place);
    }
    for (let field = 0; field < fields && !cursor.truncated && membersLeft > 0; field++, membersLeft--) {
      cursor.uleb128();
      cursor.uleb128();
    }
    for (const methods of [directMethods, virtualMethods]) {
      let methodId = 0;
      for (let method = 0; method < methods && !cursor.truncated && membersLeft > 0; method++, membersLeft--) {
        const difference = cursor.uleb128();
        methodId += difference;
        const accessFlags = cursor.uleb128();
        const codeOffset = cursor.uleb128();
        if (cursor.truncated) break;
        if (method > 0 && difference === 0) {
          diagnostics.warning('dex.method.duplicate', `method ${methodId} is defined twice in class ${index}`, place);
        }
        if (methodId >= header.methods.count) {
          diagnostics.warning(
            'dex.method.index',
            `class ${index} defines method ${methodId}, which does not exist`,
            place,
          );
          break;
        }
        add(methodId, index, accessFlags, codeOffset);
      }
    }
    if (cursor.truncated) diagnostics.error('dex.class-data.truncated', `the data of class ${index} is cut off`, place);
  }
  classStarts[defs.count] = count;
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
  };
}

/** `type_list`: type indices, at most `limit`; none when it is outside of the file. */
export function readTypeList(bytes: Uint8Array, offset: number, limit: number): number[] {
  if (offset === 0 || offset + 4 > bytes.length) return [];
  const count = Math.min(u32At(bytes, offset), limit, (bytes.length - offset - 4) >> 1);
  return Array.from({ length: count }, (_, index) => u16At(bytes, offset + 4 + index * 2));
}
