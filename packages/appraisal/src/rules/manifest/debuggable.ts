import { inManifest } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: `android:debuggable` of `<application>`, Android manifest reference. */
export const debuggable: Rule = {
  id: 'android.manifest.debuggable',
  version: 1,
  title: 'The app is a debug build',
  why: 'Anyone who holds the unlocked phone with USB debugging can attach to the app, read its memory and its private files, and run code in its name.',
  remedy: 'Distribute the release build. Build tools set android:debuggable to false there; do not write it by hand.',
  severity: 'high',
  kind: 'weakness',
  needs: ['manifest'],
  dataRisk: { base: 30 },
  classes: ['test-build', 'vulnerability'],
  mappings: { masvs: ['MASVS-RESILIENCE-4'], cwe: ['CWE-489'] },
  run(image) {
    if (image.manifest?.debuggable !== true || image.manifest.application === null) return null;
    return hit([inManifest(image.manifest.application, 'debugging is switched on', 'debuggable')]);
  },
};
