import { inManifest } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/**
 * A permission of the app's own that guards an exported component but is given to whoever asks.
 * Source: `android:protectionLevel` of `<permission>`: absent or `normal` is granted at installation without a word.
 */
export const weakPermission: Rule = {
  id: 'android.component.weak-permission',
  version: 1,
  title: 'A component is guarded by a permission that every app gets',
  why: 'The permission looks like a lock, but its level is normal or dangerous: another app gets it for the asking.',
  remedy: 'Declare the permission with android:protectionLevel="signature".',
  severity: 'low',
  kind: 'weakness',
  needs: ['manifest'],
  dataRisk: { base: 5, step: 1, max: 9 },
  classes: ['vulnerability'],
  mappings: { masvs: ['MASVS-PLATFORM-1'], cwe: ['CWE-732', 'CWE-926'] },
  run(image) {
    const weak = new Map(
      (image.manifest?.declaredPermissions ?? [])
        .filter(({ protectionLevel }) =>
          /^(?:|0|0x0+|normal|1|0x0*1|dangerous)$/i.test(protectionLevel.split('|')[0] ?? ''),
        )
        .map(({ name, element }) => [name, element]),
    );
    return hit(
      (image.manifest?.components ?? []).flatMap(({ exported, enabled, permission, element }) => {
        if (!exported || !enabled || permission === null) return [];
        const declared = weak.get(permission);
        return declared === undefined
          ? []
          : [inManifest(element, `guarded by ${permission}, which any app can have`, 'permission')];
      }),
    );
  },
};
