import { codeTable } from '../../../rule-table.ts';
import { called, passing, text } from '../find-calls.ts';

const JUDGES_NOTHING = 'Nothing to do.';

/** Questions that an app asks about the phone it runs on. All are facts: honest apps ask them to protect themselves. */
export const DEVICE_CHECK_RULES = codeTable([
  {
    name: 'asks-for-integrity',
    title: 'The app has the phone’s integrity attested',
    why: 'Google vouches that phone and app are unchanged. It judges nothing.',
    remedy: JUDGES_NOTHING,
    masvs: ['RESILIENCE-1', 'RESILIENCE-2'],
    find: called(
      'asks for an attestation',
      'com.google.android.play.core.integrity.IntegrityManager.requestIntegrityToken',
      'com.google.android.play.core.integrity.StandardIntegrityManager.prepareIntegrityToken',
      'com.google.android.gms.safetynet.SafetyNetClient.attest',
    ),
  },
  {
    name: 'asks-for-developer-mode',
    title: 'The app asks whether the phone is used for development',
    why: 'Developer options and USB debugging let a computer control the phone. It judges nothing.',
    remedy: JUDGES_NOTHING,
    masvs: ['RESILIENCE-1'],
    find: passing(
      ['android.provider.Settings$Global.getInt', 'android.provider.Settings$Secure.getInt'],
      1,
      text(/^(?:adb_enabled|development_settings_enabled|adb_wifi_enabled)$/),
      'asks for',
    ),
  },
  {
    name: 'asks-for-false-location',
    title: 'The app asks whether a location is made up',
    why: 'Games, delivery and banking apps look for pretended places. It judges nothing.',
    remedy: JUDGES_NOTHING,
    masvs: ['RESILIENCE-1'],
    find: called(
      'asks whether the place is real',
      'android.location.Location.isFromMockProvider',
      'android.location.Location.isMock',
    ),
  },
  {
    name: 'asks-for-screen-lock',
    title: 'The app asks whether the phone is locked by a code',
    why: 'Without a screen lock the keystore protects little. It judges nothing.',
    remedy: JUDGES_NOTHING,
    masvs: ['RESILIENCE-1', 'STORAGE-1'],
    find: called(
      'asks for the screen lock',
      'android.app.KeyguardManager.isDeviceSecure',
      'android.app.KeyguardManager.isKeyguardSecure',
    ),
  },
  {
    name: 'asks-for-running-processes',
    title: 'The app lists running processes',
    why: 'Since Android 5.1 it sees only its own. On older phones it sees which apps are used.',
    remedy: JUDGES_NOTHING,
    masvs: ['PRIVACY-1'],
    attack: ['T1424'],
    find: called(
      'lists processes',
      'android.app.ActivityManager.getRunningAppProcesses',
      'android.app.ActivityManager.getRunningServices',
    ),
  },
  {
    name: 'reads-movement-sensors',
    title: 'The app reads sensors',
    why: 'Movement, light and pressure can tell the room, the step and, with effort, what is typed. Games and step counters need them.',
    remedy: JUDGES_NOTHING,
    masvs: ['PRIVACY-1'],
    find: called('reads a sensor', 'android.hardware.SensorManager.registerListener'),
  },
]);
