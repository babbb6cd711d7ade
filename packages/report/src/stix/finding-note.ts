import type { Finding } from '@vedette/contracts';
import { evidencePlace } from '../text/evidence-place.ts';
import { printable, shortened } from '../text/printable.ts';
import { reachLine } from '../text/reach-words.ts';

/** A finding in words: why it matters, each place, what to do, and whether somebody decided that it does not count. */
export function findingNote(finding: Finding): string {
  const { ruleId, ruleVersion, severity, status, description, remedy, evidence, evidenceOmitted, suppressed } = finding;
  const lines = [
    `Rule ${printable(ruleId)} version ${ruleVersion}, severity ${severity}, status ${status}`,
    printable(description),
    ...evidence.flatMap((one) => {
      const reach = reachLine(one);
      const place = `- ${shortened(`${one.note}: ${evidencePlace(one)}`, 800)}`;
      return reach === null ? [place] : [place, `  ${shortened(reach, 800)}`];
    }),
  ];
  if (evidenceOmitted !== undefined && evidenceOmitted > 0) lines.push(`- and ${evidenceOmitted} more places`);
  if (remedy !== undefined) lines.push(`What to do: ${printable(remedy)}`);
  if (suppressed !== undefined)
    lines.push(`Suppressed until ${suppressed.until}: ${shortened(suppressed.reason, 1_000)}`);
  return lines.join('\n');
}
