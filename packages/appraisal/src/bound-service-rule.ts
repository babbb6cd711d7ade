import type { Mappings, Severity } from '@vedette/contracts';
import { inManifest } from './evidence.ts';
import { guardedBy } from './manifest-queries.ts';
import { hit, type Rule, type Weight } from './rule.ts';

/** What differs between rules that look for a component the system binds with powers of its own. */
export interface BoundServiceRule {
  /** Last part of the id: `android.component.<name>`. */
  readonly name: string;
  readonly title: string;
  readonly why: string;
  /** The permission by which the platform recognises such a component, e.g. `BIND_ACCESSIBILITY_SERVICE`. */
  readonly guard: string;
  readonly note: string;
  readonly severity: Severity;
  readonly malice?: Weight;
  readonly dataRisk: Weight;
  readonly mappings: Mappings;
  readonly remedy: string;
}

/** A rule that fires when the app has a component guarded by the permission. The owner still has to switch it on. */
export function boundServiceRule(spec: BoundServiceRule): Rule {
  return {
    id: `android.component.${spec.name}`,
    version: 1,
    title: spec.title,
    why: spec.why,
    remedy: spec.remedy,
    severity: spec.severity,
    kind: 'declaration',
    needs: ['manifest'],
    ...(spec.malice === undefined ? {} : { malice: spec.malice }),
    dataRisk: spec.dataRisk,
    classes: [],
    mappings: spec.mappings,
    run: (image) => hit(guardedBy(image, spec.guard).map(({ element }) => inManifest(element, spec.note, 'name'))),
  };
}
