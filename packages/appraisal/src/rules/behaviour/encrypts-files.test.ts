import { testRule } from '../../testing/test-rule.ts';
import { encryptsFiles } from './encrypts-files.ts';

const LIST = 'call java.io.File.listFiles()[Ljava/io/File;';
const ENCRYPT = 'call javax.crypto.Cipher.doFinal([B)[B';
const DELETE = 'call java.io.File.delete()Z';
const manifest = { permissions: ['android.permission.WRITE_EXTERNAL_STORAGE'] };
const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(encryptsFiles, {
  bad: { 'all three in one class': { manifest, code: codeOf(LIST, ENCRYPT, DELETE), shows: 'doFinal' } },
  good: {
    'keeps the originals': { manifest, code: codeOf(LIST, ENCRYPT) },
    'its own files only': { code: codeOf(LIST, ENCRYPT, DELETE) },
    'clears a cache': { manifest, code: codeOf(LIST, DELETE) },
  },
});
