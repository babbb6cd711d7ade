import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProbeKey, ProbeStatement, SignedStatement } from '@vedette/contracts';

/** The keys of a server: the one that signs, and the one that will sign next. Agents know both. */
export interface SigningKeys {
  readonly current: SigningKey;
  readonly next: SigningKey;
}

export interface SigningKey {
  readonly public: ProbeKey;
  readonly privateKey: KeyObject;
}

const CURRENT = 'signing-current.pem';
const NEXT = 'signing-next.pem';

/** Reads the keys of a folder, and makes those that are missing (Ed25519; files for the owner alone). */
export function loadSigningKeys(folder: string): SigningKeys {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return { current: loadKey(join(folder, CURRENT)), next: loadKey(join(folder, NEXT)) };
}

/** The next key becomes the current one and a new next one is made. Agents that know the target from before go on, since they know the next key. */
export function rotateSigningKeys(folder: string): SigningKeys {
  loadSigningKeys(folder);
  renameSync(join(folder, NEXT), join(folder, CURRENT));
  return loadSigningKeys(folder);
}

function loadKey(path: string): SigningKey {
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  }
  return signingKey(createPrivateKey(readFileSync(path)));
}

export function signingKey(privateKey: KeyObject): SigningKey {
  // The last 32 bytes of a SubjectPublicKeyInfo of Ed25519 are the key (RFC 8410, 4).
  const raw = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-32);
  const kid = createHash('sha256').update(raw).digest('hex').slice(0, 16);
  return { privateKey, public: { kid, publicKey: raw.toString('base64') } };
}

/** `Omit` that keeps a union a union. */
type Unsigned<T> = T extends unknown ? Omit<T, 'v' | 'kid'> : never;

/** Signs the bytes of a statement (RFC 8032). */
export function signStatement(statement: Unsigned<ProbeStatement>, key: SigningKey): SignedStatement {
  const bytes = Buffer.from(JSON.stringify({ v: 1, kid: key.public.kid, ...statement }));
  return {
    statement: bytes.toString('base64'),
    signature: sign(null, bytes, key.privateKey).toString('base64'),
    kid: key.public.kid,
  };
}
