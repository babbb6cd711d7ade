import type { Evidence, Mappings, Severity, ThreatClass } from '@vedette/contracts';
import type { AppImage } from '@vedette/program';
import type { RuleContext } from './rule-context.ts';

/** What a rule reads. A rule is not run when one of its sources could not be read at all; the appraisal then says `unknown`. */
export type Source = 'manifest' | 'code' | 'signature' | 'archive';

/**
 * What kind of statement a rule makes. Only `behaviour` and `reputation` can carry the verdict `malicious`:
 * - `declaration`: what the app asks for or opens up in its manifest; honest apps do so as well;
 * - `behaviour`: what its code does, what it carries, how it was tampered with;
 * - `weakness`: a mistake that puts data at risk;
 * - `fact`: worth knowing, judges nothing;
 * - `reputation`: what others published about this very file, signer, package or host.
 */
export type RuleKind = 'declaration' | 'behaviour' | 'weakness' | 'fact' | 'reputation';

/**
 * How much a finding adds to one axis, from the number `n` of pieces of evidence:
 * `min(max, base + step * (n - 1))`; when all evidence lies in code that carries the name of a known library, `inLibrary` (default `base`).
 * More evidence never lowers the weight, so `inLibrary` may not exceed `base`, nor `base` exceed `max`.
 */
export interface Weight {
  readonly base: number;
  readonly step?: number;
  readonly max?: number;
  readonly inLibrary?: number;
}

/** What a rule found. Null or an empty list from `run` means that it found nothing. */
export interface Hit {
  readonly evidence: readonly Evidence[];
  /** When the case at hand is worse or milder than the rule's usual severity. */
  readonly severity?: Severity;
  /** When the case at hand weighs less than the rule's usual weight: a factor above 0, at most 1. */
  readonly share?: number;
}

/** One rule: looks at an app and yields evidence, or nothing. Pure and deterministic. */
export interface Rule {
  /** Stable dotted id, e.g. `android.manifest.debuggable`. Never reused for another meaning. */
  readonly id: string;
  /** Grows by one whenever the same app may get another answer. */
  readonly version: number;
  /** What was found, as a statement that is true whenever the rule fires. */
  readonly title: string;
  /** Why it matters, one or two sentences for a person. */
  readonly why: string;
  readonly remedy: string;
  readonly severity: Severity;
  readonly kind: RuleKind;
  readonly needs: readonly Source[];
  readonly malice?: Weight;
  readonly dataRisk?: Weight;
  readonly classes: readonly ThreatClass[];
  readonly mappings: Mappings;
  run(image: AppImage, ctx: RuleContext): Hit | null;
}

/** A hit on the given evidence, or null when there is none. */
export function hit(evidence: readonly Evidence[], more: Omit<Hit, 'evidence'> = {}): Hit | null {
  return evidence.length === 0 ? null : { evidence, ...more };
}
