/**
 * Which system versions get security updates. Source: endoflife.date (MIT), products `android` and `ios`, as of `asOf`.
 * A version that is not listed is unknown, and so is everything once the table is too old to speak.
 */
export interface OsSupportTable {
  /** ISO date the table was true on. */
  readonly asOf: string;
  readonly releases: readonly OsRelease[];
}

export interface OsRelease {
  /** `16`, `8.1`, for iOS the major version. */
  readonly version: string;
  /** ISO date of the end of security updates; null: not ended at `asOf`. */
  readonly securityUpdatesEnded: string | null;
  /** Newest release of the branch at `asOf` and its ISO date; Android has none. */
  readonly latest?: { readonly version: string; readonly releasedOn: string };
}

export const ANDROID_SUPPORT: OsSupportTable = {
  asOf: '2026-08-22',
  releases: [
    { version: '17', securityUpdatesEnded: null },
    { version: '16', securityUpdatesEnded: null },
    { version: '15', securityUpdatesEnded: null },
    { version: '14', securityUpdatesEnded: null },
    { version: '13', securityUpdatesEnded: '2026-03-02' },
    { version: '12.1', securityUpdatesEnded: '2025-03-03' },
    { version: '12L', securityUpdatesEnded: '2025-03-03' },
    { version: '12', securityUpdatesEnded: '2025-03-03' },
    { version: '11', securityUpdatesEnded: '2024-02-05' },
    { version: '10', securityUpdatesEnded: '2023-03-06' },
    { version: '9', securityUpdatesEnded: '2022-01-01' },
    { version: '8.1', securityUpdatesEnded: '2021-01-10' },
    { version: '8.0', securityUpdatesEnded: '2021-01-01' },
    { version: '7.1', securityUpdatesEnded: '2019-10-01' },
    { version: '7.0', securityUpdatesEnded: '2019-10-01' },
    { version: '6.0', securityUpdatesEnded: '2018-08-01' },
    { version: '5.1', securityUpdatesEnded: '2018-03-01' },
    { version: '5.0', securityUpdatesEnded: '2018-03-01' },
  ],
};

export const IOS_SUPPORT: OsSupportTable = {
  asOf: '2026-08-22',
  releases: [
    { version: '26', securityUpdatesEnded: null, latest: { version: '26.6.1', releasedOn: '2026-08-17' } },
    { version: '18', securityUpdatesEnded: null, latest: { version: '18.7.10', releasedOn: '2026-08-17' } },
    { version: '17', securityUpdatesEnded: '2025-05-13', latest: { version: '17.7.7', releasedOn: '2025-05-13' } },
    { version: '16', securityUpdatesEnded: null, latest: { version: '16.7.16', releasedOn: '2026-05-11' } },
    { version: '15', securityUpdatesEnded: null, latest: { version: '15.8.8', releasedOn: '2026-05-11' } },
    { version: '14', securityUpdatesEnded: '2021-10-26', latest: { version: '14.8.1', releasedOn: '2021-10-26' } },
    { version: '13', securityUpdatesEnded: '2020-09-16', latest: { version: '13.7', releasedOn: '2020-09-01' } },
    { version: '12', securityUpdatesEnded: '2026-01-26', latest: { version: '12.5.8', releasedOn: '2026-01-26' } },
    { version: '11', securityUpdatesEnded: '2018-10-08', latest: { version: '11.4.1', releasedOn: '2018-07-09' } },
  ],
};

/** How long after `asOf` a statement "still supported" is believed, in days. */
export const SUPPORT_TABLE_VALID_DAYS = 365;

/** The longest listed version that `version` is or begins with: `8.1.0` is `8.1`, `16` is `16`. */
export function findRelease(table: OsSupportTable, version: string): OsRelease | null {
  const candidates = table.releases.filter(
    ({ version: listed }) =>
      version === listed || version.startsWith(`${listed}.`) || (!listed.includes('.') && version === `${listed}.0`),
  );
  // `12.1` must not be taken for `12`.
  return candidates.sort((a, b) => b.version.length - a.version.length)[0] ?? null;
}

/** Compares dotted version numbers: negative when `a` is older. Parts that are no numbers count as 0. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const right = b.split('.').map((part) => Number.parseInt(part, 10) || 0);
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
