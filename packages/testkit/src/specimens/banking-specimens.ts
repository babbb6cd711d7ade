import { type Specimen, specimen } from './pattern-app.ts';

const EVENT = 'onAccessibilityEvent(Landroid/view/accessibility/AccessibilityEvent;)V';
const RECEIVE = 'onReceive(Landroid/content/Context;Landroid/content/Intent;)V';
const SERVICE = 'android.accessibilityservice.AccessibilityService';

/** Patterns of banking trojans: pages over other apps, codes, being operated from afar. */
export const BANKING_SPECIMENS: readonly Specimen[] = [
  specimen(
    'banking-overlay',
    'banking trojan: watches for banking apps through accessibility and lays a page over them',
    { classes: ['trojan'], rules: ['android.behaviour.bank-watched'] },
    {
      name: 'overlay',
      label: 'Video Player',
      asks: ['INTERNET', 'SYSTEM_ALERT_WINDOW', 'RECEIVE_BOOT_COMPLETED', 'QUERY_ALL_PACKAGES', 'RECEIVE_SMS'],
      components: [
        'activity Main home',
        'service Watch guard=BIND_ACCESSIBILITY_SERVICE on=ACCESSIBILITY',
        'receiver Boot on=BOOT',
      ],
      classes: {
        'Main extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['icon.switch', 'service.start'] },
        [`Watch extends ${SERVICE}`]: {
          [EVENT]: [
            'event.package',
            'text com.example.bank.mobile',
            'text com.example.wallet.app',
            'text de.example.sparkasse',
            'text.equals',
            'own Watch.cover()V',
          ],
          'cover()V': ['window.add', 'web.load', 'text https://inject.specimen.test/page'],
          'keep()V': ['text com.android.settings', 'event.package', 'service.global'],
        },
        'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
      },
    },
  ),
  specimen(
    'banking-operator',
    'banking trojan operated by somebody: reads the screen, makes gestures, takes commands over a connection',
    {
      classes: ['backdoor'],
      rules: ['android.behaviour.remote-gestures', 'android.behaviour.accessibility-commanded'],
    },
    {
      name: 'operator',
      label: 'Document Reader',
      asks: ['INTERNET', 'FOREGROUND_SERVICE', 'QUERY_ALL_PACKAGES'],
      components: ['activity Main home', 'service Hands guard=BIND_ACCESSIBILITY_SERVICE on=ACCESSIBILITY'],
      classes: {
        'Main extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['activity.start'] },
        [`Hands extends ${SERVICE}`]: {
          'onServiceConnected()V': ['ok.socket', 'text wss://panel.specimen.test/ws'],
          [EVENT]: ['event.text', 'service.root', 'node.text'],
          'obey(Lorg/json/JSONObject;)V': [
            'json.string',
            'text start_vnc',
            'text get_sms',
            'text get_contacts',
            'text send_sms',
            'text lock_device',
            'service.gesture',
          ],
        },
      },
    },
  ),
  specimen(
    'banking-self-grant',
    'banking trojan that grants itself permissions, keeps itself from being removed and reads codes',
    {
      classes: ['trojan'],
      rules: [
        'android.behaviour.permissions-clicked',
        'android.behaviour.removal-prevented',
        'android.behaviour.authenticator-read',
      ],
    },
    {
      name: 'selfgrant',
      label: 'Google Play Protect',
      asks: ['INTERNET', 'READ_SMS', 'RECEIVE_SMS', 'REQUEST_DELETE_PACKAGES', 'SYSTEM_ALERT_WINDOW'],
      components: ['activity Main home', 'service Watch guard=BIND_ACCESSIBILITY_SERVICE on=ACCESSIBILITY'],
      classes: {
        'Main extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['activity.start', 'icon.switch'] },
        [`Watch extends ${SERVICE}`]: {
          [EVENT]: ['event.source', 'own Watch.grant()V', 'own Watch.stay()V', 'own Watch.code()V'],
          'grant()V': ['text com.android.permissioncontroller:id/permission_allow_button', 'node.find', 'node.click'],
          'stay()V': ['text com.google.android.packageinstaller', 'event.package', 'service.global'],
          'code()V': ['text com.google.android.apps.authenticator2:id/pin_value', 'node.find', 'node.text'],
        },
      },
    },
  ),
  specimen(
    'message-codes',
    'thief of one-time codes: reads text messages, searches codes, sends them on, hides them',
    { classes: ['trojan'], rules: ['android.behaviour.codes-forwarded', 'android.behaviour.sms-swallowing'] },
    {
      name: 'codes',
      label: 'Parcel Tracking',
      asks: ['RECEIVE_SMS', 'READ_SMS', 'INTERNET', 'RECEIVE_BOOT_COMPLETED'],
      components: ['activity Main home', 'receiver Incoming on=SMS'],
      classes: {
        'Main extends android.app.Activity': {
          'onCreate(Landroid/os/Bundle;)V': ['web.load', 'text https://parcel.specimen.test'],
        },
        'Incoming extends android.content.BroadcastReceiver': {
          [RECEIVE]: [
            'sms.sender',
            'sms.body',
            'text (\\d{4,8})',
            'regex.matcher',
            'text https://collect.specimen.test/gate',
            'url.open',
            'http.output',
            'receiver.abort',
          ],
        },
      },
    },
  ),
  specimen(
    'message-codes-by-message',
    'thief of one-time codes that forwards text messages by text message and deletes them',
    { classes: ['trojan'], rules: ['android.behaviour.messages-deleted', 'android.behaviour.sms-forwarding'] },
    {
      name: 'forwarder',
      label: 'Update',
      asks: ['RECEIVE_SMS', 'READ_SMS', 'SEND_SMS', 'WRITE_SMS'],
      components: ['activity Main home', 'receiver Incoming on=SMS'],
      classes: {
        'Main extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['icon.switch'] },
        'Incoming extends android.content.BroadcastReceiver': {
          [RECEIVE]: ['sms.body', 'sms.send', 'own Incoming.tidy()V'],
          'tidy()V': ['text content://sms/', 'resolver.query', 'resolver.delete'],
        },
      },
    },
  ),
  specimen(
    'notice-thief',
    'thief of codes in notifications: reads them, takes them away, sends them to a bot',
    { classes: ['spyware'], rules: ['android.behaviour.notices-removed', 'android.behaviour.sent-to-bot'] },
    {
      name: 'notices',
      label: 'Flashlight',
      asks: ['INTERNET'],
      components: ['activity Main home', 'service Listener guard=BIND_NOTIFICATION_LISTENER_SERVICE on=NOTICES'],
      classes: {
        'Main extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['activity.start'] },
        'Listener extends android.service.notification.NotificationListenerService': {
          'onNotificationPosted(Landroid/service/notification/StatusBarNotification;)V': [
            'notice.read',
            'text https://api.telegram.org/bot',
            'url.open',
            'notice.cancel',
          ],
        },
      },
    },
  ),
  specimen(
    'lock-screen-thief',
    'trojan that reads the pattern of the lock screen and takes screenshots through accessibility',
    { classes: ['spyware'], rules: ['android.behaviour.screen-lock-watched', 'android.behaviour.screenshots-sent'] },
    {
      name: 'lockscreen',
      label: 'Battery Saver',
      asks: ['INTERNET', 'WAKE_LOCK'],
      components: ['activity Main home', 'service Watch guard=BIND_ACCESSIBILITY_SERVICE on=ACCESSIBILITY'],
      classes: {
        'Main extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['activity.start'] },
        [`Watch extends ${SERVICE}`]: {
          [EVENT]: ['text com.android.systemui:id/lockPatternView', 'node.find', 'event.text'],
          'show()V': ['service.screenshot', 'ok.socket', 'text wss://panel.specimen.test/live'],
        },
      },
    },
  ),
  specimen(
    'call-diverter',
    'trojan of voice fraud: redirects calls to the bank, ends and diverts others',
    {
      classes: ['trojan'],
      rules: ['android.behaviour.outgoing-calls-redirected', 'android.behaviour.call-forwarding'],
    },
    {
      name: 'diverter',
      label: 'Loan Service',
      asks: ['PROCESS_OUTGOING_CALLS', 'CALL_PHONE', 'READ_PHONE_STATE', 'INTERNET', 'READ_CONTACTS'],
      components: ['activity Main home', 'receiver Outgoing on=CALLING', 'receiver Incoming on=PHONE'],
      classes: {
        'Main extends android.app.Activity': {
          'onCreate(Landroid/os/Bundle;)V': ['web.load', 'text https://loan.specimen.test'],
        },
        'Outgoing extends android.content.BroadcastReceiver': {
          [RECEIVE]: ['text android.intent.extra.PHONE_NUMBER', 'text.equals', 'receiver.set-result', 'window.add'],
        },
        'Incoming extends android.content.BroadcastReceiver': {
          [RECEIVE]: ['text com.android.internal.telephony.ITelephony', 'text endCall', 'own Incoming.divert()V'],
          'divert()V': ['text **21*', 'text android.intent.action.CALL', 'activity.start'],
        },
      },
    },
  ),
  specimen(
    'card-relay',
    'relay of payment cards: answers a card reader with what a connection says',
    { classes: ['trojan'], rules: ['android.behaviour.nfc-relay', 'android.behaviour.card-read-and-sent'] },
    {
      name: 'relay',
      label: 'Card Protection',
      asks: ['NFC', 'INTERNET', 'FOREGROUND_SERVICE'],
      components: ['activity Main home', 'service Card guard=BIND_NFC_SERVICE on=CARD'],
      classes: {
        'Main extends android.app.Activity': {
          'onCreate(Landroid/os/Bundle;)V': ['web.load', 'text https://card.specimen.test/pin'],
        },
        'Card extends android.nfc.cardemulation.HostApduService': {
          'processCommandApdu([BLandroid/os/Bundle;)[B': ['own Card.ask([B)V'],
          'ask([B)V': ['text relay.specimen.test', 'socket.new', 'socket.input', 'nfc.answer'],
        },
        Victim: { 'read()V': ['nfc.card', 'text relay.specimen.test', 'socket.new'] },
      },
    },
  ),
];
