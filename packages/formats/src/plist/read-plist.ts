import { createDiagnostics, isUtf8, latin1Text, utf8Text, utf16Text } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import type { PlistValue } from './plist-value.ts';
import { readBinaryPlist } from './read-binary-plist.ts';
import { readTextPlist } from './read-text-plist.ts';
import { readXmlPlist } from './read-xml-plist.ts';

/**
 * Reads a property list in any of its forms: binary (version 00), XML, or the old text form. The value is null when the
 * bytes are none of them; the first diagnostic then says why. Time and memory are in proportion to the input: entities
 * are not expanded, shared objects of binary lists are read once, nesting ends at 512 levels.
 */
export function readPlist(bytes: Uint8Array): Parsed<PlistValue | null> {
  if (latin1Text(bytes, 0, 6) === 'bplist') return readBinaryPlist(bytes);
  const text = decode(bytes);
  const start = /[^\s\uFEFF]/.exec(text)?.[0];
  if (start === '<' && /^[\s\uFEFF]*<[!?a-zA-Z]/.test(text)) return readXmlPlist(text.replace(/^\uFEFF/, ''));
  const old = start === undefined ? null : readTextPlist(text);
  if (old !== null && old.value !== null) return old;
  const diagnostics = createDiagnostics();
  diagnostics.error('plist.none', bytes.length === 0 ? 'the file is empty' : 'the bytes are no property list');
  return { value: null, diagnostics: diagnostics.list() };
}

/** UTF-8, or UTF-16 by its mark; what is neither is shown as Latin-1. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16Text(bytes, 2, (bytes.length - 2) >> 1);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const swapped = new Uint8Array(bytes.length - 2);
    for (let at = 0; at + 1 < swapped.length; at += 2) {
      swapped[at] = bytes[at + 3] ?? 0;
      swapped[at + 1] = bytes[at + 2] ?? 0;
    }
    return utf16Text(swapped, 0, swapped.length >> 1);
  }
  return isUtf8(bytes) ? utf8Text(bytes) : latin1Text(bytes);
}
