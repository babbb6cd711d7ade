import type { HashAlgorithm } from '@vedette/bytes';

/** A key for builders of signed files. How it signs is the caller's business: builders know no cryptography. */
export interface SigningKey {
  readonly kind: 'rsa' | 'ec' | 'dsa';
  /** DER. */
  readonly certificate: Uint8Array;
  /** SubjectPublicKeyInfo as DER. */
  readonly publicKey: Uint8Array;
  /** RSASSA-PKCS1-v1_5, or ECDSA and DSA with DER signatures. */
  sign(data: Uint8Array, hash: HashAlgorithm): Uint8Array;
}

/** Ids of signature algorithms with SHA-256 over chunks, by kind of key. */
export const KEY_ALGORITHM_IDS: Readonly<Record<SigningKey['kind'], number>> = { rsa: 0x0103, ec: 0x0201, dsa: 0x0301 };
