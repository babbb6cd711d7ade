import { Cursor, latin1Text, toHex } from '@vedette/bytes';
import type { ElfFields } from './elf-fields.ts';
import { type ElfSegment, PT_GNU_PROPERTY, PT_NOTE } from './program-headers.ts';
import { type ElfSection, SHT_NOTE } from './section-headers.ts';

export interface AndroidNote {
  /** The lowest API level the file was built for. */
  readonly apiLevel: number;
  /** e.g. `r26b`; null where the note has none: built by the platform's own build. */
  readonly ndkVersion: string | null;
  readonly ndkBuild: string | null;
}

export interface ElfNotes {
  /** In lower-case hexadecimal; null without one. */
  readonly buildId: string | null;
  readonly android: AndroidNote | null;
  /** `NT_ANDROID_TYPE_MEMTAG`: asks for memory tagging. */
  readonly memoryTagging: boolean;
  /** `GNU_PROPERTY_AARCH64_FEATURE_1_AND` or `GNU_PROPERTY_X86_FEATURE_1_AND`; 0 without one. */
  readonly aarch64Features: number;
  readonly x86Features: number;
}

const NT_GNU_BUILD_ID = 3;
const NT_GNU_PROPERTY_TYPE_0 = 5;
const NT_ANDROID_IDENT = 1;
const NT_ANDROID_MEMTAG = 4;
const AARCH64_FEATURES = 0xc000_0000;
const X86_FEATURES = 0xc000_0002;
const MAX_NOTES = 1_024;

/**
 * The notes of `PT_NOTE` segments, and of note sections that no segment covers (gABI, "Note Section"): each of name, type and description, padded to four or eight
 * bytes.
 */
export function readNotes(
  fields: ElfFields,
  segments: readonly ElfSegment[],
  sections: readonly ElfSection[],
): ElfNotes {
  const notes = { buildId: null, android: null, memoryTagging: false, aarch64Features: 0, x86Features: 0 };
  const found: { -readonly [K in keyof ElfNotes]: ElfNotes[K] } = notes;
  let left = MAX_NOTES;
  const places = [
    ...segments
      .filter(({ type }) => type === PT_NOTE || type === PT_GNU_PROPERTY)
      .map(({ offset, fileSize, alignment }) => ({ offset, size: fileSize, padding: alignment === 8 ? 8 : 4 })),
    ...sections.filter(({ type }) => type === SHT_NOTE).map(({ offset, size }) => ({ offset, size, padding: 4 })),
  ];
  for (const { offset, size: length, padding } of places) {
    const end = Math.min(fields.bytes.length, offset + length);
    for (let at = offset; at + 12 <= end && left-- > 0; ) {
      const nameSize = fields.u32(at);
      const size = fields.u32(at + 4);
      const content = at + padded(12 + nameSize, padding);
      if (content + size > end) break;
      const name = latin1Text(fields.bytes, at + 12, at + 12 + Math.min(nameSize, 16)).replace(/\0.*$/su, '');
      takeNote(fields, { name, type: fields.u32(at + 8), at: content, size }, found);
      at = content + padded(size, padding);
    }
  }
  return found;
}

function padded(size: number, to: number): number {
  return Math.ceil(size / to) * to;
}

interface Note {
  readonly name: string;
  readonly type: number;
  readonly at: number;
  readonly size: number;
}

function takeNote(fields: ElfFields, note: Note, found: { -readonly [K in keyof ElfNotes]: ElfNotes[K] }): void {
  const { bytes, u32 } = fields;
  const { name, type, at, size } = note;
  if (name === 'GNU' && type === NT_GNU_BUILD_ID) found.buildId ??= toHex(bytes.subarray(at, at + Math.min(size, 64)));
  else if (name === 'GNU' && type === NT_GNU_PROPERTY_TYPE_0) takeProperties(fields, note, found);
  else if (name === 'Android' && type === NT_ANDROID_IDENT && size >= 4) {
    // bionic's crtbrand.S: the API level, then version and build number of the NDK, 64 bytes each.
    found.android ??= {
      apiLevel: u32(at),
      ndkVersion: shortText(bytes, note, 4),
      ndkBuild: shortText(bytes, note, 68),
    };
  } else if (name === 'Android' && type === NT_ANDROID_MEMTAG) found.memoryTagging = true;
}

function shortText(bytes: Uint8Array, { at, size }: Note, from: number): string | null {
  if (size < from + 64) return null;
  const text = new Cursor(bytes, at + from, at + from + 64).latin1(64).replace(/\0.*$/su, '');
  return /^[\x20-\x7e]+$/u.test(text) ? text : null;
}

/** Each property: type, size of its data, data, padded to the word. */
function takeProperties(fields: ElfFields, note: Note, found: { -readonly [K in keyof ElfNotes]: ElfNotes[K] }): void {
  const { u32, wordSize } = fields;
  for (let at = note.at; at + 12 <= note.at + note.size; at += 8 + padded(u32(at + 4), wordSize)) {
    if (u32(at) === AARCH64_FEATURES) found.aarch64Features = u32(at + 8);
    if (u32(at) === X86_FEATURES) found.x86Features = u32(at + 8);
  }
}
