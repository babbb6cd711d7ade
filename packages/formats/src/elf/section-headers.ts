import type { Diagnostics } from '@vedette/bytes';
import { elfText } from './elf-fields.ts';
import type { ElfHeader } from './elf-header.ts';

export const SHT_SYMTAB = 2;
export const SHT_DYNAMIC = 6;
export const SHT_NOTE = 7;
const SHT_NOBITS = 8;

/** Names longer than this are cut: thousands of sections may share one. */
const MAX_NAME = 256;

export interface ElfSection {
  readonly name: string;
  /** `sh_type`. */
  readonly type: number;
  readonly flags: number;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  /** `sh_entsize`: size of an entry in bytes where the section is a table. */
  readonly entrySize: number;
}

/**
 * The section headers, for names and for what only they know (a symbol table). Empty where they are missing or lead outside of the file: nothing that is loaded depends
 * on them, so nothing is believed as soon as a part of them cannot be true.
 */
export function readSectionHeaders(header: ElfHeader, diagnostics: Diagnostics): ElfSection[] {
  const { fields, sectionHeaders: table } = header;
  const { bytes, bits, u32, word, wordSize } = fields;
  const own = bits === 64 ? 64 : 40;
  if (table.count === 0 || table.offset === 0) {
    if (header.type !== 'core') {
      diagnostics.warning('elf.sections.none', 'no section headers; the program headers were followed');
    }
    return [];
  }
  const bogus = (why: string): ElfSection[] => {
    diagnostics.warning(
      'elf.sections.bogus',
      `section headers that cannot be true: ${why}; the program headers were followed`,
      {
        offset: table.offset,
      },
    );
    return [];
  };
  if (table.entrySize !== own) return bogus(`entries of ${table.entrySize} bytes, not ${own}`);
  if (table.offset + table.count * own > bytes.length) return bogus(`${table.count} entries reach beyond the file`);
  if (header.sectionNamesIndex >= table.count) return bogus(`their names are in section ${header.sectionNamesIndex}`);

  const names = table.offset + header.sectionNamesIndex * own;
  const namesStart = word(names + 8 + 2 * wordSize);
  const namesEnd = Math.min(bytes.length, namesStart + word(names + 8 + 3 * wordSize));
  const sections: ElfSection[] = [];
  for (let index = 0; index < table.count; index++) {
    const at = table.offset + index * own;
    const [flags, address, offset, size] = [0, 1, 2, 3].map((field) => word(at + 8 + field * wordSize));
    const section = {
      name:
        index === 0 ? '' : elfText(bytes, namesStart + u32(at), Math.min(namesEnd, namesStart + u32(at) + MAX_NAME)),
      type: u32(at + 4),
      flags: flags ?? 0,
      address: address ?? 0,
      offset: offset ?? 0,
      size: size ?? 0,
      entrySize: word(at + own - wordSize),
    };
    if (
      index > 0 &&
      section.type !== SHT_NOBITS &&
      section.type !== 0 &&
      section.offset + section.size > bytes.length
    ) {
      return bogus(`section ${index} ends at ${section.offset + section.size}, the file at ${bytes.length}`);
    }
    sections.push(section);
  }
  return sections;
}
