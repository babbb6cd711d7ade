import { ownCalls } from '../../call-groups.ts';
import { atCall, attributeOf, inManifest } from '../../evidence.ts';
import { asksFor, handling, SMS_RECEIVED } from '../../manifest-queries.ts';
import { hit, type Rule } from '../../rule.ts';

/**
 * A receiver of text messages that stops them on their way: `abortBroadcast` in a class that receives SMS_RECEIVED.
 * The platform ignores it since Android 4.4 for all but the default messaging app; the intent remains what it is.
 */
export const smsSwallowing: Rule = {
  id: 'android.behaviour.sms-swallowing',
  version: 2,
  title: 'The app intercepts text messages and hides them from the owner',
  why: 'A one-time code or a notice of the bank arrives, is read by the app, and never reaches the inbox.',
  remedy: 'Remove the app, and change passwords that were confirmed by text message.',
  severity: 'high',
  kind: 'behaviour',
  needs: ['manifest', 'code'],
  malice: { base: 30 },
  dataRisk: { base: 10 },
  classes: ['trojan', 'spyware'],
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1636.004', 'T1582'] },
  run(image, ctx) {
    const receivers = handling(image, SMS_RECEIVED).filter(({ kind }) => kind === 'receiver');
    if (receivers.length === 0 || !asksFor(image, 'RECEIVE_SMS')) return null;
    const names = new Set(receivers.map(({ name }) => name));
    const aborts = ownCalls(ctx, [{ name: 'abortBroadcast', descriptor: '()V' }]).filter((call) =>
      names.has(call.class),
    );
    if (aborts.length === 0) return null;
    return hit([
      ...aborts.map((call) => atCall(call, 'stops the message on its way to the inbox')),
      ...receivers.map(({ element }) => {
        const priority = element.children
          .map((filter) => attributeOf(filter, 'priority'))
          .find((value) => value !== undefined);
        return inManifest(
          element,
          `receives text messages${priority === undefined ? '' : ` with priority ${priority}`}`,
          'name',
        );
      }),
    ]);
  },
};
