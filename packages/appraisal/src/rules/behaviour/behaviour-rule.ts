import { inManifest } from '../../evidence.ts';
import { asksFor, guardedBy } from '../../manifest-queries.ts';
import { hit, type Rule } from '../../rule.ts';
import { type EvasionRule, evasionRule, type Probe } from '../evasion/evasion-rule.ts';

/** A behaviour as a row: powers that the app has, and things that one class of its own does with them. */
export interface BehaviourRow extends Omit<EvasionRule, 'atLeast' | 'must' | 'probes'> {
  /** Permissions that the app must ask for, all of them; short names are the platform's. */
  readonly asks?: readonly string[];
  /** The permission that guards one of its services or receivers, e.g. `BIND_NFC_SERVICE`. */
  readonly guard?: string;
  /** All must be in one class, its inner classes included. */
  readonly parts: readonly Probe[];
}

/** A rule that fires where the powers are declared and one class holds all parts. Nearness, not data flow: titles may say no more. */
export function behaviourRule({ asks = [], guard, parts, ...row }: BehaviourRow): Rule {
  const near = evasionRule({ ...row, probes: parts, atLeast: parts.length });
  return {
    ...near,
    id: `android.behaviour.${row.name}`,
    needs: ['manifest', 'code'],
    run(image, ctx) {
      if (!asks.every((permission) => asksFor(image, permission))) return null;
      const guarded = guard === undefined ? [] : guardedBy(image, guard);
      if (guard !== undefined && guarded.length === 0) return null;
      const found = near.run(image, ctx);
      if (found === null) return null;
      return hit([
        ...found.evidence,
        ...guarded.map(({ element }) => inManifest(element, `a component behind ${guard}`, 'name')),
      ]);
    },
  };
}
