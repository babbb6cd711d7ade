import { attributeOf } from '../../evidence.ts';
import { exportedEvidence, openComponents } from '../../open-components.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: `android:exported` and `android:permission` of `<provider>`; a permission for reading or writing alone counts as one. */
export const exportedProvider: Rule = {
  id: 'android.component.exported-provider',
  version: 1,
  title: 'Every app can reach a content provider',
  why: 'A content provider serves data or files. Without a permission any app on the phone can query it, and can try paths and SQL it was not meant for.',
  remedy: 'Set android:exported="false", or ask for a permission of protection level signature.',
  severity: 'medium',
  kind: 'weakness',
  needs: ['manifest'],
  dataRisk: { base: 8, step: 3, max: 17 },
  classes: ['vulnerability'],
  mappings: { masvs: ['MASVS-PLATFORM-1'], cwe: ['CWE-926'] },
  run(image) {
    const open = openComponents(image, 'provider').filter(
      ({ element }) =>
        attributeOf(element, 'readPermission') === undefined && attributeOf(element, 'writePermission') === undefined,
    );
    return hit(open.map(exportedEvidence));
  },
};
