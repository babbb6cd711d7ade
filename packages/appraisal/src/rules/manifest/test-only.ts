import { inManifest } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: `android:testOnly` of `<application>`, Android manifest reference: such an APK installs through adb only. */
export const testOnly: Rule = {
  id: 'android.manifest.test-only',
  version: 1,
  title: 'The app is marked as for tests only',
  why: 'Such a package installs through a debugging connection only: on a phone in use it did not come from a store or from device management.',
  remedy: 'Distribute the release build. On a device, ask how the app got there.',
  severity: 'medium',
  kind: 'weakness',
  needs: ['manifest'],
  dataRisk: { base: 10 },
  classes: ['test-build'],
  mappings: { masvs: ['MASVS-RESILIENCE-4'], cwe: ['CWE-489'] },
  run(image) {
    if (image.manifest?.testOnly !== true || image.manifest.application === null) return null;
    return hit([inManifest(image.manifest.application, 'installs through adb only', 'testOnly')]);
  },
};
