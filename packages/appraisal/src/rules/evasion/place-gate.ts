import { evasionRule } from './evasion-rule.ts';

const TELEPHONY = 'android.telephony.TelephonyManager';

export const placeGate = evasionRule({
  name: 'place-gate',
  title: 'The app finds out by several ways which country it is in',
  why: 'Language, time zone, network and SIM together tell where a phone is. Shops and broadcasters need that; malware spares the country of its makers, and shows itself only to its victims.',
  remedy: 'Run it with the SIM, language and time zone of the country it is meant for.',
  severity: 'info',
  probes: [
    {
      calls: [
        { class: 'java.util.Locale', name: 'getCountry' },
        { class: 'java.util.Locale', name: 'getLanguage' },
      ],
      note: 'asks for the language',
    },
    {
      calls: [
        { class: TELEPHONY, name: 'getSimCountryIso' },
        { class: TELEPHONY, name: 'getSimOperator' },
      ],
      note: 'asks for the SIM’s country',
    },
    {
      calls: [
        { class: TELEPHONY, name: 'getNetworkCountryIso' },
        { class: TELEPHONY, name: 'getNetworkOperator' },
      ],
      fields: [{ class: 'android.content.res.Configuration', name: 'mcc' }],
      note: 'asks for the network’s country',
    },
    { calls: [{ class: 'java.util.TimeZone', name: 'getID' }], note: 'asks for the time zone' },
    {
      calls: [{ class: 'android.location.Geocoder', name: 'getFromLocation' }],
      strings: ['ip-api.com', 'http://ip-api.com/json', 'https://ipinfo.io/json', 'https://ipapi.co/json'],
      note: 'looks the place up',
    },
  ],
  atLeast: 3,
  malice: { base: 2 },
  mappings: { attack: ['T1627.001', 'T1422'] },
});
