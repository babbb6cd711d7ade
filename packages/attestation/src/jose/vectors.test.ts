import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeBase64Url, encodeBase64Url, readCompactJws, verifyJws } from './compact-jws.ts';
import { readJsonObject } from './strict-json.ts';

const DATA = join(import.meta.dirname, '../../../../../shared/data/jose');
const WYCHEPROOF = join(DATA, 'wycheproof/testvectors_v1');
const host = createNodeHost();
const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

const Signatures = z.object({
  testGroups: z.array(
    z.object({
      publicKeyDer: z.string(),
      tests: z.array(
        z.object({
          tcId: z.number(),
          comment: z.string(),
          flags: z.array(z.string()),
          msg: z.string(),
          sig: z.string(),
          result: z.enum(['valid', 'invalid', 'acceptable']),
        }),
      ),
    }),
  ),
});
const JwsVectors = z.object({
  testGroups: z.array(
    z.object({
      comment: z.string(),
      public: z.record(z.string(), z.unknown()).optional(),
      private: z.record(z.string(), z.unknown()).optional(),
      tests: z.array(
        z.object({
          tcId: z.number(),
          comment: z.string(),
          jws: z.union([z.string(), z.record(z.string(), z.unknown())]),
          result: z.enum(['valid', 'invalid', 'acceptable']),
          flags: z.array(z.string()),
        }),
      ),
    }),
  ),
});

describe.skipIf(!existsSync(WYCHEPROOF))('Wycheproof', () => {
  it.each([
    ['ecdsa_secp256r1_sha256_test.json', 'ecdsa'],
    ['rsa_signature_2048_sha256_test.json', 'rsa-pkcs1'],
  ] as const)('%s agrees, case by case', (file, algorithm) => {
    const { testGroups } = Signatures.parse(json(join(WYCHEPROOF, file)));
    const wrong: string[] = [];
    let count = 0;
    for (const { publicKeyDer, tests } of testGroups)
      for (const { tcId, comment, flags, msg, sig, result } of tests) {
        const request = {
          algorithm,
          hash: 'sha256',
          publicKey: hex(publicKeyDer),
          data: hex(msg),
          signature: hex(sig),
        } as const;
        const holds = host.signatures?.verify(request) === true;
        count++;
        // “Acceptable” ones leave it to the verifier: an old form without NULL, which Node refuses.
        if (result !== 'acceptable' && holds !== (result === 'valid'))
          wrong.push(`${tcId} ${comment} ${flags.join(' ')}`);
      }
    console.log(`${file}: ${count} cases, ${wrong.length} disagree`);
    expect(wrong).toEqual([]);
  });

  it('json_web_signature_test.json agrees for ES256 and RS256, and takes nothing else', () => {
    const { testGroups } = JwsVectors.parse(json(join(WYCHEPROOF, 'json_web_signature_test.json')));
    const wrong: string[] = [];
    const counted = { ES256: 0, RS256: 0, other: 0 };
    for (const { comment: group, public: publicKey, private: privateKey, tests } of testGroups) {
      const jwk = publicKey ?? privateKey ?? {};
      const algorithm = jwk['kty'] === 'EC' && jwk['crv'] === 'P-256' ? 'ES256' : jwk['kty'] === 'RSA' ? 'RS256' : null;
      const stated = typeof jwk['alg'] === 'string' ? jwk['alg'] : algorithm;
      for (const { tcId, comment, jws: text, result, flags } of tests) {
        const jws = typeof text === 'string' ? readCompactJws(text) : null;
        if (algorithm === null || stated !== algorithm) {
          counted.other++;
          continue;
        }
        counted[algorithm]++;
        const holds = jws !== null && verifyJws(jws, algorithm, spkiOf(jwk), host);
        // A key that says it is not for signing is for the one who keeps keys to refuse; ours come from the administrator.
        const aboutKey = jwk['use'] === 'enc' || (Array.isArray(jwk['key_ops']) && !jwk['key_ops'].includes('verify'));
        if (result !== 'acceptable' && !aboutKey && holds !== (result === 'valid'))
          wrong.push(`${tcId} ${group}: ${comment} ${flags.join(' ')} (${String(holds)})`);
      }
    }
    console.log('json_web_signature_test.json:', counted, wrong.length, 'disagree');
    expect(wrong).toEqual([]);
    expect(counted.ES256 + counted.RS256).toBeGreaterThan(20);
  });
});

function spkiOf(jwk: Readonly<Record<string, unknown>>): Uint8Array {
  const { kty, crv, x, y, n, e } = jwk;
  const key: JsonWebKey = {};
  for (const [name, value] of Object.entries({ kty, crv, x, y, n, e }))
    if (typeof value === 'string') key[name] = value;
  try {
    return new Uint8Array(createPublicKey({ key, format: 'jwk' }).export({ format: 'der', type: 'spki' }));
  } catch {
    return new Uint8Array(0);
  }
}

describe.skipIf(!existsSync(DATA))('the JOSE cookbook', () => {
  it('agrees where it uses our algorithms: none of its compact signatures is ES256 or RS256 but the first', () => {
    const folder = join(DATA, 'cookbook/jws');
    const Example = z.object({
      input: z.object({ key: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]), alg: z.unknown() }),
      output: z.object({ compact: z.string().optional() }),
    });
    const seen: string[] = [];
    for (const name of readdirSync(folder).sort()) {
      const { input, output } = Example.parse(json(join(folder, name)));
      const jws = output.compact === undefined ? null : readCompactJws(output.compact);
      const algorithm = jws?.header['alg'];
      if (jws === null || (algorithm !== 'RS256' && algorithm !== 'ES256') || Array.isArray(input.key)) continue;
      expect(verifyJws(jws, algorithm, spkiOf(input.key), host), name).toBe(true);
      expect(verifyJws({ ...jws, signed: jws.signed.subarray(1) }, algorithm, spkiOf(input.key), host)).toBe(false);
      seen.push(name);
    }
    expect(seen).toEqual(['4_1.rsa_v15_signature.json']);
  });
});

describe('strict JSON', () => {
  it.each([
    '{"a":1,"a":2}',
    '{"a":{"b":1,"b":2}}',
    '{"a":1,"\\u0061":2}',
    '[{"a":1}]',
    'null',
    '1',
    '',
    '{',
    '{"x":[{"k":1,"k":1}]}',
  ])('refuses %s', (text) => expect(readJsonObject(text)).toBeNull());
  it.each(['{}', '{"a":{"a":1},"b":["a","a"],"c":"a\\"a"}', '{"a":"{\\"a\\":1,"}'])('takes %s', (text) => {
    expect(readJsonObject(text)).toEqual(JSON.parse(text));
  });
});

describe('base64url', () => {
  it.each(['A', 'AB=', 'A+', 'A/', 'AB', ' AA', 'AAAA\n'])('refuses %j', (text) =>
    expect(decodeBase64Url(text)).toBeNull(),
  );
  it('reads back what it wrote', () => {
    for (let length = 0; length < 40; length++) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 37) & 0xff);
      expect(decodeBase64Url(encodeBase64Url(bytes))).toEqual(bytes);
    }
  });
});
