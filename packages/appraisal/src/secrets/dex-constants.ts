import { type DexFile, readClassFields, readStaticValues } from '@vedette/formats';

/** A static field that begins with a text. */
export interface DexConstant {
  /** Java name of the class. */
  readonly owner: string;
  readonly name: string;
  readonly value: string;
}

/** Shorter ones hold no secret that a pattern finds. */
const MIN_LENGTH = 8;
const MAX_CONSTANTS = 500_000;

/** Texts that static fields begin with (`static_values`), class by class; fields that the optimiser put into the code are not among them. */
export function* dexConstants(dex: DexFile): Iterable<DexConstant> {
  let left = MAX_CONSTANTS;
  for (let row = 0; row < dex.classDefs.count; row++) {
    const { value: values } = readStaticValues(dex, row);
    if (!values.some(({ kind }) => kind === 'string')) continue;
    const { staticFields } = readClassFields(dex, row);
    const owner = dex.typeName(dex.classDefs.types[row] ?? 0);
    for (const [index, value] of values.entries()) {
      const field = staticFields[index]?.field;
      if (value.kind !== 'string' || field === undefined) continue;
      if (left-- <= 0) return;
      const text = dex.strings.get(value.index);
      if (text.length >= MIN_LENGTH) yield { owner, name: dex.fieldName(field), value: text };
    }
  }
}
