import { encodeMutf8 } from '../dex-builder.ts';

/** A string as the bytes that C prints, one character per byte. */
export function bytesText(text: string): string {
  return Array.from(encodeMutf8(text), (byte) => String.fromCharCode(byte)).join('');
}

/** `%0<digits>x` of an unsigned 32-bit value. */
export function hexText(value: number, digits: number): string {
  return (value >>> 0).toString(16).padStart(digits, '0');
}

/** `%g`: six significant digits, no trailing zeros, an exponent of at least two digits outside of 1e-4 to 1e6. */
export function generalText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits = '', exponent = '0'] = value.toExponential(5).split('e');
  const power = Number(exponent);
  const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  if (power >= -4 && power < 6) return trimmed(value.toFixed(Math.max(0, 5 - power)));
  return `${trimmed(digits)}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

const FLAGS = {
  class:
    'PUBLIC PRIVATE PROTECTED STATIC FINAL ? ? ? ? INTERFACE ABSTRACT ? SYNTHETIC ANNOTATION ENUM ? VERIFIED OPTIMIZED',
  method:
    'PUBLIC PRIVATE PROTECTED STATIC FINAL SYNCHRONIZED BRIDGE VARARGS NATIVE ? ABSTRACT STRICT SYNTHETIC ? ? MIRANDA CONSTRUCTOR DECLARED_SYNCHRONIZED',
  field: 'PUBLIC PRIVATE PROTECTED STATIC FINAL ? VOLATILE TRANSIENT ? ? ? ? SYNTHETIC ? ENUM ? ? ?',
} as const;

/** `0x0009 (PUBLIC STATIC)` */
export function accessText(flags: number, of: keyof typeof FLAGS): string {
  const names = FLAGS[of].split(' ').filter((_, bit) => (flags & (1 << bit)) !== 0);
  return `0x${hexText(flags, 4)} (${names.join(' ')})`;
}
