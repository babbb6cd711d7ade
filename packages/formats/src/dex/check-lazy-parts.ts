import { type Budget, createDiagnostics } from '@vedette/bytes';
import type { Diagnostic } from '@vedette/contracts';
import { readAnnotations } from './annotations.ts';
import { readCallSites, readMethodHandles } from './call-sites.ts';
import { readStaticValues } from './class-members.ts';
import { readDebugInfo } from './debug-info.ts';
import type { DexFile } from './dex-file.ts';

/**
 * What is wrong with the parts that `readDex` leaves for later: call sites, method handles, static values, annotations
 * and debug information, all of them read once. Stops when the budget's time is spent.
 */
export function checkLazyParts(dex: DexFile, budget: Budget): readonly Diagnostic[] {
  const diagnostics = createDiagnostics();
  diagnostics.addAll(readCallSites(dex).diagnostics);
  for (const [index, { kind, index: member }] of readMethodHandles(dex).entries()) {
    const count = kind?.startsWith('invoke') ? dex.header.methods.count : dex.header.fields.count;
    if (kind !== null && member < count) continue;
    diagnostics.warning(
      'dex.method-handle',
      `method handle ${index} refers to ${member}, by an unknown way or to nothing`,
    );
  }
  for (let classDef = 0; classDef < dex.classDefs.count && budget.hasTime(); classDef++) {
    diagnostics.addAll(readStaticValues(dex, classDef).diagnostics);
    diagnostics.addAll(readAnnotations(dex, classDef).diagnostics);
  }
  for (let method = 0; method < dex.methods.count && budget.hasTime(); method++) {
    diagnostics.addAll(readDebugInfo(dex, method).diagnostics);
  }
  if (budget.exhausted.has('time')) diagnostics.error('budget.time', 'the rest was not looked at: the time is spent');
  return diagnostics.list();
}
