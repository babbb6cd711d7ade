import { type Specimen, specimen } from './pattern-app.ts';

const RECEIVE = 'onReceive(Landroid/content/Context;Landroid/content/Intent;)V';
const START = 'onStartCommand(Landroid/content/Intent;II)I';
const EVENT = 'onAccessibilityEvent(Landroid/view/accessibility/AccessibilityEvent;)V';
/** Not code: bytes without order, as what is encrypted looks. Every byte comes from the counter, so that the file is always the same. */
const OPAQUE = Uint8Array.from({ length: 20_000 }, (_, index) => (Math.imul(index + 1, 2_654_435_761) >>> 13) & 0xff);

/** Patterns of droppers, back doors, and of what hides code. */
export const CONTROL_SPECIMENS: readonly Specimen[] = [
  specimen(
    'dropper-encrypted',
    'dropper: decrypts a file of its own, loads it as code, and clicks through installations',
    {
      classes: ['dropper'],
      rules: ['android.behaviour.hidden-code-decrypted', 'android.behaviour.installation-clicked'],
    },
    {
      name: 'dropper',
      label: 'PDF Reader',
      asks: ['INTERNET', 'REQUEST_INSTALL_PACKAGES'],
      components: ['activity Main home', 'service Help guard=BIND_ACCESSIBILITY_SERVICE on=ACCESSIBILITY'],
      classes: {
        'Main extends android.app.Activity': {
          'onCreate(Landroid/os/Bundle;)V': ['activity.start', 'own Stage.open()V'],
        },
        Stage: { 'open()V': ['text fonts/regular.dat', 'asset.open', 'cipher.get', 'cipher.final', 'code.in-memory'] },
        'Help extends android.accessibilityservice.AccessibilityService': {
          [EVENT]: ['text com.android.packageinstaller:id/ok_button', 'node.find', 'node.click'],
        },
      },
      files: { 'assets/fonts/regular.dat': OPAQUE },
    },
  ),
  specimen(
    'dropper-update',
    'dropper: false update that fetches a package, switches the check off, and installs',
    {
      classes: ['dropper'],
      rules: ['android.behaviour.package-downloaded-and-installed', 'android.behaviour.app-check-disabled'],
    },
    {
      name: 'update',
      label: 'Chrome',
      asks: ['INTERNET', 'REQUEST_INSTALL_PACKAGES', 'QUERY_ALL_PACKAGES'],
      components: ['activity Main home', 'service Help guard=BIND_ACCESSIBILITY_SERVICE on=ACCESSIBILITY'],
      classes: {
        'Main extends android.app.Activity': {
          'onCreate(Landroid/os/Bundle;)V': [
            'text https://update.specimen.test/u.apk',
            'url.open',
            'own Main.install()V',
          ],
          'install()V': ['text application/vnd.android.package-archive', 'activity.start'],
        },
        'Help extends android.accessibilityservice.AccessibilityService': {
          [EVENT]: [
            'text com.google.android.gms.security.settings.VerifyAppsSettingsActivity',
            'node.find',
            'node.click',
            'own Help.confirm()V',
          ],
          'confirm()V': ['text com.google.android.packageinstaller:id/install_confirm_question', 'node.click'],
        },
      },
    },
  ),
  specimen(
    'remote-shell',
    'back door: a shell at the other end of a connection, from the start of the phone',
    { classes: ['backdoor'], rules: ['android.behaviour.reverse-shell'] },
    {
      name: 'shell',
      label: 'Weather',
      asks: ['INTERNET', 'RECEIVE_BOOT_COMPLETED', 'READ_SMS', 'CAMERA', 'RECORD_AUDIO'],
      components: ['activity Main home', 'service Work', 'receiver Boot on=BOOT'],
      classes: {
        'Main extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['service.start', 'icon.switch'] },
        'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
        'Work extends android.app.Service': {
          [START]: ['text shell.specimen.test', 'socket.new', 'text /system/bin/sh', 'program.run'],
          'obey()V': ['text dump_sms', 'text dump_contacts', 'text record_mic', 'text take_photo', 'text.equals'],
        },
      },
    },
  ),
  specimen(
    'residential-proxy',
    'back door that relays strangers’ traffic and takes commands',
    { classes: ['riskware'], rules: ['android.behaviour.traffic-relayed', 'android.behaviour.commands-from-server'] },
    {
      name: 'proxy',
      label: 'Free Games',
      asks: ['INTERNET', 'RECEIVE_BOOT_COMPLETED', 'FOREGROUND_SERVICE'],
      components: ['activity Main home', 'service Work', 'receiver Boot on=BOOT'],
      classes: {
        'Main extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['service.start', 'icon.switch'] },
        'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
        'Work extends android.app.Service': {
          [START]: [
            'text relay.specimen.test',
            'socket.new',
            'text HTTP/1.1 200 Connection established',
            'own Work.obey()V',
          ],
          'obey()V': [
            'json.string',
            'text start_socks5',
            'text run_shell',
            'text exec_shell',
            'text kill_bot',
            'text update_injects',
            'program.run',
            'text sh',
          ],
        },
      },
    },
  ),
  specimen(
    'root-helper',
    'root enabler: remounts the system and copies a package into it',
    {
      classes: ['root-enabler'],
      rules: ['android.behaviour.system-made-writable', 'android.behaviour.app-made-part-of-system'],
    },
    {
      name: 'rooter',
      label: 'Speed Booster',
      asks: ['INTERNET', 'RECEIVE_BOOT_COMPLETED'],
      components: ['activity Main home', 'service Work', 'receiver Boot on=BOOT'],
      classes: {
        'Main extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['service.start', 'icon.switch'] },
        'Boot extends android.content.BroadcastReceiver': { [RECEIVE]: ['service.start'] },
        'Work extends android.app.Service': {
          [START]: [
            'text su',
            'text mount -o rw,remount /system',
            'text cat /data/local/tmp/x > /system/priv-app/x.apk',
            'program.run',
            'text https://boost.specimen.test/p',
            'url.open',
          ],
        },
      },
    },
  ),
  specimen(
    'banking-packed',
    'banking trojan in the wrapping of a packer: only the wrapper is to be seen, and what it declares',
    { classes: ['dropper'], rules: ['android.behaviour.hidden-code-decrypted'] },
    {
      name: 'packed',
      label: 'Google Play services',
      asks: ['INTERNET', 'RECEIVE_SMS', 'SYSTEM_ALERT_WINDOW', 'QUERY_ALL_PACKAGES', 'RECEIVE_BOOT_COMPLETED'],
      components: [
        'activity Main home',
        'service Watch guard=BIND_ACCESSIBILITY_SERVICE on=ACCESSIBILITY',
        'receiver Incoming on=SMS',
        'receiver Boot on=BOOT',
      ],
      classes: {
        'Stub extends android.app.Application': {
          'attachBaseContext(Landroid/content/Context;)V': [
            'text data.bin',
            'asset.open',
            'cipher.get',
            'cipher.final',
            'code.in-memory',
          ],
        },
      },
      files: { 'assets/data.bin': OPAQUE },
    },
  ),
  specimen(
    'message-codes-encrypted-strings',
    'thief of one-time codes whose texts are encrypted: one method decrypts them at every use',
    { classes: ['trojan'], rules: ['android.behaviour.sms-forwarding', 'android.behaviour.sms-swallowing'] },
    {
      name: 'strings',
      label: 'Parcel',
      asks: ['RECEIVE_SMS', 'READ_SMS', 'INTERNET'],
      components: ['activity Main home', 'receiver Incoming on=SMS'],
      classes: {
        'Main extends android.app.Activity': {
          'onCreate(Landroid/os/Bundle;)V': [
            'text q1Zs0a==',
            'own S.d(Ljava/lang/String;)Ljava/lang/String;',
            'web.load',
          ],
        },
        S: { 'd(Ljava/lang/String;)Ljava/lang/String;': ['cipher.get', 'cipher.final'] },
        'Incoming extends android.content.BroadcastReceiver': {
          [RECEIVE]: [
            'sms.body',
            'text kX02mA==',
            'own S.d(Ljava/lang/String;)Ljava/lang/String;',
            'regex.matcher',
            'text 9sLq2w==',
            'own S.d(Ljava/lang/String;)Ljava/lang/String;',
            'url.open',
            'http.output',
            'receiver.abort',
          ],
        },
      },
    },
  ),
  specimen(
    'security-remover',
    'trojan that removes security apps, sets accessibility and obeys text messages',
    {
      classes: ['trojan'],
      rules: ['android.behaviour.security-apps-removed', 'android.behaviour.commands-by-message'],
    },
    {
      name: 'remover',
      label: 'Settings',
      asks: [
        'RECEIVE_SMS',
        'SEND_SMS',
        'INTERNET',
        'REQUEST_DELETE_PACKAGES',
        'KILL_BACKGROUND_PROCESSES',
        'RECORD_AUDIO',
        'ACCESS_FINE_LOCATION',
      ],
      components: ['activity Main home', 'receiver Incoming on=SMS', 'receiver Admin guard=BIND_DEVICE_ADMIN on=ADMIN'],
      classes: {
        'Main extends android.app.Activity': { 'onCreate(Landroid/os/Bundle;)V': ['icon.switch', 'own Clean.run()V'] },
        Clean: {
          'run()V': [
            'text com.avira.android',
            'text com.kms.free',
            'text com.lookout',
            'text android.intent.action.DELETE',
            'apps.end',
            'activity.start',
          ],
          'help()V': ['text enabled_accessibility_services', 'settings.put'],
        },
        'Incoming extends android.content.BroadcastReceiver': {
          [RECEIVE]: ['sms.body', 'text.equals', 'mic.source', 'own Incoming.place()V'],
          'place()V': ['location.last', 'sms.send'],
        },
      },
    },
  ),
];
