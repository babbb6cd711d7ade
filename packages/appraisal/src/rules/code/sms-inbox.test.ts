import { testRule } from '../../testing/test-rule.ts';
import { smsInbox } from './sms-inbox.ts';

const code = [{ name: 'com.example.app.A', methods: { 'run()V': ['string content://sms/inbox'] } }];

testRule(smsInbox, {
  bad: {
    'the inbox': { code, manifest: { permissions: ['android.permission.READ_SMS'] }, shows: 'content://sms/inbox' },
  },
  good: { 'without the permission': { code } },
});
