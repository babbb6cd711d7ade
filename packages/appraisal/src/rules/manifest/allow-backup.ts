import { attributeOf, inManifest } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/**
 * Source: `android:allowBackup` and Android 12 behaviour changes: for target SDK 31 and later `adb backup` leaves the data of apps
 * that are not debuggable out, so this speaks of lower targets only. Rules that restrict the backup silence it.
 */
export const allowBackup: Rule = {
  id: 'android.manifest.allow-backup',
  version: 1,
  title: 'Private data can be copied out by backup',
  why: 'With USB debugging on, `adb backup` copies the private files of the app, sessions and tokens included, without root.',
  remedy:
    'Set android:allowBackup="false", or exclude secrets with android:fullBackupContent and android:dataExtractionRules. Target SDK 31 or later.',
  severity: 'low',
  kind: 'weakness',
  needs: ['manifest'],
  dataRisk: { base: 6 },
  classes: ['data-leak'],
  mappings: { masvs: ['MASVS-STORAGE-2'], cwe: ['CWE-530'], attack: ['T1409'] },
  run(image) {
    const manifest = image.manifest;
    if (manifest === null || manifest.application === null || manifest.allowBackup === false) return null;
    if (manifest.targetSdk === null || manifest.targetSdk >= 31) return null;
    if (attributeOf(manifest.application, 'fullBackupContent') !== undefined) return null;
    const declared = manifest.allowBackup === true;
    const note = declared
      ? 'backup is allowed'
      : `target SDK ${manifest.targetSdk}: backup is allowed unless the app forbids it`;
    return hit([inManifest(manifest.application, note, declared ? 'allowBackup' : undefined)]);
  },
};
