import { lookAlike, type Specimen } from './pattern-app.ts';

const RECEIVE = 'onReceive(Landroid/content/Context;Landroid/content/Intent;)V';
const START = 'onStartCommand(Landroid/content/Intent;II)I';
const CREATE = 'onCreate(Landroid/os/Bundle;)V';
const EVENT = 'onAccessibilityEvent(Landroid/view/accessibility/AccessibilityEvent;)V';
const ACTIVITY = 'android.app.Activity';
const SERVICE = 'android.accessibilityservice.AccessibilityService';
const A11Y = 'guard=BIND_ACCESSIBILITY_SERVICE on=ACCESSIBILITY';

/** Honest apps that read the screen, draw over others, or act for the owner. */
export const ACCESSIBILITY_LOOK_ALIKES: readonly Specimen[] = [
  lookAlike('password-manager', 'password manager that fills in fields through accessibility', {
    name: 'passwords',
    asks: ['INTERNET', 'SYSTEM_ALERT_WINDOW', 'USE_BIOMETRIC', 'CAMERA'],
    components: [
      'activity Main home',
      'activity Settings',
      `service Fill ${A11Y}`,
      'service Autofill guard=BIND_AUTOFILL_SERVICE',
    ],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['activity.start', 'prefs.string'] },
      [`Fill extends ${SERVICE}`]: {
        [EVENT]: ['event.package', 'event.source', 'node.find', 'own Prompt.show()V'],
        'fill()V': ['node.set-text'],
      },
      Prompt: { 'show()V': ['window.add'] },
      [`Settings extends ${ACTIVITY}`]: { [CREATE]: ['prefs.string'] },
      'Autofill extends android.service.autofill.AutofillService': { 'onConnected()V': [] },
      Vault: { 'open()V': ['cipher.get', 'cipher.final'], 'copy()V': ['clip.set'] },
      Sync: { 'run()V': ['text https://vault.example.test/sync', 'ok.call'] },
    },
  }),
  lookAlike('screen-reader', 'screen reader for the blind', {
    name: 'reader',
    asks: ['INTERNET', 'VIBRATE', 'READ_PHONE_STATE'],
    components: ['activity Settings home', `service Reader ${A11Y}`],
    classes: {
      [`Settings extends ${ACTIVITY}`]: { [CREATE]: ['prefs.string'] },
      [`Reader extends ${SERVICE}`]: {
        [EVENT]: ['event.text', 'event.source', 'service.root', 'own Voice.say()V'],
        'gesture()V': ['service.gesture', 'service.global'],
      },
      Voice: { 'say()V': ['speech.speak'] },
      Voices: { 'fetch()V': ['text https://voices.example.test/list', 'url.open'] },
    },
  }),
  lookAlike('remote-support', 'remote support that shows the screen and lets a helper touch', {
    name: 'support',
    asks: [
      'INTERNET',
      'SYSTEM_ALERT_WINDOW',
      'FOREGROUND_SERVICE',
      'FOREGROUND_SERVICE_MEDIA_PROJECTION',
      'RECORD_AUDIO',
    ],
    components: ['activity Main home', 'activity Consent', 'service Session', `service Hands ${A11Y}`],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['activity.start', 'apps.list'] },
      [`Consent extends ${ACTIVITY}`]: {
        [CREATE]: ['text Allow the supporter to see and control your screen?', 'service.start'],
      },
      'Session extends android.app.Service': {
        [START]: ['text wss://support.example.test', 'ok.socket', 'own Screen.start()V'],
      },
      Screen: { 'start()V': ['screen.record'] },
      [`Hands extends ${SERVICE}`]: { [EVENT]: [], 'touch()V': ['service.gesture', 'service.global'] },
      Bar: { 'show()V': ['window.add'] },
    },
  }),
  lookAlike('automation', 'automation tool with profiles and tasks', {
    name: 'automation',
    asks: [
      'INTERNET',
      'SEND_SMS',
      'RECEIVE_SMS',
      'READ_SMS',
      'READ_CONTACTS',
      'ACCESS_FINE_LOCATION',
      'SYSTEM_ALERT_WINDOW',
      'PACKAGE_USAGE_STATS',
      'CALL_PHONE',
      'WRITE_SECURE_SETTINGS',
      'RECEIVE_BOOT_COMPLETED',
      'CAMERA',
    ],
    components: [
      'activity Main home',
      'activity TaskEditor',
      `service Watch ${A11Y}`,
      'receiver Events on=BOOT on=SMS',
      'service Notices guard=BIND_NOTIFICATION_LISTENER_SERVICE on=NOTICES',
    ],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['activity.start', 'service.start'] },
      [`Watch extends ${SERVICE}`]: {
        [EVENT]: ['event.package', 'event.text'],
        'act()V': ['node.click', 'service.global'],
      },
      'Events extends android.content.BroadcastReceiver': { [RECEIVE]: ['sms.body', 'own Tasks.run()V'] },
      'Notices extends android.service.notification.NotificationListenerService': {
        'onNotificationPosted(Landroid/service/notification/StatusBarNotification;)V': [
          'notice.read',
          'notice.cancel',
          'own Tasks.run()V',
        ],
      },
      Tasks: { 'run()V': ['own SendMessage.run()V', 'own Fetch.run()V'] },
      SendMessage: { 'run()V': ['sms.send'] },
      Fetch: { 'run()V': ['url.open'] },
      Scene: { 'show()V': ['window.add'] },
      Foreground: { 'now()V': ['apps.in-front'] },
      Shell: { 'run()V': ['program.run', 'text sh'] },
      Location: { 'now()V': ['location.updates'] },
      Secure: { 'set()V': ['settings.put'] },
    },
  }),
  lookAlike('app-lock', 'app lock: asks for a PIN before chosen apps open', {
    name: 'applock',
    asks: [
      'SYSTEM_ALERT_WINDOW',
      'PACKAGE_USAGE_STATS',
      'RECEIVE_BOOT_COMPLETED',
      'CAMERA',
      'INTERNET',
      'QUERY_ALL_PACKAGES',
    ],
    components: [
      'activity Main home',
      'service Guard',
      'receiver Boot on=BOOT',
      'receiver Admin guard=BIND_DEVICE_ADMIN on=ADMIN',
    ],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['apps.list', 'service.start', 'icon.switch'] },
      'Guard extends android.app.Service': { [START]: ['apps.in-front', 'window.add', 'timer.repeat'] },
      'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
      'Admin extends android.app.admin.DeviceAdminReceiver': {
        'onEnabled(Landroid/content/Context;Landroid/content/Intent;)V': [],
      },
      Intruder: { 'picture()V': ['camera.open'] },
      Ads: { 'load()V': ['ad.show'] },
    },
  }),
  lookAlike('parental-control', 'parental control with a visible icon and a consent page', {
    name: 'parents',
    asks: [
      'INTERNET',
      'ACCESS_FINE_LOCATION',
      'ACCESS_BACKGROUND_LOCATION',
      'PACKAGE_USAGE_STATS',
      'SYSTEM_ALERT_WINDOW',
      'RECEIVE_BOOT_COMPLETED',
      'READ_SMS',
      'READ_CALL_LOG',
      'QUERY_ALL_PACKAGES',
    ],
    components: [
      'activity Main home',
      'activity Consent',
      `service Watch ${A11Y}`,
      'service Report',
      'receiver Boot on=BOOT',
      'receiver Admin guard=BIND_DEVICE_ADMIN on=ADMIN',
    ],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['activity.start', 'service.start'] },
      [`Consent extends ${ACTIVITY}`]: { [CREATE]: ['text This phone is supervised by your parents.'] },
      [`Watch extends ${SERVICE}`]: {
        [EVENT]: ['event.package', 'text com.android.settings', 'service.global', 'own Block.show()V'],
      },
      Block: { 'show()V': ['window.add'] },
      'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
      'Admin extends android.app.admin.DeviceAdminReceiver': {
        'onEnabled(Landroid/content/Context;Landroid/content/Intent;)V': ['admin.lock'],
      },
      'Report extends android.app.Service': { [START]: ['own Places.now()V', 'own Upload.send()V'] },
      Places: { 'now()V': ['location.updates'] },
      Calls: { 'list()V': ['text content://call_log/calls', 'resolver.query'] },
      Usage: { 'list()V': ['apps.in-front'] },
      Upload: { 'send()V': ['text https://parents.example.test/report', 'ok.call'] },
    },
  }),
  lookAlike('launcher', 'home screen that replaces the maker’s', {
    name: 'launcher',
    asks: [
      'QUERY_ALL_PACKAGES',
      'EXPAND_STATUS_BAR',
      'SET_WALLPAPER',
      'CALL_PHONE',
      'INTERNET',
      'REQUEST_DELETE_PACKAGES',
    ],
    components: [
      'activity Home home',
      'activity-alias IconBlue for=Home',
      `service Gestures ${A11Y}`,
      'service Dots guard=BIND_NOTIFICATION_LISTENER_SERVICE on=NOTICES',
    ],
    classes: {
      [`Home extends ${ACTIVITY}`]: { [CREATE]: ['apps.list', 'activity.start', 'icon.switch'] },
      [`Gestures extends ${SERVICE}`]: { [EVENT]: [], 'lock()V': ['service.global'] },
      'Dots extends android.service.notification.NotificationListenerService': {
        'onNotificationPosted(Landroid/service/notification/StatusBarNotification;)V': ['notice.read'],
        'dismiss()V': ['notice.cancel'],
      },
      Remove: { 'app()V': ['text android.intent.action.DELETE', 'activity.start'] },
      Feed: { 'load()V': ['url.open'] },
    },
  }),
  lookAlike('test-tool', 'test tool that drives other apps on a developer’s phone', {
    name: 'testtool',
    asks: ['INTERNET', 'SYSTEM_ALERT_WINDOW'],
    components: ['activity Main home', `service Driver ${A11Y}`],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['service.start'] },
      [`Driver extends ${SERVICE}`]: {
        [EVENT]: ['event.text'],
        'allow()V': ['text com.android.permissioncontroller:id/permission_allow_button', 'node.find', 'node.click'],
      },
      Server: { 'run()V': ['server.accept'] },
      Shots: { 'take()V': ['service.screenshot'] },
    },
  }),
];

