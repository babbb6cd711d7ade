import { ownCalls } from '../../call-groups.ts';
import { atCall, inManifest } from '../../evidence.ts';
import { asksFor, guardedBy, requested } from '../../manifest-queries.ts';
import { hit, type Rule } from '../../rule.ts';
import { ACCESSIBILITY_ACTIONS } from '../code/accessibility-actions.ts';

/** The tool set of banking trojans, all four parts: an accessibility service that acts, windows over other apps, knowledge of them, and a way out. */
export const accessibilityTakeover: Rule = {
  id: 'android.behaviour.accessibility-takeover',
  version: 2,
  title: 'The app has the means to take the phone over: it can see, cover and operate other apps',
  why: 'Together these let it show a false page over a bank’s app, read the code that arrives, and confirm a transfer. Apps for remote help have the same means and say so.',
  remedy: 'Allow it only if the company itself uses it for remote help.',
  severity: 'high',
  kind: 'behaviour',
  needs: ['manifest', 'code'],
  malice: { base: 14 },
  dataRisk: { base: 10 },
  classes: ['trojan', 'riskware'],
  mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1453', 'T1516', 'T1417.002'] },
  run(image, ctx) {
    const services = guardedBy(image, 'BIND_ACCESSIBILITY_SERVICE');
    if (services.length === 0 || !asksFor(image, 'SYSTEM_ALERT_WINDOW') || !asksFor(image, 'INTERNET')) return null;
    const knows = ['QUERY_ALL_PACKAGES', 'PACKAGE_USAGE_STATS', 'REQUEST_INSTALL_PACKAGES', 'REQUEST_DELETE_PACKAGES'];
    if (!asksFor(image, ...knows)) return null;
    const acts = ownCalls(ctx, ACCESSIBILITY_ACTIONS);
    if (acts.length === 0) return null;
    return hit([
      ...services.map(({ element }) => inManifest(element, 'sees the screen of other apps', 'name')),
      ...requested(image, ['SYSTEM_ALERT_WINDOW'], 'covers other apps'),
      ...requested(image, knows, 'knows, installs or removes other apps'),
      ...acts.map((call) => atCall(call, 'operates other apps')),
    ]);
  },
};
