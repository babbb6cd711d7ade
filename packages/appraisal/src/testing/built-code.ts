import { createBudget } from '@vedette/bytes';
import { readDex } from '@vedette/formats';
import { buildDex, type ClassSpec } from '@vedette/formats/builders';
import { type CodeIndex, createCodeIndex } from '@vedette/program';

/** Real cross references: the classes are assembled to `classes.dex`, and that is read. */
export function builtCode(classes: readonly ClassSpec[]): CodeIndex {
  const budget = createBudget({}, () => 0);
  const { value: dex, diagnostics } = readDex(buildDex(classes), budget);
  if (dex === null) throw new Error(diagnostics[0]?.message);
  return createCodeIndex([{ path: 'classes.dex', dex }]);
}
