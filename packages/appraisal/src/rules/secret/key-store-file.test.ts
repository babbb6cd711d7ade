import { testRule } from '../../testing/test-rule.ts';
import { keyStoreFile } from './key-store-file.ts';

const MAGIC = [0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2];

testRule(keyStoreFile, {
  bad: { 'a key store': { files: { 'assets/release.jks': Uint8Array.from(MAGIC) }, shows: 'assets/release.jks' } },
  good: {
    'another file of that name': { files: { 'assets/release.jks': 'text' } },
    'the same bytes elsewhere': { files: { 'assets/table.bin': Uint8Array.from(MAGIC) } },
  },
});
