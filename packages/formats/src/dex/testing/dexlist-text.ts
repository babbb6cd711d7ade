import { codeItemOf } from '../code-item.ts';
import { readDebugInfo } from '../debug-info.ts';
import type { DexFile } from '../dex-file.ts';
import { dotted } from './dexdump-text.ts';
import { bytesText, hexText } from './printf.ts';

/** What `dexlist` prints: one line per method with code, with its place, size, names, source file and first line. */
export function dexlistText(dex: DexFile): string[] {
  const lines: string[] = [];
  for (let method = 0; method < dex.methods.count; method++) {
    const item = codeItemOf(dex, method);
    if (item === null) continue;
    const id = dex.methods.methodIds[method] ?? 0;
    const source = dex.sourceFileIndex(dex.methods.classes[method] ?? 0);
    const file = source === null ? '(none)' : bytesText(dex.strings.get(source));
    const owner = dotted(bytesText(dex.typeDescriptor(dex.methodClass(id))));
    const line = readDebugInfo(dex, method).value?.positions[0]?.line ?? -1;
    const name = `${owner} ${bytesText(dex.methodName(id))} ${bytesText(dex.methodDescriptor(id))}`;
    lines.push(`0x${hexText(item.offset + 16, 8)} ${item.units * 2} ${name} ${file} ${line}`);
  }
  return lines;
}
