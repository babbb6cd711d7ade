import { createHash, sign } from 'node:crypto';
import { CompactEncrypt } from 'jose';
import { encodeBase64Url } from '../jose/compact-jws.ts';
import type { Json } from '../jose/strict-json.ts';
import type { PlayIntegrityKeys } from '../play-integrity/verify-play-integrity.ts';
import { makeParty, type TestParty } from './test-authority.ts';

export const MINT_PLAY_NONCE = 'c29tZSBub25jZSBvZiBvdXJz';
export const MINT_PLAY_PACKAGE = 'io.vedette.agent';
const SIGNER = createHash('sha256').update('signer').digest();

/** The payload of a healthy device and a genuine app, `at` milliseconds since 1970. */
export function playPayload(at: number): { readonly [key: string]: Json } {
  return {
    requestDetails: {
      requestPackageName: MINT_PLAY_PACKAGE,
      nonce: MINT_PLAY_NONCE,
      timestampMillis: String(at - 5_000),
    },
    appIntegrity: {
      appRecognitionVerdict: 'PLAY_RECOGNIZED',
      packageName: MINT_PLAY_PACKAGE,
      certificateSha256Digest: [encodeBase64Url(new Uint8Array(SIGNER))],
      versionCode: '42',
    },
    deviceIntegrity: {
      deviceRecognitionVerdict: ['MEETS_BASIC_INTEGRITY', 'MEETS_DEVICE_INTEGRITY', 'MEETS_STRONG_INTEGRITY'],
    },
    accountDetails: { appLicensingVerdict: 'LICENSED' },
    environmentDetails: {
      playProtectVerdict: 'NO_ISSUES',
      appAccessRiskVerdict: { appsDetected: ['KNOWN_INSTALLED'] },
    },
  };
}

/** Keys of a test app, and the side of them that Google would have. */
export interface MintedPlayKeys {
  readonly keys: PlayIntegrityKeys;
  readonly signer: TestParty;
}

export function mintPlayKeys(): MintedPlayKeys {
  const signer = makeParty('p256');
  return { signer, keys: { decryption: new Uint8Array(32).fill(0x33), verification: signer.publicKey } };
}

/** A classic token as Google makes it: signed, then encrypted. `header` replaces that of the signature. */
export async function mintPlayToken(
  payload: string,
  { keys, signer }: MintedPlayKeys,
  header: { readonly [key: string]: Json } = { alg: 'ES256' },
): Promise<string> {
  const encode = (text: string): string => encodeBase64Url(new TextEncoder().encode(text));
  const signed = `${encode(JSON.stringify(header))}.${encode(payload)}`;
  const signature = sign('sha256', Buffer.from(signed), { key: signer.privateKey, dsaEncoding: 'ieee-p1363' });
  const jws = `${signed}.${encodeBase64Url(new Uint8Array(signature))}`;
  return new CompactEncrypt(new TextEncoder().encode(jws))
    .setProtectedHeader({ alg: 'A256KW', enc: 'A256GCM' })
    .encrypt(keys.decryption);
}
