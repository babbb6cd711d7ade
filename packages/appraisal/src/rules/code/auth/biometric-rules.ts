import { codeTable } from '../../../rule-table.ts';
import { anyOf, called, isFalse, isTrue, number, passing, shownBits, shownFlag } from '../find-calls.ts';

const INFO = [
  'androidx.biometric.BiometricPrompt$PromptInfo$Builder',
  'android.hardware.biometrics.BiometricPrompt$Builder',
];

/** How the owner is asked for. Source: android.hardware.biometrics and androidx.biometric reference; OWASP MASTG, biometric authentication. */
export const BIOMETRIC_RULES = codeTable([
  {
    name: 'biometric-without-key',
    title: 'A finger or face is asked for, and no key depends on it',
    why: 'The answer is then a yes or no in the app’s own memory, which can be turned on a phone that somebody else controls.',
    remedy: 'Pass a CryptoObject with a key that needs the owner.',
    severity: 'low',
    points: 1.5,
    classes: ['vulnerability'],
    masvs: ['AUTH-2'],
    cwe: [287],
    find: anyOf(
      called(
        'asks without a CryptoObject',
        'androidx.biometric.BiometricPrompt.authenticate(Landroidx/biometric/BiometricPrompt$PromptInfo;)V',
        'android.hardware.biometrics.BiometricPrompt.authenticate(Landroid/os/CancellationSignal;Ljava/util/concurrent/Executor;Landroid/hardware/biometrics/BiometricPrompt$AuthenticationCallback;)V',
      ),
      passing(
        [
          'android.hardware.fingerprint.FingerprintManager.authenticate',
          'androidx.core.hardware.fingerprint.FingerprintManagerCompat.authenticate',
        ],
        0,
        isFalse,
        'passes no CryptoObject',
        () => 'null',
      ),
    ),
  },
  {
    name: 'biometric-weak',
    title: 'The app accepts weak biometrics',
    why: 'Class 2 sensors, such as a simple camera, are easier to deceive and cannot unlock keys.',
    remedy: 'Ask for BIOMETRIC_STRONG.',
    points: 1,
    masvs: ['AUTH-2'],
    cwe: [287],
    find: passing(
      INFO.map((builder) => `${builder}.setAllowedAuthenticators`),
      0,
      number((bits) => (bits & 0xff) === 0xff),
      'accepts (0xff is weak)',
      shownBits,
    ),
  },
  {
    name: 'biometric-or-code',
    title: 'The phone’s code opens what a finger or face does',
    why: 'A code can be seen over the shoulder. It judges nothing: people without biometrics need it.',
    remedy: 'Leave it out where a code is too little.',
    masvs: ['AUTH-2'],
    find: anyOf(
      passing(
        INFO.map((builder) => `${builder}.setDeviceCredentialAllowed`),
        0,
        isTrue,
        'allowed',
        shownFlag,
      ),
      passing(
        INFO.map((builder) => `${builder}.setAllowedAuthenticators`),
        0,
        number((bits) => (bits & 0x8000) !== 0),
        'accepts (0x8000 is the code)',
        shownBits,
      ),
    ),
  },
  {
    name: 'biometric-without-confirmation',
    title: 'A face is enough without the owner’s confirmation',
    why: 'Whoever holds the phone before its owner’s face opens what it protects.',
    remedy: 'Leave setConfirmationRequired on for payments.',
    points: 0.5,
    masvs: ['AUTH-2'],
    find: passing(
      INFO.map((builder) => `${builder}.setConfirmationRequired`),
      0,
      isFalse,
      'confirmation',
      shownFlag,
    ),
  },
]);
