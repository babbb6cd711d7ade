import type { Parsed } from '@vedette/contracts';
import { z } from 'zod';
import { type IosRelease, NO_VULNERABILITY_DATA, type VulnerabilityData } from './vulnerability-data.ts';

const CVE = /^CVE-\d{4}-\d{4,7}$/;
const Version = z.string().regex(/^\d{1,3}(?:\.\d{1,3}){0,3}$/);
const Release = z.object({
  ProductVersion: Version,
  ReleaseDate: z.string().regex(/^\d{4}-\d{2}-\d{2}/),
  SupportedDevices: z.array(z.string().max(40)).max(1_000).default([]),
  CVEs: z.record(z.string(), z.unknown()).default({}),
  ActivelyExploitedCVEs: z.array(z.string()).nullable().default([]),
});
const Feed = z.object({
  LastCheck: z.string().optional(),
  OSVersions: z.array(z.object({ SecurityReleases: z.array(z.unknown()).max(2_000) })).max(50),
});

/**
 * Reads the feed `ios_data_feed.json` of SOFA (macadmins, versions 1 and 2): releases with the devices that they were made for and the CVEs that they repair. `Latest` is not used: it was seen to
 * name another release than the newest. A release that cannot be read costs a diagnostic.
 */
export function readSofa(value: unknown): Parsed<VulnerabilityData> {
  const feed = Feed.safeParse(value);
  if (!feed.success)
    return {
      value: NO_VULNERABILITY_DATA,
      diagnostics: [{ id: 'vulnerabilities.sofa', level: 'warning', message: 'This is no iOS feed of SOFA.' }],
    };
  const stated = feed.data.OSVersions.flatMap(({ SecurityReleases }) => SecurityReleases);
  const releases = stated.flatMap((one): IosRelease[] => {
    const read = Release.safeParse(one);
    if (!read.success) return [];
    const { ProductVersion, ReleaseDate, SupportedDevices, CVEs, ActivelyExploitedCVEs } = read.data;
    // Version 1 says of each CVE whether it was exploited; version 2 lists those apart.
    const marked = Object.entries(CVEs).flatMap(([cve, exploited]) => (exploited === true ? [cve] : []));
    return [
      {
        version: ProductVersion,
        releasedOn: ReleaseDate.slice(0, 10),
        models: new Set(SupportedDevices),
        cves: Object.keys(CVEs).filter((cve) => CVE.test(cve)),
        exploited: [...new Set([...marked, ...(ActivelyExploitedCVEs ?? [])])].filter((cve) => CVE.test(cve)),
      },
    ];
  });
  const skipped = stated.length - releases.length;
  const asOf = feed.data.LastCheck?.slice(0, 10);
  return {
    value: {
      sources: [{ name: 'SOFA', asOf: asOf !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? asOf : null }],
      ios: releases,
      android: [],
      exploited: new Set(releases.flatMap(({ exploited }) => exploited)),
    },
    diagnostics:
      skipped === 0
        ? []
        : [{ id: 'vulnerabilities.sofa', level: 'warning', message: `${skipped} releases could not be read.` }],
  };
}
