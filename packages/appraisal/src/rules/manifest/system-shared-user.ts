import { inManifest } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: `android:sharedUserId` of `<manifest>`: `android.uid.system` runs with the identity of the system server. */
export const systemSharedUser: Rule = {
  id: 'android.manifest.system-shared-user',
  version: 1,
  title: 'The app wants to run under a system identity',
  why: 'With the identity of the system, the phone or the shell it is above the permissions that protect other apps. It installs only where its signer is the firmware, or where that signer leaked its key.',
  remedy: 'Expect this in firmware only. Elsewhere remove the app, and find out which key signed it.',
  severity: 'high',
  kind: 'declaration',
  needs: ['manifest'],
  malice: { base: 10 },
  dataRisk: { base: 15 },
  classes: ['riskware'],
  mappings: { masvs: ['MASVS-PLATFORM-1'], cwe: ['CWE-250'], attack: ['T1626'] },
  run(image) {
    const root = image.manifest?.root;
    const user = root?.attributes.find((attribute) => attribute.name === 'sharedUserId');
    if (root === undefined || user === undefined) return null;
    if (!/^android\.uid\.(?:system|phone|shell|bluetooth|nfc|log)$/.test(user.value)) return null;
    return hit([inManifest(root, 'shares the user id of the system', 'sharedUserId')]);
  },
};
