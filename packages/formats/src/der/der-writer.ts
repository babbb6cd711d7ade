/** DER values for builders (X.690). Each function gives the whole value. */
export function der(identifier: number, ...content: readonly Uint8Array[]): Uint8Array {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  const header = [identifier];
  if (length < 0x80) header.push(length);
  else if (length < 0x100) header.push(0x81, length);
  else if (length < 0x1_0000) header.push(0x82, length >> 8, length & 0xff);
  else header.push(0x83, length >> 16, (length >> 8) & 0xff, length & 0xff);
  const out = new Uint8Array(header.length + length);
  out.set(header);
  let at = header.length;
  for (const part of content) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function derSequence(...content: readonly Uint8Array[]): Uint8Array {
  return der(0x30, ...content);
}

export function derSet(...content: readonly Uint8Array[]): Uint8Array {
  return der(0x31, ...content);
}

/** `[tag]`, constructed. */
export function derContext(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  return der(0xa0 | tag, ...content);
}

/** A non-negative integer of any length, big-endian. */
export function derInteger(value: number | Uint8Array): Uint8Array {
  let bytes = typeof value === 'number' ? numberBytes(value) : value;
  while (bytes.length > 1 && bytes[0] === 0 && (bytes[1] ?? 0) < 0x80) bytes = bytes.subarray(1);
  return (bytes[0] ?? 0) >= 0x80 ? der(2, Uint8Array.of(0), bytes) : der(2, bytes);
}

function numberBytes(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.from(bytes.length === 0 ? [0] : bytes);
}

export function derOid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((part) => {
    const groups = [part % 128];
    for (let left = Math.floor(part / 128); left > 0; left = Math.floor(left / 128))
      groups.unshift((left % 128) | 0x80);
    return groups;
  });
  return der(6, Uint8Array.from(bytes));
}

export function derNull(): Uint8Array {
  return der(5);
}

export function derUtf8(text: string): Uint8Array {
  return der(12, new TextEncoder().encode(text));
}

export function derOctets(content: Uint8Array): Uint8Array {
  return der(4, content);
}

/** A BIT STRING of whole bytes. */
export function derBits(content: Uint8Array): Uint8Array {
  return der(3, Uint8Array.of(0), content);
}

/** `2026-01-31T12:00:00Z` as GeneralizedTime, or UTCTime before 2050 as RFC 5280 demands. */
export function derTime(iso: string): Uint8Array {
  const digits = iso.replace(/\.\d+/, '').replace(/[-:TZ]/g, '');
  const year = Number(digits.slice(0, 4));
  const short = year >= 1950 && year < 2050;
  return der(short ? 23 : 24, new TextEncoder().encode(`${short ? digits.slice(2) : digits}Z`));
}
