import { testRule } from '../../testing/test-rule.ts';
import { disguisedCode } from './disguised-code.ts';

testRule(disguisedCode, {
  bad: {
    'a DEX called a picture': { files: { 'assets/logo.png': 'dex\n035\0' }, shows: 'assets/logo.png' },
    'an APK called a song': { files: { 'res/raw/song.mp3': 'PK\u0003\u0004....AndroidManifest.xml' } },
  },
  good: {
    'a picture': { files: { 'res/drawable/logo.png': '\u0089PNG' } },
    'code under its own name': { files: { 'assets/plugin.dex': 'dex\n035\0' } },
  },
});
