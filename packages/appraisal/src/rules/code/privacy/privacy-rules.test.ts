import { callOn, callStatic, dalvik } from '../../../testing/dalvik.ts';
import { testTable } from '../../../testing/test-table.ts';
import { OUTPUT_RULES } from './output-rules.ts';
import { PERSONAL_DATA_RULES } from './personal-data-rules.ts';

const call = (target: string) => ({
  bad: dalvik(callOn(target)),
  good: dalvik(callOn('java.lang.Object.hashCode()I')),
});
const field = (owner: string, name: string) => dalvik(`sget-object v0, ${owner}->${name}:Landroid/net/Uri;`);
const setting = (name: string) =>
  dalvik(
    callStatic(
      'android.provider.Settings$Secure.getString(Landroid/content/ContentResolver;Ljava/lang/String;)Ljava/lang/String;',
      undefined,
      name,
    ),
  );

testTable(PERSONAL_DATA_RULES, {
  'reads-clipboard': call('android.content.ClipboardManager.getPrimaryClip()Landroid/content/ClipData;'),
  'reads-contacts': {
    bad: [
      field('Landroid/provider/ContactsContract$Contacts;', 'CONTENT_URI'),
      dalvik('const-string v0, "content://com.android.contacts/data"'),
    ],
    good: [
      field('Landroid/provider/ContactsContract$Contacts;', 'CONTENT_LOOKUP_URI'),
      dalvik('const-string v0, "see content://com.android.contacts"'),
    ],
  },
  'reads-call-log': {
    bad: field('Landroid/provider/CallLog$Calls;', 'CONTENT_URI'),
    good: dalvik('const-string v0, "content://call_logger"'),
  },
  'reads-calendar': {
    bad: field('Landroid/provider/CalendarContract$Events;', 'CONTENT_URI'),
    good: dalvik('const-string v0, "content://com.example.calendar"'),
  },
  'reads-accounts': call('android.accounts.AccountManager.getAccounts()[Landroid/accounts/Account;'),
  'reads-pictures': {
    bad: field('Landroid/provider/MediaStore$Images$Media;', 'EXTERNAL_CONTENT_URI'),
    good: field('Landroid/provider/MediaStore$Images$Media;', 'INTERNAL_CONTENT_URI'),
  },
  'reads-location': call(
    'android.location.LocationManager.getLastKnownLocation(Ljava/lang/String;)Landroid/location/Location;',
  ),
  'reads-cell-towers': call('android.telephony.TelephonyManager.getAllCellInfo()Ljava/util/List;'),
  'reads-wifi-networks': call('android.net.wifi.WifiManager.getScanResults()Ljava/util/List;'),
  'scans-bluetooth': call('android.bluetooth.BluetoothAdapter.startDiscovery()Z'),
  'reads-advertising-id': {
    bad: dalvik(
      callStatic(
        'com.google.android.gms.ads.identifier.AdvertisingIdClient.getAdvertisingIdInfo(Landroid/content/Context;)Ljava/lang/Object;',
      ),
    ),
    good: dalvik(callOn('com.google.android.gms.ads.identifier.AdvertisingIdClient.start()V')),
  },
  'reads-android-id': { bad: setting('android_id'), shows: 'android_id', good: setting('default_input_method') },
  'reads-recognised-activity': call(
    'com.google.android.gms.location.ActivityRecognitionClient.requestActivityUpdates(JLandroid/app/PendingIntent;)V',
  ),
  'opens-camera': {
    bad: dalvik(callStatic('android.hardware.Camera.open()Landroid/hardware/Camera;')),
    good: dalvik(callStatic('android.hardware.Camera.getNumberOfCameras()I')),
  },
  'watches-calls': call('android.telephony.TelephonyManager.listen(Landroid/telephony/PhoneStateListener;I)V'),
});

const log = callStatic('android.util.Log.d(Ljava/lang/String;Ljava/lang/String;)I', 'App');
const info = callStatic('android.util.Log.i(Ljava/lang/String;Ljava/lang/String;)I', 'App');
const clip = (label?: string) =>
  dalvik(
    callStatic(
      'android.content.ClipData.newPlainText(Ljava/lang/CharSequence;Ljava/lang/CharSequence;)Landroid/content/ClipData;',
      label,
    ),
  );
const flags = (value?: number) => callOn('android.view.Window.addFlags(I)V', value);
const secret = callStatic(
  'android.text.method.PasswordTransformationMethod.getInstance()Landroid/text/method/PasswordTransformationMethod;',
);

testTable(OUTPUT_RULES, {
  'logs-secret': {
    bad: dalvik('const-string v1, "user password: "', log),
    shows: 'password: ',
    good: [
      dalvik('const-string v1, "user password: "'),
      dalvik('const-string v1, "Enter your password"', log),
      dalvik(log),
    ],
  },
  'logs-debug-messages': {
    bad: dalvik(log),
    good: [dalvik(info), { code: [{ name: 'androidx.a.B', methods: { 'run()V': ['call android.util.Log.d(I)I'] } }] }],
  },
  'secret-to-clipboard': { bad: clip('password'), shows: 'password', good: [clip('link'), clip()] },
  'screens-not-protected': {
    bad: [dalvik(flags(0x80), secret), dalvik(secret)],
    good: [dalvik(flags(0x2000), secret), dalvik(flags(), secret), dalvik(flags(0x80))],
  },
  'screens-protected': { bad: dalvik(flags(0x2080)), good: [dalvik(flags(0x80)), dalvik(flags())] },
});
