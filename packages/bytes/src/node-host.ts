import { createHash, createPublicKey, constants as cryptoConstants, verify } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { constants, crc32, inflateRawSync } from 'node:zlib';
import type { Host, SignatureRequest } from './host.ts';
import { inflateRawTolerant } from './inflate.ts';

/** One output chunk up to this size saves zlib half of its time; beyond it the memory is not worth it. */
const MAX_CHUNK = 32 * 1024 * 1024;

/** Up to this size somebody wants a look at the beginning, which zlib would refuse to give alone. */
const PEEK = 256;

/** The host of Node: zlib and OpenSSL. A stream that zlib refuses is decoded again, more slowly, for what can be kept. */
export function createNodeHost(): Host {
  return {
    inflateRaw(input, maxOutput) {
      if (maxOutput < 1) return { output: new Uint8Array(0), complete: false };
      if (maxOutput <= PEEK) return inflateRawTolerant(input, maxOutput);
      try {
        // What is wanted is what a hostile header claims; code rarely inflates to more than ten times its size.
        const chunkSize = Math.min(Math.max(Math.min(maxOutput, input.length * 16), 64), MAX_CHUNK);
        const finishFlush = constants.Z_FINISH;
        return {
          output: plain(inflateRawSync(input, { maxOutputLength: maxOutput, chunkSize, finishFlush })),
          complete: true,
        };
      } catch {
        return inflateRawTolerant(input, maxOutput);
      }
    },
    sha256: (input) => plain(createHash('sha256').update(input).digest()),
    crc32: (input) => crc32(input),
    now: () => performance.now(),
    signatures: {
      digest: (hash, input) => plain(createHash(hash).update(input).digest()),
      verify: verifySignature,
    },
  };
}

/** A plain view, so that nobody comes to depend on Buffer. */
function plain(buffer: Uint8Array): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/** Node's constant for a salt as long as the digest. */
const { RSA_PKCS1_PSS_PADDING, RSA_PSS_SALTLEN_DIGEST } = cryptoConstants;

/** A key of another kind would be verified by its own algorithm, not by the one that was asked for. */
const KEY_TYPES: Readonly<Record<SignatureRequest['algorithm'], readonly string[]>> = {
  'rsa-pkcs1': ['rsa'],
  'rsa-pss': ['rsa', 'rsa-pss'],
  ecdsa: ['ec'],
  dsa: ['dsa'],
};

function verifySignature(request: SignatureRequest): boolean | null {
  const { algorithm, hash, publicKey, data, signature } = request;
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
    if (!KEY_TYPES[algorithm].includes(key.asymmetricKeyType ?? '')) return null;
    const pss = { padding: RSA_PKCS1_PSS_PADDING, saltLength: request.saltLength ?? RSA_PSS_SALTLEN_DIGEST };
    return verify(hash, data, algorithm === 'rsa-pss' ? { key, ...pss } : key, signature);
  } catch {
    return null;
  }
}

export { createNodeCiphers } from './node-ciphers.ts';
