import type { Evidence } from '@vedette/contracts';
import { CALLS, ownCalls } from '../../call-groups.ts';
import { atCall, atSite, atString } from '../../evidence.ts';
import { libraryOf } from '../../library.ts';
import { asksFor, bootReceivers, guardedBy } from '../../manifest-queries.ts';
import { hit, type Rule } from '../../rule.ts';
import type { RuleContext } from '../../rule-context.ts';

/** One kind of watching: the app may do it, and its own code does. */
interface Watch {
  may(ctx: RuleContext): boolean;
  does(ctx: RuleContext): readonly Evidence[];
}

const reads = (ctx: RuleContext, address: RegExp, note: string): readonly Evidence[] =>
  ctx
    .stringLoads((value) => address.test(value))
    .filter((site) => libraryOf(site.class) === null)
    .map((site) => atString(site, note));

const WATCHES: readonly Watch[] = [
  {
    may: ({ image }) => asksFor(image, 'READ_SMS', 'RECEIVE_SMS'),
    does: (ctx) => [
      ...reads(ctx, /^content:\/\/(?:mms-)?sms(?:$|\/)/, 'reads text messages'),
      ...ownCalls(ctx, CALLS.readsIncomingSms).map((call) => atCall(call, 'reads text messages')),
    ],
  },
  {
    may: ({ image }) => asksFor(image, 'READ_CALL_LOG'),
    does: (ctx) => reads(ctx, /^content:\/\/call_log(?:$|\/)/, 'reads the call log'),
  },
  {
    may: ({ image }) => asksFor(image, 'READ_CONTACTS'),
    does: (ctx) => reads(ctx, /^content:\/\/(?:com\.android\.contacts|contacts)(?:$|\/)/, 'reads the contacts'),
  },
  {
    may: ({ image }) => asksFor(image, 'ACCESS_BACKGROUND_LOCATION', 'ACCESS_FINE_LOCATION'),
    does: (ctx) => ownCalls(ctx, CALLS.tracksLocation).map((call) => atCall(call, 'follows the location')),
  },
  {
    may: ({ image }) => asksFor(image, 'RECORD_AUDIO'),
    does: (ctx) => ownCalls(ctx, CALLS.records).map((call) => atCall(call, 'records sound')),
  },
  {
    may: ({ image }) => asksFor(image, 'CAMERA'),
    does: (ctx) => ownCalls(ctx, CALLS.takesPictures).map((call) => atCall(call, 'takes pictures')),
  },
  {
    may: ({ image }) => guardedBy(image, 'BIND_NOTIFICATION_LISTENER_SERVICE').length > 0,
    does: ({ image }) =>
      image.code
        .overrides('android.service.notification.NotificationListenerService', 'onNotificationPosted')
        .map(({ site }) => atSite(site, 'reads notifications')),
  },
  {
    may: ({ image }) => guardedBy(image, 'BIND_ACCESSIBILITY_SERVICE').length > 0,
    does: ({ image }) =>
      image.code
        .overrides('android.accessibilityservice.AccessibilityService', 'onAccessibilityEvent')
        .map(({ site }) => atSite(site, 'reads the screen')),
  },
];

const ENOUGH = 4;

/** At least four kinds of watching, each permitted and present in the app's own code, in an app that starts with the phone and is online. */
export const surveillanceSet: Rule = {
  id: 'android.behaviour.surveillance-set',
  version: 1,
  title: 'The app watches the owner in many ways at once, from the start of the phone',
  why: 'Messages, calls, location, sound: a single one has many honest uses, so many together have few. Apps for parents and stalkerware are built like this.',
  remedy: 'Make sure that the person who carries the phone knows the app and agreed to it.',
  severity: 'high',
  kind: 'behaviour',
  needs: ['manifest', 'code'],
  malice: { base: 22 },
  dataRisk: { base: 15 },
  classes: ['surveillance', 'spyware'],
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1430', 'T1429', 'T1636.004', 'T1646'] },
  run(image, ctx) {
    if (!asksFor(image, 'INTERNET') || bootReceivers(image).length === 0) return null;
    const found = WATCHES.filter((watch) => watch.may(ctx))
      .map((watch) => watch.does(ctx))
      .filter((evidence) => evidence.length > 0);
    if (found.length < ENOUGH) return null;
    // One of each kind first, so that all kinds are to be seen among the ten that are shown.
    return hit([
      ...found.flatMap((evidence) => evidence.slice(0, 1)),
      ...found.flatMap((evidence) => evidence.slice(1)),
    ]);
  },
};
