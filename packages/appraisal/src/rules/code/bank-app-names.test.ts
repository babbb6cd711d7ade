import { testRule } from '../../testing/test-rule.ts';
import { bankAppNames } from './bank-app-names.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(bankAppNames, {
  bad: {
    '6 strings of the list': {
      code: codeOf(
        'string com.chase.sig.android',
        'string com.wf.wellsfargomobile',
        'string com.infonow.bofa',
        'string com.citi.citimobile',
        'string com.usaa.mobile.android.usaa',
        'string com.konylabs.capitalone',
      ),
      shows: 'com.chase.sig.android',
    },
  },
  good: {
    'one too few': {
      code: codeOf(
        'string com.chase.sig.android',
        'string com.wf.wellsfargomobile',
        'string com.infonow.bofa',
        'string com.citi.citimobile',
        'string com.usaa.mobile.android.usaa',
      ),
    },
    'the same one again and again': {
      code: codeOf(
        'string com.chase.sig.android',
        'string com.chase.sig.android',
        'string com.chase.sig.android',
        'string com.chase.sig.android',
        'string com.chase.sig.android',
        'string com.chase.sig.android',
      ),
    },
  },
});
