import type { Parsed } from '@vedette/contracts';
import { z } from 'zod';
import { parsePatchLevel } from '../signals/patch-level.ts';
import { type AndroidRepair, NO_VULNERABILITY_DATA, type VulnerabilityData } from './vulnerability-data.ts';

const Record = z.object({
  id: z.string().max(100),
  aliases: z.array(z.string()).max(100).default([]),
  modified: z.string().optional(),
  affected: z
    .array(
      z.object({
        package: z.object({ ecosystem: z.string(), name: z.string().max(300) }),
        ranges: z
          .array(z.object({ type: z.string(), events: z.array(z.record(z.string(), z.string())).max(1_000) }))
          .max(100)
          .default([]),
        ecosystem_specific: z
          .object({ severity: z.string().max(50).optional(), spl: z.string().optional() })
          .optional(),
      }),
    )
    .max(500)
    .default([]),
});

/** `15:2026-05-01`, `12L:0`, `15-next:2026-05-01`; kernel and chipset records have other prefixes (`:0`, `SoCVersion:0`). */
const EVENT = /^(\d{1,2}L?|\d\.\d(?:\.\d)?)(?:-next)?:(\S+)$/;

/**
 * Reads records of the OSV ecosystem "Android" (ids `ASB-A-…`, `PUB-A-…`): per CVE the releases that had it and the patch level that repairs it. Of several patch levels of one
 * CVE the latest counts. Records about the kernel or a chipset, whose ranges name no release, are kept as not to be told by the patch level of the system's part.
 */
export function readOsv(values: readonly unknown[]): Parsed<VulnerabilityData> {
  let skipped = 0;
  let newest: string | null = null;
  const android: AndroidRepair[] = [];
  for (const value of values) {
    const read = Record.safeParse(value);
    const repairs = read.success ? repairsOf(read.data) : [];
    if (repairs.length === 0) skipped += 1;
    android.push(...repairs);
    const modified = read.success ? (read.data.modified?.slice(0, 10) ?? null) : null;
    if (modified !== null && /^\d{4}-\d{2}-\d{2}$/.test(modified) && (newest === null || modified > newest))
      newest = modified;
  }
  return {
    value: { ...NO_VULNERABILITY_DATA, sources: [{ name: 'OSV Android', asOf: newest }], android },
    diagnostics:
      skipped === 0
        ? []
        : [
            {
              id: 'vulnerabilities.osv',
              level: 'note',
              message: `${skipped} of ${values.length} records say nothing of Android.`,
            },
          ],
  };
}

function repairsOf({ id, aliases, affected }: z.infer<typeof Record>): AndroidRepair[] {
  const cves = [...new Set([...aliases, id].filter((name) => /^CVE-\d{4}-\d{4,7}$/.test(name)))];
  const ours = affected.filter(({ package: { ecosystem } }) => /^Android(?:$|:)/.test(ecosystem));
  if (cves.length === 0 || ours.length === 0) return [];
  const majors = new Set<string>();
  const levels: string[] = [];
  let foreign = false;
  for (const { ranges, ecosystem_specific: more } of ours) {
    const spl = more?.spl === undefined ? null : parsePatchLevel(more.spl);
    if (spl !== null) levels.push(spl);
    for (const { introduced, fixed } of ranges.flatMap(({ events }) => events)) {
      const from = introduced === undefined ? null : EVENT.exec(introduced);
      if (introduced !== undefined && from === null) foreign = true;
      if (from?.[1] !== undefined) majors.add(from[1]);
      const to = fixed === undefined ? null : EVENT.exec(fixed);
      const level = to?.[2] === undefined ? null : parsePatchLevel(to[2]);
      if (level !== null) levels.push(level);
    }
  }
  const severity =
    ours.find((one) => one.ecosystem_specific?.severity !== undefined)?.ecosystem_specific?.severity ?? null;
  const common = { severity, exploited: false, maker: null, source: 'OSV Android' };
  const fixedIn = levels.sort().at(-1) ?? null;
  return cves.flatMap((cve): AndroidRepair[] => [
    ...(majors.size === 0 ? [] : [{ ...common, cve, fixedIn, majors: [...majors].sort(), part: 'system' as const }]),
    // Whether the phone has that kernel or chipset is not known here.
    ...(foreign && majors.size === 0 ? [{ ...common, cve, fixedIn: null, majors: null, part: 'kernel' as const }] : []),
  ]);
}
