import { testRule } from '../../testing/test-rule.ts';
import { deviceProbes } from './device-probes.ts';

const ALL = [
  'get android.os.Build.HARDWARE:Ljava/lang/String;',
  'call android.telephony.TelephonyManager.getSimOperatorName()Ljava/lang/String;',
  'call android.hardware.SensorManager.getSensorList(I)Ljava/util/List;',
  'string /proc/cpuinfo',
];
const inClass = (name: string, ...instructions: readonly string[]) => ({ name, methods: { 'run()V': instructions } });

testRule(deviceProbes, {
  bad: {
    'all in one class': { code: [inClass('com.example.app.A', ...ALL)], shows: 'asks which sensors there are' },
    'some of it in an inner class': {
      code: [inClass('com.example.app.A', ...ALL.slice(0, 1)), inClass('com.example.app.A$1', ...ALL.slice(1))],
    },
  },
  good: {
    'one kind too few': { code: [inClass('com.example.app.A', ...ALL.slice(0, 3))] },
    'in classes that have nothing to do with each other': {
      code: ALL.map((instruction, index) => inClass(`com.example.app.C${index}`, instruction)),
    },
    'in a known library': { code: [inClass('androidx.work.A', ...ALL)] },
  },
});
