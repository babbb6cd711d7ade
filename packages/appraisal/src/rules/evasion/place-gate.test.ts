import { testRule } from '../../testing/test-rule.ts';
import { placeGate } from './place-gate.ts';

const ALL = [
  'call java.util.Locale.getCountry()Ljava/lang/String;',
  'call android.telephony.TelephonyManager.getSimCountryIso()Ljava/lang/String;',
  'call java.util.TimeZone.getID()Ljava/lang/String;',
];
const inClass = (name: string, ...instructions: readonly string[]) => ({ name, methods: { 'run()V': instructions } });

testRule(placeGate, {
  bad: {
    'all in one class': { code: [inClass('com.example.app.A', ...ALL)], shows: 'asks for the time zone' },
    'some of it in an inner class': {
      code: [inClass('com.example.app.A', ...ALL.slice(0, 1)), inClass('com.example.app.A$1', ...ALL.slice(1))],
    },
  },
  good: {
    'one kind too few': { code: [inClass('com.example.app.A', ...ALL.slice(0, 2))] },
    'in classes that have nothing to do with each other': {
      code: ALL.map((instruction, index) => inClass(`com.example.app.C${index}`, instruction)),
    },
    'in a known library': { code: [inClass('androidx.work.A', ...ALL)] },
  },
});
