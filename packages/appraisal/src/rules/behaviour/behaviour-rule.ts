import { inManifest } from '../../evidence.ts';
import { asksFor, guardedBy, handling } from '../../manifest-queries.ts';
import { hit, type Rule } from '../../rule.ts';
import { type EvasionRule, evasionRule, type Probe } from '../evasion/evasion-rule.ts';

/** A behaviour as a row: powers that the app has, and things that its own code does with them. */
export interface BehaviourRow extends Omit<EvasionRule, 'atLeast' | 'must' | 'probes'> {
  /** Permissions that the app must ask for, all of them; short names are the platform's. */
  readonly asks?: readonly string[];
  /** Permissions of which it must ask for one. */
  readonly asksOneOf?: readonly string[];
  /** The permission that guards one of its services or receivers, e.g. `BIND_NFC_SERVICE`. */
  readonly guard?: string;
  /** Actions of which one of its components must handle one. */
  readonly handles?: readonly string[];
  /** All must be in one class, its inner classes and what it calls included (`near: 'calls'`), unless `near` says otherwise. */
  readonly parts: readonly Probe[];
}

/** A rule that fires where the powers are declared and all parts are near each other. Nearness, not data flow: titles may say no more. */
export function behaviourRule({
  asks = [],
  asksOneOf = [],
  guard,
  handles = [],
  parts,
  near: distance = 'calls',
  ...row
}: BehaviourRow): Rule {
  const near = evasionRule({ ...row, near: distance, probes: parts, atLeast: parts.length });
  return {
    ...near,
    id: `android.behaviour.${row.name}`,
    needs: ['manifest', 'code'],
    run(image, ctx) {
      if (!asks.every((permission) => asksFor(image, permission))) return null;
      if (asksOneOf.length > 0 && !asksFor(image, ...asksOneOf)) return null;
      const guarded = guard === undefined ? [] : guardedBy(image, guard);
      if (guard !== undefined && guarded.length === 0) return null;
      const handlers = handling(image, ...handles);
      if (handles.length > 0 && handlers.length === 0) return null;
      const found = near.run(image, ctx);
      if (found === null) return null;
      return hit([
        ...found.evidence,
        ...guarded.map(({ element }) => inManifest(element, `a component behind ${guard}`, 'name')),
        ...handlers.map(({ element }) => inManifest(element, 'is started by that event', 'name')),
      ]);
    },
  };
}
