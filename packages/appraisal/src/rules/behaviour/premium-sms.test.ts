import { testRule } from '../../testing/test-rule.ts';
import { premiumSms } from './premium-sms.ts';

const SEND =
  'call android.telephony.SmsManager.sendTextMessage(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Landroid/app/PendingIntent;Landroid/app/PendingIntent;)V';
const manifest = { permissions: ['android.permission.SEND_SMS'] };
const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(premiumSms, {
  bad: { 'a short number': { manifest, code: codeOf('string 7781', 'string SUB ON', SEND), shows: '7781' } },
  good: {
    'a number of the owner’s choice': { manifest, code: codeOf('iget-object', 'string hello', SEND) },
    'a long number': { manifest, code: codeOf('string +4915112345678', SEND) },
    'the emergency number': { manifest, code: codeOf('string 112', SEND) },
    'without the permission': { code: codeOf('string 7781', SEND) },
  },
});
