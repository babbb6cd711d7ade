import type { Certificate } from '@vedette/formats';

export type AppAttestEnvironment = 'development' | 'production';

/** What statements of App Attest are held against. */
export interface AppAttestPolicy {
  /** When it must hold, in milliseconds since 1970. */
  readonly at: number;
  /** Whose roots are trusted, for the receipt too; left out: Apple's. */
  readonly anchors?: readonly Certificate[];
  /** Identifiers of the apps that may speak: team and bundle, `ABCDE12345.com.example.app`. */
  readonly appIds: readonly string[];
}

/** What an attestation is held against. */
export interface AppAttestationPolicy extends AppAttestPolicy {
  /** The client data: what was asked to be signed, before it is hashed. `not-checked` where nobody knows. */
  readonly challenge: Uint8Array | 'not-checked';
  /** Key identifier as the app got it, base64 decoded. `not-checked`: the one that the statement names counts. */
  readonly keyId: Uint8Array | 'not-checked';
  /** Default: production alone. */
  readonly environments?: readonly AppAttestEnvironment[];
  /** Ways of distribution that are taken, as iOS 27 and later write them; a statement without any is taken unless `required`. */
  readonly categories?: { readonly allowed: readonly (number | string)[]; readonly required: boolean };
  /** Whether the receipt that comes with it must hold (default). Apple does not ask for it, and signs it apart: where it is not checked, its bytes can be anything. */
  readonly receipt?: 'required' | 'not-checked';
  /** Access control of the key (macOS), as it must be. */
  readonly accessControl?: Uint8Array;
}

/** What an assertion is held against. */
export interface AssertionPolicy extends AppAttestPolicy {
  /** SubjectPublicKeyInfo of the attested key. */
  readonly publicKey: Uint8Array;
  /** The counter of the last assertion taken, 0 right after the attestation. There is no default: without it nothing is fresh. */
  readonly previousCounter: number;
  /** What the app signed. */
  readonly clientData: Uint8Array;
  /** What must stand in the client data. */
  readonly challenge: Uint8Array | 'not-checked';
}

/** What a receipt is held against. */
export interface ReceiptPolicy extends Omit<AppAttestPolicy, 'at'> {
  /** When it must hold, in milliseconds since 1970. `when-made`: at the moment that it names itself, which its signature covers. */
  readonly at: number | 'when-made';
  /** SubjectPublicKeyInfo of the attested key; `not-checked` where nobody knows. */
  readonly publicKey: Uint8Array | 'not-checked';
  /** How old a receipt may be when it is handed in, in milliseconds; left out: any age. Apple names five minutes. */
  readonly maxAgeMs?: number;
}
