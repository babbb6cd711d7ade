import { Cursor, type Diagnostics } from '@vedette/bytes';

/** `encoded_value` ("Dalvik executable format"). Indices are as they stand: nothing here looks them up. */
export type EncodedValue =
  | { readonly kind: 'byte' | 'short' | 'char' | 'int' | 'float' | 'double'; readonly value: number }
  | { readonly kind: 'long'; readonly value: bigint }
  | {
      readonly kind: 'string' | 'type' | 'field' | 'method' | 'enum' | 'method-type' | 'method-handle';
      readonly index: number;
    }
  | { readonly kind: 'array'; readonly values: readonly EncodedValue[] }
  | { readonly kind: 'annotation'; readonly annotation: EncodedAnnotation }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  /** A type that the format does not have; what follows it cannot be read. */
  | { readonly kind: 'unknown'; readonly type: number };

export interface EncodedAnnotation {
  /** Type index. */
  readonly type: number;
  readonly elements: readonly { readonly name: number; readonly value: EncodedValue }[];
}

/** Deeper values are left out: the platform's own reader recurses, and no compiler goes beyond three. */
const MAX_DEPTH = 32;

const NUMBERS: ReadonlyMap<number, 'byte' | 'short' | 'char' | 'int'> = new Map([
  [0x00, 'byte'],
  [0x02, 'short'],
  [0x03, 'char'],
  [0x04, 'int'],
] as const);
const INDICES: ReadonlyMap<number, 'method-type' | 'method-handle' | 'string' | 'type' | 'field' | 'method' | 'enum'> =
  new Map([
    [0x15, 'method-type'],
    [0x16, 'method-handle'],
    [0x17, 'string'],
    [0x18, 'type'],
    [0x19, 'field'],
    [0x1a, 'method'],
    [0x1b, 'enum'],
  ] as const);

/** Reads values one behind the other from a cursor; total, and never more of them than there are bytes. */
export interface EncodedValueReader {
  value(): EncodedValue;
  /** `encoded_array`, without the byte of its type. */
  array(): readonly EncodedValue[];
  /** `encoded_annotation`, likewise. */
  annotation(): EncodedAnnotation;
}

/** How many values may still be read: parts of a hostile file share their bytes, and are then read again and again. */
export interface ValueAllowance {
  left: number;
}

/** Values read of one class, array or list of call sites; annotations of real classes have some hundreds. */
export const MAX_VALUES = 262_144;

export function createEncodedValueReader(
  cursor: Cursor,
  diagnostics: Diagnostics,
  allowance: ValueAllowance = { left: MAX_VALUES },
): EncodedValueReader {
  let depth = 0;
  let broken = false;

  const nested = <T>(empty: T, read: () => T): T => {
    if (depth >= MAX_DEPTH) {
      if (!broken) {
        const message = `values nested deeper than ${MAX_DEPTH}; the rest is not read`;
        diagnostics.warning('dex.value.depth', message, { offset: cursor.offset });
      }
      broken = true;
      return empty;
    }
    depth += 1;
    const result = read();
    depth -= 1;
    return result;
  };
  const more = (): boolean => !broken && !cursor.truncated;

  const array = (): readonly EncodedValue[] =>
    nested<readonly EncodedValue[]>([], () => {
      const values: EncodedValue[] = [];
      for (let left = cursor.uleb128(); left > 0 && more(); left--) values.push(value());
      return values;
    });
  const annotation = (): EncodedAnnotation =>
    nested<EncodedAnnotation>({ type: 0, elements: [] }, () => {
      const type = cursor.uleb128();
      const elements: { name: number; value: EncodedValue }[] = [];
      for (let left = cursor.uleb128(); left > 0 && more(); left--) {
        elements.push({ name: cursor.uleb128(), value: value() });
      }
      return { type, elements };
    });

  const value = (): EncodedValue => {
    const offset = cursor.offset;
    const head = cursor.u8();
    const type = head & 0x1f;
    const argument = head >>> 5;
    if (allowance.left-- <= 0) {
      if (!broken)
        diagnostics.warning('dex.value.count', `more than ${MAX_VALUES} values; the rest is not read`, { offset });
      broken = true;
      return { kind: 'unknown', type };
    }
    if (cursor.truncated) {
      if (!broken) diagnostics.warning('dex.value.truncated', 'a value is cut off', { offset });
      broken = true;
      return { kind: 'unknown', type };
    }
    const number = NUMBERS.get(type);
    if (number !== undefined) return { kind: number, value: integer(cursor, type, argument) };
    const index = INDICES.get(type);
    if (index !== undefined) return { kind: index, index: Number(unsigned(cursor, argument)) };
    switch (type) {
      case 0x06:
        return { kind: 'long', value: BigInt.asIntN((argument + 1) * 8, unsigned(cursor, argument)) };
      case 0x10:
        return { kind: 'float', value: floating(unsigned(cursor, argument), argument, 4) };
      case 0x11:
        return { kind: 'double', value: floating(unsigned(cursor, argument), argument, 8) };
      case 0x1c:
        return { kind: 'array', values: array() };
      case 0x1d:
        return { kind: 'annotation', annotation: annotation() };
      case 0x1e:
        return { kind: 'null' };
      case 0x1f:
        return { kind: 'boolean', value: argument !== 0 };
      default:
        if (!broken) diagnostics.warning('dex.value.type', `a value of type ${type}, which does not exist`, { offset });
        broken = true;
        return { kind: 'unknown', type };
    }
  };
  return { value, array, annotation };
}

/** `argument + 1` bytes, little-endian. */
function unsigned(cursor: Cursor, argument: number): bigint {
  let value = 0n;
  for (let index = 0; index <= argument; index++) value |= BigInt(cursor.u8()) << BigInt(index * 8);
  return value;
}

const WIDTHS: Readonly<Record<number, number>> = { 0x00: 8, 0x02: 16, 0x03: 16, 0x04: 32 };

function integer(cursor: Cursor, type: number, argument: number): number {
  const value = unsigned(cursor, argument);
  const width = WIDTHS[type] ?? 32;
  if (type === 0x03) return Number(BigInt.asUintN(width, value));
  // Sign-extended from the last byte that is there, then cut to the type.
  return Number(BigInt.asIntN(width, BigInt.asIntN((argument + 1) * 8, value)));
}

/** Floating-point values are filled up with zero bits on the right. */
function floating(value: bigint, argument: number, width: 4 | 8): number {
  const bits = BigInt.asUintN(width * 8, value << BigInt(Math.max(0, width - 1 - argument) * 8));
  const view = new DataView(new ArrayBuffer(8));
  if (width === 4) {
    view.setUint32(0, Number(bits));
    return view.getFloat32(0);
  }
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}

/** Reads an `encoded_array_item` at `offset`; empty when it is outside of the file. */
export function readEncodedArray(
  bytes: Uint8Array,
  offset: number,
  diagnostics: Diagnostics,
  allowance?: ValueAllowance,
): readonly EncodedValue[] {
  if (offset >= bytes.length) {
    diagnostics.warning('dex.value.truncated', 'an array of values is outside of the file', { offset });
    return [];
  }
  return createEncodedValueReader(new Cursor(bytes, offset), diagnostics, allowance).array();
}
