import { testRule } from '../../testing/test-rule.ts';
import { notSigned } from './not-signed.ts';

const complete = { stage: 'signature', status: 'complete', detail: '', elapsedMs: 1 } as const;

testRule(notSigned, {
  bad: { 'looked, and found none': { signers: [], stages: [complete], shows: 'no APK signing block' } },
  good: {
    'nobody looked': { signers: [], stages: [] },
    'looking failed': { signers: [], stages: [{ ...complete, status: 'failed' }] },
  },
});
