import { atCall } from '../../../evidence.ts';
import { libraryOf } from '../../../library.ts';
import { codeTable, type Finder } from '../../../rule-table.ts';
import { anyOf, argumentsAt, called, callsOf, passing } from '../find-calls.ts';
import { textBeside } from '../find-near.ts';
import { isSecretName } from '../storage/secret-names.ts';

const LOG = ['v', 'd', 'i', 'w', 'e', 'wtf'].map((level) => `android.util.Log.${level}`);
const FLAG_SECURE = 0x2000;

/** `password: `, `token=`: a label that something is put behind. */
function isSecretLabel(value: string): boolean {
  const [, name] = /([\w-]+)['"]?\s*(?:[:=]|->|is)\s*['"]?$/.exec(value.slice(-80)) ?? [];
  return name !== undefined && isSecretName(name);
}

/** Verbose and debug messages of the app's own code. */
const debugLog: Finder = (_image, ctx) =>
  callsOf(ctx, ['android.util.Log.v', 'android.util.Log.d'])
    .filter((call) => libraryOf(call.class) === null)
    .map((call) => atCall(call, 'writes to the log'));

/** Signs that the app's own code asks for a secret. */
const ASKS_FOR_SECRETS = [
  'android.text.method.PasswordTransformationMethod.getInstance',
  'android.text.method.PasswordTransformationMethod.<init>',
  'androidx.biometric.BiometricPrompt.authenticate',
  'android.hardware.biometrics.BiometricPrompt.authenticate',
];

/** Where the app asks for a secret, when no call sets the flag and all calls that could are known. */
const noScreenProtected: Finder = (image, ctx) => {
  const asking = callsOf(ctx, ASKS_FOR_SECRETS).filter((call) => libraryOf(call.class) === null);
  if (asking.length === 0) return [];
  const calls = callsOf(ctx, [
    'android.view.Window.addFlags',
    'android.view.Window.setFlags',
    'android.view.SurfaceView.setSecure',
  ]);
  const mayProtect = calls.some((call) => {
    const [flags = null] = argumentsAt(image, call)?.parameters ?? [];
    return flags?.kind !== 'number' || (flags.value & FLAG_SECURE) !== 0 || call.target.includes('setSecure');
  });
  if (mayProtect) return [];
  const note = `asks for a secret; none of ${calls.length} calls that set flags of a window sets FLAG_SECURE`;
  return asking.map((call) => atCall(call, note));
};

/** Where data may get out: logs, clipboard, screen. Source: OWASP MASTG, logs and clipboard; WindowManager.LayoutParams. */
export const OUTPUT_RULES = codeTable([
  {
    name: 'logs-secret',
    title: 'The app writes to the log where it names a secret',
    why: 'Logs are kept, sent along with bug reports, and read by tools of the phone’s maker; before Android 4.1 every app could read them.',
    remedy: 'Take the message out of release builds.',
    severity: 'low',
    points: 1,
    classes: ['data-leak'],
    masvs: ['STORAGE-2'],
    cwe: [532],
    find: textBeside(LOG, isSecretLabel, 'a label for a secret in a method that logs'),
  },
  {
    name: 'logs-debug-messages',
    title: 'The app writes debug messages to the log',
    why: 'They tell how the app works, and sometimes more. It judges nothing.',
    remedy: 'Take them out of release builds.',
    masvs: ['STORAGE-2'],
    cwe: [532],
    find: debugLog,
  },
  {
    name: 'secret-to-clipboard',
    title: 'The app copies a value under a secret’s name to the clipboard',
    why: 'Other apps can read it: keyboards always, all apps on Android 9 and older.',
    remedy: 'Mark the clip as sensitive (ClipDescription.EXTRA_IS_SENSITIVE), and clear it after a while.',
    severity: 'low',
    points: 1,
    classes: ['data-leak'],
    masvs: ['PLATFORM-3', 'STORAGE-2'],
    cwe: [200],
    attack: ['T1414'],
    find: passing(
      'android.content.ClipData.newPlainText',
      0,
      (constant) => constant.kind === 'string' && isSecretName(constant.value),
      'copies under the label',
    ),
  },
  {
    name: 'screens-not-protected',
    title: 'The app asks for secrets and keeps no screen out of screenshots',
    why: 'Recordings and the list of recent apps show what is on the screen. For many apps that is right; for a bank or a health record it is not.',
    remedy: 'Set FLAG_SECURE on screens with secrets.',
    masvs: ['PLATFORM-3'],
    attack: ['T1513'],
    find: noScreenProtected,
  },
  {
    name: 'screens-protected',
    title: 'The app keeps screens out of screenshots',
    why: 'What is shown there cannot be recorded. It judges nothing.',
    remedy: 'Nothing to do.',
    masvs: ['PLATFORM-3'],
    find: anyOf(
      passing(
        ['android.view.Window.addFlags', 'android.view.Window.setFlags'],
        0,
        (constant) => constant.kind === 'number' && (constant.value & FLAG_SECURE) !== 0,
        'flags with FLAG_SECURE',
      ),
      called('keeps a surface out of screenshots', 'android.view.SurfaceView.setSecure'),
    ),
  },
]);
