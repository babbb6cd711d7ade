/** Tiers of a device, weakest first. Each is stated by itself. */
export const DEVICE_TIERS = ['MEETS_BASIC_INTEGRITY', 'MEETS_DEVICE_INTEGRITY', 'MEETS_STRONG_INTEGRITY'] as const;
export type DeviceTier = (typeof DEVICE_TIERS)[number];

/** What an integrity verdict is held against. */
export interface PlayIntegrityPolicy {
  /** When it must hold, in milliseconds since 1970. */
  readonly at: number;
  /** How old it may be, in milliseconds. Default ten minutes. */
  readonly maxAgeMs?: number;
  /** The app that asks. */
  readonly packageName: string;
  /** `nonce` of a classic request or `requestHash` of a standard one, as text; `not-checked` where nobody knows. */
  readonly challenge: { readonly nonce: string } | { readonly requestHash: string } | 'not-checked';
  /** Tiers that must be stated. Default: `MEETS_DEVICE_INTEGRITY`. */
  readonly device?: readonly DeviceTier[];
  /** SHA-256 of the app's signers, lower-case hex; left out: not checked. */
  readonly signers?: readonly string[];
  readonly minVersionCode?: number;
  /** Takes an app that Play did not deliver, as one that management installs. Default false. */
  readonly allowUnrecognized?: boolean;
  /** Refuses where Play Protect is off or found something. Default false: it is stated in the fields. */
  readonly requirePlayProtect?: boolean;
  /** Refuses where an app that Play does not know captures, overlays or controls the screen, and where that is not stated. Default false. */
  readonly refuseAccessRisk?: boolean;
  /** Takes answers of Play's test mode. Default false. */
  readonly allowTesting?: boolean;
}
