import { testRule } from '../../testing/test-rule.ts';
import { securityAppNames } from './security-app-names.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(securityAppNames, {
  bad: {
    '3 strings of the list': {
      code: codeOf(
        'string com.avast.android.mobilesecurity',
        'string com.avira.android',
        'string com.bitdefender.security',
      ),
      shows: 'com.avast.android.mobilesecurity',
    },
  },
  good: {
    'one too few': { code: codeOf('string com.avast.android.mobilesecurity', 'string com.avira.android') },
    'the same one again and again': {
      code: codeOf(
        'string com.avast.android.mobilesecurity',
        'string com.avast.android.mobilesecurity',
        'string com.avast.android.mobilesecurity',
      ),
    },
  },
});
