import type { Mappings, Severity } from '@vedette/contracts';
import { requested } from './manifest-queries.ts';
import { hit, type Rule, type Weight } from './rule.ts';

/** What differs between rules that look for permissions the app asks for. */
export interface PermissionRule {
  /** Last part of the id: `android.permission.<name>`. */
  readonly name: string;
  readonly title: string;
  readonly why: string;
  readonly permissions: readonly string[];
  /** What is to be seen at the evidence. */
  readonly note: string;
  readonly severity: Severity;
  readonly dataRisk: Weight;
  readonly malice?: Weight;
  readonly mappings: Mappings;
  readonly remedy?: string;
}

/**
 * A rule that fires when the app asks for one of the permissions. Asking is not using, and honest apps ask too: such a rule has a small
 * weight and can never make an app malicious.
 */
export function permissionRule(spec: PermissionRule): Rule {
  return {
    id: `android.permission.${spec.name}`,
    version: 1,
    title: spec.title,
    why: spec.why,
    remedy: spec.remedy ?? 'Grant it only if the app’s purpose needs it; the system settings can take it back.',
    severity: spec.severity,
    kind: 'declaration',
    needs: ['manifest'],
    ...(spec.malice === undefined ? {} : { malice: spec.malice }),
    dataRisk: spec.dataRisk,
    classes: [],
    mappings: spec.mappings,
    run: (image) => hit(requested(image, spec.permissions, spec.note)),
  };
}
