import type { ZipArchive, ZipEntry } from '@vedette/formats';

/** An entry under the name that it has on the device. */
export interface PartEntry {
  readonly name: string;
  /** Place in the whole file, for reports: `base.apk!/classes.dex`. */
  readonly location: string;
  readonly entry: ZipEntry;
}

/** One archive that an app is installed from, opened. */
export interface OpenPart {
  /** In the outer file, empty for the file itself. */
  readonly path: string;
  readonly role: 'base' | 'split' | 'module';
  readonly name: string;
  /** Its own bytes and archive; null for a module, which is a folder of the bundle. */
  readonly archive: { readonly bytes: Uint8Array; readonly zip: ZipArchive } | null;
  /** In directory order, duplicates included. */
  readonly entries: readonly PartEntry[];
  /** The first of the name, as the platform opens it. */
  find(name: string): PartEntry | undefined;
  /** Manifest and resources: binary as installed, or protocol buffers as in a bundle. */
  readonly encoding: 'binary' | 'proto';
}

/** A part that is an archive of its own. */
export function archivePart(
  archive: { readonly bytes: Uint8Array; readonly zip: ZipArchive },
  { path, role, name }: Pick<OpenPart, 'path' | 'role' | 'name'>,
): OpenPart {
  const entries = archive.zip.entries.map((entry) => ({ name: entry.name, location: locate(path, entry.name), entry }));
  const find = (wanted: string): PartEntry | undefined => {
    const entry = archive.zip.find(wanted);
    return entry === undefined ? undefined : { name: wanted, location: locate(path, wanted), entry };
  };
  return { path, role, name, archive, entries, find, encoding: 'binary' };
}

/** A place in a part, as reports write it. */
export function locate(part: string, name: string): string {
  return part === '' ? name : `${part}!/${name}`;
}
