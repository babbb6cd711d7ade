import { testRule } from '../../testing/test-rule.ts';
import { debugCertificate } from './debug-certificate.ts';

testRule(debugCertificate, {
  bad: {
    'the usual subject': { signers: [{ subject: 'C=US, O=Android, CN=Android Debug' }], shows: 'CN=Android Debug' },
  },
  good: { 'a maker called Android Debugging': { signers: [{ subject: 'CN=Android Debugging GmbH' }] } },
});
