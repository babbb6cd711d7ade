import { inManifest } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/**
 * Source: Android behaviour changes per API level. Below 23 every permission is granted at installation; Android 14 refuses to install
 * below 23 and Android 15 below 24, which is why malware that keeps the target down shows up on older phones.
 */
export const lowTargetSdk: Rule = {
  id: 'android.manifest.low-target-sdk',
  version: 1,
  title: 'The app targets an old Android and so escapes newer protections',
  why: 'The platform switches protections off for apps that target an old version: below 23 all permissions are granted without asking, below 28 cleartext is allowed, below 30 other apps are visible.',
  remedy: 'Raise android:targetSdkVersion to what stores demand today and test against it.',
  severity: 'low',
  kind: 'weakness',
  needs: ['manifest'],
  malice: { base: 8 },
  dataRisk: { base: 12 },
  classes: ['vulnerability'],
  mappings: { masvs: ['MASVS-CODE-1'], cwe: ['CWE-1104'] },
  run(image) {
    const target = image.manifest?.targetSdk ?? null;
    if (image.manifest === null || target === null || target >= 29) return null;
    const uses = image.manifest.root.children.find((child) => child.name === 'uses-sdk') ?? image.manifest.root;
    if (target < 23) {
      const note = `target SDK ${target}: permissions are granted at installation`;
      return hit([inManifest(uses, note, 'targetSdkVersion')], { severity: 'medium' });
    }
    return hit([inManifest(uses, `target SDK ${target}`, 'targetSdkVersion')], { share: 0.25 });
  },
};
