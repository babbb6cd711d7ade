import type { Evidence } from '@vedette/contracts';
import { CALLS, ownCalls } from '../../call-groups.ts';
import { atCall, atSite, atString } from '../../evidence.ts';
import { libraryOf } from '../../library.ts';
import { asksFor, guardedBy } from '../../manifest-queries.ts';
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

/** All kinds of watching that rules count. */
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

/**
 * The kinds of watching that an app may do and does, one list of evidence for each kind. One place of each kind comes first in `gatherWatches`, so that all kinds are to be
 * seen among the few that are shown.
 */
export function watchesOf(ctx: RuleContext): readonly (readonly Evidence[])[] {
  return WATCHES.filter((watch) => watch.may(ctx))
    .map((watch) => watch.does(ctx))
    .filter((evidence) => evidence.length > 0);
}

/** One list out of many, the first of each kind before the second of any. */
export function gatherWatches(found: readonly (readonly Evidence[])[]): readonly Evidence[] {
  return [...found.flatMap((evidence) => evidence.slice(0, 1)), ...found.flatMap((evidence) => evidence.slice(1))];
}
