import { exportedEvidence, openComponents } from '../../open-components.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: `android:exported` and `android:permission` of `<activity>`. Launchers are left out; screens that web pages may open are common, so it weighs little. */
export const exportedActivity: Rule = {
  id: 'android.component.exported-activity',
  version: 1,
  title: 'Every app can open screens behind the first',
  why: 'Screens that expect to be reached through the app itself, after a sign-in for example, can be opened directly, with data of the caller’s choice.',
  remedy:
    'Set android:exported="false" where no other app needs the screen; check the caller and the data where one does.',
  severity: 'info',
  kind: 'weakness',
  needs: ['manifest'],
  dataRisk: { base: 1, step: 0.25, max: 3 },
  classes: ['vulnerability'],
  mappings: { masvs: ['MASVS-PLATFORM-1'], cwe: ['CWE-926'] },
  run(image) {
    return hit(openComponents(image, 'activity', 'activity-alias').map(exportedEvidence));
  },
};
