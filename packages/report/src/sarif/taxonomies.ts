import type { Finding, Mappings } from '@vedette/contracts';
import type { SarifRule, SarifTaxonomy } from './sarif-log.ts';

const CATALOGUES = [
  {
    key: 'masvs',
    name: 'MASVS',
    organization: 'OWASP',
    text: 'Mobile Application Security Verification Standard',
    uri: 'https://mas.owasp.org/MASVS/',
  },
  {
    key: 'maswe',
    name: 'MASWE',
    organization: 'OWASP',
    text: 'Mobile Application Security Weakness Enumeration',
    uri: 'https://mas.owasp.org/MASWE/',
  },
  {
    key: 'cwe',
    name: 'CWE',
    organization: 'MITRE',
    text: 'Common Weakness Enumeration',
    uri: 'https://cwe.mitre.org/data/',
  },
  {
    key: 'attack',
    name: 'ATT&CK',
    organization: 'MITRE',
    text: 'ATT&CK for Mobile',
    uri: 'https://attack.mitre.org/matrices/mobile/',
  },
] as const satisfies readonly { readonly key: keyof Mappings; readonly [name: string]: string }[];

/** The catalogues that the findings name, each with the ids that are named, and the relationships of a rule to them. */
export function createTaxonomies(findings: readonly Finding[]): {
  readonly list: readonly SarifTaxonomy[];
  readonly relationshipsOf: (mappings: Mappings | undefined) => NonNullable<SarifRule['relationships']>;
} {
  const used = CATALOGUES.map((catalogue) => ({
    ...catalogue,
    ids: [...new Set(findings.flatMap(({ mappings }) => mappings?.[catalogue.key] ?? []))].sort(),
  })).filter(({ ids }) => ids.length > 0);
  return {
    list: used.map(({ name, organization, text, uri, ids }) => ({
      name,
      organization,
      shortDescription: { text },
      informationUri: uri,
      isComprehensive: false,
      taxa: ids.map((id) => ({ id })),
    })),
    relationshipsOf: (mappings) =>
      used.flatMap(({ key, name, ids }, component) =>
        [...new Set(mappings?.[key])].map((id) => ({
          target: { id, index: ids.indexOf(id), toolComponent: { name, index: component } },
          kinds: ['relevant'],
        })),
      ),
  };
}

/** GitHub keeps ten tags of a rule; CWE in the form that it links (`external/cwe/cwe-327`). */
export function tagsOf(mappings: Mappings | undefined): string[] {
  const { cwe = [], masvs = [], maswe = [], attack = [] } = mappings ?? {};
  const names = [...cwe.map((id) => `external/cwe/${id.toLowerCase()}`), ...masvs, ...maswe, ...attack];
  return [...new Set(['security', ...names])].slice(0, 10);
}
