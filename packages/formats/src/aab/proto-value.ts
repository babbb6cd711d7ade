import type { ResourceEntry, ResourceMapItem, ResourceValue } from '../arsc/resources.ts';
import { VALUE_INT_DEC } from '../axml/chunk-types.ts';
import { typedValueText } from '../axml/typed-value.ts';
import type { ProtoCursor } from '../protobuf/proto-cursor.ts';
import { readProtoItem, readProtoReference } from './proto-item.ts';

/** What a resource has in one configuration, as the table of an installed app would have it. */
export interface ProtoValue extends Pick<ResourceEntry, 'value' | 'map' | 'isWeak'> {
  /** False for what the build leaves out of the table: `<declare-styleable>`, macros, nothing at all. */
  readonly compiled: boolean;
}

/** Items of one map; a generated array of more is no resource. */
const MAX_ITEMS = 65_536;

/** `aapt.pb.Value`. */
export function readProtoValue(cursor: ProtoCursor): ProtoValue {
  let value: ResourceValue | null = null;
  let map: ResourceEntry['map'] = null;
  let isWeak = false;
  while (cursor.next()) {
    if (cursor.field === 3) isWeak = cursor.low() !== 0;
    else if (cursor.field === 4) [value, map] = [readProtoItem(cursor.message()), null];
    else if (cursor.field === 5) [value, map] = [null, readCompound(cursor.message())];
  }
  return { value, map, isWeak, compiled: value !== null || map !== null };
}

/** Names that `ResTable_map` has for parts of an attribute, elements of an array, quantities of a plural (ResourceTypes.h). */
const ATTRIBUTE_TYPE = 0x0100_0000;
const ATTRIBUTE_MIN = 0x0100_0001;
const ATTRIBUTE_MAX = 0x0100_0002;
const ARRAY = 0x0200_0000;
/** By `aapt.pb.Plural.Arity`: zero, one, two, few, many, other. */
const QUANTITIES = [0x0100_0005, 0x0100_0006, 0x0100_0007, 0x0100_0008, 0x0100_0009, 0x0100_0004];

function readCompound(cursor: ProtoCursor): ResourceEntry['map'] {
  let map: ResourceEntry['map'] = null;
  while (cursor.next()) {
    if (cursor.field === 1) map = readAttributeType(cursor.message());
    else if (cursor.field === 2) map = readStyle(cursor.message());
    else if (cursor.field === 4) {
      map = { parent: 0, items: readItems(cursor.message(), { list: 1, item: 3 }, (_, index) => ARRAY + index) };
    } else if (cursor.field === 5) {
      map = { parent: 0, items: readItems(cursor.message(), { list: 1, item: 4 }, arity) };
    }
  }
  return map;
}

function arity(cursor: ProtoCursor): number {
  let found = 0;
  while (cursor.next()) if (cursor.field === 3) found = cursor.low();
  return QUANTITIES[found] ?? 0;
}

/** Entries in field `list`, each with an item in field `item`, and named by `name`, which may read the entry. */
function readItems(
  cursor: ProtoCursor,
  fields: { readonly list: number; readonly item: number },
  name: (entry: ProtoCursor, index: number) => number,
): ResourceMapItem[] {
  const items: ResourceMapItem[] = [];
  while (cursor.next() && items.length < MAX_ITEMS) {
    if (cursor.field !== fields.list) continue;
    let value: ResourceValue | null = null;
    for (const entry = cursor.message(); entry.next(); ) {
      if (entry.field === fields.item) value = readProtoItem(entry.message());
    }
    if (value !== null) items.push({ name: name(cursor.message(), items.length), value });
  }
  return items;
}

function readStyle(cursor: ProtoCursor): ResourceEntry['map'] {
  let parent = 0;
  const items: ResourceMapItem[] = [];
  while (cursor.next() && items.length < MAX_ITEMS) {
    if (cursor.field === 1) parent = readProtoReference(cursor.message()).id;
    if (cursor.field !== 3) continue;
    let name = 0;
    let value: ResourceValue | null = null;
    for (const entry = cursor.message(); entry.next(); ) {
      if (entry.field === 3) name = readProtoReference(entry.message()).id;
      else if (entry.field === 4) value = readProtoItem(entry.message());
    }
    if (value !== null) items.push({ name, value });
  }
  return { parent, items };
}

function number(value: number): ResourceValue {
  return { type: VALUE_INT_DEC, data: value, text: typedValueText(VALUE_INT_DEC, value) };
}

/** The smallest and the largest integer say that there is no limit: the build then leaves it out of the table. */
const NO_MIN = 0x8000_0000;
const NO_MAX = 0x7fff_ffff;

/** `<attr>`: its formats, limits, and the names of its flags or choices. A number that is not there is 0, as protobuf has it. */
function readAttributeType(cursor: ProtoCursor): ResourceEntry['map'] {
  const symbols: ResourceMapItem[] = [];
  let [formats, min, max] = [0, 0, 0];
  while (cursor.next() && symbols.length < MAX_ITEMS) {
    if (cursor.field === 1) formats = cursor.low();
    else if (cursor.field === 2) min = cursor.low();
    else if (cursor.field === 3) max = cursor.low();
    else if (cursor.field === 4) symbols.push(readSymbol(cursor.message()));
  }
  const items = [{ name: ATTRIBUTE_TYPE, value: number(formats) }];
  if (min !== NO_MIN) items.push({ name: ATTRIBUTE_MIN, value: number(min) });
  if (max !== NO_MAX) items.push({ name: ATTRIBUTE_MAX, value: number(max) });
  return { parent: 0, items: [...items, ...symbols] };
}

function readSymbol(cursor: ProtoCursor): ResourceMapItem {
  let [name, value] = [0, 0];
  while (cursor.next()) {
    if (cursor.field === 3) name = readProtoReference(cursor.message()).id;
    else if (cursor.field === 4) value = cursor.low();
  }
  return { name, value: number(value) };
}
