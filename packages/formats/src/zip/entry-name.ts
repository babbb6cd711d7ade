import { type Diagnostics, isUtf8, latin1Text, u16At, utf8Text } from '@vedette/bytes';
import { printable } from './printable.ts';

/** Android takes names as UTF-8 whatever the flag says, and refuses an archive with one that is not; here that is shown as Latin-1. */
export function entryName(rawName: Uint8Array, diagnostics: Diagnostics): string {
  let plain = true;
  for (const byte of rawName) plain &&= byte < 0x80;
  const wellFormed = plain || isUtf8(rawName);
  const name = plain || !wellFormed ? latin1Text(rawName) : utf8Text(rawName);
  const where = printable(name);
  if (!wellFormed)
    diagnostics.warning('zip.name.encoding', 'the name is not UTF-8: Android refuses the archive', { where });
  if (name === '') diagnostics.warning('zip.name.empty', 'an entry without a name');
  else if (name.includes('\0')) {
    diagnostics.warning('zip.name.control', 'a NUL in the name', { where });
    diagnostics.warning('zip.name.nul', 'a NUL in the name: tools stop there, Android refuses the archive', { where });
  } else if (name.includes('\\') || printable(name, Number.POSITIVE_INFINITY) !== name) {
    diagnostics.warning('zip.name.control', 'control characters or a backslash in the name', { where });
  }
  if (name.startsWith('/') || /(^|[\\/])\.\.([\\/]|$)/.test(name) || /^[A-Za-z]:[\\/]/.test(name)) {
    diagnostics.warning('zip.name.traversal', 'the name leads out of the archive', { where });
  }
  return name;
}

const UNICODE_PATH = 0x7075;

/** Info-ZIP's second name (APPNOTE 4.6.9), which other tools prefer and Android does not read. Null without one. */
export function unicodePath(extra: Uint8Array): string | null {
  for (let at = 0; at + 4 <= extra.length; at += 4 + u16At(extra, at + 2)) {
    const size = u16At(extra, at + 2);
    // A version and the checksum of the first name, then the second.
    if (u16At(extra, at) === UNICODE_PATH && size > 5)
      return utf8Text(extra, at + 9, Math.min(extra.length, at + 4 + size));
  }
  return null;
}

/** Where names differ by case only it matters: code, the manifest, resources, signatures. Shrinkers use either case in `res/`. */
const CASE_MATTERS = /(?:^|\/)(?:androidmanifest\.xml|resources\.arsc|[^/]+\.(?:dex|so|apk|jar|mf|sf|rsa|dsa|ec))$/iu;

/** What names say together: twice the same, almost the same, a file that is also a folder. */
export function reportNames(listed: readonly { readonly name: string }[], diagnostics: Diagnostics): void {
  const names = new Set<string>();
  for (const { name } of listed) {
    if (names.has(name)) {
      const message = 'the name occurs more than once: Android refuses the archive; the first entry was taken';
      diagnostics.error('zip.name.duplicate', message, { where: printable(name) });
    }
    names.add(name);
  }
  const lower = new Set<string>();
  const plain = new Set<string>();
  for (const name of names) {
    const where = printable(name);
    reportSame(lower, name.toLowerCase(), CASE_MATTERS.test(name), () => {
      diagnostics.warning(
        'zip.name.case',
        'the name differs from another only by case: tools overwrite one with the other',
        { where },
      );
    });
    // Only names beyond ASCII can look like others; most archives have none.
    const key = /^[\x20-\x7e]*$/u.test(name) ? name : folded(name);
    reportSame(plain, key, true, () => {
      diagnostics.warning('zip.name.lookalike', 'the name differs from another only in ways that are not seen', {
        where,
      });
    });
    const parent = name.slice(0, name.lastIndexOf('/'));
    if (parent.endsWith('.dex') || parent === 'AndroidManifest.xml' || parent === 'resources.arsc') {
      const message = 'a file of the platform is also used as a folder, to confuse tools that unpack';
      diagnostics.warning('zip.name.file-as-folder', message, { where });
    }
  }
}

function reportSame(seen: Set<string>, key: string, matters: boolean, report: () => void): void {
  if (seen.has(key) && matters) report();
  seen.add(key);
}

/** Unicode's compatibility form without what is not seen. */
function folded(name: string): string {
  return name.normalize('NFKC').replace(/\p{Cf}/gu, '');
}
