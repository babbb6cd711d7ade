import { CALLS, ownCalls } from '../../call-groups.ts';
import { atCall, inManifest } from '../../evidence.ts';
import { asksFor, bootReceivers, guardedBy, requested } from '../../manifest-queries.ts';
import { hit, type Rule } from '../../rule.ts';

/** Device administrator, starts with the phone, draws over other apps, and locks or sets the password: the set that screen lockers use. */
export const deviceLock: Rule = {
  id: 'android.behaviour.device-lock',
  version: 2,
  title: 'The app has the means to lock the owner out',
  why: 'It can become administrator, lock the phone or set its password, come back after a restart, and cover the screen. Extortion works like this; management agents do not cover the screen.',
  remedy: 'Do not make it administrator. If it is one, remove that in safe mode.',
  severity: 'high',
  kind: 'behaviour',
  needs: ['manifest', 'code'],
  malice: { base: 14 },
  classes: ['ransomware'],
  mappings: { masvs: ['MASVS-PLATFORM-1'], attack: ['T1629.002', 'T1626.001'] },
  run(image, ctx) {
    const admins = guardedBy(image, 'BIND_DEVICE_ADMIN');
    const boot = bootReceivers(image);
    if (admins.length === 0 || boot.length === 0 || !asksFor(image, 'SYSTEM_ALERT_WINDOW')) return null;
    const locks = ownCalls(ctx, CALLS.locksDevice);
    if (locks.length === 0) return null;
    return hit([
      ...locks.map((call) => atCall(call, 'locks the phone or sets its password')),
      ...admins.map(({ element }) => inManifest(element, 'can become device administrator', 'name')),
      ...boot.map(({ element }) => inManifest(element, 'runs when the phone starts', 'name')),
      ...requested(image, ['SYSTEM_ALERT_WINDOW'], 'covers the screen'),
    ]);
  },
};
