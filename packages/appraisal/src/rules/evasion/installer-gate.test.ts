import { testEvasionRule } from '../../testing/test-evasion-rule.ts';
import { installerGate } from './installer-gate.ts';

testEvasionRule(installerGate, {
  probes: [
    'call android.content.pm.PackageManager.getInstallerPackageName(Ljava/lang/String;)Ljava/lang/String;',
    'string com.android.vending',
  ],
  shows: 'asks who installed the app',
  tooFew: 1,
});
