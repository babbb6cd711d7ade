import { callOn, callStatic, dalvik } from '../../../testing/dalvik.ts';
import { testTable } from '../../../testing/test-table.ts';
import { DYNAMIC_CODE_RULES } from './dynamic-code-rules.ts';

const loader = (path?: string) =>
  callOn('dalvik.system.PathClassLoader.<init>(Ljava/lang/String;Ljava/lang/ClassLoader;)V', path);
const shared = callStatic('android.os.Environment.getExternalStorageDirectory()Ljava/io/File;');
const packageContext = (flags?: number) =>
  callOn(
    'com.example.app.Main.createPackageContext(Ljava/lang/String;I)Landroid/content/Context;',
    'com.example.plugin',
    flags,
  );
const named = (name?: string) =>
  dalvik(callStatic('java.lang.Class.forName(Ljava/lang/String;)Ljava/lang/Class;', name));
const method = (name: string) =>
  dalvik(
    callOn('java.lang.Class.getDeclaredMethod(Ljava/lang/String;[Ljava/lang/Class;)Ljava/lang/reflect/Method;', name),
  );
const exec = (command?: string) => callOn('java.lang.Runtime.exec(Ljava/lang/String;)Ljava/lang/Process;', command);
const append = callOn('java.lang.StringBuilder.append(Ljava/lang/String;)Ljava/lang/StringBuilder;');
const POLICY = 'android.os.StrictMode$ThreadPolicy$Builder';

testTable(DYNAMIC_CODE_RULES, {
  'code-from-shared-storage': {
    bad: [dalvik(shared, loader()), dalvik(loader('/sdcard/plugin.dex'))],
    good: [dalvik(shared), dalvik(loader()), dalvik(loader('/data/data/com.example.app/files/plugin.dex'))],
  },
  'code-of-another-app': {
    bad: dalvik(packageContext(3)),
    good: [dalvik(packageContext(0)), dalvik(packageContext(2)), dalvik(packageContext())],
  },
  'code-from-memory': {
    bad: dalvik(callOn('dalvik.system.InMemoryDexClassLoader.<init>(Ljava/nio/ByteBuffer;Ljava/lang/ClassLoader;)V')),
    good: dalvik(loader()),
  },
  'hidden-platform-parts': {
    bad: named('android.app.ActivityThread'),
    shows: 'android.app.ActivityThread',
    good: [named('com.example.app.Plugin'), named('android.app.Activity'), named()],
  },
  'hidden-platform-parts-forced': { bad: method('setHiddenApiExemptions'), good: method('toString') },
  'command-put-together': { bad: dalvik(append, exec()), good: [dalvik(exec()), dalvik(append)] },
  'command-constant': { bad: dalvik(exec('ls /system')), shows: 'ls /system', good: dalvik(exec()) },
  'script-engine': {
    bad: dalvik(callOn('javax.script.ScriptEngine.eval(Ljava/lang/String;)Ljava/lang/Object;')),
    good: dalvik(callOn('javax.script.ScriptEngine.getContext()Ljava/lang/Object;')),
  },
  'strict-mode-off': {
    bad: dalvik(callOn(`${POLICY}.permitAll()L${POLICY.replaceAll('.', '/')};`)),
    good: dalvik(callOn(`${POLICY}.detectAll()L${POLICY.replaceAll('.', '/')};`)),
  },
});
