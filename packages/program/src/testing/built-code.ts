import { createBudget } from '@vedette/bytes';
import { readDex } from '@vedette/formats';
import { buildDex, type ClassSpec, type DexTricks } from '@vedette/formats/builders';
import type { CodeIndex } from '../app-image.ts';
import { createCodeIndex, type DexUnit } from '../code-index.ts';

/** `classes.dex`, `classes2.dex` and so on, of bytes. */
export function readUnits(files: readonly Uint8Array[]): DexUnit[] {
  return files.flatMap((bytes, place) => {
    const { value: dex } = readDex(
      bytes,
      createBudget({}, () => 0),
    );
    return dex === null ? [] : [{ path: place === 0 ? 'classes.dex' : `classes${place + 1}.dex`, dex }];
  });
}

export function builtUnits(files: readonly (readonly ClassSpec[])[], tricks: DexTricks = {}): DexUnit[] {
  return readUnits(files.map((classes) => buildDex(classes, tricks)));
}

/** One list of classes per DEX. */
export function builtCode(...files: (readonly ClassSpec[])[]): CodeIndex {
  return createCodeIndex(builtUnits(files));
}
