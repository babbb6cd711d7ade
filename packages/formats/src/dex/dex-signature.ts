import type { Host } from '@vedette/bytes';
import type { DexFile } from './dex-file.ts';

/**
 * Whether the header's SHA-1 is that of the content. Null when the host has no SHA-1. The platform does not look at it,
 * so neither does `readDex`; a mismatch says that the file was changed after it was built.
 */
export function dexSignatureAgrees(dex: DexFile, host: Host): boolean | null {
  const { offset, fileSize, signature } = dex.header;
  const content = dex.bytes.subarray(offset + 32, Math.max(offset + 32, offset + fileSize));
  const digest = host.signatures?.digest('sha1', content);
  return digest === undefined ? null : digest.every((byte, index) => byte === signature[index]);
}
