import { type Diagnostics, u16At, u32At } from '@vedette/bytes';
import { VALUE_STRING } from '../axml/chunk-types.ts';
import { typedValueText } from '../axml/typed-value.ts';
import type { StringPool } from '../string-pool/read-string-pool.ts';
import { ENTRY_COMPACT, ENTRY_COMPLEX, ENTRY_PUBLIC, ENTRY_WEAK } from './arsc-chunk-types.ts';
import type { ResourceEntry, ResourceMapItem, ResourceValue } from './resources.ts';
import type { TypeChunk } from './type-chunk.ts';

/** `ResTable_map_entry`. */
const MAP_SIZE = 16;

/** What an entry's numbers point into. */
export interface EntryContext {
  readonly bytes: Uint8Array;
  /** The table's values. */
  readonly strings: StringPool;
  /** The package's names. */
  readonly keys: StringPool;
  readonly diagnostics: Diagnostics;
}

/** Index of the entry's name in the package's pool; null when the entry is outside of its chunk. */
export function entryKey(bytes: Uint8Array, chunk: TypeChunk, offset: number): number | null {
  if (offset < chunk.start || offset + 8 > chunk.end) return null;
  const compact = (u16At(bytes, offset + 2) & ENTRY_COMPACT) !== 0;
  return compact ? u16At(bytes, offset) : u32At(bytes, offset + 4);
}

/**
 * Reads the entry at `offset` (`ResTable_entry`, `ResTable_map_entry`, or the compact form since Android 14), null where
 * the platform refuses it (AOSP LoadedArsc.cpp, `VerifyResTableEntry`).
 */
export function readEntry(context: EntryContext, chunk: TypeChunk, offset: number): ResourceEntry | null {
  const { bytes, diagnostics } = context;
  const refuse = (why: string): null => {
    diagnostics.error('arsc.entry.bounds', `an entry ${why}; the platform does not find it`, { offset });
    return null;
  };
  const key = entryKey(bytes, chunk, offset);
  if (key === null) return refuse('lies outside of its type');
  if ((offset - chunk.start) % 4 !== 0) return refuse('does not begin at a multiple of four bytes');
  const size = u16At(bytes, offset);
  const flags = u16At(bytes, offset + 2);
  const name = context.keys.get(key);
  if (name === null) {
    diagnostics.warning('arsc.entry.name', `an entry has no name: ${key} is not in the pool of names`, { offset });
  }
  const entry: ResourceEntry = {
    configuration: chunk.configuration,
    name: name ?? '',
    isPublic: (flags & ENTRY_PUBLIC) !== 0,
    isWeak: (flags & ENTRY_WEAK) !== 0,
    value: null,
    map: null,
    offset,
  };
  if ((flags & ENTRY_COMPACT) !== 0) {
    return { ...entry, value: resourceValue(context, flags >> 8, u32At(bytes, offset + 4)) };
  }
  if (size < 8 || offset + size > chunk.end) return refuse(`of ${size} bytes does not fit`);
  // The platform checks an entry of 16 bytes as a map, but reads it as one when it is marked so.
  const isMap = (flags & ENTRY_COMPLEX) !== 0;
  if (isMap !== size >= MAP_SIZE) {
    const message = `an entry of ${size} bytes is ${isMap ? '' : 'not '}marked as a map`;
    diagnostics.warning('arsc.entry.flags', message, { offset });
  }
  const at = offset + size;
  if (isMap) return readMap(context, chunk, entry, at) ?? refuse('has more items than there is room for');
  if (at + 8 > chunk.end || u16At(bytes, at) < 8) return refuse('has no whole value');
  return { ...entry, value: valueAt(context, at) };
}

function readMap(context: EntryContext, chunk: TypeChunk, entry: ResourceEntry, at: number): ResourceEntry | null {
  const { bytes } = context;
  const count = u32At(bytes, entry.offset + 12);
  if (entry.offset + MAP_SIZE > chunk.end || at % 4 !== 0 || count * 12 > chunk.end - at) return null;
  const items: ResourceMapItem[] = [];
  for (let index = 0; index < count; index++) {
    const item = at + index * 12;
    items.push({ name: u32At(bytes, item), value: valueAt(context, item + 4) });
  }
  return { ...entry, map: { parent: u32At(bytes, entry.offset + 8), items } };
}

/** `Res_value`: size, a zero, type, data. */
function valueAt(context: EntryContext, at: number): ResourceValue {
  return resourceValue(context, context.bytes[at + 3] ?? 0, u32At(context.bytes, at + 4));
}

function resourceValue({ strings, diagnostics }: EntryContext, type: number, data: number): ResourceValue {
  if (type !== VALUE_STRING) return { type, data, text: typedValueText(type, data) };
  const text = strings.get(data);
  if (text === null && data >= strings.count) {
    diagnostics.warning('arsc.entry.string', `a value is string ${data} of ${strings.count}`);
  }
  return { type, data, text: text ?? '' };
}
