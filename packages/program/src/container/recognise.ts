import { u32At } from '@vedette/bytes';
import { dexContainerKind, isElf, type ZipArchive } from '@vedette/formats';
import type { ContainerKind } from '../app-image.ts';
import { findAppFolders } from '../ios/app-folders.ts';

/** Mach-O, thin in either byte order, and fat (mach-o/loader.h, mach-o/fat.h). A fat magic is that of Java classes too. */
const MACH_O = new Set([0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe]);
const FAT = new Set([0xbebafeca, 0xbfbafeca]);
/** Versions of Java classes begin at 45; no fat file has so many slices. */
const MAX_SLICES = 40;

/** Whether the bytes begin as a Mach-O file. */
export function isMachO(bytes: Uint8Array): boolean {
  const magic = u32At(bytes, 0);
  if (MACH_O.has(magic)) return bytes.length >= 28;
  const slices = ((bytes[4] ?? 0) << 24) | ((bytes[5] ?? 0) << 16) | ((bytes[6] ?? 0) << 8) | (bytes[7] ?? 0);
  return FAT.has(magic) && slices > 0 && slices < MAX_SLICES;
}

/** What a file is, by what is in it; null for what holds no app and no code. An archive that is also a DEX (Janus) is an archive. */
export function recognise(bytes: Uint8Array, zip: ZipArchive | null): ContainerKind | null {
  if (zip !== null) {
    const has = (pattern: RegExp): boolean => zip.entries.some(({ name }) => pattern.test(name));
    if (zip.find('AndroidManifest.xml') !== undefined || has(/^classes\d*\.dex$/)) return 'apk';
    if (findAppFolders(zip).length > 0) return 'ipa';
    if (has(/^[^/]+\/manifest\/AndroidManifest\.xml$/)) return 'aab';
    if (has(/\.apk$/i)) return 'apk-set';
  }
  if (dexContainerKind(bytes) !== null) return 'dex';
  if (isElf(bytes)) return 'elf';
  return isMachO(bytes) ? 'mach-o' : null;
}
