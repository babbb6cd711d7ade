import { besides, CALLS, ownCalls } from '../../call-groups.ts';
import { atCall } from '../../evidence.ts';
import { asksFor, requested } from '../../manifest-queries.ts';
import { hit, type Rule } from '../../rule.ts';

/** One class asks which app is in front and opens a window; the permission to draw over others is there. */
export const overlayOnForeignApp: Rule = {
  id: 'android.behaviour.overlay-on-foreign-app',
  version: 2,
  title: 'One class looks which app is in front and opens a window over it',
  why: 'This is how a false sign-in page is laid over a bank’s app. App locks work the same way.',
  remedy: 'Check what the window shows. Take the permission to draw over other apps away.',
  severity: 'high',
  kind: 'behaviour',
  needs: ['manifest', 'code'],
  malice: { base: 14 },
  dataRisk: { base: 6 },
  classes: ['trojan'],
  mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1417.002', 'T1424'] },
  run(image, ctx) {
    if (!asksFor(image, 'SYSTEM_ALERT_WINDOW')) return null;
    const watches = ownCalls(ctx, CALLS.watchesForeground);
    const windows = ownCalls(ctx, CALLS.addsWindow);
    const together = besides(windows, watches);
    if (together.length === 0) return null;
    return hit([
      ...besides(watches, windows).map((call) => atCall(call, 'asks which app is in front')),
      ...together.map((call) => atCall(call, 'opens a window, in the same class')),
      ...requested(image, ['SYSTEM_ALERT_WINDOW'], 'lets the app draw over other apps'),
    ]);
  },
};
