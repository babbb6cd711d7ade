import type { Severity } from '@vedette/contracts';
import { SEVERITIES } from '@vedette/contracts/vocabulary';
import type { Rule, RuleKind, Weight } from '../../rule.ts';
import type { SecretGrade, SecretRow } from './secret-row.ts';

interface Grade {
  readonly severity: Severity;
  readonly kind: RuleKind;
  readonly dataRisk?: Weight;
}

/** Each further secret of a kind adds little: the first has opened the door already. Code of a known library often carries a key for a test of its own. */
const GRADES: Readonly<Record<SecretGrade, Grade>> = {
  account: { severity: 'high', kind: 'weakness', dataRisk: { base: 15, step: 2, max: 22, inLibrary: 2 } },
  service: { severity: 'medium', kind: 'weakness', dataRisk: { base: 8, step: 1, max: 12, inLibrary: 1 } },
  limited: { severity: 'low', kind: 'weakness', dataRisk: { base: 3, step: 0.5, max: 5, inLibrary: 0.5 } },
  public: { severity: 'info', kind: 'fact' },
};

/** The rule for one kind of secret on one platform. It needs no source in particular: it looks at whatever could be read. */
export function secretRule(platform: 'android' | 'ios', row: SecretRow): Rule {
  const { name, what, grade, opens } = row;
  const { severity, kind, dataRisk } = GRADES[grade];
  return {
    id: `${platform}.secret.${name}`,
    version: 1,
    title: `${what.charAt(0).toUpperCase()}${what.slice(1)} lies in the app`,
    why: grade === 'public' ? opens : `Everybody who has the app can read it. ${opens}`,
    remedy: row.remedy ?? 'Revoke it now, and let a server of your own do what needs it.',
    severity,
    kind,
    needs: [],
    ...(dataRisk === undefined ? {} : { dataRisk }),
    classes: grade === 'account' || grade === 'service' ? ['data-leak', 'vulnerability'] : [],
    mappings: row.mappings ?? { masvs: ['MASVS-AUTH-1'], cwe: grade === 'public' ? [] : ['CWE-798'] },
    run(_image, ctx) {
      const found = ctx.secrets().byKind.get(name) ?? [];
      if (found.length === 0) return null;
      const worst = Math.min(...found.map((secret) => SEVERITIES.indexOf(secret.severity ?? severity)));
      return {
        evidence: found.map(({ evidence }) => evidence),
        severity: SEVERITIES[worst] ?? severity,
        share: Math.max(...found.map(({ share }) => share)),
      };
    },
  };
}
