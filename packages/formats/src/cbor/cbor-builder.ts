/** What `buildCbor` writes: like `CborValue`, with plain objects for maps with texts as keys. */
export type CborSpec =
  | number
  | bigint
  | string
  | boolean
  | null
  | Uint8Array
  | readonly CborSpec[]
  | ReadonlyMap<number | string, CborSpec>
  | { readonly [key: string]: CborSpec };

/** Writes CBOR (RFC 8949) for tests, numbers and lengths in the fewest bytes. Fractions are written as doubles. */
export function buildCbor(value: CborSpec): Uint8Array {
  if (value === null) return Uint8Array.of(0xf6);
  if (typeof value === 'boolean') return Uint8Array.of(value ? 0xf5 : 0xf4);
  if (typeof value === 'bigint') return value < 0n ? head(1, -1n - value) : head(0, value);
  if (typeof value === 'number') {
    if (Number.isInteger(value)) return buildCbor(BigInt(value));
    const out = new Uint8Array(9);
    out[0] = 0xfb;
    new DataView(out.buffer).setFloat64(1, value);
    return out;
  }
  if (typeof value === 'string') {
    const text = new TextEncoder().encode(value);
    return join([head(3, BigInt(text.length)), text]);
  }
  if (value instanceof Uint8Array) return join([head(2, BigInt(value.length)), value]);
  if (isList(value)) return join([head(4, BigInt(value.length)), ...value.map(buildCbor)]);
  const entries: readonly (readonly [number | string, CborSpec])[] =
    value instanceof Map ? [...value] : Object.entries(value);
  return join([
    head(5, BigInt(entries.length)),
    ...entries.flatMap(([key, inner]) => [buildCbor(key), buildCbor(inner)]),
  ]);
}

function isList(value: object): value is readonly CborSpec[] {
  return Array.isArray(value);
}

function head(major: number, argument: bigint): Uint8Array {
  const top = major << 5;
  if (argument < 24n) return Uint8Array.of(top | Number(argument));
  const [info, size] =
    argument < 0x100n ? [24, 1] : argument < 0x1_0000n ? [25, 2] : argument < 0x1_0000_0000n ? [26, 4] : [27, 8];
  const out = new Uint8Array(1 + size);
  out[0] = top | info;
  for (let index = 0; index < size; index++) out[size - index] = Number((argument >> BigInt(8 * index)) & 0xffn);
  return out;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
