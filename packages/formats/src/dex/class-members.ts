import { Cursor, createDiagnostics, u32At } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import type { DexFile } from './dex-file.ts';
import { type EncodedValue, readEncodedArray } from './encoded-value.ts';

/** `encoded_field`. */
export interface DefinedField {
  /** Index into `field_ids`. */
  readonly field: number;
  readonly accessFlags: number;
}

/** Fields of a class, in the order of the file. */
export interface ClassFields {
  readonly staticFields: readonly DefinedField[];
  readonly instanceFields: readonly DefinedField[];
}

const NONE: ClassFields = { staticFields: [], instanceFields: [] };

/** The fields that a class definition has in its `class_data_item`, as far as they are in the file. */
export function readClassFields(dex: DexFile, classDef: number): ClassFields {
  const offset = dex.classDefs.dataOffsets[classDef] ?? 0;
  if (offset === 0 || offset >= dex.bytes.length) return NONE;
  const cursor = new Cursor(dex.bytes, offset);
  const staticCount = cursor.uleb128();
  const instanceCount = cursor.uleb128();
  cursor.uleb128();
  cursor.uleb128();
  const read = (count: number): DefinedField[] => {
    const fields: DefinedField[] = [];
    let field = 0;
    for (let left = count; left > 0 && !cursor.truncated; left--) {
      field += cursor.uleb128();
      const accessFlags = cursor.uleb128();
      if (!cursor.truncated) fields.push({ field, accessFlags });
    }
    return fields;
  };
  return { staticFields: read(staticCount), instanceFields: read(instanceCount) };
}

/** Rows of `DexFile.methods` that a class definition has: direct methods (static, private, constructors) and virtual ones. */
export function methodsOfClass(
  dex: DexFile,
  classDef: number,
): { readonly direct: readonly number[]; readonly virtual: readonly number[] } {
  const { classStarts, virtualStarts } = dex.methods;
  const start = classStarts[classDef] ?? 0;
  const middle = virtualStarts[classDef] ?? start;
  const end = classStarts[classDef + 1] ?? middle;
  const rows = (from: number, to: number): number[] =>
    Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
  return { direct: rows(start, middle), virtual: rows(middle, end) };
}

/** What the static fields of a class begin with, in order; fields beyond the list begin with zero or null. */
export function readStaticValues(dex: DexFile, classDef: number): Parsed<readonly EncodedValue[]> {
  const { bytes, header } = dex;
  if (classDef >= header.classes.count) return { value: [], diagnostics: [] };
  const offset = u32At(bytes, header.classes.offset + classDef * 32 + 28);
  if (offset === 0) return { value: [], diagnostics: [] };
  const diagnostics = createDiagnostics();
  const value = readEncodedArray(bytes, offset, diagnostics);
  return { value, diagnostics: diagnostics.list() };
}
