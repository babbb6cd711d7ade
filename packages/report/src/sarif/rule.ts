import type { Finding, Severity } from '@vedette/contracts';
import { markdownText } from '../markdown/escape.ts';
import { printable, shortened } from '../text/printable.ts';
import type { SarifLevel, SarifRule } from './sarif-log.ts';
import { type createTaxonomies, tagsOf } from './taxonomies.ts';

/** GitHub's bands of `security-severity`: above 9 critical, 7 and up high, 4 and up medium, 0.1 and up low. Nothing for what only informs. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string | null>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.5',
  info: null,
};
const LEVEL: Readonly<Record<Severity, SarifLevel>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'none',
};

export function levelOf(severity: Severity): SarifLevel {
  return LEVEL[severity];
}

/** The rule of a finding: what it says of itself, with its help as Markdown, and where it stands in other catalogues. */
export function ruleOf(finding: Finding, taxonomies: ReturnType<typeof createTaxonomies>): SarifRule {
  const { ruleId, ruleVersion, title, description, remedy, severity, mappings } = finding;
  const relationships = taxonomies.relationshipsOf(mappings);
  const score = SECURITY_SEVERITY[severity];
  const names = Object.values(mappings ?? {}).flatMap((ids) => ids ?? []);
  const text = `${printable(description)}${remedy === undefined ? '' : `\n\nWhat to do: ${printable(remedy)}`}`;
  const markdown = [
    `**${markdownText(title)}**`,
    markdownText(description),
    ...(remedy === undefined ? [] : [`**What to do:** ${markdownText(remedy)}`]),
    `Rule \`${ruleId}\` version ${ruleVersion}${names.length === 0 ? '' : `; ${names.map((name) => markdownText(name)).join(', ')}`}`,
  ].join('\n\n');
  return {
    id: ruleId,
    name: nameOf(ruleId),
    shortDescription: { text: shortened(title, 1_000) },
    fullDescription: { text: shortened(description, 1_000) },
    help: { text, markdown },
    defaultConfiguration: { level: LEVEL[severity] },
    ...(relationships.length === 0 ? {} : { relationships }),
    properties: {
      tags: tagsOf(mappings),
      precision: 'high',
      ...(score === null ? {} : { 'security-severity': score }),
    },
  };
}

/** `android.manifest.debuggable` → `AndroidManifestDebuggable`, as the standard wants names (section 3.49.7). */
function nameOf(ruleId: string): string {
  return ruleId
    .split(/[^A-Za-z0-9]+/)
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join('');
}
