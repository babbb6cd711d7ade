import { codeTable } from '../../../rule-table.ts';
import { anyOf, besideIn, called, number, passing, text } from '../find-calls.ts';
import { passingLoadedText } from '../find-near.ts';

const LOADERS = [
  'dalvik.system.DexClassLoader.<init>',
  'dalvik.system.PathClassLoader.<init>',
  'dalvik.system.DexFile.loadDex',
  'java.lang.System.load',
];

/** Names that the platform hides from apps; restricted since Android 9. Source: Android, restrictions on non-SDK interfaces. */
const HIDDEN =
  /^(?:com\.android\.internal\.|android\.app\.(?:ActivityThread|ActivityManagerNative|LoadedApk)$|android\.os\.(?:SystemProperties|ServiceManager)$|android\.view\.WindowManagerGlobal$|dalvik\.system\.VMRuntime$|libcore\.|android\.content\.pm\.PackageParser)/;

/** Code that comes from elsewhere or is named at run time. */
export const DYNAMIC_CODE_RULES = codeTable([
  {
    name: 'code-from-shared-storage',
    title: 'The app loads code where it asks for shared storage',
    why: 'If the file lies there, other apps can replace it and run in this app’s name.',
    remedy: 'Keep the file in the app’s own directory, read-only, and check its signature before loading.',
    severity: 'medium',
    points: 4,
    classes: ['vulnerability'],
    masvs: ['CODE-4', 'STORAGE-2'],
    cwe: [829, 94],
    attack: ['T1407'],
    find: anyOf(
      besideIn(
        LOADERS,
        [
          'android.os.Environment.getExternalStorageDirectory',
          '*.getExternalFilesDir(Ljava/lang/String;)Ljava/io/File;',
          '*.getExternalCacheDir()Ljava/io/File;',
        ],
        'loads code in a method that asks for shared storage',
      ),
      passing(LOADERS, 0, text(/^\/(?:mnt\/)?(?:sdcard|storage)\/|^\/data\/local\/tmp\//), 'loads code from'),
    ),
  },
  {
    name: 'code-of-another-app',
    title: 'The app runs code of another app as its own',
    why: 'With CONTEXT_INCLUDE_CODE and CONTEXT_IGNORE_SECURITY the code of whatever app carries that name runs with this app’s rights.',
    remedy: 'Check the other app’s signature before, or do not load its code.',
    severity: 'medium',
    points: 3,
    classes: ['vulnerability'],
    masvs: ['CODE-4'],
    cwe: [829, 94],
    attack: ['T1407'],
    find: passing(
      '*.createPackageContext(Ljava/lang/String;I)Landroid/content/Context;',
      1,
      number((flags) => (flags & 3) === 3),
      'flags (1 code, 2 without security)',
    ),
  },
  {
    name: 'code-from-memory',
    title: 'The app loads code that never was a file',
    why: 'InMemoryDexClassLoader leaves nothing on the storage to look at. It weighs with the loading of code.',
    remedy: 'Find out where the bytes come from.',
    masvs: ['CODE-4', 'RESILIENCE-2'],
    attack: ['T1407'],
    find: called('loads code from memory', 'dalvik.system.InMemoryDexClassLoader.<init>'),
  },
  {
    name: 'hidden-platform-parts',
    title: 'The app reaches for parts of the platform that are not meant for apps',
    why: 'They change without notice, and since Android 9 access is refused more and more.',
    remedy: 'Use the public interface.',
    masvs: ['CODE-4'],
    cwe: [470],
    find: passingLoadedText(['java.lang.Class.forName'], 0, (value) => HIDDEN.test(value), 'reaches for'),
  },
  {
    name: 'hidden-platform-parts-forced',
    title: 'The app lifts the platform’s restrictions on hidden interfaces',
    why: 'What the platform closed on purpose is open again to all code in the app.',
    remedy: 'Use the public interface.',
    severity: 'low',
    kind: 'behaviour',
    malice: { base: 1, inLibrary: 0.5 },
    masvs: ['CODE-4'],
    cwe: [470],
    find: anyOf(
      passingLoadedText(
        ['java.lang.Class.getDeclaredMethod', 'java.lang.Class.getMethod'],
        0,
        (value) => value === 'setHiddenApiExemptions',
        'looks up',
      ),
      called(
        'lifts restrictions',
        'org.lsposed.hiddenapibypass.HiddenApiBypass.addHiddenApiExemptions',
        'org.lsposed.hiddenapibypass.HiddenApiBypass.setHiddenApiExemptions',
      ),
    ),
  },
  {
    name: 'command-put-together',
    title: 'The app puts a command together and runs it',
    why: 'If a part comes from outside, it can add commands of its own.',
    remedy: 'Pass an array of arguments, and none from outside.',
    severity: 'low',
    points: 1.5,
    classes: ['vulnerability'],
    masvs: ['CODE-4'],
    cwe: [78],
    attack: ['T1623.001'],
    find: besideIn(
      ['java.lang.Runtime.exec(Ljava/lang/String;)Ljava/lang/Process;'],
      ['java.lang.StringBuilder.append', 'java.lang.String.format', 'java.lang.String.concat'],
      'runs a command in a method that puts text together',
    ),
  },
  {
    name: 'command-constant',
    title: 'The app runs a command that stands in its code',
    why: 'The command shows what the app wants of the system. It judges nothing.',
    remedy: 'Use the platform’s interface for the same end.',
    masvs: ['CODE-4'],
    cwe: [78],
    attack: ['T1623.001'],
    find: passing('java.lang.Runtime.exec', 0, text(/./), 'runs'),
  },
  {
    name: 'script-engine',
    title: 'The app runs scripts in an engine of its own',
    why: 'A script can be changed after installation without the store seeing it.',
    remedy: 'Ship the scripts in the package, and check what is loaded later.',
    points: 0.5,
    masvs: ['CODE-4'],
    cwe: [94],
    attack: ['T1623'],
    find: called(
      'runs a script',
      'javax.script.ScriptEngine.eval',
      'org.mozilla.javascript.Context.evaluateString',
      'org.luaj.vm2.Globals.load',
      'com.squareup.duktape.Duktape.evaluate',
      'app.cash.quickjs.QuickJs.evaluate',
      'com.eclipsesource.v8.V8.executeScript',
      'bsh.Interpreter.eval',
    ),
  },
  {
    name: 'strict-mode-off',
    title: 'The app switches the platform’s warnings about slow or unsafe work off',
    why: 'The network may then be used where the user waits, and files be handed out by their path. It judges nothing.',
    remedy: 'Do such work in the background; share files through FileProvider.',
    masvs: ['CODE-4'],
    find: called('permits everything', 'android.os.StrictMode$ThreadPolicy$Builder.permitAll'),
  },
]);
