import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import type { Ciphers } from './ciphers.ts';

/** The ciphers of Node: OpenSSL. */
export function createNodeCiphers(): Ciphers {
  const decrypt = (
    mode: 'cbc' | 'ecb',
    key: Uint8Array,
    iv: Uint8Array | null,
    bytes: Uint8Array,
  ): Uint8Array | null => {
    if (![16, 24, 32].includes(key.length) || bytes.length % 16 !== 0 || (iv !== null && iv.length !== 16)) return null;
    const cipher = createDecipheriv(`aes-${key.length * 8}-${mode}`, key, iv).setAutoPadding(false);
    const open = cipher.update(bytes);
    cipher.final();
    return new Uint8Array(open.buffer, open.byteOffset, open.byteLength);
  };
  return {
    pbkdf2: (hash, password, salt, iterations, length) =>
      new Uint8Array(pbkdf2Sync(password, salt, iterations, length, hash)),
    aesDecryptBlocks: (key, blocks) => decrypt('ecb', key, null, blocks),
    aesCbcDecrypt: (key, iv, bytes) => decrypt('cbc', key, iv, bytes),
  };
}
