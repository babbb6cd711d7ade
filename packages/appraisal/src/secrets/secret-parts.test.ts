import { mutate } from '@vedette/formats/builders';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64, chars, HEX, jsonWebToken, KEYS, pem } from '../testing/fake-secrets.ts';
import { decodeBase64 } from './base64.ts';
import { looksRandom } from './checks.ts';
import { entropyOf } from './entropy.ts';
import { readJsonWebToken } from './json-web-token.ts';
import { isPlaceholder } from './placeholder.ts';
import { readPem, readPrivateKey } from './private-key.ts';
import { redact } from './redact.ts';
import { hasTokenChecksum, tokenChecksum } from './token-checksum.ts';

describe('base64', () => {
  it('decodes what others encode, with and without padding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(decodeBase64(base64(bytes))).toEqual(bytes);
        expect(decodeBase64(Buffer.from(bytes).toString('base64url'))).toEqual(bytes);
      }),
    );
  });

  it('passes white space by and refuses other characters', () => {
    expect(decodeBase64('QU\nJD ')).toEqual(Uint8Array.of(65, 66, 67));
    expect(decodeBase64('QU!D')).toBeNull();
  });
});

describe('checksum of tokens', () => {
  it('agrees with a token that GitHub has issued and taken back', () => {
    expect(tokenChecksum('zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ')).toBe('0mLq17');
    expect(hasTokenChecksum('zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17')).toBe(true);
    expect(hasTokenChecksum('zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq18')).toBe(false);
  });
});

describe('private keys', () => {
  it('are told by their structure', () => {
    expect(readPrivateKey(KEYS.pkcs8)).toEqual({ form: 'PKCS#8', encrypted: false });
    expect(readPrivateKey(KEYS.pkcs1)).toEqual({ form: 'PKCS#1', encrypted: false });
    expect(readPrivateKey(KEYS.sec1)).toEqual({ form: 'SEC 1', encrypted: false });
    expect(readPrivateKey(KEYS.dsa)).toEqual({ form: 'DSA', encrypted: false });
    expect(readPrivateKey(KEYS.encrypted)).toEqual({ form: 'PKCS#8', encrypted: true });
    expect(readPrivateKey(KEYS.openssh)).toEqual({ form: 'OpenSSH', encrypted: false });
  });

  it('are read from lines, also where line ends are written out', () => {
    const text = `x${pem('PRIVATE KEY', KEYS.pkcs8)}`;
    expect(readPem(text, 1)).toEqual({ form: 'PKCS#8', encrypted: false });
    expect(readPem(JSON.stringify(text), 2)).toEqual({ form: 'PKCS#8', encrypted: false });
    const old = pem('RSA PRIVATE KEY', new Uint8Array(64).fill(7)).replace(
      '-----\n',
      '-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123456789ABCDEF\n\n',
    );
    expect(readPem(old, 0)).toEqual({ form: 'PKCS#1', encrypted: true });
    expect(readPem('-----BEGIN PRIVATE KEY-----', 0)).toBeNull();
  });

  it('of any bytes give an answer', () => {
    let keys = 0;
    for (let seed = 0; seed < 500; seed++) {
      const key = readPrivateKey(mutate(Object.values(KEYS)[seed % 6] ?? KEYS.pkcs8, seed));
      if (key !== null) keys++;
    }
    expect(keys).toBeGreaterThan(0);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => readPrivateKey(bytes) !== undefined));
  });
});

describe('JSON web tokens', () => {
  it('say what they claim and until when', () => {
    expect(readJsonWebToken(jsonWebToken({ sub: 'a', exp: 2 }))).toMatchObject({
      algorithm: 'HS256',
      claims: { sub: 'a' },
      expiresMs: 2_000,
    });
    expect(readJsonWebToken(jsonWebToken({}))?.expiresMs).toBeNull();
  });

  it('of any text give an answer', () => {
    for (const text of ['', '.', 'eyJ.eyJ.x', 'bnVsbA.bnVsbA.x', 'W10.e30.x'])
      expect(readJsonWebToken(text)).toBeNull();
  });
});

describe('chance', () => {
  it('is measured in bits', () => {
    expect(entropyOf('')).toBe(0);
    expect(entropyOf('aaaa')).toBe(0);
    expect(entropyOf('abcd')).toBe(2);
  });

  it('is told from what people write', () => {
    for (let seed = 1; seed <= 200; seed++) {
      expect(looksRandom(chars(HEX, 32, seed)), String(seed)).toBe(true);
      expect(isPlaceholder(chars(HEX, 64, seed)), String(seed)).toBe(false);
    }
    for (const text of [
      'your_api_key',
      'xxxxxxxxxxxx',
      '0123456789abcdef',
      'EXAMPLE',
      '${KEY}',
      '<token>',
      'aaaaaaaaaa',
      '%1$s',
    ]) {
      expect(isPlaceholder(text), text).toBe(true);
    }
  });
});

it('shows too little of a secret to use it', () => {
  expect(redact('abcdefghijklmnopqrst')).toBe('abcd…st (20 characters)');
  expect(redact('password1')).toBe('p…1 (9 characters)');
  expect(redact('pass')).toBe('… (4 characters)');
});
