import type { Diagnostics } from '@vedette/bytes';
import type { MachOHeader } from './mach-o-header.ts';

/** Numbers of load commands (mach-o/loader.h). */
export const LC = {
  SEGMENT: 0x1,
  SYMTAB: 0x2,
  DYSYMTAB: 0xb,
  LOAD_DYLIB: 0xc,
  ID_DYLIB: 0xd,
  LOAD_WEAK_DYLIB: 0x8000_0018,
  SEGMENT_64: 0x19,
  UUID: 0x1b,
  RPATH: 0x8000_001c,
  CODE_SIGNATURE: 0x1d,
  REEXPORT_DYLIB: 0x8000_001f,
  LAZY_LOAD_DYLIB: 0x20,
  ENCRYPTION_INFO: 0x21,
  DYLD_INFO: 0x22,
  DYLD_INFO_ONLY: 0x8000_0022,
  LOAD_UPWARD_DYLIB: 0x8000_0023,
  VERSION_MIN_MACOS: 0x24,
  VERSION_MIN_IOS: 0x25,
  FUNCTION_STARTS: 0x26,
  MAIN: 0x8000_0028,
  SOURCE_VERSION: 0x2a,
  ENCRYPTION_INFO_64: 0x2c,
  LINKER_OPTION: 0x2d,
  VERSION_MIN_TVOS: 0x2f,
  VERSION_MIN_WATCHOS: 0x30,
  BUILD_VERSION: 0x32,
  DYLD_EXPORTS_TRIE: 0x8000_0033,
  DYLD_CHAINED_FIXUPS: 0x8000_0034,
} as const;

/** Commands that dyld or the kernel take once. */
const SINGLE: ReadonlySet<number> = new Set([
  LC.SYMTAB,
  LC.DYSYMTAB,
  LC.UUID,
  LC.CODE_SIGNATURE,
  LC.ENCRYPTION_INFO,
  LC.ENCRYPTION_INFO_64,
  LC.DYLD_INFO,
  LC.DYLD_INFO_ONLY,
  LC.FUNCTION_STARTS,
  LC.MAIN,
  LC.DYLD_EXPORTS_TRIE,
  LC.DYLD_CHAINED_FIXUPS,
  LC.ID_DYLIB,
]);

export interface LoadCommand {
  readonly command: number;
  readonly offset: number;
  readonly size: number;
}

/** More than this is no honest file: large apps have a few hundred. */
const MANY_COMMANDS = 4_096;

/**
 * The load commands in order, each inside of the commands' area. A size that is too small for a command ends the list, as
 * the kernel refuses the file there; one that is not aligned is reported and followed.
 */
export function readLoadCommands(header: MachOHeader, diagnostics: Diagnostics): readonly LoadCommand[] {
  const { words, commandCount, commandsSize, size: headerSize } = header;
  const length = words.bytes.length;
  const end = Math.min(headerSize + commandsSize, length);
  if (headerSize + commandsSize > length) {
    const message = `load commands of ${commandsSize} bytes in a file of ${length}`;
    diagnostics.error('mach-o.commands.size', message, { offset: 20 });
  }
  const commands: LoadCommand[] = [];
  const seen = new Set<number>();
  let at = headerSize;
  while (commands.length < commandCount && at + 8 <= end) {
    const command = words.u32(at);
    const size = words.u32(at + 4);
    if (size < 8 || at + size > end) {
      const message = `command ${commands.length} has a size of ${size} bytes, ${end - at} are left; the rest is not read`;
      diagnostics.error('mach-o.command.size', message, { offset: at });
      break;
    }
    if (size % (header.bits === 64 ? 8 : 4) !== 0) {
      const message = `command ${commands.length} has a size of ${size} bytes, which is not aligned`;
      diagnostics.warning('mach-o.command.alignment', message, { offset: at });
    }
    if (SINGLE.has(command) && seen.has(command)) {
      const message = `command 0x${command.toString(16)} stands twice; the first one is followed`;
      diagnostics.warning('mach-o.command.duplicate', message, { offset: at });
    } else {
      seen.add(command);
      commands.push({ command, offset: at, size });
    }
    at += size;
  }
  if (commandCount > MANY_COMMANDS) {
    diagnostics.warning('mach-o.commands.many', `the header announces ${commandCount} load commands`, { offset: 16 });
  }
  if (
    commands.length < commandCount &&
    !diagnostics.has('mach-o.command.size') &&
    !diagnostics.has('mach-o.command.duplicate')
  ) {
    const message = `the header announces ${commandCount} load commands, ${commands.length} are there`;
    diagnostics.warning('mach-o.commands.count', message, { offset: 16 });
  }
  return commands;
}
