import { CALLS, ownCalls } from '../../call-groups.ts';
import { near } from '../../callers.ts';
import { atCall, inManifest } from '../../evidence.ts';
import { asksFor, handling, SMS_RECEIVED } from '../../manifest-queries.ts';
import { hit, type Rule } from '../../rule.ts';

/** One class reads incoming messages and also sends messages or talks to the network. Nearness, not data flow: the title says no more. */
export const smsForwarding: Rule = {
  id: 'android.behaviour.sms-forwarding',
  version: 2,
  title: 'One class, with what it calls, reads incoming text messages and sends data out',
  why: 'This is how one-time codes leave the phone. Apps that confirm a number by text message read messages too, but do not pass them on.',
  remedy: 'Find out what is sent. Remove the app if its purpose is not messaging.',
  severity: 'high',
  kind: 'behaviour',
  needs: ['manifest', 'code'],
  malice: { base: 20 },
  dataRisk: { base: 10 },
  classes: ['spyware', 'trojan'],
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1636.004', 'T1646', 'T1582'] },
  run(image, ctx) {
    const receivers = handling(image, SMS_RECEIVED);
    if (receivers.length === 0 || !asksFor(image, 'RECEIVE_SMS')) return null;
    const reads = ownCalls(ctx, CALLS.readsIncomingSms);
    const sends = ownCalls(ctx, [...CALLS.sendsSms, ...CALLS.network]);
    const together = near(ctx, sends, reads);
    if (together.length === 0) return null;
    return hit([
      ...near(ctx, reads, sends).map((call) => atCall(call, 'reads an incoming message')),
      ...together.map((call) => atCall(call, 'sends, from the same class or called by it')),
      ...receivers.map(({ element }) => inManifest(element, 'receives text messages', 'name')),
    ]);
  },
};
