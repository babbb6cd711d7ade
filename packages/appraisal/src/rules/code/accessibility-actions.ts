import { atCall } from '../../evidence.ts';
import { guardedBy } from '../../manifest-queries.ts';
import { hit, type Rule } from '../../rule.ts';
import { isInLibrary } from '../../weigh.ts';

/** Calls by which an accessibility service acts in the owner's place. User interface libraries call `performAction` on their own nodes, so they are left out. */
export const ACCESSIBILITY_ACTIONS = [
  { name: 'performGlobalAction', descriptor: '(I)Z' },
  { class: 'android.accessibilityservice.AccessibilityService', name: 'dispatchGesture' },
  { class: 'android.view.accessibility.AccessibilityNodeInfo', name: 'performAction' },
] as const;

export const accessibilityActions: Rule = {
  id: 'android.code.accessibility-actions',
  version: 1,
  title: 'The app can tap and type in other apps',
  why: 'Through its accessibility service it acts in the owner’s place: it can grant itself permissions, confirm a transfer, or keep itself from being removed.',
  remedy: 'Switch the service on only for an app that helps a person to use the phone.',
  severity: 'medium',
  kind: 'behaviour',
  needs: ['code', 'manifest'],
  malice: { base: 8 },
  dataRisk: { base: 6 },
  classes: ['riskware'],
  mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1453', 'T1516'] },
  run(image, ctx) {
    if (guardedBy(image, 'BIND_ACCESSIBILITY_SERVICE').length === 0) return null;
    const calls = ctx.calls(...ACCESSIBILITY_ACTIONS).map((call) => atCall(call, 'acts in the owner’s place'));
    return hit(calls.filter((call) => !isInLibrary(call)));
  },
};
