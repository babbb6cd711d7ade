import { u32At } from '@vedette/bytes';

const UPX_MAGIC = 0x2158_5055; // "UPX!"
const HEADER_SIZE = 32;
/** The header is the file's last, with padding and a pointer behind it. */
const TAIL = 64;

export interface UpxPacking {
  /** Version of the packer's format, e.g. 13. */
  readonly version: number;
  /** Whether `UPX!` was overwritten, which keeps the packer's own unpacking from working. */
  readonly magicAltered: boolean;
  readonly offset: number;
}

/**
 * The header that UPX leaves near a packed file's end (UPX, packhead.cpp): magic, version, format, method, level, two checksums, sizes, and a checksum over itself.
 * That checksum finds the header where its magic was changed. Null where there is none.
 */
export function findUpxHeader(bytes: Uint8Array): UpxPacking | null {
  const last = bytes.length - HEADER_SIZE;
  for (let offset = last; offset >= Math.max(0, last - TAIL); offset--) {
    if (!isPackHeader(bytes, offset)) continue;
    return { version: bytes[offset + 4] ?? 0, magicAltered: u32At(bytes, offset) !== UPX_MAGIC, offset };
  }
  return null;
}

function isPackHeader(bytes: Uint8Array, offset: number): boolean {
  const [version = 0, format = 0, method = 0, level = 0] = bytes.subarray(offset + 4, offset + 8);
  if (version < 10 || version > 14 || format < 10 || format > 64 || method < 2 || method > 15) return false;
  if (level > 10) return false;
  const unpacked = u32At(bytes, offset + 16);
  const packed = u32At(bytes, offset + 20);
  const original = u32At(bytes, offset + 24);
  if (packed === 0 || packed >= unpacked || original < packed || u32At(bytes, offset + 8) === 0) return false;
  let sum = 0;
  for (let at = offset + 4; at < offset + HEADER_SIZE - 1; at++) sum += bytes[at] ?? 0;
  return sum % 251 === bytes[offset + HEADER_SIZE - 1];
}
