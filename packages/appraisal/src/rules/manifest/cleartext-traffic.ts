import { inManifest } from '../../evidence.ts';
import { asksFor } from '../../manifest-queries.ts';
import { hit, type Rule } from '../../rule.ts';

/**
 * Source: Android network security configuration. Without a configuration file `android:usesCleartextTraffic` decides; its default is
 * true for a target SDK up to 27. From API level 24 a configuration file overrides the attribute, so with one this rule is silent.
 */
export const cleartextTraffic: Rule = {
  id: 'android.manifest.cleartext-traffic',
  version: 1,
  title: 'Unencrypted connections are allowed',
  why: 'Whoever shares the Wi-Fi, or runs it, can read and change what the app sends and receives over plain HTTP.',
  remedy:
    'Set android:usesCleartextTraffic="false", or name the few hosts that need it in a network security configuration. Target SDK 28 or later.',
  severity: 'medium',
  kind: 'weakness',
  needs: ['manifest'],
  dataRisk: { base: 12 },
  classes: ['vulnerability', 'data-leak'],
  mappings: { masvs: ['MASVS-NETWORK-1'], cwe: ['CWE-319'] },
  run(image) {
    const manifest = image.manifest;
    if (manifest === null || manifest.application === null || !asksFor(image, 'INTERNET')) return null;
    if (manifest.networkSecurityConfig !== null && (manifest.targetSdk ?? 0) >= 24) return null;
    if (manifest.usesCleartextTraffic === false) return null;
    if (manifest.usesCleartextTraffic === true) {
      return hit([inManifest(manifest.application, 'cleartext is allowed for all hosts', 'usesCleartextTraffic')]);
    }
    if (manifest.targetSdk === null || manifest.targetSdk >= 28) return null;
    const note = `target SDK ${manifest.targetSdk}: the platform allows cleartext unless the app forbids it`;
    return hit([inManifest(manifest.application, note)], { severity: 'low', share: 0.75 });
  },
};
