/**
 * What code names when it uses a permission: types, and beginnings of strings. Absence of all of them is what a rule reports; every use that is
 * forgotten here is a false alarm, so the lists are generous. Names without the prefix `android.permission.`.
 */
export interface PermissionUse {
  readonly permission: string;
  readonly types: readonly string[];
  readonly texts: readonly string[];
}

export const PERMISSION_USES: readonly PermissionUse[] = [
  {
    permission: 'CAMERA',
    types: [
      'android.hardware.Camera',
      'android.hardware.camera2.CameraManager',
      'android.hardware.camera2.CameraDevice',
      'android.webkit.PermissionRequest',
    ],
    texts: ['android.media.action.IMAGE_CAPTURE', 'android.media.action.VIDEO_CAPTURE', 'android.permission.CAMERA'],
  },
  {
    permission: 'RECORD_AUDIO',
    types: [
      'android.media.AudioRecord',
      'android.media.MediaRecorder',
      'android.speech.SpeechRecognizer',
      'android.media.audiofx.Visualizer',
      'android.webkit.PermissionRequest',
    ],
    texts: ['android.permission.RECORD_AUDIO'],
  },
  {
    permission: 'READ_CONTACTS',
    types: [
      'android.provider.ContactsContract',
      'android.provider.ContactsContract$Contacts',
      'android.provider.ContactsContract$CommonDataKinds$Phone',
      'android.provider.ContactsContract$Data',
    ],
    texts: ['content://com.android.contacts', 'content://contacts', 'android.permission.READ_CONTACTS'],
  },
  {
    permission: 'READ_CALENDAR',
    types: [
      'android.provider.CalendarContract',
      'android.provider.CalendarContract$Events',
      'android.provider.CalendarContract$Calendars',
      'android.provider.CalendarContract$Instances',
    ],
    texts: ['content://com.android.calendar', 'android.permission.READ_CALENDAR'],
  },
  {
    permission: 'READ_CALL_LOG',
    types: ['android.provider.CallLog', 'android.provider.CallLog$Calls'],
    texts: ['content://call_log', 'incoming_number', 'android.permission.READ_CALL_LOG'],
  },
  {
    permission: 'SEND_SMS',
    types: ['android.telephony.SmsManager', 'android.telephony.gsm.SmsManager'],
    texts: ['android.permission.SEND_SMS'],
  },
  {
    permission: 'READ_SMS',
    types: ['android.provider.Telephony$Sms', 'android.provider.Telephony$Sms$Inbox', 'android.provider.Telephony$Mms'],
    texts: ['content://sms', 'content://mms', 'android.permission.READ_SMS'],
  },
  {
    permission: 'ACCESS_FINE_LOCATION',
    types: [
      'android.location.LocationManager',
      'com.google.android.gms.location.FusedLocationProviderClient',
      'android.net.wifi.WifiManager',
      'android.webkit.GeolocationPermissions',
      'android.bluetooth.BluetoothAdapter',
      'android.telephony.CellInfo',
    ],
    texts: ['android.permission.ACCESS_FINE_LOCATION'],
  },
  {
    permission: 'CALL_PHONE',
    types: ['android.telecom.TelecomManager'],
    texts: ['android.intent.action.CALL', 'android.permission.CALL_PHONE'],
  },
  {
    permission: 'NFC',
    types: [
      'android.nfc.NfcAdapter',
      'android.nfc.NfcManager',
      'android.nfc.cardemulation.HostApduService',
      'android.nfc.Tag',
    ],
    texts: [],
  },
  {
    permission: 'USE_BIOMETRIC',
    types: [
      'android.hardware.biometrics.BiometricPrompt',
      'android.hardware.biometrics.BiometricManager',
      'androidx.biometric.BiometricPrompt',
      'android.hardware.fingerprint.FingerprintManager',
    ],
    texts: [],
  },
  {
    permission: 'BODY_SENSORS',
    types: ['android.hardware.SensorManager', 'androidx.health.services.client.HealthServices'],
    texts: ['android.permission.BODY_SENSORS'],
  },
];
