import { isUtf8, u32At } from '@vedette/bytes';
import type { Diagnostic } from '@vedette/contracts';
import { dexContainerKind, type ZipArchive } from '@vedette/formats';
import { isMachO } from './container/recognise.ts';

/** Says in one line why bytes are no app, and what they look like instead. */
export function reasonForNoApp(bytes: Uint8Array, zip: ZipArchive | null): Diagnostic {
  return {
    id: 'app.none',
    level: 'error',
    message: `This is no app that can be read: ${zip === null ? aboutBytes(bytes) : aboutArchive(zip)}.`,
  };
}

function aboutBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'the file is empty';
  if (dexContainerKind(bytes) === 'dex') return 'it begins like a DEX file, but nothing in it can be read';
  const magic = u32At(bytes, 0);
  if (magic === 0x464c457f) return 'it begins like a native library (ELF), but nothing in it can be read';
  if (isMachO(bytes)) return 'it begins like a Mach-O program, but nothing in it can be read';
  if (magic === 0x46445025) return 'it is a PDF document';
  if (isText(bytes.subarray(0, 4_096))) return 'it is a text file';
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return 'it begins like a ZIP archive, but nothing in it can be read';
  return 'it is not a ZIP archive';
}

/** UTF-8 without control characters; the cut at the end may go through a character. */
function isText(beginning: Uint8Array): boolean {
  const printable = beginning.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
  return printable && [0, 1, 2, 3].some((cut) => isUtf8(beginning.subarray(0, beginning.length - cut)));
}

function aboutArchive(zip: ZipArchive): string {
  const has = (pattern: RegExp): boolean => zip.entries.some(({ name }) => pattern.test(name));
  if (zip.entries.length === 0) return 'it is an empty ZIP archive';
  if (has(/^Payload\//)) return 'it is built as an iOS app (IPA), but its Payload folder holds no app';
  if (has(/^base\/manifest\/AndroidManifest\.xml$/))
    return 'it looks like an Android App Bundle (AAB), but none of its modules can be read';
  if (has(/\.apk$/)) return 'it is an archive of APK files, none of which can be read';
  if (has(/\.class$/)) return 'it is a Java archive without an Android manifest';
  return 'it is a ZIP archive without AndroidManifest.xml, without code and without a Payload folder';
}
