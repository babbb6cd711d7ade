import { constants, createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBrowserHost } from './browser-host.ts';
import type { HashAlgorithm, SignatureRequest } from './host.ts';
import { createNodeHost } from './node-host.ts';
import { toHex } from './text.ts';

const browser = createBrowserHost(() => 0);
const node = createNodeHost();
const HASHES: readonly HashAlgorithm[] = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'];
const data = new TextEncoder().encode('what was signed');

const verify = (host: typeof node, request: SignatureRequest) => host.signatures?.verify(request);
const spki = (key: KeyObject) => new Uint8Array(key.export({ type: 'spki', format: 'der' }));
const keys = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 1024 }),
  // A modulus of 8n+1 bits: the encoded message of PSS is then a byte shorter.
  oddRsa: generateKeyPairSync('rsa', { modulusLength: 1033 }),
  p256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  p384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  p521: generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  dsa: generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }),
};
type KeyName = keyof typeof keys;

const CASES: readonly (readonly [KeyName, SignatureRequest['algorithm']])[] = [
  ['rsa', 'rsa-pkcs1'],
  ['oddRsa', 'rsa-pkcs1'],
  ['rsa', 'rsa-pss'],
  ['oddRsa', 'rsa-pss'],
  ['p256', 'ecdsa'],
  ['p384', 'ecdsa'],
  ['p521', 'ecdsa'],
  ['dsa', 'dsa'],
];

function signed(name: KeyName, algorithm: SignatureRequest['algorithm'], hash: HashAlgorithm): SignatureRequest {
  const { privateKey, publicKey } = keys[name];
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  const signature = sign(hash, data, algorithm === 'rsa-pss' ? { key: privateKey, ...pss } : privateKey);
  return { algorithm, hash, publicKey: spki(publicKey), data, signature: new Uint8Array(signature) };
}

/** The same with some bytes changed, cut off or put behind. */
const damaged = (bytes: Uint8Array) =>
  fc.oneof(
    fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, mask]) => {
      const copy = new Uint8Array(bytes);
      copy[at] = (copy[at] ?? 0) ^ mask;
      return copy;
    }),
    fc.nat(bytes.length - 1).map((length) => bytes.slice(0, length)),
    fc.uint8Array({ minLength: 1, maxLength: 3 }).map((tail) => new Uint8Array([...bytes, ...tail])),
  );

describe('the host of browsers', () => {
  it('digests as OpenSSL does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...HASHES), (input, hash) => {
        const expected = createHash(hash).update(input).digest('hex');
        expect(toHex(browser.signatures?.digest(hash, input) ?? input)).toBe(expected);
      }),
    );
    expect(toHex(browser.sha256(data))).toBe(toHex(node.sha256(data)));
  });

  it.each(CASES)('verifies what %s signed with %s, and nothing else', (name, algorithm) => {
    for (const hash of HASHES) {
      // PSS needs a message as long as two digests and two bytes more: not so in 1,024 bits with SHA-512.
      if (algorithm === 'rsa-pss' && hash === 'sha512') continue;
      const request = signed(name, algorithm, hash);
      expect(verify(browser, request), hash).toBe(true);
      expect(verify(browser, { ...request, data: new Uint8Array(3) }), hash).toBe(false);
      const other = HASHES.find((candidate) => candidate !== hash) ?? 'md5';
      expect(verify(browser, { ...request, hash: other }), `${hash} as ${other}`).toBe(false);
    }
  });

  it.each(CASES)('says the same as OpenSSL of damaged signatures of %s with %s', (name, algorithm) => {
    const request = signed(name, algorithm, 'sha256');
    fc.assert(
      fc.property(damaged(request.signature), (signature) => {
        const bent = { ...request, signature };
        expect(verify(browser, bent)).toBe(verify(node, bent));
      }),
      { numRuns: 60 },
    );
  });

  it.each(CASES)('takes no damaged key of %s with %s for one that verifies', (name, algorithm) => {
    const request = signed(name, algorithm, 'sha256');
    fc.assert(
      fc.property(damaged(request.publicKey), (publicKey) => {
        // Which broken keys are unusable and which merely verify nothing is OpenSSL's own matter; neither may be a yes it does not give.
        const bent = { ...request, publicKey };
        if (verify(browser, bent) === true) expect(verify(node, bent)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('takes no RSA key with parameters (RFC 3279, 2.3.1)', () => {
    const request = signed('rsa', 'rsa-pkcs1', 'sha256');
    const at = Buffer.from(request.publicKey).indexOf(Buffer.from([1, 1, 1, 5, 0])) + 3;
    for (const tag of [5, 6, 4, 2, 0x30, 0x0c]) {
      const publicKey = request.publicKey.slice();
      publicKey[at] = tag;
      expect(verify(browser, { ...request, publicKey }), String(tag)).toBe(tag === 5 ? true : null);
    }
  });

  it('uses no key for an algorithm of another kind', () => {
    const { signature, publicKey } = signed('p256', 'ecdsa', 'sha256');
    for (const algorithm of ['rsa-pkcs1', 'rsa-pss', 'dsa'] as const) {
      expect(verify(browser, { algorithm, hash: 'sha256', publicKey, data, signature })).toBeNull();
    }
  });

  it('refuses padding that a lenient reader would take (Bleichenbacher, e = 3)', () => {
    // The cube of a number whose high bytes look like a padded digest, with garbage behind: valid only to readers that parse.
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 });
    const digestInfo = `3031300d060960864801650304020105000420${createHash('sha256').update(data).digest('hex')}`;
    const target = BigInt(`0x0001ffffffffffffffff00${digestInfo}${'f'.repeat(2 * (256 - 11 - 51))}`);
    let root = 1n << 680n;
    for (let next = root; ; root = next) {
      next = (2n * root + target / (root * root)) / 3n;
      if (next >= root) break;
    }
    const signature = Uint8Array.from(Buffer.from(root.toString(16).padStart(512, '0'), 'hex'));
    const cube = (root ** 3n).toString(16).padStart(512, '0');
    expect(cube.startsWith(`0001ffffffffffffffff00${digestInfo}`)).toBe(true);
    const request = { algorithm: 'rsa-pkcs1', hash: 'sha256', publicKey: spki(publicKey), data, signature } as const;
    expect(verify(browser, request)).toBe(false);
  });

  it('never throws on bytes that are no key', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom('rsa-pkcs1', 'rsa-pss', 'ecdsa', 'dsa'),
        (publicKey, algorithm) => {
          const request = { algorithm, hash: 'sha256', publicKey, data, signature: data } as const;
          expect(verify(browser, request)).not.toBe(true);
        },
      ),
    );
  });

  it('inflates as the host of Node does, damaged streams included', () => {
    const text = new TextEncoder().encode('over the lazy dog and over the lazy cat '.repeat(60));
    const packed = new Uint8Array(deflateRawSync(text));
    fc.assert(
      fc.property(
        fc.oneof(fc.constant(packed), damaged(packed)),
        fc.constantFrom(0, 1, 1000, 10_000),
        (input, limit) => {
          const ours = browser.inflateRaw(input, limit);
          const theirs = node.inflateRaw(input, limit);
          expect(ours.complete).toBe(theirs.complete);
          expect(Buffer.compare(ours.output, theirs.output)).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
