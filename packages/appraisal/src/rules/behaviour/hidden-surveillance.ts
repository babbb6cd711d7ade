import { CALLS, ownCalls } from '../../call-groups.ts';
import { atCall, inFile } from '../../evidence.ts';
import { asksFor, launchers } from '../../manifest-queries.ts';
import { hit, type Rule } from '../../rule.ts';
import { gatherWatches, watchesOf } from './watches.ts';

/** Fewer kinds than in the open: hiding says that the owner is not to know. */
const ENOUGH = 3;
/** So many kinds without any icon have no honest use. */
const DECISIVE = 4;
const SHARE_OF_FEWER = 2 / 3;

/** At least three kinds of watching in an online app that has no icon, or whose code can take it away; full weight for four and no icon. */
export const hiddenSurveillance: Rule = {
  id: 'android.behaviour.hidden-surveillance',
  version: 1,
  title: 'The app watches the owner in several ways, and has no icon or can take it away',
  why: 'Who watches with consent need not hide. This is how stalkerware is built.',
  remedy:
    'Get advice before removing it: whoever put it there may notice. Then remove it, and change passwords from another device.',
  severity: 'critical',
  kind: 'behaviour',
  needs: ['manifest', 'code'],
  malice: { base: 36 },
  dataRisk: { base: 10 },
  classes: ['surveillance', 'spyware'],
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1628.001', 'T1430', 'T1636'] },
  run(image, ctx) {
    if (image.manifest === null || !asksFor(image, 'INTERNET')) return null;
    const switches = ownCalls(ctx, CALLS.switchesComponents);
    const noIcon = launchers(image).length === 0;
    if (!noIcon && switches.length === 0) return null;
    const found = watchesOf(ctx);
    if (found.length < ENOUGH) return null;
    const evidence = [
      ...switches.slice(0, 1).map((call) => atCall(call, 'can take the icon away')),
      ...(noIcon ? [inFile('AndroidManifest.xml', 'no component appears on the home screen')] : []),
      ...gatherWatches(found),
    ];
    return hit(evidence, noIcon && found.length >= DECISIVE ? {} : { share: SHARE_OF_FEWER });
  },
};
