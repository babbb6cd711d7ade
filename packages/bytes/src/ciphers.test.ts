import { createCipheriv, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { unwrapKey } from './ciphers.ts';
import { createNodeCiphers } from './node-ciphers.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const ciphers = createNodeCiphers();

describe('unwrapping a key', () => {
  it.each([
    // RFC 3394, sections 4.1, 4.3 and 4.6.
    [
      '000102030405060708090A0B0C0D0E0F',
      '1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5',
      '00112233445566778899AABBCCDDEEFF',
    ],
    [
      '000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F',
      '64E8C3F9CE0F5BA263E9777905818A2A93C8191E7D6E8AE7',
      '00112233445566778899AABBCCDDEEFF',
    ],
    [
      '000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F',
      '28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21',
      '00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F',
    ],
  ])('gives what the standard gives with %s', (key, wrapped, plain) => {
    expect(unwrapKey(ciphers, hex(key), hex(wrapped))).toEqual(hex(plain));
  });

  it('agrees with OpenSSL, and notices another key', () => {
    const [key, plain] = [randomBytes(32), randomBytes(32)];
    const cipher = createCipheriv('id-aes256-wrap', key, Buffer.alloc(8, 0xa6));
    const wrapped = Buffer.concat([cipher.update(plain), cipher.final()]);
    expect(unwrapKey(ciphers, key, wrapped)).toEqual(Uint8Array.from(plain));
    expect(unwrapKey(ciphers, randomBytes(32), wrapped)).toBeNull();
    for (const length of [0, 8, 16, 23]) expect(unwrapKey(ciphers, key, new Uint8Array(length))).toBeNull();
  });
});

it('sizes that fit no cipher give nothing', () => {
  expect(ciphers.aesCbcDecrypt(new Uint8Array(5), new Uint8Array(16), new Uint8Array(16))).toBeNull();
  expect(ciphers.aesCbcDecrypt(new Uint8Array(16), new Uint8Array(3), new Uint8Array(16))).toBeNull();
  expect(ciphers.aesDecryptBlocks(new Uint8Array(16), new Uint8Array(17))).toBeNull();
});
