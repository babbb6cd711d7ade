import type { Diagnostics } from '@vedette/bytes';
import { LC, type LoadCommand } from './load-commands.ts';
import type { MachOSection, MachOSegment } from './mach-o-file.ts';
import { fixedText } from './texts.ts';
import type { Words } from './words.ts';

/** LC_SEGMENT and LC_SEGMENT_64 with their sections. What leads outside of the slice is reported, not moved. */
export function readSegments(
  words: Words,
  commands: readonly LoadCommand[],
  diagnostics: Diagnostics,
): readonly MachOSegment[] {
  const segments: MachOSegment[] = [];
  for (const command of commands) {
    if (command.command !== LC.SEGMENT && command.command !== LC.SEGMENT_64) continue;
    const segment = readSegment(words, command, diagnostics);
    if (segment.fileOffset + segment.fileSize > words.bytes.length) {
      const message = `${segment.name} ends at ${segment.fileOffset + segment.fileSize}, the slice at ${words.bytes.length}`;
      diagnostics.error('mach-o.segment.range', message, { offset: command.offset });
    }
    segments.push(segment);
  }
  reportOverlaps(segments, diagnostics);
  return segments;
}

function readSegment(words: Words, { command, offset, size }: LoadCommand, diagnostics: Diagnostics): MachOSegment {
  const wide = command === LC.SEGMENT_64;
  const width = wide ? 8 : 4;
  const word = (index: number): number =>
    wide ? words.u64(offset + 24 + index * 8) : words.u32(offset + 24 + index * 4);
  const rest = offset + 24 + 4 * width;
  const announced = words.u32(rest + 8);
  const sectionSize = wide ? 80 : 68;
  const headSize = wide ? 72 : 56;
  const count = Math.min(announced, Math.max(0, Math.floor((size - headSize) / sectionSize)));
  const name = fixedText(words.bytes, offset + 8, 16);
  if (count < announced) {
    diagnostics.error('mach-o.sections.count', `${name} announces ${announced} sections, ${count} fit its command`, {
      offset,
    });
  }
  const sections = Array.from({ length: count }, (_, index): MachOSection => {
    const at = offset + headSize + index * sectionSize;
    const tail = at + 32 + 2 * width;
    return {
      name: fixedText(words.bytes, at, 16),
      segment: fixedText(words.bytes, at + 16, 16),
      address: wide ? words.u64(at + 32) : words.u32(at + 32),
      size: wide ? words.u64(at + 40) : words.u32(at + 36),
      offset: words.u32(tail),
      flags: words.u32(tail + 16),
    };
  });
  return {
    name,
    address: word(0),
    size: word(1),
    fileOffset: word(2),
    fileSize: word(3),
    maximumProtection: words.u32(rest),
    initialProtection: words.u32(rest + 4),
    flags: words.u32(rest + 12),
    sections,
  };
}

function reportOverlaps(segments: readonly MachOSegment[], diagnostics: Diagnostics): void {
  const mapped = segments.filter(({ size }) => size > 0).toSorted((a, b) => a.address - b.address);
  for (const [index, segment] of mapped.entries()) {
    const next = mapped[index + 1];
    if (next === undefined || segment.address + segment.size <= next.address) continue;
    const message = `${segment.name} and ${next.name} overlap in memory, which dyld refuses`;
    diagnostics.warning('mach-o.segment.overlap', message);
  }
}

/** Low byte of a section's flags. */
export function sectionType(section: MachOSection): number {
  return section.flags & 0xff;
}

/** Sections with no bytes in the file: filled with zeros when loaded. */
export function isZeroFill(section: MachOSection): boolean {
  return [0x1, 0xc, 0x12].includes(sectionType(section));
}
