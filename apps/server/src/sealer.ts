import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Sealer } from './context.ts';

/** Length of the server's key: AES-256. */
export const SERVER_KEY_BYTES = 32;

const FORMAT = 1;
/** NIST SP 800-38D section 5.2.1.1: 96-bit IVs; random ones, far fewer than 2^32 per key (section 8.3). */
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM. A sealed value is one format byte, the IV, the tag, the ciphertext; the format byte is authenticated with it.
 * @param key `SERVER_KEY_BYTES` bytes
 */
export function createSealer(key: Uint8Array): Sealer {
  if (key.length !== SERVER_KEY_BYTES) throw new Error(`The server's key must have ${SERVER_KEY_BYTES} bytes`);
  return {
    seal(plain) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(Uint8Array.of(FORMAT));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([Uint8Array.of(FORMAT), iv, cipher.getAuthTag(), body]);
    },
    open(sealed) {
      if (sealed[0] !== FORMAT || sealed.length < 1 + IV_BYTES + TAG_BYTES)
        throw new Error('Not a value sealed by this server');
      const iv = sealed.subarray(1, 1 + IV_BYTES);
      const tag = sealed.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(Uint8Array.of(FORMAT));
      decipher.setAuthTag(tag);
      return Buffer.concat([decipher.update(sealed.subarray(1 + IV_BYTES + TAG_BYTES)), decipher.final()]);
    },
  };
}
