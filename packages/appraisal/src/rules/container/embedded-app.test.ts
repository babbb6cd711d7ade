import { testRule } from '../../testing/test-rule.ts';
import { embeddedApp } from './embedded-app.ts';

testRule(embeddedApp, {
  bad: {
    'a DEX in assets': { files: { 'assets/plugin.dat': 'dex\n035\0' }, shows: 'assets/plugin.dat' },
    'an APK in res/raw': { files: { 'res/raw/a': 'PK\u0003\u0004....AndroidManifest.xml' }, shows: 'Android package' },
    'a native program in assets': { files: { 'assets/tool': '\u007fELF' }, shows: 'native program' },
  },
  good: {
    'native libraries': { files: { 'lib/arm64-v8a/liba.so': '\u007fELF' } },
    'further DEX files of the app': { files: { 'classes2.dex': 'dex\n035\0' } },
    'a ZIP of pictures': { files: { 'assets/p.zip': 'PK\u0003\u0004....1.png' } },
  },
});
