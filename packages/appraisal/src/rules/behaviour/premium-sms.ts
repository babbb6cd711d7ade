import { CALLS } from '../../call-groups.ts';
import { callsWithString } from '../../call-with-string.ts';
import { atString } from '../../evidence.ts';
import { asksFor } from '../../manifest-queries.ts';
import { hit, type Rule } from '../../rule.ts';

/** Short codes have three to six digits (ITU-T E.164 leaves them to the national plans); emergency numbers are not among the finds. */
export const premiumSms: Rule = {
  id: 'android.behaviour.premium-sms',
  version: 2,
  title: 'The app sends text messages to a short number written in its code',
  why: 'Short numbers charge by the message. A number that is fixed in the code was not chosen by the owner.',
  remedy: 'Remove the app, and have premium numbers blocked by the carrier.',
  severity: 'high',
  kind: 'behaviour',
  needs: ['manifest', 'code'],
  malice: { base: 25, step: 3, max: 34 },
  classes: ['toll-fraud', 'trojan'],
  mappings: { masvs: ['MASVS-PLATFORM-1'], attack: ['T1582', 'T1643'] },
  run(image, ctx) {
    if (!asksFor(image, 'SEND_SMS')) return null;
    const sends = callsWithString(
      ctx,
      CALLS.sendsSms,
      (value) => /^\d{3,6}$/.test(value) && !/^(?:110|112|911|999)$/.test(value),
    );
    return hit(sends.map(({ string }) => atString(string, 'a short number, right before a message is sent')));
  },
};
