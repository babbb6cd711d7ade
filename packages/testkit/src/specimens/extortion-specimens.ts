import { type Specimen, specimen } from './pattern-app.ts';

const RECEIVE = 'onReceive(Landroid/content/Context;Landroid/content/Intent;)V';
const START = 'onStartCommand(Landroid/content/Intent;II)I';

/** Patterns of extortion, fraud and advertising. */
export const EXTORTION_SPECIMENS: readonly Specimen[] = [
  specimen(
    'screen-locker',
    'extortion: covers the screen, becomes administrator, locks',
    { classes: ['ransomware'], rules: ['android.behaviour.device-lock', 'android.behaviour.ransom-demanded'] },
    {
      name: 'locker',
      label: 'Video Codec',
      asks: ['SYSTEM_ALERT_WINDOW', 'RECEIVE_BOOT_COMPLETED', 'INTERNET'],
      components: [
        'activity Main home',
        'receiver Boot on=BOOT',
        'receiver Admin guard=BIND_DEVICE_ADMIN on=ADMIN',
        'service Cover',
      ],
      classes: {
        'Main extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['service.start', 'icon.switch'] },
        'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
        'Admin extends android.app.admin.DeviceAdminReceiver': {
          'onDisableRequested(Landroid/content/Context;Landroid/content/Intent;)Ljava/lang/CharSequence;': [
            'text android.app.extra.DISABLE_WARNING',
            'admin.lock',
          ],
        },
        'Cover extends android.app.Service': {
          [START]: [
            'window.add',
            'text Your phone has been locked. Pay a fine of 200 by the voucher below.',
            'admin.password',
          ],
        },
      },
    },
  ),
  specimen(
    'file-encrypter',
    'extortion: encrypts files and demands payment',
    { classes: ['ransomware'], rules: ['android.behaviour.encrypts-files', 'android.behaviour.ransom-demanded'] },
    {
      name: 'encrypter',
      label: 'Photo Editor',
      asks: [
        'WRITE_EXTERNAL_STORAGE',
        'MANAGE_EXTERNAL_STORAGE',
        'INTERNET',
        'RECEIVE_BOOT_COMPLETED',
        'SYSTEM_ALERT_WINDOW',
      ],
      components: ['activity Main home', 'service Work', 'receiver Boot on=BOOT'],
      classes: {
        'Main extends android.app.Activity': {
          'onCreate(Landroid/os/Bundle;)V': ['service.start', 'own Note.show()V'],
        },
        'Work extends android.app.Service': {
          [START]: ['file.list', 'cipher.get', 'cipher.final', 'file.write', 'file.delete', 'own Work.key()V'],
          'key()V': ['text https://keys.specimen.test/id', 'url.open'],
        },
        'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
        Note: {
          'show()V': [
            'window.add',
            'text All your files have been encrypted. To decrypt send 0.01 BTC to the wallet below.',
          ],
        },
      },
    },
  ),
  specimen(
    'premium-messages',
    'toll fraud: sends text messages to short numbers and hides the answers',
    { classes: ['toll-fraud'], rules: ['android.behaviour.premium-sms'] },
    {
      name: 'premium',
      label: 'Wallpapers',
      asks: ['SEND_SMS', 'RECEIVE_SMS', 'INTERNET'],
      components: ['activity Main home', 'receiver Answers on=SMS'],
      classes: {
        'Main extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['text 81234', 'sms.send'] },
        'Answers extends android.content.BroadcastReceiver': {
          [RECEIVE]: ['sms.sender', 'sms.body', 'receiver.abort'],
        },
      },
    },
  ),
  specimen(
    'carrier-billing',
    'toll fraud: subscribes by web pages over the mobile network, reads the code that comes',
    { classes: ['toll-fraud'], rules: ['android.behaviour.billing-by-carrier', 'android.behaviour.page-clicked'] },
    {
      name: 'billing',
      label: 'Beauty Camera',
      asks: ['INTERNET', 'CHANGE_NETWORK_STATE', 'ACCESS_NETWORK_STATE', 'READ_PHONE_STATE', 'RECEIVE_SMS'],
      components: ['activity Main home', 'service Work', 'receiver Codes on=SMS'],
      classes: {
        'Main extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['service.start'] },
        'Work extends android.app.Service': {
          [START]: [
            'phone.operator',
            'net.request',
            'net.bind',
            'text https://wap.specimen.test/offer',
            'web.load',
            'own Work.confirm()V',
          ],
          'confirm()V': ["text javascript:document.getElementById('ok').click()", 'web.load', 'handler.later'],
        },
        'Codes extends android.content.BroadcastReceiver': {
          [RECEIVE]: ['sms.body', 'text \\d{4,6}', 'regex.matcher'],
        },
      },
    },
  ),
  specimen(
    'click-fraud',
    'click fraud: loads pages out of sight, clicks by scripts and made-up touches',
    { classes: ['click-fraud'], rules: ['android.behaviour.page-clicked', 'android.behaviour.made-up-touches'] },
    {
      name: 'clicks',
      label: 'Compass',
      asks: ['INTERNET', 'RECEIVE_BOOT_COMPLETED', 'WAKE_LOCK'],
      components: ['activity Main home', 'service Work', 'receiver Boot on=BOOT'],
      classes: {
        'Main extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['service.start', 'icon.switch'] },
        'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
        'Work extends android.app.Service': {
          [START]: ['text https://ads.specimen.test/next', 'web.load', 'timer.repeat', 'own Work.touch()V'],
          'touch()V': ['touch.make', 'touch.pass', "text document.querySelector('.ad').click()", 'web.script'],
        },
      },
    },
  ),
  specimen(
    'adware',
    'adware: hides its icon and shows advertisements when the phone is unlocked',
    { classes: ['adware'], rules: ['android.behaviour.advertising-outside', 'android.behaviour.windows-on-unlock'] },
    {
      name: 'adware',
      label: 'QR Scanner',
      asks: ['INTERNET', 'SYSTEM_ALERT_WINDOW', 'RECEIVE_BOOT_COMPLETED'],
      components: ['activity Main home', 'receiver Events on=UNLOCK on=BOOT', 'service Work', 'activity Ad'],
      classes: {
        'Main extends android.app.Activity': {
          'onCreate(Landroid/os/Bundle;)V': ['handler.later', 'icon.switch', 'service.start'],
        },
        'Events extends android.content.BroadcastReceiver': {
          [RECEIVE]: ['text android.intent.action.USER_PRESENT', 'text.equals', 'own Events.show()V'],
          'show()V': ['ad.show', 'window.add', 'text https://offers.specimen.test', 'web.load'],
        },
        'Work extends android.app.Service': { [START]: ['timer.repeat', 'activity.start'] },
      },
    },
  ),
  specimen(
    'miner',
    'hidden miner: logs in to a pool and works from the start of the phone',
    { classes: ['riskware'], rules: ['android.behaviour.mining', 'android.behaviour.mining-hidden'] },
    {
      name: 'miner',
      label: 'Calculator',
      asks: ['INTERNET', 'WAKE_LOCK', 'RECEIVE_BOOT_COMPLETED', 'FOREGROUND_SERVICE'],
      components: ['activity Main home', 'service Work', 'receiver Boot on=BOOT'],
      classes: {
        'Main extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['service.start', 'icon.switch'] },
        'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
        'Work extends android.app.Service': {
          [START]: [
            'text stratum+tcp://pool.specimen.test:3333',
            'text mining.subscribe',
            'text mining.authorize',
            'text mining.submit',
            'socket.new',
            'library.load',
          ],
        },
      },
    },
  ),
  specimen(
    'clipboard-hijack',
    'thief of payments: exchanges addresses of currencies in the clipboard',
    { classes: ['trojan'], rules: ['android.behaviour.addresses-exchanged'] },
    {
      name: 'clipper',
      label: 'Coin Prices',
      asks: ['INTERNET', 'RECEIVE_BOOT_COMPLETED'],
      components: ['activity Main home', 'service Work', 'receiver Boot on=BOOT'],
      classes: {
        'Main extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['service.start'] },
        'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
        'Work extends android.app.Service': {
          [START]: ['clip.watch'],
          'changed()V': [
            'clip.get',
            'text ^(bc1|[13])[a-zA-HJ-NP-Z0-9]{25,39}$',
            'text ^0x[a-fA-F0-9]{40}$',
            'regex.matcher',
            'clip.set',
          ],
        },
      },
    },
  ),
  specimen(
    'message-worm',
    'worm: sends a web address to all contacts and takes codes',
    { classes: ['trojan'], rules: ['android.behaviour.messages-to-contacts'] },
    {
      name: 'worm',
      label: 'Voicemail',
      asks: ['READ_CONTACTS', 'SEND_SMS', 'RECEIVE_SMS', 'INTERNET', 'READ_SMS'],
      components: ['activity Main home', 'service Work', 'receiver Incoming on=SMS'],
      classes: {
        'Main extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['service.start', 'icon.switch'] },
        'Work extends android.app.Service': {
          [START]: [
            'text content://com.android.contacts/data/phones',
            'resolver.query',
            'text You have a new voicemail: http://v.specimen.test/x',
            'sms.send',
          ],
        },
        'Incoming extends android.content.BroadcastReceiver': {
          [RECEIVE]: ['sms.body', 'text https://collect.specimen.test', 'url.open', 'receiver.abort'],
        },
      },
    },
  ),
];
