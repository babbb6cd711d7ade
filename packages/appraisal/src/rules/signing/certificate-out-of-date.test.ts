import { testRule } from '../../testing/test-rule.ts';
import { certificateOutOfDate } from './certificate-out-of-date.ts';

testRule(certificateOutOfDate, {
  bad: {
    expired: { signers: [{ notAfter: '2025-12-31T23:59:59Z' }], shows: 'expired on 2025-12-31' },
    'not yet valid': { signers: [{ notBefore: '2027-05-01T00:00:00Z' }], shows: 'valid from 2027-05-01' },
  },
  good: { 'dates that cannot be read': { signers: [{ notBefore: null, notAfter: null }] } },
});
