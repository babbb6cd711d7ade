import type { DexFile } from '@vedette/formats';
import type { CodeSite } from '../app-image.ts';
import { indexOfBytes, unitOfBytes } from './byte-table.ts';
import type { LinkedReferences } from './link-references.ts';
import type { LinkedCode } from './linked-code.ts';
import { indexOfTriple, unitOfTriple } from './triple-table.ts';

/** Text of what `LinkedCode` numbers. Names come from the file in which they were first met, and are decoded there once. */
export interface CodeNames {
  /** `a.b.C.name(I)V` */
  method(method: number): string;
  /** `a.b.C.name:I` */
  field(field: number): string;
  /** Java name of a type. */
  type(type: number): string;
  literal(literal: number): string;
  /** Where a defined method is. */
  row(row: number): { readonly file: string; readonly class: string; readonly method: string };
  /** A place in a defined method, in code units. */
  place(row: number, codeOffset: number): CodeSite;
  site(references: LinkedReferences, site: number): CodeSite;
}

export function createCodeNames(code: LinkedCode): CodeNames {
  const row = (index: number): ReturnType<CodeNames['row']> => {
    const { pools, space } = code;
    const unit = space.unitOfRow(index);
    const { path, dex } = pools.units[unit] ?? {};
    if (path === undefined || dex === undefined) return { file: '', class: '', method: '' };
    const method = index - (space.rowStarts[unit] ?? 0);
    const methodId = dex.methods.methodIds[method] ?? 0;
    return {
      file: path,
      class: dex.typeName(dex.classDefs.types[dex.methods.classes[method] ?? 0] ?? 0),
      method: dex.methodName(methodId) + dex.methodDescriptor(methodId),
    };
  };
  const place = (index: number, codeOffset: number): CodeSite => ({ ...row(index), codeOffset });

  return {
    method(method) {
      const { methods, units } = code.pools;
      const dex = units[unitOfTriple(methods, method)]?.dex;
      return dex === undefined ? '' : methodText(dex, indexOfTriple(methods, method));
    },
    field(field) {
      const { fields, units } = code.pools;
      const dex = units[unitOfTriple(fields, field)]?.dex;
      return dex === undefined ? '' : fieldText(dex, indexOfTriple(fields, field));
    },
    type(type) {
      const { types, units } = code.pools;
      return units[unitOfBytes(types, type)]?.dex.typeName(indexOfBytes(types, type)) ?? '';
    },
    literal(literal) {
      const { literals, pools } = code;
      return pools.units[unitOfBytes(literals, literal)]?.dex.strings.get(indexOfBytes(literals, literal)) ?? '';
    },
    row,
    place,
    site: (references, site) => place(references.rows[site] ?? 0, references.offsets[site] ?? 0),
  };
}

function methodText(dex: DexFile, id: number): string {
  return `${dex.typeName(dex.methodClass(id))}.${dex.methodName(id)}${dex.methodDescriptor(id)}`;
}

/** `a.b.C.name:I` of a field that one file numbers. */
export function fieldText(dex: DexFile, id: number): string {
  return `${dex.typeName(dex.fieldClass(id))}.${dex.fieldName(id)}:${dex.typeDescriptor(dex.fieldType(id))}`;
}
