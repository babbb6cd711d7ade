import type { Parsed } from '@vedette/contracts';
import { z } from 'zod';
import { NO_VULNERABILITY_DATA, type VulnerabilityData } from './vulnerability-data.ts';

const Catalogue = z.object({
  catalogVersion: z.string().max(40).optional(),
  vulnerabilities: z.array(z.unknown()).max(50_000),
});
const Entry = z.object({ cveID: z.string().regex(/^CVE-\d{4}-\d{4,7}$/) });

/** Reads CISA's catalogue of known exploited vulnerabilities: which CVEs were used in attacks. Where they are repaired it does not say. */
export function readKev(value: unknown): Parsed<VulnerabilityData> {
  const read = Catalogue.safeParse(value);
  if (!read.success)
    return {
      value: NO_VULNERABILITY_DATA,
      diagnostics: [
        {
          id: 'vulnerabilities.kev',
          level: 'warning',
          message: 'This is no catalogue of known exploited vulnerabilities.',
        },
      ],
    };
  const cves = read.data.vulnerabilities.flatMap((one) => {
    const entry = Entry.safeParse(one);
    return entry.success ? [entry.data.cveID] : [];
  });
  const version = read.data.catalogVersion?.replaceAll('.', '-') ?? '';
  const skipped = read.data.vulnerabilities.length - cves.length;
  return {
    value: {
      ...NO_VULNERABILITY_DATA,
      sources: [{ name: 'CISA KEV', asOf: /^\d{4}-\d{2}-\d{2}$/.test(version) ? version : null }],
      exploited: new Set(cves),
    },
    diagnostics:
      skipped === 0
        ? []
        : [{ id: 'vulnerabilities.kev', level: 'warning', message: `${skipped} entries could not be read.` }],
  };
}
