import {
  VALUE_ATTRIBUTE,
  VALUE_BOOLEAN,
  VALUE_DIMENSION,
  VALUE_DYNAMIC_ATTRIBUTE,
  VALUE_DYNAMIC_REFERENCE,
  VALUE_FIRST_COLOUR,
  VALUE_FLOAT,
  VALUE_FRACTION,
  VALUE_INT_DEC,
  VALUE_INT_HEX,
  VALUE_LAST_COLOUR,
  VALUE_NULL,
  VALUE_REFERENCE,
} from './chunk-types.ts';

/**
 * Text of a `Res_value` that is not a string (ResourceTypes.h): `true`, `-1`, `0x10`, `@0x7f010000`, `?0x01010001`,
 * `#ff00ff00`, `1.5`, `16dp`, `50%`; an unknown type as `<0x20:0x00000001>`. A null value is empty.
 */
export function typedValueText(type: number, data: number): string {
  const digits = (data >>> 0).toString(16).padStart(8, '0');
  if (type >= VALUE_FIRST_COLOUR && type <= VALUE_LAST_COLOUR) return `#${digits}`;
  switch (type) {
    case VALUE_NULL:
      return '';
    case VALUE_REFERENCE:
    case VALUE_DYNAMIC_REFERENCE:
      return `@0x${digits}`;
    case VALUE_ATTRIBUTE:
    case VALUE_DYNAMIC_ATTRIBUTE:
      return `?0x${digits}`;
    case VALUE_FLOAT:
      return String(floatOf(data));
    case VALUE_DIMENSION:
      return `${complexOf(data)}${DIMENSION_UNITS[data & 15] ?? ''}`;
    case VALUE_FRACTION:
      return `${complexOf(data) * 100}${(data & 15) === 1 ? '%p' : '%'}`;
    case VALUE_INT_DEC:
      return String(data | 0);
    case VALUE_INT_HEX:
      return `0x${(data >>> 0).toString(16)}`;
    case VALUE_BOOLEAN:
      return data === 0 ? 'false' : 'true';
    default:
      return `<0x${type.toString(16)}:0x${digits}>`;
  }
}

const DIMENSION_UNITS = ['px', 'dp', 'sp', 'pt', 'in', 'mm'];
/** `Res_value::COMPLEX_RADIX_*`: 23p0, 16p7, 8p15, 0p23. */
const RADIX = [1, 1 / (1 << 7), 1 / (1 << 15), 1 / (1 << 23)];

/** A 24-bit mantissa with its radix in bits 4 and 5. */
function complexOf(data: number): number {
  return (data >> 8) * (RADIX[(data >> 4) & 3] ?? 1);
}

/** IEEE 754 single precision: sign, eight bits of exponent, 23 of fraction. */
function floatOf(data: number): number {
  const sign = data >>> 31 === 0 ? 1 : -1;
  const exponent = (data >>> 23) & 0xff;
  const fraction = data & 0x7f_ffff;
  if (exponent === 0xff) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -149;
  return sign * (fraction + 0x80_0000) * 2 ** (exponent - 150);
}
