import { testEvasionRule } from '../../testing/test-evasion-rule.ts';
import { placeGate } from './place-gate.ts';

testEvasionRule(placeGate, {
  probes: [
    'call java.util.Locale.getCountry()Ljava/lang/String;',
    'call android.telephony.TelephonyManager.getSimCountryIso()Ljava/lang/String;',
    'call java.util.TimeZone.getID()Ljava/lang/String;',
  ],
  shows: 'asks for the time zone',
  tooFew: 2,
});
