/**
 * What the pure packages need from their host. Node and the browser each give one; tests use Node's.
 * All functions are synchronous and total: they report failure in their result and never throw on input.
 */
export interface Host {
  /** Raw DEFLATE (RFC 1951), at most `maxOutput` bytes; `complete` is false when the stream is damaged, truncated or longer. */
  inflateRaw(input: Uint8Array, maxOutput: number): { readonly output: Uint8Array; readonly complete: boolean };
  sha256(input: Uint8Array): Uint8Array;
  /** CRC-32 of ZIP (ISO 3309), unsigned; left out by hosts that have none of their own. */
  crc32?(input: Uint8Array): number;
  /** Monotonic milliseconds, for budgets only. */
  now(): number;
  /** Left out by hosts that cannot verify: signers then stay `not-checked`. */
  readonly signatures?: SignatureVerifier;
}

/** Verification of signatures with public keys. Total like everything here: a key that cannot be used gives null. */
export interface SignatureVerifier {
  digest(hash: HashAlgorithm, input: Uint8Array): Uint8Array;
  verify(request: SignatureRequest): boolean | null;
}

export interface SignatureRequest {
  /** ECDSA and DSA signatures are DER; RSASSA-PSS masks with MGF1 over the same hash. */
  readonly algorithm: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa' | 'dsa';
  readonly hash: HashAlgorithm;
  /** RSASSA-PSS only, in bytes; default: as long as the hash. */
  readonly saltLength?: number;
  /** SubjectPublicKeyInfo as DER. */
  readonly publicKey: Uint8Array;
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
}

/** All that signatures of apps use, the broken ones among them: what a platform still takes must be judged. */
export type HashAlgorithm = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';
