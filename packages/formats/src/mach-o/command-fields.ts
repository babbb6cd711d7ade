import { toHex } from '@vedette/bytes';
import { LC, type LoadCommand } from './load-commands.ts';
import type { MachOBuild, MachOLibrary } from './mach-o-file.ts';
import { zeroText } from './texts.ts';
import type { Words } from './words.ts';

const LIBRARY_KINDS: ReadonlyMap<number, MachOLibrary['kind']> = new Map([
  [LC.LOAD_DYLIB, 'load'],
  [LC.LOAD_WEAK_DYLIB, 'weak'],
  [LC.REEXPORT_DYLIB, 'reexport'],
  [LC.LAZY_LOAD_DYLIB, 'lazy'],
  [LC.LOAD_UPWARD_DYLIB, 'upward'],
]);

/** Libraries in load order: ordinals count them. */
export function readLibraries(words: Words, commands: readonly LoadCommand[]): readonly MachOLibrary[] {
  return commands.flatMap((command) => {
    const kind = LIBRARY_KINDS.get(command.command);
    if (kind === undefined) return [];
    return {
      kind,
      path: commandText(words, command, 8) ?? '',
      currentVersion: versionText(words.u32(command.offset + 16)),
      compatibilityVersion: versionText(words.u32(command.offset + 20)),
    };
  });
}

/** A text inside of a command (lc_str): an offset from the command's beginning. Null when it leads outside of the command. */
export function commandText(words: Words, { offset, size }: LoadCommand, field: number): string | null {
  const at = words.u32(offset + field);
  return at >= 8 && at < size ? zeroText(words.bytes, offset + at, offset + size) : null;
}

const PLATFORMS: Readonly<Record<number, string>> = {
  1: 'macos',
  2: 'ios',
  3: 'tvos',
  4: 'watchos',
  5: 'bridgeos',
  6: 'mac-catalyst',
  7: 'ios-simulator',
  8: 'tvos-simulator',
  9: 'watchos-simulator',
  10: 'driverkit',
  11: 'visionos',
  12: 'visionos-simulator',
};

const VERSION_COMMANDS: ReadonlyMap<number, string> = new Map([
  [LC.VERSION_MIN_MACOS, 'macos'],
  [LC.VERSION_MIN_IOS, 'ios'],
  [LC.VERSION_MIN_TVOS, 'tvos'],
  [LC.VERSION_MIN_WATCHOS, 'watchos'],
]);

/** LC_BUILD_VERSION, and the older LC_VERSION_MIN_…, one per platform. */
export function readBuilds(words: Words, commands: readonly LoadCommand[]): readonly MachOBuild[] {
  return commands.flatMap(({ command, offset }) => {
    const old = VERSION_COMMANDS.get(command);
    if (old === undefined && command !== LC.BUILD_VERSION) return [];
    const at = old === undefined ? offset + 12 : offset + 8;
    const number = words.u32(offset + 8);
    return {
      platform: old ?? PLATFORMS[number] ?? String(number),
      minimumOs: shortVersion(words.u32(at)),
      sdk: shortVersion(words.u32(at + 4)),
    };
  });
}

/** LC_LINKER_OPTION: a count and as many texts. */
export function readLinkerOptions(words: Words, commands: readonly LoadCommand[]): readonly (readonly string[])[] {
  return commands
    .filter(({ command }) => command === LC.LINKER_OPTION)
    .map(({ offset, size }) => {
      const options: string[] = [];
      const end = offset + size;
      const count = Math.min(words.u32(offset + 8), size);
      for (let at = offset + 12; at < end && options.length < count; ) {
        const text = zeroText(words.bytes, at, end);
        const zero = words.bytes.subarray(at, end).indexOf(0);
        if (text === null) break;
        options.push(text);
        at = zero < 0 ? end : at + zero + 1;
      }
      return options;
    });
}

/** `1e48e3ac-4c63-309d-8df6-86ff34c8be3d` */
export function readUuid(words: Words, commands: readonly LoadCommand[]): string | null {
  const found = commands.find(({ command, size }) => command === LC.UUID && size >= 24);
  if (found === undefined) return null;
  const text = toHex(words.bytes.subarray(found.offset + 8, found.offset + 24));
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Sixteen, eight and eight bits. */
export function versionText(value: number): string {
  return `${value >>> 16}.${(value >>> 8) & 0xff}.${value & 0xff}`;
}

function shortVersion(value: number): string {
  return versionText(value).replace(/\.0$/, '');
}

/** LC_SOURCE_VERSION: 24 bits, then four times ten. */
export function sourceVersion(words: Words, offset: number): string {
  const high = words.u32(offset + (words.bigEndian ? 8 : 12));
  const low = words.u32(offset + (words.bigEndian ? 12 : 8));
  const parts = [
    high >>> 8,
    ((high & 0xff) << 2) | (low >>> 30),
    (low >>> 20) & 0x3ff,
    (low >>> 10) & 0x3ff,
    low & 0x3ff,
  ];
  while (parts.length > 2 && parts.at(-1) === 0) parts.pop();
  return parts.join('.');
}
