import { type Diagnostics, latin1Text, u32At } from '@vedette/bytes';
import { unicodePath } from './entry-name.ts';
import { reportExtra } from './extra-field.ts';
import { printable } from './printable.ts';
import {
  CENTRAL_HEADER,
  type CentralHeader,
  FLAG_DATA_DESCRIPTOR,
  FLAG_ENCRYPTED,
  FOREIGN_METHODS,
  LOCAL_HEADER,
  type LocalHeader,
  METHOD_DEFLATED,
  METHOD_STORED,
  readDataDescriptor,
} from './zip-records.ts';

/**
 * Compares what the two headers of an entry say. libziparchive follows the directory: it takes the method from there, and refuses the entry where names, sizes or
 * checksums differ and no data descriptor follows (zip_archive.cc, `FindEntry`).
 *
 * @returns whether the local header leads to other data than the directory
 */
export function compareHeaders(
  name: string,
  central: CentralHeader,
  local: LocalHeader,
  diagnostics: Diagnostics,
): boolean {
  const where = printable(name);
  const place = { where };
  const differences: string[] = [];
  const differ = (id: string, what: string): void => {
    differences.push(what);
    diagnostics.warning(id, `local header and directory disagree: ${what}`, place);
  };
  const sameName = sameBytes(central.rawName, local.rawName);
  if (!sameName) differ('zip.local-header.name', `name (${printable(latin1Text(local.rawName))})`);
  if (central.method !== local.method)
    differ('zip.local-header.method', `method (${central.method} and ${local.method})`);
  if ((central.flags & FLAG_ENCRYPTED) !== (local.flags & FLAG_ENCRYPTED)) differences.push('encryption flag');
  const sizesFollow = (local.flags & FLAG_DATA_DESCRIPTOR) !== 0;
  const wide = local.size === 0xffff_ffff || local.compressedSize === 0xffff_ffff;
  const differs = (mine: number, theirs: number): boolean => !wide && mine !== theirs && !(sizesFollow && theirs === 0);
  const sizes = differs(central.compressedSize, local.compressedSize) || differs(central.size, local.size);
  if (sizes) {
    const [theirs, ours] = [local, central].map(({ compressedSize, size }) => `${compressedSize} and ${size} bytes`);
    differ('zip.local-header.size', `sizes (${ours}; locally ${theirs})`);
  }
  if (differs(central.crc32, local.crc32)) differ('zip.local-header.checksum', 'checksum');
  if (differences.length > 0) {
    const message = `local header and directory disagree: ${differences.join(', ')}; the directory was followed, as Android does`;
    diagnostics.warning('zip.local-header.mismatch', message, place);
  }
  reportMethod(central, local, where, diagnostics);
  reportExtra(central.extra, local.extra, where, diagnostics);
  const second = unicodePath(central.extra) ?? unicodePath(local.extra);
  if (second !== null && second !== name) {
    const message = `a second name, "${printable(second)}", which other tools prefer and Android does not read`;
    diagnostics.warning('zip.name.second', message, place);
  }
  return !sameName || central.method !== local.method || sizes;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

function reportMethod(central: CentralHeader, local: LocalHeader, where: string, diagnostics: Diagnostics): void {
  if (((central.flags | local.flags) & FLAG_ENCRYPTED) !== 0) {
    diagnostics.warning('zip.entry.encrypted-flag', 'marked as encrypted; Android ignores the mark', { where });
  }
  if (central.method === METHOD_STORED || central.method === METHOD_DEFLATED) return;
  const message = `compression method ${central.method}, which Android does not know and reads as stored`;
  diagnostics.warning('zip.entry.unknown-method', message, { where });
  const known = FOREIGN_METHODS[central.method];
  if (known !== undefined) {
    const text = `compressed with ${known}, which Android cannot read: only the app itself, or a tool, unpacks it`;
    diagnostics.warning('zip.entry.foreign-method', text, { where });
  }
}

/**
 * Where an entry's data ends, its data descriptor included. That is compared with the directory, as libziparchive does on extraction.
 */
export function dataEnd(
  bytes: Uint8Array,
  central: CentralHeader,
  local: LocalHeader,
  report: { readonly name: string; readonly diagnostics: Diagnostics },
): number {
  const end = local.dataOffset + central.compressedSize;
  if ((local.flags & FLAG_DATA_DESCRIPTOR) === 0) return end;
  const matches = [false, true]
    .map((wide) => readDataDescriptor(bytes, end, wide))
    .find(
      (found) =>
        found?.compressedSize === central.compressedSize &&
        found.size === central.size &&
        found.crc32 === central.crc32,
    );
  if (matches !== undefined && matches !== null) return end + matches.length;
  const place = { where: printable(report.name), offset: Math.min(end, bytes.length) };
  // Some tools of the Mac promise sizes behind the data, write them before it, and go on with the next header.
  const isNext = u32At(bytes, end) === LOCAL_HEADER || u32At(bytes, end) === CENTRAL_HEADER;
  if (isNext && local.compressedSize === central.compressedSize && local.size === central.size) {
    const message = 'sizes are promised behind the data, and stand before it alone';
    report.diagnostics.note('zip.data-descriptor.missing', message, place);
    return end;
  }
  const message = 'the sizes that follow the data are not those of the directory; Android refuses to unpack the entry';
  report.diagnostics.warning('zip.data-descriptor.mismatch', message, place);
  return end;
}
