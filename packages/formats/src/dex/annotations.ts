import { Cursor, createDiagnostics, type Diagnostics, u32At } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import type { DexFile } from './dex-file.ts';
import { createEncodedValueReader, type EncodedAnnotation, MAX_VALUES } from './encoded-value.ts';

export interface Annotation extends EncodedAnnotation {
  /** `build` ones are for tools, `system` ones for the platform (`Ldalvik/annotation/…`). */
  readonly visibility: 'build' | 'runtime' | 'system' | 'unknown';
}

/** Annotations of one field, method or parameter list; `index` is into `field_ids` or `method_ids`. */
export interface MemberAnnotations<T> {
  readonly index: number;
  readonly annotations: T;
}

/** `annotations_directory_item`. */
export interface ClassAnnotations {
  /** Null for none; an empty set may stand there too. */
  readonly onClass: readonly Annotation[] | null;
  readonly onFields: readonly MemberAnnotations<readonly Annotation[]>[];
  readonly onMethods: readonly MemberAnnotations<readonly Annotation[]>[];
  /** One list per parameter. */
  readonly onParameters: readonly MemberAnnotations<readonly (readonly Annotation[])[]>[];
}

/** Read per class, whatever the sets say: sets may share their bytes. */
const MAX_ANNOTATIONS = 65_536;
const VISIBILITIES = ['build', 'runtime', 'system'] as const;

/** All annotations of a class and of its members; null when it has no directory. Deep values are cut (`dex.value.depth`). */
export function readAnnotations(dex: DexFile, classDef: number): Parsed<ClassAnnotations | null> {
  const { bytes, header } = dex;
  const offset = classDef < header.classes.count ? u32At(bytes, header.classes.offset + classDef * 32 + 20) : 0;
  if (offset === 0) return { value: null, diagnostics: [] };
  const diagnostics = createDiagnostics();
  if (offset + 16 > bytes.length) {
    const message = `annotations of class ${classDef} are outside of the file`;
    diagnostics.warning('dex.annotation.offset', message, { offset });
    return { value: null, diagnostics: diagnostics.list() };
  }
  const sets = createSetReader(bytes, diagnostics);
  const cursor = new Cursor(bytes, offset);
  const classSet = cursor.u32();
  const counts = [cursor.u32(), cursor.u32(), cursor.u32()];
  const members = <T>(count: number, read: (offset: number) => T): MemberAnnotations<T>[] => {
    const found: MemberAnnotations<T>[] = [];
    for (let left = count; left > 0 && cursor.remaining >= 8 && sets.hasRoom(); left--) {
      found.push({ index: cursor.u32(), annotations: read(cursor.u32()) });
    }
    return found;
  };
  const value = {
    onClass: classSet === 0 ? null : sets.set(classSet),
    onFields: members(counts[0] ?? 0, sets.set),
    onMethods: members(counts[1] ?? 0, sets.set),
    onParameters: members(counts[2] ?? 0, sets.list),
  };
  return { value, diagnostics: diagnostics.list() };
}

interface SetReader {
  /** `annotation_set_item`; sets met before are not read again. */
  set(offset: number): readonly Annotation[];
  /** `annotation_set_ref_list`. */
  list(offset: number): readonly (readonly Annotation[])[];
  hasRoom(): boolean;
}

function createSetReader(bytes: Uint8Array, diagnostics: Diagnostics): SetReader {
  const known = new Map<number, readonly Annotation[]>();
  const items = new Map<number, Annotation | null>();
  const allowance = { left: MAX_VALUES };
  let left = MAX_ANNOTATIONS;

  const offsetsAt = (offset: number): number[] => {
    if (offset + 4 > bytes.length) {
      if (offset !== 0) diagnostics.warning('dex.annotation.offset', 'annotations outside of the file', { offset });
      return [];
    }
    const count = Math.min(u32At(bytes, offset), Math.floor((bytes.length - offset - 4) / 4), left);
    left -= count;
    return Array.from({ length: Math.max(0, count) }, (_, index) => u32At(bytes, offset + 4 + index * 4));
  };
  const annotationAt = (offset: number): Annotation | null => {
    if (offset === 0 || offset >= bytes.length) {
      diagnostics.warning('dex.annotation.offset', 'an annotation is outside of the file', { offset });
      return null;
    }
    const cursor = new Cursor(bytes, offset);
    const visibility = VISIBILITIES[cursor.u8()] ?? 'unknown';
    return { visibility, ...createEncodedValueReader(cursor, diagnostics, allowance).annotation() };
  };
  const itemAt = (offset: number): Annotation | null => {
    let item = items.get(offset);
    if (item === undefined) {
      item = allowance.left > 0 ? annotationAt(offset) : null;
      items.set(offset, item);
    }
    return item;
  };
  const set = (offset: number): readonly Annotation[] => {
    let found = known.get(offset);
    if (found === undefined) {
      found = offset === 0 ? [] : offsetsAt(offset).flatMap((at) => itemAt(at) ?? []);
      known.set(offset, found);
    }
    return found;
  };
  return {
    set,
    list: (offset) => (offset === 0 ? [] : offsetsAt(offset).map(set)),
    hasRoom: () => left > 0,
  };
}
