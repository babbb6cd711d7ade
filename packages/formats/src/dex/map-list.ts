import { type Diagnostics, hex, u16At, u32At } from '@vedette/bytes';
import { CONTAINER_HEADER_SIZE, type DexHeader, HEADER_SIZE } from './dex-header.ts';

export interface MapItem {
  /** Type code, e.g. 0x2001 for `code_item`. */
  readonly type: number;
  /** Name of the type as in the specification, e.g. `code_item`; `unknown` for others. */
  readonly name: string;
  readonly count: number;
  /** In bytes from the start of the file. */
  readonly offset: number;
}

export const MAP_CALL_SITES = 0x0007;
export const MAP_METHOD_HANDLES = 0x0008;
export const MAP_HIDDEN_API = 0xf000;

const TYPES: Readonly<Record<number, string>> = {
  0x0000: 'header_item',
  0x0001: 'string_id_item',
  0x0002: 'type_id_item',
  0x0003: 'proto_id_item',
  0x0004: 'field_id_item',
  0x0005: 'method_id_item',
  0x0006: 'class_def_item',
  0x0007: 'call_site_id_item',
  0x0008: 'method_handle_item',
  0x1000: 'map_list',
  0x1001: 'type_list',
  0x1002: 'annotation_set_ref_list',
  0x1003: 'annotation_set_item',
  0x2000: 'class_data_item',
  0x2001: 'code_item',
  0x2002: 'string_data_item',
  0x2003: 'debug_info_item',
  0x2004: 'annotation_item',
  0x2005: 'encoded_array_item',
  0x2006: 'annotations_directory_item',
  0xf000: 'hiddenapi_class_data_item',
};

/** Each type may occur once; more entries than this are not read. */
const MAX_ITEMS = 64;

/**
 * `map_list` ("Dalvik executable format"), and what it says against the header. The platform's verifier refuses a file
 * whose map is missing, out of order or says other things than the header; nothing but call sites, method handles and
 * hidden-API flags is found through it.
 */
export function readMapList(bytes: Uint8Array, header: DexHeader, diagnostics: Diagnostics): readonly MapItem[] {
  const { mapOffset } = header;
  const place = { offset: mapOffset };
  if (mapOffset === 0 || mapOffset + 4 > bytes.length) {
    diagnostics.warning('dex.map.missing', `the map list is said to be at ${hex(mapOffset)}`, place);
    return [];
  }
  const declared = u32At(bytes, mapOffset);
  const count = Math.min(declared, MAX_ITEMS, Math.floor((bytes.length - mapOffset - 4) / 12));
  if (count < declared) {
    diagnostics.warning('dex.map.count', `the map list announces ${declared} entries, ${count} are read`, place);
  }
  const items: MapItem[] = [];
  const seen = new Set<number>();
  let previous = -1;
  for (let index = 0; index < count; index++) {
    const at = mapOffset + 4 + index * 12;
    const type = u16At(bytes, at);
    const item = { type, name: TYPES[type] ?? 'unknown', count: u32At(bytes, at + 4), offset: u32At(bytes, at + 8) };
    if (TYPES[type] === undefined || seen.has(type)) {
      const message = `map entry ${index} is ${seen.has(type) ? 'a second one' : ''} of type ${hex(type, 4)}`;
      diagnostics.warning('dex.map.type', message.replace('  ', ' '), { offset: at });
    }
    if (item.offset <= previous) {
      const message = `${item.name} at ${hex(item.offset)} stands behind an entry at ${hex(previous)}`;
      diagnostics.warning('dex.map.order', message, { offset: at });
    }
    seen.add(type);
    previous = item.offset;
    items.push(item);
  }
  compareWithHeader(items, header, place, diagnostics);
  checkOverlap(header, diagnostics);
  return items;
}

function idSections(header: DexHeader): readonly [type: number, size: number, count: number, offset: number][] {
  const { strings, types, protos, fields, methods, classes } = header;
  return [
    [0x0001, 4, strings.count, strings.offset],
    [0x0002, 4, types.count, types.offset],
    [0x0003, 12, protos.count, protos.offset],
    [0x0004, 8, fields.count, fields.offset],
    [0x0005, 8, methods.count, methods.offset],
    [0x0006, 32, classes.count, classes.offset],
  ];
}

function compareWithHeader(
  items: readonly MapItem[],
  header: DexHeader,
  place: { readonly offset: number },
  diagnostics: Diagnostics,
): void {
  const byType = new Map(items.map((item) => [item.type, item]));
  for (const [type, , count, offset] of idSections(header)) {
    const item = byType.get(type);
    if ((item?.count ?? 0) === count && (count === 0 || item?.offset === offset)) continue;
    const said = item === undefined ? 'does not name it' : `has ${item.count} at ${hex(item.offset)}`;
    const message = `${TYPES[type]}: the header has ${count} at ${hex(offset)}, the map ${said}`;
    diagnostics.warning('dex.map.mismatch', message, place);
  }
}

/** Whether two id tables, or one and the header, claim the same bytes. */
function checkOverlap(header: DexHeader, diagnostics: Diagnostics): void {
  const size = header.version === '041' ? CONTAINER_HEADER_SIZE : HEADER_SIZE;
  const extents = idSections(header)
    .filter(([, , count]) => count > 0)
    .map(([type, itemSize, count, offset]) => ({ name: TYPES[type], start: offset, end: offset + count * itemSize }));
  extents.push({ name: 'header_item', start: header.offset, end: header.offset + size });
  extents.sort((a, b) => a.start - b.start);
  for (const [index, { name, start }] of extents.entries()) {
    const before = extents[index - 1];
    if (before === undefined || before.end <= start) continue;
    diagnostics.warning('dex.section.overlap', `${name} overlaps ${before.name}`, { offset: start });
  }
}
