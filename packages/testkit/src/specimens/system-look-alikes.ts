import { lookAlike, type Specimen } from './pattern-app.ts';

const RECEIVE = 'onReceive(Landroid/content/Context;Landroid/content/Intent;)V';
const START = 'onStartCommand(Landroid/content/Intent;II)I';
const CREATE = 'onCreate(Landroid/os/Bundle;)V';
const ACTIVITY = 'android.app.Activity';
const POSTED = 'onNotificationPosted(Landroid/service/notification/StatusBarNotification;)V';

/** Honest apps that manage the phone, other apps, files or connections. */
export const SYSTEM_LOOK_ALIKES: readonly Specimen[] = [
  lookAlike('device-policy', 'management agent of a company: locks, wipes, installs', {
    name: 'management',
    asks: [
      'INTERNET',
      'RECEIVE_BOOT_COMPLETED',
      'QUERY_ALL_PACKAGES',
      'REQUEST_INSTALL_PACKAGES',
      'ACCESS_FINE_LOCATION',
      'READ_PHONE_STATE',
    ],
    components: [
      'activity Main home',
      'receiver Admin guard=BIND_DEVICE_ADMIN on=ADMIN',
      'receiver Boot on=BOOT',
      'service Push on=com.google.firebase.MESSAGING_EVENT',
    ],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['activity.start'] },
      'Admin extends android.app.admin.DeviceAdminReceiver': {
        'onEnabled(Landroid/content/Context;Landroid/content/Intent;)V': ['admin.quality'],
        'onDisableRequested(Landroid/content/Context;Landroid/content/Intent;)Ljava/lang/CharSequence;': [
          'text Your company data will be removed.',
        ],
      },
      'Push extends com.google.firebase.messaging.FirebaseMessagingService': {
        'onMessageReceived(Lcom/google/firebase/messaging/RemoteMessage;)V': [
          'push.data',
          'text lock',
          'text wipe',
          'text locate',
          'text install_app',
          'text sync_policy',
          'own Commands.run()V',
        ],
      },
      Commands: {
        'run()V': ['admin.lock', 'admin.wipe', 'admin.password', 'own Apps.install()V', 'own Report.send()V'],
      },
      Apps: { 'install()V': ['install.session', 'install.commit', 'url.open'] },
      Report: { 'send()V': ['text https://mdm.example.test/checkin', 'ok.call', 'apps.list'] },
      Places: { 'now()V': ['location.last'] },
      'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
    },
  }),
  lookAlike('antivirus', 'security app that knows its rivals and what malware looks like', {
    name: 'antivirus',
    asks: [
      'INTERNET',
      'QUERY_ALL_PACKAGES',
      'RECEIVE_BOOT_COMPLETED',
      'MANAGE_EXTERNAL_STORAGE',
      'SYSTEM_ALERT_WINDOW',
      'RECEIVE_SMS',
      'ACCESS_FINE_LOCATION',
    ],
    components: [
      'activity Main home',
      'service Scan',
      'receiver Boot on=BOOT',
      'service Web guard=BIND_ACCESSIBILITY_SERVICE on=ACCESSIBILITY',
      'receiver Sms on=SMS',
      'receiver Admin guard=BIND_DEVICE_ADMIN on=ADMIN',
    ],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['service.start'] },
      'Scan extends android.app.Service': { [START]: ['apps.list', 'file.list', 'own Cloud.ask()V'] },
      Cloud: { 'ask()V': ['text https://cloud.example.test/hash', 'ok.call'] },
      Rivals: { 'find()V': ['text com.avira.android', 'text com.eset.ems2.gp', 'text com.kms.free', 'apps.list'] },
      Remove: { 'app()V': ['text android.intent.action.DELETE', 'activity.start'] },
      Names: { 'of()V': ['text Ransomware: your files may be encrypted and blocked by this app', 'text Trojan-SMS'] },
      'Web extends android.accessibilityservice.AccessibilityService': {
        'onAccessibilityEvent(Landroid/view/accessibility/AccessibilityEvent;)V': [
          'event.package',
          'node.find',
          'node.text',
          'own Cloud.ask()V',
        ],
      },
      Warn: { 'show()V': ['window.add'] },
      'Sms extends android.content.BroadcastReceiver': {
        [RECEIVE]: ['sms.body', 'text https?://', 'regex.matcher', 'own Cloud.ask()V'],
      },
      'Admin extends android.app.admin.DeviceAdminReceiver': {
        'onEnabled(Landroid/content/Context;Landroid/content/Intent;)V': ['admin.lock'],
      },
      Theft: { 'photo()V': ['camera.open'], 'where()V': ['location.last'] },
      'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
      Vault: { 'close()V': ['cipher.get', 'cipher.final'] },
    },
  }),
  lookAlike('find-my-phone', 'finds a lost phone: answers a text message with the place, locks, takes a picture', {
    name: 'findphone',
    asks: ['RECEIVE_SMS', 'SEND_SMS', 'ACCESS_FINE_LOCATION', 'CAMERA', 'READ_PHONE_STATE', 'RECEIVE_BOOT_COMPLETED'],
    components: [
      'activity Main home',
      'receiver Commands on=SMS',
      'receiver Boot on=BOOT',
      'receiver Admin guard=BIND_DEVICE_ADMIN on=ADMIN',
    ],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['prefs.string', 'text Choose your secret word'] },
      'Commands extends android.content.BroadcastReceiver': {
        [RECEIVE]: ['sms.body', 'prefs.string', 'text.equals', 'own Answer.place()V', 'own Answer.lock()V'],
      },
      Answer: { 'place()V': ['location.last', 'sms.send'], 'lock()V': ['admin.lock'], 'picture()V': ['camera.open'] },
      'Boot extends android.content.BroadcastReceiver': {
        [RECEIVE]: ['phone.sim', 'prefs.string', 'own Answer.place()V'],
      },
      'Admin extends android.app.admin.DeviceAdminReceiver': {
        'onEnabled(Landroid/content/Context;Landroid/content/Intent;)V': [],
      },
    },
  }),
  lookAlike('vpn', 'VPN with a kill switch and a proxy mode', {
    name: 'vpn',
    asks: ['INTERNET', 'FOREGROUND_SERVICE', 'RECEIVE_BOOT_COMPLETED', 'QUERY_ALL_PACKAGES'],
    components: ['activity Main home', 'service Tunnel guard=BIND_VPN_SERVICE on=VPN', 'receiver Boot on=BOOT'],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['vpn.prepare', 'apps.list'] },
      'Tunnel extends android.net.VpnService': { [START]: ['vpn.establish', 'own Relay.run()V', 'library.load'] },
      Relay: { 'run()V': ['server.accept', 'text HTTP/1.1 200 Connection established', 'socket.new'] },
      'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
    },
  }),
  lookAlike('file-manager', 'file manager with archives, encryption and root access', {
    name: 'files',
    asks: [
      'MANAGE_EXTERNAL_STORAGE',
      'WRITE_EXTERNAL_STORAGE',
      'INTERNET',
      'REQUEST_INSTALL_PACKAGES',
      'REQUEST_DELETE_PACKAGES',
    ],
    components: ['activity Main home on=VIEW', 'service Copy'],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['file.list', 'own Open.package_()V'] },
      Open: { 'package_()V': ['text application/vnd.android.package-archive', 'activity.start'] },
      Delete: { 'run()V': ['file.list', 'file.delete'] },
      Encrypt: { 'run()V': ['cipher.get', 'cipher.final', 'file.write'] },
      Root: { 'run()V': ['text su', 'text mount -o rw,remount /system', 'program.run'] },
      Cloud: { 'list()V': ['url.open'] },
      'Copy extends android.app.Service': { [START]: ['file.write'] },
    },
  }),
  lookAlike('vault', 'vault that encrypts pictures and removes the originals', {
    name: 'vault',
    asks: ['READ_MEDIA_IMAGES', 'WRITE_EXTERNAL_STORAGE', 'CAMERA', 'USE_BIOMETRIC', 'INTERNET'],
    components: ['activity Main home', 'activity-alias Calculator for=Main', 'service Import'],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['icon.switch', 'service.start'] },
      'Import extends android.app.Service': {
        [START]: ['file.list', 'cipher.get', 'cipher.final', 'file.write', 'file.delete'],
      },
      Intruder: { 'picture()V': ['camera.take'] },
      Backup: { 'run()V': ['text https://vault.example.test/backup', 'ok.call'] },
    },
  }),
  lookAlike('app-store', 'store for free software', {
    name: 'store',
    asks: [
      'INTERNET',
      'REQUEST_INSTALL_PACKAGES',
      'REQUEST_DELETE_PACKAGES',
      'QUERY_ALL_PACKAGES',
      'RECEIVE_BOOT_COMPLETED',
      'UPDATE_PACKAGES_WITHOUT_USER_ACTION',
    ],
    components: ['activity Main home', 'service Update', 'receiver Boot on=BOOT'],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['apps.list', 'service.start'] },
      'Update extends android.app.Service': { [START]: ['own Fetch.run()V', 'own Install.run()V'] },
      Fetch: { 'run()V': ['text https://repo.example.test/index', 'ok.call', 'file.write'] },
      Install: { 'run()V': ['install.session', 'install.commit'] },
      'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
    },
  }),
  lookAlike('screen-recorder', 'screen recorder that can broadcast', {
    name: 'screen',
    asks: ['RECORD_AUDIO', 'SYSTEM_ALERT_WINDOW', 'FOREGROUND_SERVICE', 'INTERNET', 'CAMERA'],
    components: ['activity Main home', 'service Record'],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['service.start'] },
      'Record extends android.app.Service': { [START]: ['screen.record', 'mic.source', 'own Bubble.show()V'] },
      Bubble: { 'show()V': ['window.add'] },
      Broadcast: { 'start()V': ['text rtmp://live.example.test', 'socket.new'] },
    },
  }),
  lookAlike('clipboard-manager', 'clipboard history shared between devices', {
    name: 'clipboard',
    asks: ['INTERNET', 'RECEIVE_BOOT_COMPLETED', 'SYSTEM_ALERT_WINDOW'],
    components: ['activity Main home', 'service Watch', 'receiver Boot on=BOOT'],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['service.start'] },
      'Watch extends android.app.Service': {
        [START]: ['clip.watch', 'clip.get', 'clip.set', 'text \\s+', 'regex.matcher', 'db.insert'],
      },
      Share: { 'send()V': ['clip.get', 'text https://clip.example.test/push', 'ok.call'] },
      'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
    },
  }),
  lookAlike('pool-monitor', 'monitor of a mining pool', {
    name: 'pool',
    asks: ['INTERNET', 'RECEIVE_BOOT_COMPLETED'],
    components: ['activity Main home', 'service Poll', 'receiver Boot on=BOOT'],
    classes: {
      [`Main extends ${ACTIVITY}`]: {
        [CREATE]: ['text Connect your rig to stratum+tcp://pool.example.test:3333', 'service.start'],
      },
      'Poll extends android.app.Service': { [START]: ['text https://pool.example.test/api/workers', 'url.open'] },
      'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
      Wallet: { 'check()V': ['text ^0x[a-fA-F0-9]{40}$', 'regex.matcher', 'clip.get'] },
    },
  }),
  lookAlike('wallet', 'wallet for currencies: knows addresses, uses the clipboard when asked', {
    name: 'wallet',
    asks: ['INTERNET', 'CAMERA', 'USE_BIOMETRIC'],
    components: ['activity Main home', 'activity Send'],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['text https://rpc.example.test', 'ok.call'] },
      [`Send extends ${ACTIVITY}`]: {
        [CREATE]: [
          'text ^(bc1|[13])[a-zA-HJ-NP-Z0-9]{25,39}$',
          'text ^0x[a-fA-F0-9]{40}$',
          'regex.matcher',
          'clip.get',
          'clip.set',
        ],
      },
      Keys: { 'sign()V': ['cipher.final'] },
    },
  }),
  lookAlike('card-wallet', 'wallet of cards: pays at a till, reads a card to add it, fetches tokens from its bank', {
    name: 'cards',
    asks: ['NFC', 'INTERNET', 'USE_BIOMETRIC', 'RECEIVE_BOOT_COMPLETED'],
    components: [
      'activity Main home',
      'activity Settings',
      'activity AddCard',
      'service Pay guard=BIND_NFC_SERVICE on=CARD',
      'service Push on=com.google.firebase.MESSAGING_EVENT',
    ],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['activity.start', 'own Tokens.renew()V'] },
      [`Settings extends ${ACTIVITY}`]: { [CREATE]: ['prefs.string'] },
      [`AddCard extends ${ACTIVITY}`]: { [CREATE]: ['own Plastic.number()V', 'own Tokens.renew()V'] },
      'Pay extends android.nfc.cardemulation.HostApduService': {
        'processCommandApdu([BLandroid/os/Bundle;)[B': ['own Vault.sign()V', 'own Pay.answer()V'],
        'answer()V': ['nfc.answer'],
      },
      'Push extends com.google.firebase.messaging.FirebaseMessagingService': {
        'onMessageReceived(Lcom/google/firebase/messaging/RemoteMessage;)V': ['push.data', 'own Tokens.renew()V'],
      },
      Plastic: { 'number()V': ['nfc.card'] },
      Vault: { 'sign()V': ['prefs.string', 'cipher.final'] },
      Tokens: { 'renew()V': ['text https://tokens.example.test/v1', 'ok.call', 'json.string'] },
    },
  }),
  lookAlike('free-game', 'game with advertisements inside, and a push service', {
    name: 'game',
    asks: ['INTERNET', 'WAKE_LOCK', 'RECEIVE_BOOT_COMPLETED', 'VIBRATE', 'com.google.android.gms.permission.AD_ID'],
    components: ['activity Main home', 'service Push on=com.google.firebase.MESSAGING_EVENT', 'receiver Boot on=BOOT'],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['ad.show', 'handler.later', 'library.load'] },
      'Push extends com.google.firebase.messaging.FirebaseMessagingService': {
        'onMessageReceived(Lcom/google/firebase/messaging/RemoteMessage;)V': [
          'push.data',
          'text open_shop',
          'text reward',
        ],
      },
      'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['handler.later'] },
      Help: { 'page()V': ['text https://game.example.test/help', 'web.load'] },
    },
  }),
  lookAlike('watch-companion', 'companion of a watch: mirrors notices, calls and music', {
    name: 'watch',
    asks: [
      'INTERNET',
      'BLUETOOTH_CONNECT',
      'READ_CONTACTS',
      'READ_CALL_LOG',
      'READ_PHONE_STATE',
      'RECEIVE_SMS',
      'SEND_SMS',
      'RECEIVE_BOOT_COMPLETED',
      'ACCESS_FINE_LOCATION',
    ],
    components: [
      'activity Main home',
      'service Mirror guard=BIND_NOTIFICATION_LISTENER_SERVICE on=NOTICES',
      'receiver Boot on=BOOT',
      'receiver Calls on=PHONE on=SMS',
    ],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['service.start'] },
      'Mirror extends android.service.notification.NotificationListenerService': {
        [POSTED]: ['notice.read', 'own Link.send()V'],
        'dismissed()V': ['notice.cancel'],
      },
      Link: { 'send()V': ['bluetooth.connect'] },
      'Calls extends android.content.BroadcastReceiver': {
        [RECEIVE]: ['sms.body', 'text incoming_number', 'own Link.send()V'],
      },
      Reply: { 'send()V': ['sms.send'] },
      Weather: { 'load()V': ['location.last', 'text https://weather.example.test', 'url.open'] },
      'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
    },
  }),
  lookAlike('fitness', 'fitness tracker that follows routes in the background', {
    name: 'fitness',
    asks: [
      'ACCESS_FINE_LOCATION',
      'ACCESS_BACKGROUND_LOCATION',
      'ACTIVITY_RECOGNITION',
      'INTERNET',
      'FOREGROUND_SERVICE',
      'READ_CONTACTS',
      'RECEIVE_BOOT_COMPLETED',
    ],
    components: ['activity Main home', 'service Track', 'receiver Boot on=BOOT'],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['service.start'] },
      'Track extends android.app.Service': { [START]: ['location.updates', 'db.insert'] },
      Upload: { 'run()V': ['text https://fit.example.test/route', 'ok.call'] },
      Friends: {
        'find()V': [
          'text content://com.android.contacts/data/phones',
          'resolver.query',
          'text https://fit.example.test/friends',
          'ok.call',
        ],
      },
      'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
    },
  }),
  lookAlike('browser', 'browser with downloads and a page for installing apps', {
    name: 'browser',
    asks: [
      'INTERNET',
      'CAMERA',
      'RECORD_AUDIO',
      'ACCESS_FINE_LOCATION',
      'REQUEST_INSTALL_PACKAGES',
      'READ_EXTERNAL_STORAGE',
    ],
    components: ['activity Main home on=VIEW', 'service Download'],
    classes: {
      [`Main extends ${ACTIVITY}`]: {
        [CREATE]: ['web.load', 'web.script', 'text document.querySelector("form").submit()'],
      },
      'Download extends android.app.Service': { [START]: ['download.enqueue', 'own Open.file()V'] },
      Open: { 'file()V': ['text application/vnd.android.package-archive', 'activity.start'] },
      Fill: { 'forms()V': ['cipher.final'] },
    },
  }),
  lookAlike('terminal', 'terminal with a local shell and connections to servers', {
    name: 'terminal',
    asks: ['INTERNET', 'FOREGROUND_SERVICE', 'WAKE_LOCK', 'WRITE_EXTERNAL_STORAGE'],
    components: ['activity Main home', 'service Sessions'],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['service.start'] },
      'Sessions extends android.app.Service': { [START]: ['own Local.open()V', 'own Remote.open()V'] },
      Local: { 'open()V': ['text /system/bin/sh', 'program.run'] },
      Remote: { 'open()V': ['socket.new', 'socket.input', 'cipher.final'] },
    },
  }),
  lookAlike('page-test', 'tool that tests web pages by scripts on a schedule', {
    name: 'pagetest',
    asks: ['INTERNET', 'WAKE_LOCK'],
    components: ['activity Main home', 'service Run'],
    classes: {
      [`Main extends ${ACTIVITY}`]: { [CREATE]: ['service.start', 'web.load'] },
      'Run extends android.app.Service': {
        [START]: [
          'text https://site.example.test',
          'web.load',
          "text document.getElementById('login').click()",
          'web.script',
          'handler.later',
        ],
      },
    },
  }),
  lookAlike('protected-bank', 'honest app in the wrapping of a protector: its code is decrypted at the start', {
    name: 'protected',
    asks: ['INTERNET', 'CAMERA', 'USE_BIOMETRIC'],
    components: ['activity Main home'],
    classes: {
      'Shell extends android.app.Application': {
        'attachBaseContext(Landroid/content/Context;)V': [
          'library.load',
          'text code.bin',
          'asset.open',
          'cipher.get',
          'cipher.final',
          'code.in-memory',
        ],
      },
    },
    files: {
      'assets/code.bin': Uint8Array.from(
        { length: 20_000 },
        (_, index) => (Math.imul(index + 7, 2_246_822_519) >>> 11) & 0xff,
      ),
    },
  }),
  lookAlike('carrier', 'app of a carrier: credit by service codes, network settings, pages', {
    name: 'carrier',
    asks: ['INTERNET', 'CALL_PHONE', 'READ_PHONE_STATE', 'CHANGE_NETWORK_STATE', 'RECEIVE_SMS'],
    components: ['activity Main home', 'receiver Codes on=SMS'],
    classes: {
      [`Main extends ${ACTIVITY}`]: {
        [CREATE]: ['text https://my.example.test', 'web.load', 'own Credit.ask()V', 'own Login.run()V'],
      },
      Credit: { 'ask()V': ['text *100#', 'phone.ussd'] },
      Login: { 'run()V': ['phone.operator', 'net.request', 'net.bind', 'url.open', 'phone.number'] },
      'Codes extends android.content.BroadcastReceiver': { [RECEIVE]: ['sms.body', 'text \\d{6}', 'regex.matcher'] },
    },
  }),
];
