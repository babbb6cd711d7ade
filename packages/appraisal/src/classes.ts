import type { Appraisal, Score, ThreatClass } from '@vedette/contracts';
import { THREAT_CLASSES } from '@vedette/contracts/vocabulary';
import { totalOf } from './score.ts';

/**
 * Classes that accuse somebody. They are named only where the rules that carry them weigh enough: an app that records calls on request has one part of spyware, and to call it
 * that would wear the word out. All other classes describe, and one rule carries them.
 */
const ACCUSING: ReadonlySet<ThreatClass> = new Set([
  'trojan',
  'spyware',
  'surveillance',
  'dropper',
  'adware',
  'ransomware',
  'backdoor',
  'toll-fraud',
  'click-fraud',
  'root-enabler',
]);

/** What the rules that carry an accusing class must weigh together on the axis `malice`. */
export const CLASS_FROM = 12;

/** What carries a class: the ids of the rules that fired and name it. */
export type NamedClass = Appraisal['classes'][number];

/** Each class once, in the order of the contract, with the rules that carry it; without those that are named on too little. */
export function classesOf(
  fired: readonly { readonly id: string; readonly classes: readonly ThreatClass[] }[],
  malice: Score,
): NamedClass[] {
  const all = THREAT_CLASSES.map((name) => ({
    class: name,
    ruleIds: fired.filter(({ classes }) => classes.includes(name)).map(({ id }) => id),
  }));
  return carriedClasses(all, malice);
}

/** Those classes that still have rules, and weight enough on the axis as it is. */
export function carriedClasses(classes: readonly NamedClass[], malice: Score): NamedClass[] {
  return classes.filter(({ class: name, ruleIds }) => {
    if (!ACCUSING.has(name)) return ruleIds.length > 0;
    return totalOf(malice.parts.filter(({ ruleId }) => ruleIds.includes(ruleId))) >= CLASS_FROM;
  });
}