/** Honest apps for messages, calls, keys and contacts. */
export const COMMUNICATION_LOOK_ALIKES: readonly Specimen[] = [
  lookAlike('messaging', 'messaging app that is the default for text messages', {
    name: 'messaging',
    asks: [
      'RECEIVE_SMS',
      'READ_SMS',
      'SEND_SMS',
      'READ_CONTACTS',
      'INTERNET',
      'RECORD_AUDIO',
      'CAMERA',
      'RECEIVE_BOOT_COMPLETED',
    ],
    components: [
      'activity Main home',
      'activity Conversation',
      'receiver Deliver on=SMS_DELIVER',
      'receiver Boot on=BOOT',
      'service Reply',
    ],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['text content://sms/', 'resolver.query'] },
      [`Conversation extends ${ACTIVITY}`]: {
        [CREATE]: ['own Sender.send()V'],
        'remove()V': ['text content://sms/', 'resolver.delete'],
      },
      Sender: { 'send()V': ['sms.send-parts'] },
      'Deliver extends android.content.BroadcastReceiver': {
        [RECEIVE]: ['sms.body', 'sms.sender', 'resolver.insert', 'own Codes.find()V'],
      },
      Codes: { 'find()V': ['text \\b\\d{4,8}\\b', 'regex.matcher', 'clip.set'] },
      Voice: { 'record()V': ['mic.source'] },
      Previews: { 'load()V': ['url.open'] },
      'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
    },
  }),
  lookAlike('message-backup', 'backup of text messages and calls to a file or a cloud', {
    name: 'backup',
    asks: [
      'READ_SMS',
      'READ_CALL_LOG',
      'READ_CONTACTS',
      'INTERNET',
      'RECEIVE_BOOT_COMPLETED',
      'WRITE_EXTERNAL_STORAGE',
    ],
    components: ['activity Main home', 'service Backup', 'receiver Boot on=BOOT'],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['service.start', 'text Choose where your backups go'] },
      'Backup extends android.app.Service': {
        [START]: [
          'text content://sms',
          'text content://call_log/calls',
          'resolver.query',
          'file.write',
          'own Cloud.put()V',
        ],
      },
      Cloud: { 'put()V': ['text https://drive.example.test/upload', 'ok.call'] },
      Names: { 'of()V': ['text content://com.android.contacts/data/phones', 'resolver.query'] },
      Vault: { 'seal()V': ['cipher.get', 'cipher.final'] },
      'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
    },
  }),
  lookAlike('dialer', 'dialer with call recording on request and service codes', {
    name: 'dialer',
    asks: [
      'CALL_PHONE',
      'READ_CALL_LOG',
      'READ_CONTACTS',
      'READ_PHONE_STATE',
      'RECORD_AUDIO',
      'INTERNET',
      'PROCESS_OUTGOING_CALLS',
      'RECEIVE_BOOT_COMPLETED',
    ],
    components: ['activity Main home on=DIAL', 'service InCall guard=BIND_INCALL_SERVICE', 'receiver Calls on=PHONE'],
    classes: {
      [`Main extends ${ACTIVITY}`]: {
        [CREATE]: ['text content://call_log/calls', 'resolver.query', 'own Dial.now()V'],
      },
      Dial: {
        'now()V': ['text android.intent.action.CALL', 'activity.start'],
        'forwarding()V': ['text *21*', 'text ##21#', 'phone.ussd'],
      },
      Recorder: { 'start()V': ['phone.state', 'mic.source', 'file.out'] },
      'InCall extends android.telecom.InCallService': { 'onCallAdded(Landroid/telecom/Call;)V': ['activity.start'] },
      'Calls extends android.content.BroadcastReceiver': { [RECEIVE]: ['text incoming_number', 'own Spam.check()V'] },
      Spam: { 'check()V': ['text https://numbers.example.test/lookup', 'url.open'] },
    },
  }),
  lookAlike('consenting-call-recorder', 'call recorder with a consent page and a visible icon', {
    name: 'recorder',
    asks: ['RECORD_AUDIO', 'READ_PHONE_STATE', 'READ_CONTACTS', 'INTERNET', 'RECEIVE_BOOT_COMPLETED', 'READ_CALL_LOG'],
    components: ['activity Main home', 'activity Consent', 'service Record', 'receiver Calls on=PHONE on=BOOT'],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['activity.start'] },
      [`Consent extends ${ACTIVITY}`]: { [CREATE]: ['text Both sides must agree to being recorded'] },
      'Calls extends android.content.BroadcastReceiver': {
        [RECEIVE]: ['text android.intent.action.PHONE_STATE', 'service.start'],
      },
      'Record extends android.app.Service': { [START]: ['phone.listen', 'mic.source', 'file.out'] },
      Drive: { 'backup()V': ['text https://drive.example.test/upload', 'ok.call'] },
    },
  }),
  lookAlike('keyboard', 'keyboard with suggestions from a server and emoji', {
    name: 'keyboard',
    asks: ['INTERNET', 'VIBRATE', 'READ_CONTACTS', 'RECORD_AUDIO', 'READ_USER_DICTIONARY'],
    components: ['activity Settings home', 'service Keys guard=BIND_INPUT_METHOD on=KEYBOARD'],
    classes: {
      [`Settings extends ${ACTIVITY}`]: { [CREATE]: ['prefs.string'] },
      'Keys extends android.inputmethodservice.InputMethodService': {
        'onText(Ljava/lang/CharSequence;)V': ['keys.commit', 'own Words.learn()V'],
      },
      Words: { 'learn()V': ['db.insert', 'file.write'] },
      Suggestions: { 'ask()V': ['text https://gifs.example.test/search', 'ok.call'] },
      Paste: { 'offer()V': ['clip.get', 'clip.watch'] },
      Voice: { 'listen()V': ['mic.start'] },
    },
  }),
  lookAlike('contact-sync', 'sync of contacts with a server that the owner names', {
    name: 'contactsync',
    asks: ['READ_CONTACTS', 'WRITE_CONTACTS', 'GET_ACCOUNTS', 'INTERNET', 'READ_SYNC_SETTINGS'],
    components: ['activity Main home', 'service Sync'],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['prefs.string'] },
      'Sync extends android.app.Service': { [START]: ['own Adapter.run()V'] },
      Adapter: {
        'run()V': [
          'text content://com.android.contacts/contacts',
          'resolver.query',
          'text https://dav.example.test',
          'ok.call',
        ],
      },
    },
  }),
  lookAlike('mail', 'e-mail program', {
    name: 'mail',
    asks: ['INTERNET', 'READ_CONTACTS', 'RECEIVE_BOOT_COMPLETED', 'WRITE_EXTERNAL_STORAGE', 'GET_ACCOUNTS'],
    components: ['activity Main home', 'activity Compose on=SEND', 'service Poll', 'receiver Boot on=BOOT'],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['web.load', 'service.start'] },
      'Poll extends android.app.Service': { [START]: ['socket.new', 'socket.input'] },
      Addresses: { 'find()V': ['text content://com.android.contacts/contacts', 'resolver.query'] },
      Attachments: { 'save()V': ['file.write'] },
      'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
    },
  }),
  lookAlike('authenticator', 'authenticator that makes one-time codes', {
    name: 'authenticator',
    asks: ['CAMERA', 'USE_BIOMETRIC', 'INTERNET'],
    components: ['activity Main home'],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['own Codes.now()V', 'clip.set', 'camera.open'] },
      Codes: { 'now()V': ['text otpauth://totp/', 'text \\d{6}', 'regex.matcher'] },
      Vault: { 'open()V': ['cipher.get', 'cipher.final', 'file.write'] },
    },
  }),
  lookAlike('bank', 'bank’s own app: confirms a number by text message, checks the phone', {
    name: 'bank',
    asks: ['INTERNET', 'RECEIVE_SMS', 'CAMERA', 'ACCESS_FINE_LOCATION', 'READ_CONTACTS', 'QUERY_ALL_PACKAGES', 'NFC'],
    components: ['activity Main home', 'receiver Codes on=SMS', 'service Card guard=BIND_NFC_SERVICE on=CARD'],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['web.load', 'own Checks.run()V'] },
      'Codes extends android.content.BroadcastReceiver': {
        [RECEIVE]: ['sms.sender', 'sms.body', 'text \\d{6}', 'regex.matcher', 'own Confirm.enter()V'],
      },
      Confirm: { 'enter()V': ['text https://bank.example.test/confirm', 'ok.call'] },
      Checks: {
        'run()V': ['apps.list', 'text com.topjohnwu.magisk', 'text /system/xbin/su', 'text com.example.fakebank'],
      },
      'Card extends android.nfc.cardemulation.HostApduService': {
        'processCommandApdu([BLandroid/os/Bundle;)[B': ['own Token.sign()V', 'nfc.answer'],
      },
      Token: { 'sign()V': ['cipher.final'] },
    },
  }),
];
