import { exportedEvidence, openComponents } from '../../open-components.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: `android:exported` and `android:permission` of `<service>`. Services that answer system actions only are left out. */
export const exportedService: Rule = {
  id: 'android.component.exported-service',
  version: 1,
  title: 'Every app can start or bind a service',
  why: 'Any app on the phone can make the service do its work in this app’s name and with its permissions.',
  remedy: 'Set android:exported="false", or ask for a permission of protection level signature.',
  severity: 'low',
  kind: 'weakness',
  needs: ['manifest'],
  dataRisk: { base: 4, step: 1, max: 8 },
  classes: ['vulnerability'],
  mappings: { masvs: ['MASVS-PLATFORM-1'], cwe: ['CWE-926'] },
  run(image) {
    return hit(openComponents(image, 'service').map(exportedEvidence));
  },
};
