import { type Diagnostics, utf8Text } from '@vedette/bytes';
import type { MachOExport } from './mach-o-file.ts';
import { MAX_NAME } from './texts.ts';
import { UlebReader } from './uleb.ts';
import type { Words } from './words.ts';

const REEXPORT = 0x08;
const MAX_DEPTH = 512;

/**
 * The exports trie at `start` (mach-o/loader.h, LC_DYLD_EXPORTS_TRIE). Each node is read once: nodes that lead back up,
 * or that several parents share, would give names without end.
 */
export function readExportTrie(
  words: Words,
  start: number,
  size: number,
  base: number,
  diagnostics: Diagnostics,
): readonly MachOExport[] {
  const end = Math.min(start + size, words.bytes.length);
  const exports: MachOExport[] = [];
  const seen = new Set<number>();
  let nameBytes = words.bytes.length * 4 + 65_536;
  if (start + size > words.bytes.length) {
    diagnostics.error('mach-o.exports.malformed', 'the exports trie leads outside of the file', { offset: start });
  }
  const visit = (offset: number, prefix: string, depth: number): boolean => {
    if (seen.has(offset) || offset >= end - start || depth > MAX_DEPTH || prefix.length > MAX_NAME) return false;
    seen.add(offset);
    const reader = new UlebReader(words.bytes, start + offset, end);
    const terminalSize = reader.uleb();
    const children = reader.at + terminalSize;
    if (terminalSize > 0) {
      const flags = reader.uleb();
      const address = (flags & REEXPORT) !== 0 ? null : base + reader.uleb();
      nameBytes -= prefix.length + 1;
      if (nameBytes <= 0) return false;
      exports.push({ name: prefix, address, from: 'trie' });
    }
    reader.at = Math.min(children, end);
    let whole = !reader.failed && children <= end;
    const count = reader.u8();
    for (let index = 0; index < count && !reader.failed; index++) {
      const rest = words.bytes.subarray(reader.at, Math.min(end, reader.at + MAX_NAME));
      const length = rest.indexOf(0);
      // What was searched in vain is paid for too: many nodes could lead into one long run without a zero.
      nameBytes -= length < 0 ? rest.length : length;
      if (length < 0 || nameBytes <= 0) return false;
      const label = utf8Text(rest, 0, length);
      reader.at += length + 1;
      const child = reader.uleb();
      whole = visit(child, prefix + label, depth + 1) && whole;
    }
    return whole && !reader.failed;
  };
  if (size > 0 && start < end && !visit(0, '', 0)) {
    const message = 'nodes of the exports trie that lead outside, back or nowhere; they are left out';
    diagnostics.error('mach-o.exports.malformed', message, { offset: start });
  }
  return exports;
}
