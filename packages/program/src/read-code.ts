import type { Budget, Diagnostics } from '@vedette/bytes';
import type { Diagnostic } from '@vedette/contracts';
import { type DexFile, dexContainerKind, readDexContainer } from '@vedette/formats';
import type { DexUnit } from './code-index.ts';
import type { OpenPart, PartEntry } from './container/open-part.ts';

export interface AppCode {
  readonly units: readonly DexUnit[];
  /** DEX entries that could not be read at all, or were left out. */
  readonly failed: number;
  /** Whether every DEX was read to its end. */
  readonly complete: boolean;
  readonly instructions: number;
}

/**
 * Reads the DEX files that the platform loads, in its order: `classes.dex`, `classes2.dex` and so on of the base, then those
 * of the splits. It stops looking at the first gap; files behind a gap are read all the same (a loader of the app's own
 * may use them) and reported.
 */
export function readCode(parts: readonly OpenPart[], budget: Budget, diagnostics: Diagnostics): AppCode {
  const units: DexUnit[] = [];
  let failed = 0;
  let complete = true;
  let instructions = 0;

  for (const { location, entry } of parts.flatMap((part) => dexEntries(part, diagnostics))) {
    if (!budget.takeEntries(1) || !budget.hasTime()) {
      diagnostics.error('budget.code', 'the budget for code is spent; this file was not read', { where: location });
      failed += 1;
      continue;
    }
    const read = readEntry(location, entry, budget, diagnostics);
    if (read === null) {
      failed += 1;
      continue;
    }
    complete &&= read.complete;
    for (const unit of unitsOf(location, read.files)) {
      units.push(unit);
      instructions += unit.dex.code.instructions;
    }
  }
  return { units, failed, complete: complete && failed === 0, instructions };
}

/** The DEX of one file under names of their own: a container of version 041 holds several. */
export function unitsOf(path: string, files: readonly DexFile[]): DexUnit[] {
  return files.map((dex, index) => ({ path: files.length === 1 ? path : `${path}#${index + 1}`, dex }));
}

function dexEntries(part: OpenPart, diagnostics: Diagnostics): PartEntry[] {
  const numbered = part.entries
    .flatMap((entry) => {
      const number = dexNumber(entry.name);
      return number !== null && part.find(entry.name)?.entry === entry.entry ? [{ entry, number }] : [];
    })
    .sort((a, b) => a.number - b.number);
  for (const [index, { entry, number }] of numbered.entries()) {
    if (number === index + 1) continue;
    diagnostics.warning('code.dex-gap', 'the numbering has a gap before this file: the platform does not load it', {
      where: entry.location,
    });
    break;
  }
  return numbered.map(({ entry }) => entry);
}

/** 1 for `classes.dex`, n for `classes<n>.dex` as the platform counts; null for any other name. */
function dexNumber(name: string): number | null {
  if (name === 'classes.dex') return 1;
  const digits = /^classes([1-9]\d{0,5})\.dex$/.exec(name)?.[1];
  return digits === undefined || digits === '1' ? null : Number(digits);
}

/** The DEX in one entry, or null with an error when it holds none. */
function readEntry(
  where: string,
  entry: PartEntry['entry'],
  budget: Budget,
  diagnostics: Diagnostics,
): { readonly files: readonly DexFile[]; readonly complete: boolean } | null {
  // A look at the beginning keeps a bomb that merely has the right name from being inflated.
  const head = entry.read(8).value;
  if (dexContainerKind(head) === null) {
    const message = head.length === 0 ? 'the file is empty' : 'the file is not a DEX: it may be encrypted or a decoy';
    diagnostics.error('code.dex-magic', message, { where });
    return null;
  }
  if (budget.bytesLeft < 1) {
    diagnostics.error('budget.code', 'the budget for code is spent; this file was not read', { where });
    return null;
  }
  const limit = budget.bytesLeft;
  const data = entry.read(limit === Number.POSITIVE_INFINITY ? undefined : limit);
  diagnostics.addAll(data.diagnostics);
  const { files, complete } = readDexBytes(where, data.value, budget, diagnostics);
  return files.length === 0 ? null : { files, complete: complete && !hasErrors(data.diagnostics) };
}

/** Reads the DEX in `bytes`, which count against the budget. */
export function readDexBytes(
  where: string,
  bytes: Uint8Array,
  budget: Budget,
  diagnostics: Diagnostics,
): { readonly files: readonly DexFile[]; readonly complete: boolean } {
  budget.takeBytes(Math.min(bytes.length, budget.bytesLeft));
  const { value: files, diagnostics: noticed } = readDexContainer(bytes, budget);
  diagnostics.addAll(noticed, where);
  // Code made of nothing but references costs more in tables than in bytes: both count.
  for (const { code } of files) {
    const tables = [code.calls, code.strings, code.types, code.fields];
    const references = tables.reduce((sum, { methods }) => sum + methods.length, 0);
    budget.takeBytes(Math.min(references * 8, budget.bytesLeft));
  }
  return { files, complete: !hasErrors(noticed) };
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ level }) => level === 'error');
}
