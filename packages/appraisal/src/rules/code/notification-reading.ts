import { atCall, atSite } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

const LISTENER = 'android.service.notification.NotificationListenerService';

/** A listener that also dismisses notifications can swallow a one-time code before the owner sees it. */
export const notificationReading: Rule = {
  id: 'android.code.notification-reading',
  version: 1,
  title: 'The app reads the notifications of other apps',
  why: 'Messages and one-time codes pass through notifications. One that is read and dismissed at once is never seen by the owner.',
  remedy: 'Switch the listener on only where the app’s purpose needs it, such as a watch.',
  severity: 'low',
  kind: 'behaviour',
  needs: ['code'],
  malice: { base: 2, step: 1, max: 4, inLibrary: 1 },
  dataRisk: { base: 4, inLibrary: 2 },
  classes: [],
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1517'] },
  run(image, ctx) {
    const readers = image.code.overrides(LISTENER, 'onNotificationPosted');
    if (readers.length === 0) return null;
    const classes = new Set(readers.map(({ site }) => site.class));
    const dismissing = ctx
      .calls({ name: 'cancelNotification' }, { name: 'cancelAllNotifications' })
      .filter((call) => classes.has(call.class));
    return hit([
      ...readers.map(({ site }) => atSite(site, 'is called with every notification')),
      ...dismissing.map((call) => atCall(call, 'dismisses a notification')),
    ]);
  },
};
