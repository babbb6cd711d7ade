/**
 * DEX files of versions 035 to 041 (source.android.com, "Dalvik executable format"): ids, classes, methods and every
 * instruction's references, in flat typed arrays; strings are decoded when asked for. Everything else is read on demand
 * by functions that take the file: instructions, debug information, try blocks, values, annotations, call sites.
 *
 * Deliberately not supported: the content of compact DEX (`cdex`), which no app brings along.
 */
import { type Budget, createDiagnostics } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { checkClasses } from './check-classes.ts';
import { checkPools } from './check-pools.ts';
import { readClassDefs, readMethods } from './class-data.ts';
import { decodeCode } from './decode-code.ts';
import type { DexFile } from './dex-file.ts';
import { readDexHeader } from './dex-header.ts';
import { createDexNames } from './dex-names.ts';
import { readDexStrings } from './dex-strings.ts';
import { MAP_CALL_SITES, MAP_HIDDEN_API, MAP_METHOD_HANDLES, type MapItem, readMapList } from './map-list.ts';
import { opcodeOf } from './opcodes.ts';
import { payloadWidth } from './payloads.ts';

export { type DexFile, type Proto } from './dex-file.ts';
export { javaName } from './dex-names.ts';

/**
 * Reads the DEX whose header stands at `offset`. The value is null only when there is no DEX header. Time and memory are
 * linear in the input's size; the bytes are kept (and copied once if they do not begin at an even address).
 */
export function readDex(input: Uint8Array, budget: Budget, offset = 0): Parsed<DexFile | null> {
  const diagnostics = createDiagnostics();
  const header = readDexHeader(input, diagnostics, offset);
  if (header === null) return { value: null, diagnostics: diagnostics.list() };

  // Code units are read through a 16-bit view; all platforms this runs on are little-endian, as the format is.
  const bytes = input.byteOffset % 2 === 0 ? input : new Uint8Array(input);
  const units = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
  const map = readMapList(bytes, header, diagnostics);
  if (map.some(({ type, count }) => type === MAP_HIDDEN_API && count > 0)) {
    diagnostics.note('dex.hidden-api', 'has hidden-API flags, which only the platform has a use for', { offset });
  }
  const strings = readDexStrings(bytes, header.strings, diagnostics);
  checkPools(bytes, units, header, strings.starts, diagnostics);
  const classDefs = readClassDefs(bytes, header);
  const methods = readMethods(bytes, classDefs, header, budget, diagnostics);
  const names = createDexNames(bytes, header, strings, classDefs);
  checkClasses({ bytes, header, classDefs, methods, names, diagnostics });
  const callSites = countOf(map, MAP_CALL_SITES);
  const methodHandles = countOf(map, MAP_METHOD_HANDLES);
  const code = decodeCode({ bytes, units, header, callSites, methodHandles, methods, budget, diagnostics });
  const value: DexFile = {
    bytes,
    units,
    header,
    map,
    strings,
    classDefs,
    methods,
    code,
    ...names,
    mnemonics: (method, limit) => mnemonics(units, code.starts[method] ?? 0, code.lengths[method] ?? 0, limit),
  };
  return { value, diagnostics: diagnostics.list() };
}

/** Instructions name call sites and method handles with 16 bits. */
function countOf(map: readonly MapItem[], type: number): number {
  return Math.min(map.find((item) => item.type === type)?.count ?? 0, 65_536);
}

function mnemonics(units: Uint16Array, start: number, length: number, limit = 4_096): string[] {
  const end = start + length;
  const found: string[] = [];
  for (let at = start; at < end && found.length < limit; ) {
    const unit = units[at] ?? 0;
    const payload = unit > 0xff && (unit & 0xff) === 0 ? payloadWidth(units, at) : 0;
    const opcode = payload > 0 ? null : opcodeOf(unit & 0xff);
    if (opcode !== null) found.push(opcode.mnemonic);
    else if (payload === 0) found.push('unused');
    at += payload || opcode?.width || 1;
  }
  return found;
}
