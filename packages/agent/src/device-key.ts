import { AgentPublicKey } from '@vedette/contracts';
import { AgentError } from './agent-error.ts';

/**
 * The agent's signing key as the agent sees it: it can sign and show its public part. Whether the private part can leave its
 * store is the store's business, so a key in a phone's secure element fits as well as one in a file.
 */
export interface DeviceKey {
  readonly publicKey: AgentPublicKey;
  /** ECDSA P-256 over SHA-256 of `data`; answers the 64 bytes R || S (RFC 7518 section 3.4). */
  sign(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;
}

/** Keeps one key. */
export interface KeyStore {
  /** The key made earlier; null when there is none. */
  load(): Promise<DeviceKey | null>;
  /** Makes a new key, keeps it durably, forgets the one before. It must be on disk when the promise resolves. */
  create(): Promise<DeviceKey>;
}

export type SigningSubtle = Pick<SubtleCrypto, 'generateKey' | 'exportKey' | 'importKey' | 'sign'>;

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** Makes a WebCrypto key pair; `extractable` only where the store writes the private part itself. */
export async function generateKeyPair(subtle: SigningSubtle, extractable: boolean): Promise<CryptoKeyPair> {
  return await subtle.generateKey(ALGORITHM, extractable, ['sign', 'verify']);
}

/** A WebCrypto key pair as a `DeviceKey`. The public part of a WebCrypto pair is always extractable (W3C WebCrypto section 23.7). */
export async function deviceKeyFromPair(subtle: SigningSubtle, pair: CryptoKeyPair): Promise<DeviceKey> {
  const publicKey = AgentPublicKey.parse(await subtle.exportKey('jwk', pair.publicKey));
  return deviceKey(subtle, pair.privateKey, publicKey);
}

/**
 * Reads a private P-256 key from its JWK (RFC 7517, RFC 7518 section 6.2.2).
 * @throws AgentError `key-damaged` when `jwk` is not such a key
 */
export async function deviceKeyFromJwk(subtle: SigningSubtle, jwk: unknown): Promise<DeviceKey> {
  const publicKey = AgentPublicKey.safeParse(jwk);
  const d = typeof jwk === 'object' && jwk !== null && 'd' in jwk ? jwk.d : undefined;
  if (!publicKey.success || typeof d !== 'string')
    throw new AgentError('key-damaged', 'The key is not a private P-256 key in JWK form.');
  try {
    const privateKey = await subtle.importKey('jwk', { ...publicKey.data, d }, ALGORITHM, false, ['sign']);
    return deviceKey(subtle, privateKey, publicKey.data);
  } catch (cause) {
    throw new AgentError('key-damaged', 'The key cannot be imported: its numbers are not a P-256 key.', { cause });
  }
}

function deviceKey(subtle: SigningSubtle, privateKey: CryptoKey, publicKey: AgentPublicKey): DeviceKey {
  return {
    publicKey,
    sign: async (data) => new Uint8Array(await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, data)),
  };
}
