import { createDiagnostics, type Host, utf8Text } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { compactDecrypt } from 'jose';
import { createCheckList } from '../check-list.ts';
import { decodeBase64Url, readCompactJws, verifyJws } from '../jose/compact-jws.ts';
import { fieldOf, isObject, readJsonObject } from '../jose/strict-json.ts';
import type { AttestationReport } from '../report.ts';
import { checkPayload } from './check-payload.ts';
import type { PlayIntegrityPolicy } from './play-integrity-policy.ts';

/** Response keys of an app, as the Play Console gives them, base64 decoded. */
export interface PlayIntegrityKeys {
  /** AES key of 32 bytes. */
  readonly decryption: Uint8Array;
  /** SubjectPublicKeyInfo of a key on P-256. */
  readonly verification: Uint8Array;
}

const MAX_LENGTH = 256 * 1024;

/**
 * Verifies a classic integrity token with one's own keys (Play Integrity API, "Decrypt and verify the integrity verdict"):
 * a JWE (A256KW, A256GCM) around a JWS (ES256). Whoever holds the keys need not ask Google.
 *
 * @returns null where it is no such token, or not for these keys: what cannot be opened says nothing
 */
export async function verifyPlayIntegrityToken(
  token: string,
  keys: PlayIntegrityKeys,
  policy: PlayIntegrityPolicy,
  host: Host,
): Promise<Parsed<AttestationReport | null>> {
  const opened = token.length > MAX_LENGTH ? null : await open(token.trim(), keys.decryption);
  const jws = opened === null ? null : readCompactJws(opened);
  const payload = jws === null ? null : readJsonObject(utf8Text(jws.payload));
  if (jws === null || payload === null) return unreadable('This is no integrity token, or not for this key.');
  const checks = createCheckList('play-integrity');
  checks.check(
    'P0.signature',
    verifyJws(jws, 'ES256', keys.verification, host),
    'by Google’s key for this app',
    'bad-signature',
  );
  return { value: checks.report(checkPayload(payload, policy, checks)), diagnostics: [] };
}

/**
 * Judges Google's answer to `decodeIntegrityToken`: what is in it was verified by Google, and whoever hands it in vouches
 * that it came from there.
 *
 * @returns null where it is no such answer
 */
export function verifyPlayIntegrityAnswer(text: string, policy: PlayIntegrityPolicy): Parsed<AttestationReport | null> {
  const value = text.length > MAX_LENGTH ? null : readJsonObject(text);
  const payload = value === null ? undefined : (fieldOf(value, 'tokenPayloadExternal') ?? value);
  if (!isObject(payload) || !('requestDetails' in payload))
    return unreadable('This is no answer of decodeIntegrityToken.');
  const checks = createCheckList('play-integrity');
  checks.skip('P0.signature', 'opened by Google; who handed it in vouches for that');
  return { value: checks.report(checkPayload(payload, policy, checks)), diagnostics: [] };
}

async function open(token: string, key: Uint8Array): Promise<string | null> {
  // Bits behind the last byte of a part are ignored by many readers: one token would have several spellings.
  const parts = token.split('.');
  if (parts.length !== 5 || parts.some((part) => decodeBase64Url(part) === null)) return null;
  try {
    const { plaintext } = await compactDecrypt(token, key, {
      keyManagementAlgorithms: ['A256KW'],
      contentEncryptionAlgorithms: ['A256GCM'],
      // Compressed content was never part of these tokens, and is how they would become large.
      maxDecompressedLength: 0,
    });
    return utf8Text(plaintext);
  } catch {
    return null;
  }
}

function unreadable(message: string): Parsed<null> {
  const diagnostics = createDiagnostics();
  diagnostics.error('attestation.unreadable', message);
  return { value: null, diagnostics: diagnostics.list() };
}
