import { inFile } from '../../evidence.ts';
import { asksFor, guardedBy } from '../../manifest-queries.ts';
import { hit, type Rule } from '../../rule.ts';

/** Names that people know from the platform and its maker's apps, as they appear under the icon. */
const SYSTEM_NAMES =
  /^(?:google play(?: services| store| protect)?|play (?:store|protect|services)|android (?:system|update|security|service)s?|system (?:update|service|settings|ui)s?|(?:software|security|firmware) update|settings|chrome|google chrome|flash player|adobe flash player|device (?:care|health|security)|sim toolkit|wi-?fi (?:service|settings))$/i;
/** Makers of systems and of the apps named above. A name of a package proves nothing, but who borrows it too is caught by the signature's other rules. */
const SYSTEM_PACKAGES =
  /^(?:android|com\.(?:android|google|samsung|sec|huawei|hihonor|xiaomi|miui|oppo|coloros|vivo|oneplus|motorola|sonymobile|lge|adobe))(?:\.|$)/;

const POWERS = [
  'SYSTEM_ALERT_WINDOW',
  'RECEIVE_SMS',
  'READ_SMS',
  'REQUEST_INSTALL_PACKAGES',
  'READ_CONTACTS',
  'RECORD_AUDIO',
];
const GUARDS = ['BIND_ACCESSIBILITY_SERVICE', 'BIND_DEVICE_ADMIN', 'BIND_NOTIFICATION_LISTENER_SERVICE'];

export const borrowedName: Rule = {
  id: 'android.behaviour.borrowed-name',
  version: 1,
  title: 'The app calls itself like a part of the system, is no such part, and asks for far-reaching powers',
  why: 'Nobody removes, or refuses anything to, what looks like the system. Launchers and themes rename icons, and need none of these powers.',
  remedy: 'Remove the app.',
  severity: 'high',
  kind: 'behaviour',
  needs: ['manifest'],
  malice: { base: 16 },
  classes: ['trojan'],
  mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1655.001'] },
  run(image) {
    const { manifest } = image;
    const label = manifest?.label?.trim() ?? '';
    if (manifest === null || !SYSTEM_NAMES.test(label) || SYSTEM_PACKAGES.test(manifest.package)) return null;
    const powers = [
      ...POWERS.filter((permission) => asksFor(image, permission)),
      ...GUARDS.filter((permission) => guardedBy(image, permission).length > 0),
    ];
    if (powers.length === 0) return null;
    return hit([
      inFile('AndroidManifest.xml', `${manifest.package} calls itself “${label}” and has: ${powers.join(', ')}`),
    ]);
  },
};
