import { asksFor, bootReceivers } from '../../manifest-queries.ts';
import { hit, type Rule } from '../../rule.ts';
import { gatherWatches, watchesOf } from './watches.ts';

const ENOUGH = 4;

/** At least four kinds of watching, each permitted and present in the app's own code, in an app that starts with the phone and is online. */
export const surveillanceSet: Rule = {
  id: 'android.behaviour.surveillance-set',
  version: 2,
  title: 'The app watches the owner in many ways at once, from the start of the phone',
  why: 'Messages, calls, location, sound: a single one has many honest uses, so many together have few. Apps for parents and stalkerware are built like this.',
  remedy: 'Make sure that the person who carries the phone knows the app and agreed to it.',
  severity: 'high',
  kind: 'behaviour',
  needs: ['manifest', 'code'],
  malice: { base: 14 },
  dataRisk: { base: 15 },
  classes: ['surveillance', 'spyware'],
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1430', 'T1429', 'T1636.004', 'T1646'] },
  run(image, ctx) {
    if (!asksFor(image, 'INTERNET') || bootReceivers(image).length === 0) return null;
    const found = watchesOf(ctx);
    return found.length < ENOUGH ? null : hit(gatherWatches(found));
  },
};
