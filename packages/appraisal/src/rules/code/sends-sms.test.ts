import { testRule } from '../../testing/test-rule.ts';
import { sendsSms } from './sends-sms.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(sendsSms, {
  bad: {
    'a call': {
      code: codeOf(
        'call android.telephony.SmsManager.sendTextMessage(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Landroid/app/PendingIntent;Landroid/app/PendingIntent;)V',
      ),
      shows: 'com.example.app.A',
    },
  },
  good: {
    'a method of the same class that is fine': {
      code: codeOf('call android.telephony.SmsManager.getDefault()Landroid/telephony/SmsManager;'),
    },
    'the name in a string': {
      code: codeOf(
        'string android.telephony.SmsManager.sendTextMessage(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Landroid/app/PendingIntent;Landroid/app/PendingIntent;)V',
      ),
    },
  },
});
