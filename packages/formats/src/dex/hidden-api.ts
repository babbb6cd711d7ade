import { Cursor, u32At } from '@vedette/bytes';
import { methodsOfClass, readClassFields } from './class-members.ts';
import type { DexFile } from './dex-file.ts';
import { MAP_HIDDEN_API } from './map-list.ts';

/** Hidden-API flags of one member: the list in the low three bits (0: SDK, 1: unsupported, 2: blocked …), domain above. */
export interface HiddenApiFlags {
  readonly fields: ReadonlyMap<number, number>;
  /** By row of `DexFile.methods`. */
  readonly methods: ReadonlyMap<number, number>;
}

/**
 * `hiddenapi_class_data_item` of one class; null when the file has none, as all but those of the boot class path: the
 * platform ignores it in apps.
 */
export function readHiddenApiFlags(dex: DexFile, classDef: number): HiddenApiFlags | null {
  const item = dex.map.find(({ type }) => type === MAP_HIDDEN_API);
  if (item === undefined || classDef >= dex.classDefs.count) return null;
  const offset = u32At(dex.bytes, item.offset + 4 + classDef * 4);
  if (offset === 0 || item.offset + offset >= dex.bytes.length) return null;
  const cursor = new Cursor(dex.bytes, item.offset + offset);
  const { staticFields, instanceFields } = readClassFields(dex, classDef);
  const { direct, virtual } = methodsOfClass(dex, classDef);
  const fields = new Map<number, number>();
  const methods = new Map<number, number>();
  for (const { field } of [...staticFields, ...instanceFields])
    if (!cursor.truncated) fields.set(field, cursor.uleb128());
  for (const row of [...direct, ...virtual]) if (!cursor.truncated) methods.set(row, cursor.uleb128());
  return { fields, methods };
}
