import type { Diagnostic } from '@vedette/contracts';
import type { ElfFile } from './read-elf.ts';

/** Folders of `lib/` that the package manager knows, old ones among them, and the ABI whose code they hold. */
const FOLDERS: Readonly<Record<string, string>> = {
  armeabi: 'armeabi-v7a',
  'armeabi-v7a': 'armeabi-v7a',
  'arm64-v8a': 'arm64-v8a',
  x86: 'x86',
  x86_64: 'x86_64',
  riscv64: 'riscv64',
};

/**
 * What is odd about where an ELF file is in an app: in the folder of an ABI that is not its own (`elf.place.abi`), or where the package manager never looks, so that only
 * the app's own code can load it (`elf.place.hidden`).
 *
 * @param path path of the entry, e.g. `lib/arm64-v8a/libfoo.so`; of a bundle's module, e.g. `base/lib/x86/libfoo.so`
 */
export function elfPlaceDiagnostics(path: string, elf: Pick<ElfFile, 'abi' | 'machine' | 'bits'>): Diagnostic[] {
  const match = /(?:^|^[^/]+\/)lib\/([^/]+)\/[^/]+$/u.exec(path);
  const folder = match?.[1];
  const expected = folder === undefined ? undefined : FOLDERS[folder];
  if (expected === undefined) {
    const message = 'native code outside of lib/<ABI>/: the system does not install it, the app loads it itself';
    return [{ id: 'elf.place.hidden', level: 'note', message, where: path }];
  }
  if (expected === elf.abi) return [];
  const message = `code for ${elf.abi ?? `${elf.machine} (${elf.bits} bits)`} in the folder for ${folder}: it cannot be loaded from there`;
  return [{ id: 'elf.place.abi', level: 'warning', message, where: path }];
}
