/** Type names out of Swift's metadata (swift, docs/ABI/TypeMetadata.rst and include/swift/ABI/Metadata.h): context descriptors and field descriptors. */
import type { ImageMemory } from './image-memory.ts';
import type { MachOSection, MachOSegment, Readable, SwiftType } from './mach-o-file.ts';
import { isZeroFill } from './segments.ts';

const KINDS: Readonly<Record<number, SwiftType['kind']>> = { 3: 'protocol', 16: 'class', 17: 'struct', 18: 'enum' };
const MODULE = 0;
const MAX_NESTING = 32;
const MAX_FIELDS = 4_096;

export function readSwift(memory: ImageMemory, segments: readonly MachOSegment[]): Readable<readonly SwiftType[]> {
  const before = memory.touchedEncrypted;
  const types: SwiftType[] = [];
  let left = Math.ceil(memory.words.bytes.length / 4);
  // Types of honest files do not share their fields.
  const room = { fields: Math.ceil(memory.words.bytes.length / 12) };
  for (const section of segments.flatMap((segment) => segment.sections)) {
    if (!['__swift5_types', '__swift5_types2', '__swift5_protos'].includes(section.name) || isZeroFill(section))
      continue;
    const count = Math.min(Math.floor(section.size / 4), left);
    left -= count;
    for (let index = 0; index < count; index++) {
      const type = readType(memory, section, index, room);
      if (type !== null) types.push(type);
    }
  }
  const hidden = memory.touchedEncrypted > before;
  return { readable: hidden ? (types.length === 0 ? 'no' : 'partly') : 'yes', value: types };
}

function readType(
  memory: ImageMemory,
  section: MachOSection,
  index: number,
  room: { fields: number },
): SwiftType | null {
  const at = section.offset + index * 4;
  if (at + 4 > memory.words.bytes.length || !memory.isPlain(at, 4)) return null;
  const target = indirectable(memory, section.address + index * 4, at);
  const offset = target === null ? null : place(memory, target, 20);
  if (target === null || offset === null) return null;
  const name = qualifiedName(memory, target);
  if (name === null) return null;
  const kind = KINDS[memory.words.u32(offset) & 0x1f] ?? 'other';
  const fieldsAt = kind === 'protocol' || kind === 'other' ? null : direct(memory, target + 16, offset + 16);
  return { kind, name, fields: fieldsAt === null ? [] : fieldNames(memory, fieldsAt, room) };
}

/** Names from the module inwards, through the parents of context descriptors. */
function qualifiedName(memory: ImageMemory, descriptor: number): string | null {
  const parts: string[] = [];
  let address = descriptor;
  for (let depth = 0; depth < MAX_NESTING; depth++) {
    const at = place(memory, address, 12);
    if (at === null) break;
    const kind = memory.words.u32(at) & 0x1f;
    if (kind === MODULE || KINDS[kind] !== undefined) {
      const nameAddress = direct(memory, address + 8, at + 8);
      const name = nameAddress === null ? null : memory.textAt(nameAddress);
      // Without its own name a type says nothing; an outer one may be missing.
      if (name === null && depth === 0) return null;
      if (name !== null) parts.unshift(name);
    }
    const parent = kind === MODULE ? null : indirectable(memory, address + 4, at + 4);
    if (parent === null) break;
    address = parent;
  }
  return parts.length === 0 ? null : parts.join('.');
}

function fieldNames(memory: ImageMemory, address: number, room: { fields: number }): readonly string[] {
  const at = place(memory, address, 16);
  if (at === null) return [];
  const size = memory.words.u16(at + 10);
  const count = Math.min(memory.words.u32(at + 12), MAX_FIELDS, room.fields);
  room.fields -= count;
  if (size < 12 || at + 16 + size * count > memory.words.bytes.length) return [];
  const fields: string[] = [];
  for (let index = 0; index < count; index++) {
    const record = 16 + index * size + 8;
    const name = direct(memory, address + record, at + record);
    const text = name === null ? null : memory.textAt(name);
    if (text !== null) fields.push(text);
  }
  return fields;
}

function place(memory: ImageMemory, address: number, size: number): number | null {
  const at = memory.offsetOf(address);
  return at !== null && at + size <= memory.words.bytes.length && memory.isPlain(at, size) ? at : null;
}

/** A relative pointer at `address`, read at `offset`. Null for none. */
function direct(memory: ImageMemory, address: number, offset: number): number | null {
  const distance = memory.words.i32(offset);
  return distance === 0 ? null : address + distance;
}

/** A relative pointer whose lowest bit, when set, means that a pointer there leads on. */
function indirectable(memory: ImageMemory, address: number, offset: number): number | null {
  const distance = memory.words.i32(offset);
  if (distance === 0) return null;
  const target = address + (distance & ~1);
  if ((distance & 1) === 0) return target;
  const at = memory.offsetOf(target);
  return at === null ? null : memory.addressAt(at);
}
