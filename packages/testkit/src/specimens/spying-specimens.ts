import { type Specimen, specimen } from './pattern-app.ts';

const EVENT = 'onAccessibilityEvent(Landroid/view/accessibility/AccessibilityEvent;)V';
const RECEIVE = 'onReceive(Landroid/content/Context;Landroid/content/Intent;)V';
const START = 'onStartCommand(Landroid/content/Intent;II)I';
const SERVICE = 'android.accessibilityservice.AccessibilityService';

/** Patterns of spyware and stalkerware. */
export const SPYING_SPECIMENS: readonly Specimen[] = [
  specimen(
    'spyware',
    'spyware: dumps messages, contacts and calls, records on command',
    { classes: ['spyware'], rules: ['android.behaviour.commands-from-server', 'android.behaviour.surveillance-set'] },
    {
      name: 'spy',
      label: 'Secure Chat',
      asks: [
        'INTERNET',
        'READ_SMS',
        'READ_CONTACTS',
        'READ_CALL_LOG',
        'RECORD_AUDIO',
        'CAMERA',
        'ACCESS_FINE_LOCATION',
        'RECEIVE_BOOT_COMPLETED',
      ],
      components: ['activity Main home', 'service Work', 'receiver Boot on=BOOT'],
      classes: {
        'Main extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['service.start', 'icon.switch'] },
        'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
        'Work extends android.app.Service': {
          [START]: ['ok.socket', 'text wss://c2.specimen.test', 'own Work.obey()V'],
          'obey()V': [
            'json.string',
            'text get_sms',
            'text get_contacts',
            'text get_call_log',
            'text record_audio',
            'text take_photo',
            'text get_location',
          ],
        },
        Dump: {
          'messages()V': ['text content://sms/inbox', 'resolver.query'],
          'contacts()V': ['text content://com.android.contacts/data/phones', 'resolver.query'],
          'calls()V': ['text content://call_log/calls', 'resolver.query'],
          'sound()V': ['mic.source'],
          'place()V': ['location.updates'],
        },
      },
    },
  ),
  specimen(
    'stalkerware',
    'stalkerware: no icon, follows location, messages and calls, uploads',
    { classes: ['surveillance'], rules: ['android.behaviour.hidden-surveillance'] },
    {
      name: 'stalker',
      label: 'System Service',
      asks: [
        'INTERNET',
        'READ_SMS',
        'READ_CALL_LOG',
        'ACCESS_FINE_LOCATION',
        'ACCESS_BACKGROUND_LOCATION',
        'RECORD_AUDIO',
        'RECEIVE_BOOT_COMPLETED',
      ],
      components: [
        'activity Setup home',
        'service Sync',
        'receiver Boot on=BOOT',
        'receiver Admin guard=BIND_DEVICE_ADMIN on=ADMIN',
      ],
      classes: {
        'Setup extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['icon.switch', 'service.start'] },
        'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
        'Admin extends android.app.admin.DeviceAdminReceiver': {
          'onEnabled(Landroid/content/Context;Landroid/content/Intent;)V': [],
        },
        'Sync extends android.app.Service': {
          [START]: ['own Messages.read()V', 'own Calls.read()V', 'own Places.follow()V', 'own Upload.send()V'],
        },
        Messages: { 'read()V': ['text content://sms', 'resolver.query'] },
        Calls: { 'read()V': ['text content://call_log/calls', 'resolver.query'] },
        Places: { 'follow()V': ['location.updates'] },
        Ambient: { 'listen()V': ['mic.source'] },
        Upload: { 'send()V': ['text https://account.specimen.test/upload', 'url.open', 'http.output'] },
      },
    },
  ),
  specimen(
    'stalkerware-messengers',
    'stalkerware that reads messengers from the screen and keeps what is typed',
    { classes: ['spyware'], rules: ['android.behaviour.messenger-read', 'android.behaviour.text-typed-kept'] },
    {
      name: 'messengers',
      label: 'Sync',
      asks: ['INTERNET', 'RECEIVE_BOOT_COMPLETED'],
      components: ['service Watch guard=BIND_ACCESSIBILITY_SERVICE on=ACCESSIBILITY', 'receiver Boot on=BOOT'],
      classes: {
        'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
        [`Watch extends ${SERVICE}`]: {
          [EVENT]: ['event.text', 'text com.whatsapp:id/conversation_contact_name', 'node.find', 'own Watch.keep()V'],
          'keep()V': ['db.insert', 'text https://account.specimen.test/chats', 'url.open'],
        },
      },
    },
  ),
  specimen(
    'call-recorder',
    'spyware that records calls and uploads them, without an icon',
    { classes: ['spyware'], rules: ['android.behaviour.calls-recorded-and-sent'] },
    {
      name: 'callspy',
      label: 'Phone Services',
      asks: [
        'INTERNET',
        'RECORD_AUDIO',
        'READ_PHONE_STATE',
        'PROCESS_OUTGOING_CALLS',
        'RECEIVE_BOOT_COMPLETED',
        'READ_CALL_LOG',
        'READ_CONTACTS',
      ],
      components: ['activity Setup home', 'receiver Calls on=PHONE on=BOOT', 'service Work'],
      classes: {
        'Setup extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['icon.switch', 'service.start'] },
        'Calls extends android.content.BroadcastReceiver': {
          [RECEIVE]: ['text android.intent.action.PHONE_STATE', 'text.equals', 'mic.source', 'own Calls.upload()V'],
          'upload()V': ['text https://calls.specimen.test/upload', 'url.open', 'http.output'],
        },
        'Work extends android.app.Service': {
          [START]: ['text content://call_log/calls', 'resolver.query', 'text content://com.android.contacts/contacts'],
        },
      },
    },
  ),
  specimen(
    'keyboard-logger',
    'keyboard that keeps what is typed and sends it, under a borrowed name',
    { classes: ['spyware'], rules: ['android.behaviour.keyboard-sends', 'android.behaviour.borrowed-name'] },
    {
      name: 'keys',
      label: 'Android System',
      asks: ['INTERNET', 'READ_CONTACTS', 'RECEIVE_BOOT_COMPLETED'],
      components: ['activity Main home', 'service Keys guard=BIND_INPUT_METHOD on=KEYBOARD', 'receiver Boot on=BOOT'],
      classes: {
        'Main extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['icon.switch', 'service.start'] },
        'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
        'Keys extends android.inputmethodservice.InputMethodService': {
          'onText(Ljava/lang/CharSequence;)V': ['keys.commit', 'file.write', 'own Keys.send()V'],
          'send()V': ['text https://api.telegram.org/bot', 'url.open', 'phone.number'],
        },
      },
    },
  ),
  specimen(
    'key-logger-accessibility',
    'keylogger through accessibility that sends what is typed',
    { classes: ['spyware'], rules: ['android.behaviour.text-typed-kept', 'android.behaviour.screen-text-sent'] },
    {
      name: 'typed',
      label: 'Cleaner',
      asks: ['INTERNET', 'RECEIVE_BOOT_COMPLETED', 'REQUEST_IGNORE_BATTERY_OPTIMIZATIONS'],
      components: [
        'activity Main home',
        'service Watch guard=BIND_ACCESSIBILITY_SERVICE on=ACCESSIBILITY',
        'receiver Boot on=BOOT',
      ],
      classes: {
        'Main extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['icon.switch', 'activity.start'] },
        'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
        [`Watch extends ${SERVICE}`]: {
          [EVENT]: ['event.package', 'event.before', 'event.text', 'own Watch.keep()V', 'own Watch.stay()V'],
          'keep()V': ['file.write', 'text https://keys.specimen.test/log', 'url.open'],
          'stay()V': ['text com.android.settings', 'service.global'],
        },
      },
    },
  ),
  specimen(
    'contact-thief',
    'game that uploads contacts, accounts and pictures, on the word of a push message',
    { classes: ['spyware'], rules: ['android.behaviour.contacts-sent'] },
    {
      name: 'contacts',
      label: 'Puzzle',
      asks: ['INTERNET', 'READ_CONTACTS', 'GET_ACCOUNTS', 'READ_EXTERNAL_STORAGE', 'READ_SMS', 'RECORD_AUDIO'],
      components: ['activity Main home', 'service Push on=com.google.firebase.MESSAGING_EVENT'],
      classes: {
        'Main extends android.app.Activity': {
          'onCreate(Landroid/os/Bundle;)V': ['web.load', 'text https://game.specimen.test'],
        },
        'Push extends com.google.firebase.messaging.FirebaseMessagingService': {
          'onMessageReceived(Lcom/google/firebase/messaging/RemoteMessage;)V': [
            'push.data',
            'text upload_contacts',
            'text upload_sms',
            'text upload_photos',
            'text record_audio',
            'own Push.contacts()V',
          ],
          'contacts()V': ['text content://com.android.contacts/data/phones', 'resolver.query', 'own Push.send()V'],
          'sound()V': ['mic.source'],
          'send()V': ['text https://collect.specimen.test/c', 'url.open', 'http.output'],
        },
      },
    },
  ),
];
