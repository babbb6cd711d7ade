import type { PlistDictionary, PlistValue } from '../plist/plist-value.ts';
import type { Certificate } from '../x509/read-certificate.ts';

/** Who may install an app that carries the profile. */
export type ProfileKind = 'development' | 'ad-hoc' | 'enterprise' | 'app-store' | 'unknown';

/** A provisioning profile (`embedded.mobileprovision`): which apps, certificates, devices and entitlements go together. */
export interface ProvisioningProfile {
  readonly name: string | null;
  readonly uuid: string | null;
  readonly teamId: string | null;
  readonly teamName: string | null;
  /** Platforms as written, e.g. `iOS`. */
  readonly platforms: readonly string[];
  /** With its prefix, e.g. `A1B2C3D4E5.com.example.*`. */
  readonly appId: string | null;
  /** Whether `appId` ends in a wildcard. */
  readonly wildcard: boolean;
  readonly entitlements: PlistDictionary | null;
  readonly certificates: readonly Certificate[];
  /** Identifiers of devices; null when the profile has no list. */
  readonly devices: readonly string[] | null;
  readonly allDevices: boolean;
  readonly getTaskAllow: boolean;
  readonly created: string | null;
  readonly expires: string | null;
  readonly kind: ProfileKind;
  readonly signature: {
    /** `unsigned`: plain text, no CMS around it. No trust in the signer is judged. */
    readonly state: 'verified' | 'failed' | 'not-checked' | 'unsigned';
    readonly detail: string;
    /** Leaf first. */
    readonly certificates: readonly Certificate[];
    readonly signingTime: string | null;
  };
  /** Everything, as written. */
  readonly plist: PlistValue;
}
