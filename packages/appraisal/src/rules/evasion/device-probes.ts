import { evasionRule } from './evasion-rule.ts';

const BUILD = 'android.os.Build';
const TELEPHONY = 'android.telephony.TelephonyManager';

/** Beside `emulator-detection`, which looks for the names of emulators: here it is what is asked of the phone. */
export const deviceProbes = evasionRule({
  name: 'device-probes',
  title: 'The app asks many parts of the phone whether they are real',
  why: 'Sensors, battery, SIM and build names together tell a phone from an emulator. Fraud checks do this, and malware that stays quiet while it is analysed.',
  remedy: 'Analyse it on a real phone as well.',
  severity: 'low',
  probes: [
    {
      fields: ['HARDWARE', 'FINGERPRINT', 'PRODUCT', 'BOARD', 'HOST', 'TAGS', 'BOOTLOADER'].map((name) => ({
        class: BUILD,
        name,
      })),
      note: 'reads the names of the build',
    },
    {
      calls: ['getNetworkOperatorName', 'getSimOperatorName', 'getPhoneType', 'getSimState'].map((name) => ({
        class: TELEPHONY,
        name,
      })),
      note: 'asks for operator or SIM',
    },
    {
      calls: [
        { class: 'android.hardware.SensorManager', name: 'getSensorList' },
        { class: 'android.hardware.SensorManager', name: 'getDefaultSensor' },
      ],
      note: 'asks which sensors there are',
    },
    {
      calls: [{ class: 'android.os.BatteryManager', name: 'getIntProperty' }],
      strings: ['temperature', 'voltage'],
      note: 'asks for the battery',
    },
    { calls: [{ class: 'android.bluetooth.BluetoothAdapter', name: 'getName' }], note: 'asks for Bluetooth' },
    {
      strings: ['/proc/cpuinfo', '/proc/tty/drivers', '/proc/diskstats'],
      note: 'reads what the kernel says of the hardware',
    },
  ],
  atLeast: 4,
  malice: { base: 2 },
  mappings: { masvs: ['MASVS-RESILIENCE-1'], attack: ['T1633.001'] },
});
