import { createBudget } from '@vedette/bytes';
import { expect } from 'vitest';
import { assemble } from '../assemble.ts';
import { checkLazyParts } from '../check-lazy-parts.ts';
import { buildDex, type ClassSpec, type DexTricks, type MethodSpec } from '../dex-builder.ts';
import type { DexFile } from '../dex-file.ts';
import { readDex } from '../read-dex.ts';

export const budget = () => createBudget({}, () => 0);
export const SEEN = 'invoke-static {}, Lcom/example/Api;->seen()V';

export function method(code: string, rest: Partial<MethodSpec> = {}): MethodSpec {
  return { name: 'run', descriptor: '()V', static: true, code: assemble(code), ...rest };
}

export function main(code = `${SEEN}\nreturn-void`, rest: Partial<MethodSpec> = {}): ClassSpec {
  return { name: 'com.example.Main', methods: [method(code, rest)] };
}

/** Names of the methods that the file's code calls. */
export function called({ code, header, methodName }: DexFile): string[] {
  const { starts } = code.calls;
  const isCalled = (target: number): boolean => (starts[target + 1] ?? 0) > (starts[target] ?? 0);
  return Array.from({ length: header.methods.count }, (_, target) => target)
    .filter(isCalled)
    .map(methodName);
}

export function failed(): never {
  throw new Error('no DEX');
}

export function idsOf(bytes: Uint8Array): string[] {
  return [...new Set(readDex(bytes, budget()).diagnostics.map(({ id }) => id))];
}

/** Reads a DEX with something wrong in it, which must still show its one call, and gives the ids of what was noticed. */
export function readThrough(
  classes: readonly ClassSpec[] = [main()],
  tricks: DexTricks = {},
  calls = ['seen'],
): string[] {
  const bytes = buildDex(classes, tricks);
  const { value } = readDex(bytes, budget());
  if (value === null) throw new Error('no DEX');
  expect(called(value)).toEqual(calls);
  return [...idsOf(bytes), ...checkLazyParts(value, budget()).map(({ id }) => id)];
}

export const patched = (patch: NonNullable<DexTricks['patch']>, classes?: readonly ClassSpec[]) =>
  readThrough(classes, { patch });
export const coded = (code: string, rest?: Partial<MethodSpec>) => readThrough([main(code, rest)]);
