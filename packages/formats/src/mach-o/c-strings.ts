import { utf16Text } from '@vedette/bytes';
import type { MachOEncryption, MachOSection, MachOSegment, MachOString, Readable } from './mach-o-file.ts';
import { sectionType } from './segments.ts';
import { zeroText } from './texts.ts';

const S_CSTRING_LITERALS = 2;

/** Texts of all sections that hold C strings, and of `__ustring` (UTF-16); empty ones are left out. */
export function readStrings(
  bytes: Uint8Array,
  segments: readonly MachOSegment[],
  encryption: MachOEncryption | null,
  limit: number,
): Readable<readonly MachOString[]> {
  const value: MachOString[] = [];
  const sections = segments
    .flatMap((segment) => segment.sections)
    .filter((section) => sectionType(section) === S_CSTRING_LITERALS || section.name === '__ustring');
  const encrypted = sections.filter((section) => isEncrypted(section, encryption));
  // Sections that lie on top of each other would give the same text many times.
  let left = bytes.length * 2;
  for (const section of sections) {
    if (encrypted.includes(section)) continue;
    const end = Math.min(section.offset + section.size, bytes.length);
    left -= Math.max(0, end - section.offset);
    if (left < 0) break;
    const name = `${section.segment},${section.name}`;
    if (section.name === '__ustring') wideStrings(bytes, section.offset, end, name, value, limit);
    else byteStrings(bytes, section.offset, end, name, value, limit);
  }
  const readable = encrypted.length === 0 ? 'yes' : encrypted.length === sections.length ? 'no' : 'partly';
  return { readable, value };
}

function byteStrings(
  bytes: Uint8Array,
  start: number,
  end: number,
  section: string,
  out: MachOString[],
  limit: number,
): void {
  for (let at = start; at < end && out.length < limit; ) {
    const zero = bytes.subarray(at, end).indexOf(0);
    const to = zero < 0 ? end : at + zero;
    const value = to > at ? zeroText(bytes, at, to) : null;
    if (value !== null) out.push({ value, offset: at, section });
    at = to + 1;
  }
}

function wideStrings(
  bytes: Uint8Array,
  start: number,
  end: number,
  section: string,
  out: MachOString[],
  limit: number,
): void {
  for (let at = start; at + 1 < end && out.length < limit; ) {
    let to = at;
    while (to + 1 < end && (bytes[to] !== 0 || bytes[to + 1] !== 0)) to += 2;
    if (to > at) out.push({ value: utf16Text(bytes, at, (to - at) >> 1), offset: at, section });
    at = to + 2;
  }
}

export function isEncrypted(section: MachOSection, encryption: MachOEncryption | null): boolean {
  if (encryption === null || encryption.id === 0) return false;
  return section.offset < encryption.offset + encryption.size && section.offset + section.size > encryption.offset;
}
