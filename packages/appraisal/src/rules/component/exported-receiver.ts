import { exportedEvidence, openComponents } from '../../open-components.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: `android:exported` and `android:permission` of `<receiver>`. Receivers of protected system broadcasts are left out. */
export const exportedReceiver: Rule = {
  id: 'android.component.exported-receiver',
  version: 1,
  title: 'Every app can send messages to a receiver',
  why: 'Any app on the phone can forge the broadcasts this receiver trusts.',
  remedy: 'Set android:exported="false", or ask for a permission of protection level signature.',
  severity: 'low',
  kind: 'weakness',
  needs: ['manifest'],
  dataRisk: { base: 2, step: 0.5, max: 5 },
  classes: ['vulnerability'],
  mappings: { masvs: ['MASVS-PLATFORM-1'], cwe: ['CWE-926'] },
  run(image) {
    return hit(openComponents(image, 'receiver').map(exportedEvidence));
  },
};
