import { ByteWriter } from '@vedette/bytes';

/** 32 bits, little-endian. */
export function u32(value: number): Uint8Array {
  return new ByteWriter().u32(value).finish();
}

/** One behind the other. */
export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new ByteWriter().bytes(...parts).finish();
}

/** One behind the other, with their length before. */
export function prefixed(...parts: readonly Uint8Array[]): Uint8Array {
  const content = join(...parts);
  return join(u32(content.length), content);
}
