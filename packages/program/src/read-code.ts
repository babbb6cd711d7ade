import type { Budget, Diagnostics } from '@vedette/bytes';
import { isDex, readDex, type ZipArchive, type ZipEntry } from '@vedette/formats';
import type { DexUnit } from './code-index.ts';

export interface AppCode {
  readonly units: readonly DexUnit[];
  /** DEX entries that could not be read at all, or were left out. */
  readonly failed: number;
  /** Whether every DEX was read to its end. */
  readonly complete: boolean;
  readonly instructions: number;
}

/**
 * Reads the DEX files that the platform loads, in its order: `classes.dex`, `classes2.dex` and so on. It stops looking at
 * the first gap; files behind a gap are read all the same (a loader of the app's own may use them) and reported.
 */
export function readCode(zip: ZipArchive, budget: Budget, diagnostics: Diagnostics): AppCode {
  const units: DexUnit[] = [];
  let failed = 0;
  let complete = true;
  let instructions = 0;
  const names = new Set<string>();

  for (const entry of dexEntries(zip, diagnostics)) {
    if (!budget.takeEntries(1) || !budget.hasTime()) {
      diagnostics.error('budget.code', 'the budget for code is spent; this file was not read', { where: entry.name });
      failed += 1;
      continue;
    }
    const unit = readUnit(entry, budget, diagnostics);
    if (unit === null) {
      failed += 1;
      continue;
    }
    complete &&= unit.complete;
    units.push({ path: entry.name, dex: unit.dex });
    instructions += unit.dex.code.instructions;
    reportHidden(entry.name, unit.dex, names, diagnostics);
  }
  return { units, failed, complete: complete && failed === 0, instructions };
}

function dexEntries(zip: ZipArchive, diagnostics: Diagnostics): ZipEntry[] {
  const numbered = zip.entries
    .flatMap((entry) => {
      const number = dexNumber(entry.name);
      return number !== null && zip.find(entry.name) === entry ? [{ entry, number }] : [];
    })
    .sort((a, b) => a.number - b.number);
  for (const [index, { entry, number }] of numbered.entries()) {
    if (number === index + 1) continue;
    diagnostics.warning('code.dex-gap', 'the numbering has a gap before this file: the platform does not load it', {
      where: entry.name,
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

function readUnit(
  entry: ZipEntry,
  budget: Budget,
  diagnostics: Diagnostics,
): { dex: DexUnit['dex']; complete: boolean } | null {
  // A look at the beginning keeps a bomb that merely has the right name from being inflated.
  const head = entry.read(8).value;
  if (!isDex(head)) {
    const message = head.length === 0 ? 'the file is empty' : 'the file is not a DEX: it may be encrypted or a decoy';
    diagnostics.error('dex.magic', message, { where: entry.name });
    return null;
  }
  if (budget.bytesLeft < 1) {
    diagnostics.error('budget.code', 'the budget for code is spent; this file was not read', { where: entry.name });
    return null;
  }
  const limit = budget.bytesLeft;
  const data = entry.read(limit === Number.POSITIVE_INFINITY ? undefined : limit);
  diagnostics.addAll(data.diagnostics);
  budget.takeBytes(Math.min(data.value.length, budget.bytesLeft));
  const { value: dex, diagnostics: noticed } = readDex(data.value, budget);
  diagnostics.addAll(noticed, entry.name);
  if (dex === null) return null;
  // Code made of nothing but references costs more in tables than in bytes: both count.
  const { calls, strings, types, fields } = dex.code;
  const references = [calls, strings, types, fields].reduce((sum, { methods }) => sum + methods.length, 0);
  budget.takeBytes(Math.min(references * 8, budget.bytesLeft));
  const complete = ![...data.diagnostics, ...noticed].some(({ level }) => level === 'error');
  return { dex, complete };
}

function reportHidden(where: string, dex: DexUnit['dex'], names: Set<string>, diagnostics: Diagnostics): void {
  let hidden = 0;
  let example = '';
  for (const type of dex.classDefs.types) {
    const name = dex.typeDescriptor(type);
    if (names.has(name)) {
      hidden += 1;
      example ||= dex.typeName(type);
    }
    names.add(name);
  }
  if (hidden > 0) {
    const message = `${hidden} classes are defined before this place already (${example.slice(0, 120)}): the first wins`;
    diagnostics.warning('code.class.duplicate', message, { where });
  }
}
