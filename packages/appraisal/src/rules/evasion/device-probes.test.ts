import { testEvasionRule } from '../../testing/test-evasion-rule.ts';
import { deviceProbes } from './device-probes.ts';

testEvasionRule(deviceProbes, {
  probes: [
    'get android.os.Build.HARDWARE:Ljava/lang/String;',
    'call android.telephony.TelephonyManager.getSimOperatorName()Ljava/lang/String;',
    'call android.hardware.SensorManager.getSensorList(I)Ljava/util/List;',
    'string /proc/cpuinfo',
  ],
  shows: 'asks which sensors there are',
  tooFew: 3,
});
