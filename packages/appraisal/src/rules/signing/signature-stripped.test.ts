import { testRule } from '../../testing/test-rule.ts';
import { signatureStripped } from './signature-stripped.ts';

testRule(signatureStripped, {
  bad: {
    'announced and not there': {
      diagnostics: [{ id: 'apk-signature.stripped', level: 'error', message: 'announces a v2 signature' }],
      shows: 'announces a v2 signature',
    },
  },
  good: { 'v1 without an announcement': { signers: [{ scheme: 'v1' }] } },
});
