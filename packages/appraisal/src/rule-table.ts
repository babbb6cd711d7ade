import type { Evidence, Severity, ThreatClass } from '@vedette/contracts';
import type { AppImage } from '@vedette/program';
import { hit, type Rule, type RuleKind, type Source, type Weight } from './rule.ts';
import type { RuleContext } from './rule-context.ts';
import { isInLibrary } from './weigh.ts';

/** Looks at the app and yields evidence. */
export type Finder = (image: AppImage, ctx: RuleContext) => readonly Evidence[];

/** One rule as a row of a table: what differs between rules of a family is data. */
export interface RuleRow {
  /** Last part of the id: `android.<group>.<name>`. */
  readonly name: string;
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
  /** Default `info`. */
  readonly severity?: Severity;
  /** Default `weakness` with points, `fact` without. */
  readonly kind?: RuleKind;
  /**
   * Data risk; a quarter of it when all evidence lies in code of known libraries. With neither these nor `malice` it is a fact, which
   * weighs nothing and looks at the app's own code only.
   */
  readonly points?: number;
  readonly malice?: Weight;
  readonly classes?: readonly ThreatClass[];
  /** Controls of OWASP MASVS, e.g. `CRYPTO-1`. */
  readonly masvs: readonly string[];
  /** Numbers of the Common Weakness Enumeration. */
  readonly cwe?: readonly number[];
  readonly attack?: readonly string[];
  /** Default: the code alone, or the manifest alone. */
  readonly needs?: readonly Source[];
  readonly find: Finder;
}

/** The first versions of rules about code, `android.code.<name>`. */
export function codeTable(rows: readonly RuleRow[]): readonly Rule[] {
  return ruleTable('code', 'code', rows);
}

/** The first versions of rules about the manifest and what it leads to, `android.<group>.<name>`. */
export function manifestTable(
  group: 'manifest' | 'component' | 'permission' | 'network',
  rows: readonly RuleRow[],
): readonly Rule[] {
  return ruleTable(group, 'manifest', rows);
}

function ruleTable(group: string, source: Source, rows: readonly RuleRow[]): readonly Rule[] {
  return rows.map(({ name, title, why, remedy, severity, points, malice, masvs, cwe, attack, find, ...row }) => ({
    id: `android.${group}.${name}`,
    version: 1,
    title,
    why,
    remedy,
    severity: severity ?? 'info',
    kind: row.kind ?? (points === undefined && malice === undefined ? 'fact' : 'weakness'),
    needs: row.needs ?? [source],
    ...(malice === undefined ? {} : { malice }),
    ...(points === undefined ? {} : { dataRisk: { base: points, inLibrary: points / 4 } }),
    classes: row.classes ?? [],
    mappings: {
      masvs: masvs.map((control) => `MASVS-${control}`),
      ...(cwe === undefined ? {} : { cwe: cwe.map((number) => `CWE-${number}`) }),
      ...(attack === undefined ? {} : { attack: [...attack] }),
    },
    run: (image, ctx) => {
      const evidence = find(image, ctx);
      // What libraries do anyway is no fact about this app.
      const isFact = points === undefined && malice === undefined;
      return hit(isFact ? evidence.filter((piece) => !isInLibrary(piece)) : evidence);
    },
  }));
}
