import { testRule } from '../../testing/test-rule.ts';
import { smsSwallowing } from './sms-swallowing.ts';

const receiver = {
  kind: 'receiver',
  name: 'com.example.app.Sms',
  actions: ['android.provider.Telephony.SMS_RECEIVED'],
  priority: 999,
} as const;
const manifest = { permissions: ['android.permission.RECEIVE_SMS'], components: [receiver] };
const codeOf = (name: string, ...instructions: readonly string[]) => [
  {
    name,
    extends: 'android.content.BroadcastReceiver',
    methods: { 'onReceive(Landroid/content/Context;Landroid/content/Intent;)V': instructions },
  },
];

testRule(smsSwallowing, {
  bad: {
    'the receiver aborts': {
      manifest,
      code: codeOf('com.example.app.Sms', 'call com.example.app.Sms.abortBroadcast()V'),
      shows: 'priority 999',
    },
  },
  good: {
    'reads and lets pass': {
      manifest,
      code: codeOf('com.example.app.Sms', 'call android.telephony.SmsMessage.getMessageBody()Ljava/lang/String;'),
    },
    'another receiver aborts something else': {
      manifest,
      code: codeOf('com.example.app.Headset', 'call com.example.app.Headset.abortBroadcast()V'),
    },
  },
});
