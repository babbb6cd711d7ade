const CHUNK = 8_192;

/** ISO 8859-1 (each byte one code unit) of `bytes[start, end)`. Unlike `TextDecoder('latin1')`, which is windows-1252. */
export function latin1Text(bytes: Uint8Array, start = 0, end = bytes.length): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `apply` takes any array-like (ECMA-262 20.2.3.1)
  if (end - start <= CHUNK) return String.fromCharCode.apply(null, bytes.subarray(start, end) as unknown as number[]);
  let text = '';
  for (let at = start; at < end; at += CHUNK) text += latin1Text(bytes, at, Math.min(at + CHUNK, end));
  return text;
}

/** UTF-8 of `bytes[start, end)`; ill-formed sequences become U+FFFD. */
export function utf8Text(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end));
}

/** Whether `bytes` is well-formed UTF-8 (RFC 3629). */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Little-endian UTF-16 of `units` code units from `start`; lone surrogates are kept as they are. */
export function utf16Text(bytes: Uint8Array, start: number, units: number): string {
  const last = Math.min(units, (bytes.length - start) >> 1);
  let text = '';
  const codes: number[] = [];
  for (let index = 0; index < last; index++) {
    const at = start + index * 2;
    codes.push((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
    if (codes.length === CHUNK) text += String.fromCharCode(...codes.splice(0));
  }
  return text + String.fromCharCode(...codes);
}

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += (byte < 16 ? '0' : '') + byte.toString(16);
  return text;
}

/** `0x` and at least `digits` hexadecimal digits of an unsigned value. */
export function hex(value: number, digits = 1): string {
  return `0x${(value < 0 ? value >>> 0 : value).toString(16).padStart(digits, '0')}`;
}
