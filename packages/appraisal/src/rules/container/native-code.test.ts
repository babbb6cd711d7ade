import { testRule } from '../../testing/test-rule.ts';
import { nativeCode } from './native-code.ts';

testRule(nativeCode, {
  bad: { 'a library': { files: { 'lib/arm64-v8a/liba.so': '\u007fELF' }, shows: 'lib/arm64-v8a/liba.so' } },
  good: { 'an asset of that name': { files: { 'assets/liba.so': '\u007fELF' } } },
});
