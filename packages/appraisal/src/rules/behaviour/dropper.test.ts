import { testRule } from '../../testing/test-rule.ts';
import { dropper } from './dropper.ts';

const LOAD =
  'call dalvik.system.DexClassLoader.<init>(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Ljava/lang/ClassLoader;)V';
const codeOf = (name: string, ...instructions: readonly string[]) => [{ name, methods: { 'run()V': instructions } }];
const files = { 'assets/x.bin': 'dex\n035\0' };

testRule(dropper, {
  bad: {
    'a DEX inside, and a class loader': { files, code: codeOf('com.example.app.A', LOAD), shows: 'assets/x.bin' },
    'an APK inside, and a request to install': {
      files: { 'assets/a.apk': 'PK\u0003\u0004' },
      code: codeOf(
        'com.example.app.A',
        'string application/vnd.android.package-archive',
        'call android.content.Intent.setDataAndType(Landroid/net/Uri;Ljava/lang/String;)Landroid/content/Intent;',
      ),
    },
  },
  good: {
    'an APK inside, and a table of file types': {
      files: { 'assets/a.apk': 'PK\u0003\u0004' },
      code: codeOf('com.example.app.A', 'string application/vnd.android.package-archive', 'return-object'),
    },
    'a DEX inside that nothing loads': { files },
    'a class loader and nothing inside': { code: codeOf('com.example.app.A', LOAD) },
    'only a library loads code': { files, code: codeOf('com.google.android.gms.A', LOAD) },
    'a native program inside': { files: { 'assets/tool': '\u007fELF' }, code: codeOf('com.example.app.A', LOAD) },
  },
});
