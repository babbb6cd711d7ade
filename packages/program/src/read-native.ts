import type { Budget, Diagnostics } from '@vedette/bytes';
import { elfPlaceDiagnostics, isElf, readElf } from '@vedette/formats';
import type { NativeLibrary } from './app-image.ts';
import type { OpenPart, PartEntry } from './container/open-part.ts';

/** Reads the libraries under `lib/<abi>/` of all parts. What is no ELF there is reported and given back: it may be a payload. */
export function readNative(
  parts: readonly OpenPart[],
  budget: Budget,
  diagnostics: Diagnostics,
): { readonly libraries: readonly NativeLibrary[]; readonly others: readonly PartEntry[] } {
  const libraries: NativeLibrary[] = [];
  const others: PartEntry[] = [];
  for (const found of parts.flatMap(({ entries }) => entries)) {
    const { name, location, entry } = found;
    const abiFolder = /^lib\/([^/]+)\/[^/]+$/.exec(name)?.[1] ?? null;
    if (abiFolder === null) continue;
    if (!budget.takeEntries(1) || !budget.hasTime() || budget.bytesLeft < 1) {
      diagnostics.error('budget.native', 'the budget for native code is spent; not all libraries were read', {
        where: location,
      });
      break;
    }
    if (!isElf(entry.read(64).value)) {
      others.push(found);
      // Scripts such as `wrap.sh` belong there too.
      if (name.endsWith('.so'))
        diagnostics.warning('native.not-elf', 'the library is no ELF file', { where: location });
      continue;
    }
    const data = entry.read(Math.min(budget.bytesLeft, Number.MAX_SAFE_INTEGER));
    diagnostics.addAll(data.diagnostics);
    budget.takeBytes(Math.min(data.value.length, budget.bytesLeft));
    const { value: elf, diagnostics: noticed } = readElf(data.value);
    diagnostics.addAll(noticed, location);
    if (elf === null) continue;
    for (const each of elfPlaceDiagnostics(name, elf)) diagnostics.addAll([{ ...each, where: location }]);
    libraries.push({ path: location, abiFolder, size: data.value.length, elf });
  }
  return { libraries, others };
}
