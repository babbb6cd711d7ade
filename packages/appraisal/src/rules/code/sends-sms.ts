import { callRule } from '../../call-rule.ts';

export const sendsSms = callRule({
  name: 'sends-sms',
  title: 'The app sends text messages by itself',
  why: 'Messages sent by code cost money without a question and spread links in the owner’s name.',
  remedy: 'Hand the message to the messaging app with ACTION_SENDTO, so that the owner sends it.',
  calls: [
    { class: 'android.telephony.SmsManager', name: 'sendTextMessage' },
    { class: 'android.telephony.SmsManager', name: 'sendMultipartTextMessage' },
    { class: 'android.telephony.SmsManager', name: 'sendDataMessage' },
    { class: 'android.telephony.SmsManager', name: 'sendTextMessageWithoutPersisting' },
    { class: 'android.telephony.gsm.SmsManager', name: 'sendTextMessage' },
  ],
  note: 'sends a message',
  severity: 'medium',
  kind: 'behaviour',
  malice: { base: 6, inLibrary: 2 },
  dataRisk: { base: 3, inLibrary: 1 },
  mappings: { masvs: ['MASVS-PLATFORM-1'], attack: ['T1582'] },
});
