import type { Constant } from '../app-image.ts';

/** A `StringBuilder` that only this method has seen: by the address that made it, with its text as far as it is known. */
export interface Builder {
  readonly kind: 'builder';
  readonly address: number;
  readonly name: string;
  readonly text: string | null;
}

export type Value = Constant | Builder;

/** What registers hold; a register that is missing may hold anything. */
export type Registers = Map<number, Value>;

/** The value as rules see it: a builder is an object of its class. */
export function constantOfValue(value: Value | undefined): Constant | null {
  if (value === undefined) return null;
  return value.kind === 'builder' ? { kind: 'instance', name: value.name } : value;
}

export function sameValue(one: Value, other: Value): boolean {
  switch (one.kind) {
    case 'string':
      return other.kind === 'string' && one.value === other.value;
    case 'number':
      return other.kind === 'number' && one.value === other.value && one.wide === other.wide;
    case 'builder':
      return other.kind === 'builder' && one.address === other.address && one.text === other.text;
    default:
      return one.kind === other.kind && one.name === other.name;
  }
}

/** Keeps of `registers` what `others` hold as well. */
export function keepAgreed(registers: Registers, others: Registers): void {
  for (const [register, value] of registers) {
    const other = others.get(register);
    if (other === undefined || !sameValue(value, other)) registers.delete(register);
  }
}

/** Gives a builder, under every register that holds it, another text; null once it is not known any more. */
export function setText(registers: Registers, builder: Builder, text: string | null): Builder {
  const changed = { ...builder, text };
  for (const [register, value] of registers) {
    if (value.kind === 'builder' && value.address === builder.address) registers.set(register, changed);
  }
  return changed;
}
