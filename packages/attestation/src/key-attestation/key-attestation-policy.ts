import type { Certificate } from '@vedette/formats';
import type { RevocationList } from '../revocation/revocation-list.ts';

/** What a key attestation is held against. What is left out is not asked for, and the report says so. */
export interface KeyAttestationPolicy {
  /** When it must hold, in milliseconds since 1970. */
  readonly at: number;
  /** Whose roots are trusted; left out: Google's roots of hardware-backed keys. */
  readonly anchors?: readonly Certificate[];
  /** Google's list, and when it was fetched (milliseconds since 1970). Null: there is none, and everything is refused. */
  readonly revocations: { readonly list: RevocationList; readonly fetchedAt: number } | null;
  /** What was asked to be signed; `not-checked` where nobody knows: then the statement may be a replay. */
  readonly challenge: Uint8Array | 'not-checked';
  /** Takes keys that software made: for emulators in tests. Default false. */
  readonly allowSoftware?: boolean;
  /** Takes an unlocked or unverified boot, and says so in the fields. Default false. */
  readonly allowUnverifiedBoot?: boolean;
  /** Verified-boot keys of systems that the administrator trusts, lower-case hex: those boot as `SELF_SIGNED`. */
  readonly bootKeys?: readonly string[];
  /** Package and SHA-256 of a signer's certificate (lower-case hex) of the agents that may ask. */
  readonly applications?: readonly { readonly package: string; readonly signer: string }[];
  /** Purposes that the key may have, as numbers of KeyMint (2 SIGN, 3 VERIFY, 7 ATTEST_KEY). Default: 2 and 3. */
  readonly purposes?: readonly string[];
  /** Identifiers of the device as it was enrolled; those that a statement leaves out are not held against it. */
  readonly device?: Readonly<
    Partial<Record<'brand' | 'device' | 'product' | 'serial' | 'imei' | 'meid' | 'manufacturer' | 'model', string>>
  >;
  /** Oldest patch level taken, `2026-05` or `2026-05-05`. */
  readonly minPatchLevel?: string;
  /** Patch level of the last statement of this device: an older one now was rolled back. */
  readonly lastPatchLevel?: string;
  /** Refuses tags that are not in ascending order. Default false: some devices write them so. */
  readonly strictOrder?: boolean;
}
