import { callRule } from '../../call-rule.ts';

export const deviceIdentifiers = callRule({
  name: 'device-identifiers',
  title: 'The app reads identifiers of the phone or SIM that cannot be changed',
  why: 'An IMEI, IMSI or telephone number follows the owner across apps and resets.',
  remedy: 'Use an identifier of the app’s own, made at first start.',
  calls: [
    { class: 'android.telephony.TelephonyManager', name: 'getDeviceId' },
    { class: 'android.telephony.TelephonyManager', name: 'getImei' },
    { class: 'android.telephony.TelephonyManager', name: 'getMeid' },
    { class: 'android.telephony.TelephonyManager', name: 'getSubscriberId' },
    { class: 'android.telephony.TelephonyManager', name: 'getSimSerialNumber' },
    { class: 'android.telephony.TelephonyManager', name: 'getLine1Number' },
    { class: 'android.os.Build', name: 'getSerial' },
    { class: 'android.net.wifi.WifiInfo', name: 'getMacAddress' },
  ],
  note: 'reads an identifier of the device',
  severity: 'low',
  kind: 'behaviour',
  malice: { base: 2, inLibrary: 0.5 },
  dataRisk: { base: 4, inLibrary: 1.5 },
  mappings: { masvs: ['MASVS-PRIVACY-2'], attack: ['T1426'], cwe: ['CWE-359'] },
});
