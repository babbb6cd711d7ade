import { testRule } from '../../testing/test-rule.ts';
import { ownSignatureCheck } from './own-signature-check.ts';

const ALL = [
  'call android.content.pm.Signature.toByteArray()[B',
  'call android.content.Context.getPackageName()Ljava/lang/String;',
  'call java.security.MessageDigest.digest([B)[B',
];
const inClass = (name: string, ...instructions: readonly string[]) => ({ name, methods: { 'run()V': instructions } });

testRule(ownSignatureCheck, {
  bad: {
    'all in one class': { code: [inClass('com.example.app.A', ...ALL)], shows: 'reads a signature' },
    'some of it in an inner class': {
      code: [inClass('com.example.app.A', ...ALL.slice(0, 1)), inClass('com.example.app.A$1', ...ALL.slice(1))],
    },
  },
  good: {
    'one kind too few': { code: [inClass('com.example.app.A', ...ALL.slice(0, 2))] },
    'in classes that have nothing to do with each other': {
      code: ALL.map((instruction, index) => inClass(`com.example.app.C${index}`, instruction)),
    },
    'in a known library': { code: [inClass('androidx.work.A', ...ALL)] },
  },
});
