import { DEFAULT_ZIP_LIMITS, type ZipLimits } from '@vedette/formats';

export interface IosAppLimits {
  /** Of the archive, for those who open it themselves. */
  readonly zip: ZipLimits;
  readonly maxBinaries: number;
  /** Bytes of Mach-O files read, over all. */
  readonly maxBinaryBytes: number;
  /** Bytes of one property list or profile. */
  readonly maxPlistBytes: number;
  /** Nested bundles read. */
  readonly maxBundles: number;
  /** Milliseconds since 1970 at which profiles should be valid; null does not judge time. */
  readonly atMs: number | null;
}

export const DEFAULT_IOS_APP_LIMITS: IosAppLimits = {
  zip: DEFAULT_ZIP_LIMITS,
  maxBinaries: 1_000,
  maxBinaryBytes: 1024 * 1024 * 1024,
  maxPlistBytes: 32 * 1024 * 1024,
  maxBundles: 500,
  atMs: null,
};
