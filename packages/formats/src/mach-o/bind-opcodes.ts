import type { Diagnostics } from '@vedette/bytes';
import type { MachOImport, MachOLibrary, MachOSegment } from './mach-o-file.ts';
import { zeroText } from './texts.ts';
import { UlebReader } from './uleb.ts';
import type { Words } from './words.ts';

export interface Binds {
  readonly imports: readonly MachOImport[];
  /** Name of what is bound, by the address it is written to. */
  readonly byAddress: ReadonlyMap<number, string>;
}

interface Target {
  readonly words: Words;
  readonly libraries: readonly MachOLibrary[];
  readonly segments: readonly MachOSegment[];
  readonly diagnostics: Diagnostics;
}

/** Bind, weak bind and lazy bind opcodes of LC_DYLD_INFO (mach-o/loader.h, BIND_OPCODE_…) at `offset` of the command. */
export function readBinds(offset: number, target: Target): Binds {
  const imports = new Map<string, MachOImport>();
  const byAddress = new Map<number, string>();
  for (const [field, lazy] of [
    [16, false],
    [24, false],
    [32, true],
  ] as const) {
    const start = target.words.u32(offset + field);
    const size = target.words.u32(offset + field + 4);
    if (size > 0) runOpcodes({ start, size, lazy, weakList: field === 24 }, target, imports, byAddress);
  }
  return { imports: [...imports.values()], byAddress };
}

interface OpcodeList {
  readonly start: number;
  readonly size: number;
  readonly lazy: boolean;
  readonly weakList: boolean;
}

function runOpcodes(
  list: OpcodeList,
  { words, libraries, segments, diagnostics }: Target,
  imports: Map<string, MachOImport>,
  byAddress: Map<number, string>,
): void {
  const reader = new UlebReader(words.bytes, list.start, list.start + list.size);
  if (list.start + list.size > words.bytes.length) reader.failed = true;
  let name = '';
  let ordinal = list.weakList ? -3 : 0;
  let weak = false;
  let address = 0;
  // A repeat count can ask for billions of binds; there is room in the file for no more than this.
  const room = { left: Math.ceil(words.bytes.length / words.pointerSize) };
  const bind = (step: number): void => {
    room.left -= 1;
    if (byAddress.size < words.bytes.length / words.pointerSize) byAddress.set(address, name);
    address += words.pointerSize + step;
  };
  while (!reader.atEnd && room.left > 0) {
    const byte = reader.u8();
    const immediate = byte & 0x0f;
    switch (byte & 0xf0) {
      case 0x00:
        // In lazy lists it stands between entries.
        if (!list.lazy) return;
        break;
      case 0x10:
        ordinal = immediate;
        break;
      case 0x20:
        ordinal = reader.uleb();
        break;
      case 0x30:
        ordinal = immediate === 0 ? 0 : immediate - 16;
        break;
      case 0x40: {
        weak = (immediate & 1) !== 0;
        name = zeroText(words.bytes, reader.at, reader.end) ?? '';
        const end = words.bytes.indexOf(0, reader.at);
        reader.at = end < 0 || end >= reader.end ? reader.end : end + 1;
        const key = `${ordinal} ${name}`;
        if (!imports.has(key)) {
          const library = libraries[ordinal - 1]?.path ?? null;
          imports.set(key, { name, library, ordinal, weak, from: 'bind' });
        }
        break;
      }
      case 0x50:
        break;
      case 0x60:
        reader.sleb();
        break;
      case 0x70: {
        const segment = segments[immediate];
        if (segment === undefined) {
          diagnostics.error('mach-o.binds.malformed', `a bind to segment ${immediate}, which is not there`, {
            offset: reader.at,
          });
        }
        address = (segment?.address ?? 0) + reader.distance();
        break;
      }
      case 0x80:
        address += reader.distance();
        break;
      case 0x90:
        bind(0);
        break;
      case 0xa0:
        bind(reader.distance());
        break;
      case 0xb0:
        bind(immediate * words.pointerSize);
        break;
      case 0xc0: {
        const count = reader.uleb();
        const skip = reader.distance();
        for (let index = 0; index < count && room.left > 0; index++) bind(skip);
        break;
      }
      default:
        // BIND_OPCODE_THREADED (0xd0) was arm64e's form before chained fixups: its binds are read from the symbol table.
        if ((byte & 0xf0) === 0xd0) {
          if (immediate === 0) reader.uleb();
          break;
        }
        reader.failed = true;
    }
  }
  if (reader.failed || room.left <= 0) {
    const message = 'bind opcodes that do not end where they should; the rest is not read';
    diagnostics.error('mach-o.binds.malformed', message, { offset: list.start });
  }
}
