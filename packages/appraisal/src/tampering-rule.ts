import type { Evidence, Mappings, Severity, ThreatClass } from '@vedette/contracts';
import { shorten } from './evidence.ts';
import { hit, type Rule, type Weight } from './rule.ts';

/** What differs between rules that turn what the readers noticed into a finding. */
export interface TamperingRule {
  /** Last part of the id: `android.container.<name>`. */
  readonly name: string;
  readonly title: string;
  readonly why: string;
  /** Ids of diagnostics, exact. */
  readonly diagnostics: readonly string[];
  readonly severity: Severity;
  readonly malice: Weight;
  readonly classes: readonly ThreatClass[];
  readonly mappings: Mappings;
}

/**
 * A rule over the readers' diagnostics: deviations that Android tolerates, so that the app runs, and that other tools trip over.
 * A file that is merely cut off is not among them: that is damage, and shows in the coverage.
 */
export function tamperingRule(spec: TamperingRule): Rule {
  return {
    id: `android.container.${spec.name}`,
    version: 1,
    title: spec.title,
    why: spec.why,
    remedy: 'Get the app from its maker again and compare. Do not run this one.',
    severity: spec.severity,
    kind: 'behaviour',
    needs: [],
    malice: spec.malice,
    classes: spec.classes,
    mappings: spec.mappings,
    run(image) {
      const ids = new Set(spec.diagnostics);
      return hit(
        image.diagnostics
          .filter(({ id }) => ids.has(id))
          .map(
            (diagnostic): Evidence => ({
              kind: 'file',
              path: shorten(diagnostic.where ?? image.file.name),
              ...(diagnostic.offset === undefined ? {} : { offset: diagnostic.offset }),
              note: `${shorten(diagnostic.message)} [${diagnostic.id}]`,
            }),
          ),
      );
    },
  };
}
