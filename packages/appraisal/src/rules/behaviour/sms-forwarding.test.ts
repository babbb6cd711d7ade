import { testRule } from '../../testing/test-rule.ts';
import { smsForwarding } from './sms-forwarding.ts';

const manifest = {
  permissions: ['android.permission.RECEIVE_SMS', 'android.permission.INTERNET'],
  components: [{ kind: 'receiver', name: 'com.example.app.Sms', actions: ['android.provider.Telephony.SMS_RECEIVED'] }],
} as const;
const READ = 'call android.telephony.SmsMessage.getMessageBody()Ljava/lang/String;';
const SEND = 'call java.net.URL.openConnection()Ljava/net/URLConnection;';

testRule(smsForwarding, {
  bad: {
    'reads, and opens a connection': {
      manifest,
      code: [{ name: 'com.example.app.Sms', methods: { 'onReceive()V': [READ, SEND] } }],
      shows: 'same class',
    },
    'reads, and sends from a lambda': {
      manifest,
      code: [
        { name: 'com.example.app.Sms', methods: { 'onReceive()V': [READ] } },
        { name: 'com.example.app.Sms$1', methods: { 'run()V': [SEND] } },
      ],
    },
  },
  good: {
    'different classes': {
      manifest,
      code: [
        { name: 'com.example.app.Sms', methods: { 'onReceive()V': [READ] } },
        { name: 'com.example.app.Api', methods: { 'get()V': [SEND] } },
      ],
    },
    'no receiver of messages': { code: [{ name: 'com.example.app.Sms', methods: { 'a()V': [READ, SEND] } }] },
  },
});
