import { CALLS, ownCalls } from '../../call-groups.ts';
import { atCall, inManifest } from '../../evidence.ts';
import { bootReceivers, guardedBy, launchers } from '../../manifest-queries.ts';
import { hit, type Rule } from '../../rule.ts';

const SHARE_WITH_ICON = 0.7;

/** Starts with the phone, can become administrator, and has no icon or can take it away: hard to notice, hard to remove. */
export const hiddenAdmin: Rule = {
  id: 'android.behaviour.hidden-admin',
  version: 2,
  title: 'The app can make itself administrator and stay out of sight',
  why: 'An administrator cannot be removed before it is switched off, and what has no icon is not looked for. Stalkerware and trojans combine the two.',
  remedy: 'Look under device administrators in the settings, switch it off there, and remove it.',
  severity: 'high',
  kind: 'behaviour',
  needs: ['manifest', 'code'],
  malice: { base: 20 },
  classes: ['surveillance', 'trojan'],
  mappings: { masvs: ['MASVS-PLATFORM-1'], attack: ['T1626.001', 'T1628.001', 'T1629.001'] },
  run(image, ctx) {
    const admins = guardedBy(image, 'BIND_DEVICE_ADMIN');
    const boot = bootReceivers(image);
    if (admins.length === 0 || boot.length === 0) return null;
    const switches = ownCalls(ctx, CALLS.switchesComponents);
    if (launchers(image).length > 0 && switches.length === 0) return null;
    const evidence = [
      ...switches.map((call) => atCall(call, 'can take the icon away')),
      ...admins.map(({ element }) => inManifest(element, 'can become device administrator', 'name')),
      ...boot.map(({ element }) => inManifest(element, 'runs when the phone starts', 'name')),
    ];
    // Apps that lock others, and vaults, take their icon away on request; those that never had one were not meant to be seen.
    return hit(evidence, launchers(image).length > 0 ? { share: SHARE_WITH_ICON } : {});
  },
};
