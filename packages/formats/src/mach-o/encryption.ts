import type { Diagnostics } from '@vedette/bytes';
import { LC, type LoadCommand } from './load-commands.ts';
import type { MachOEncryption } from './mach-o-file.ts';
import type { Words } from './words.ts';

/** Bits per byte above which bytes are compressed or encrypted; machine code has some 6.5. */
const DENSE = 7.8;
/** Fewer bytes are not enough to tell. */
const ENOUGH = 4_096;
const SAMPLE = 65_536;

export interface EncryptionFacts {
  readonly encryption: MachOEncryption | null;
  readonly codeUnreadable: boolean;
}

/** LC_ENCRYPTION_INFO and its 64-bit twin. Encrypted code is never taken for code, whatever `cryptid` says about it. */
export function readEncryption(
  words: Words,
  commands: readonly LoadCommand[],
  diagnostics: Diagnostics,
): EncryptionFacts {
  const found = commands.find(({ command }) => command === LC.ENCRYPTION_INFO || command === LC.ENCRYPTION_INFO_64);
  if (found === undefined) return { encryption: null, codeUnreadable: false };
  const encryption: MachOEncryption = {
    offset: words.u32(found.offset + 8),
    size: words.u32(found.offset + 12),
    id: words.u32(found.offset + 16),
  };
  const { offset, size, id } = encryption;
  const place = { offset: found.offset };
  if (offset + size > words.bytes.length) {
    diagnostics.error('mach-o.encryption.range', 'the encrypted range leads outside of the slice', place);
  }
  if (id !== 0) {
    const message = `code is encrypted (cryptid ${id}, FairPlay): ${size} bytes from ${offset} on cannot be judged`;
    diagnostics.warning('mach-o.encrypted', message, place);
    return { encryption, codeUnreadable: true };
  }
  if (entropy(words.bytes.subarray(offset, offset + Math.min(size, SAMPLE))) <= DENSE) {
    return { encryption, codeUnreadable: false };
  }
  const message = `cryptid says plain, but ${size} bytes from ${offset} on are as dense as encrypted ones: not to be judged as code`;
  diagnostics.warning('mach-o.encryption.faked-plain', message, place);
  return { encryption: { ...encryption, id: 1 }, codeUnreadable: true };
}

/** Bits per byte (Shannon), 0 for too few bytes. */
function entropy(bytes: Uint8Array): number {
  if (bytes.length < ENOUGH) return 0;
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / bytes.length) * Math.log2(count / bytes.length);
  return bits;
}
