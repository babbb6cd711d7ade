/**
 * Names of classes as the format allows them ("Dalvik executable format", `SimpleName`), and those that are allowed but
 * meant to mislead.
 */

// The letters of a SimpleName. Lone surrogates are not among them; spaces only from version 040.
const LETTERS =
  '$\\-\\w\\u00a0-\\u1fff\\u2000-\\u200a\\u2010-\\u2027\\u202f-\\ud7ff\\ue000-\\uffef\\u{10000}-\\u{10ffff}';
const LEGAL = new RegExp(`^L[ ${LETTERS}]+(?:/[ ${LETTERS}]+)*;$`, 'u');
const ASCII = /^L(?:[\w$-]+\/)*[\w$-]+;$/;

/** Whether this may be the descriptor of a class: `L`, parts divided by `/`, `;`. */
export function isLegalClassDescriptor(descriptor: string): boolean {
  return ASCII.test(descriptor) || LEGAL.test(descriptor);
}

/** Devices of DOS: a tool on Windows cannot write a file of this name. */
const DEVICE = /(?:^L|\/)(?:con|prn|aux|nul|com\d|lpt\d)(?:;|\/)/i;
/** Longest name of a file on most systems. */
const MAX_FILE_NAME = 255;
/** Letters without width, and those that turn the direction of writing. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}/u;
/** Latin next to Greek or Cyrillic in one part. */
const MIXED = /[\p{Script=Cyrillic}\p{Script=Greek}][^/]*[a-z]|[a-z][^/]*[\p{Script=Cyrillic}\p{Script=Greek}]/iu;

/** How a legal name misleads people or their tools; null when it does not. */
export function confusingName(descriptor: string): 'windows' | 'long' | 'confusable' | null {
  if (DEVICE.test(descriptor)) return 'windows';
  if (descriptor.length > MAX_FILE_NAME && descriptor.split('/').some((part) => part.length > MAX_FILE_NAME))
    return 'long';
  // The leading L is no part of the name.
  if (ASCII.test(descriptor)) return null;
  const name = descriptor.slice(1, -1);
  return INVISIBLE.test(name) || MIXED.test(name) ? 'confusable' : null;
}

/**
 * Packages that only the boot class path defines. Libraries do bring classes in other `android.*` and `java*` packages
 * (`android.support`, `javax.inject`), and copies of hidden AIDL interfaces in `android.content.pm` and the like: so
 * only class names that are public in the SDK, or in packages that nobody else uses, count.
 */
const BOOT_PACKAGES =
  /^L(?:java\/(?:io|lang|math|net|nio|security|sql|text|time|util)|javax\/(?:crypto|net|security)|dalvik\/system|libcore)\//;
const BOOT_CLASSES = new Set(
  `accessibilityservice/AccessibilityService accounts/AccountManager app/Activity app/ActivityManager app/admin/DeviceAdminReceiver
app/admin/DevicePolicyManager app/AlarmManager app/Application app/Dialog app/Fragment app/Instrumentation app/KeyguardManager app/Notification
app/NotificationManager app/PendingIntent app/Service app/job/JobService bluetooth/BluetoothAdapter content/BroadcastReceiver
content/ClipboardManager content/ContentProvider content/ContentResolver content/ContentValues content/Context content/ContextWrapper content/Intent
content/IntentFilter content/SharedPreferences content/pm/ApplicationInfo content/pm/PackageInfo content/pm/PackageInstaller content/pm/PackageManager
content/pm/Signature database/Cursor database/sqlite/SQLiteDatabase graphics/Bitmap hardware/Camera hardware/SensorManager hardware/camera2/CameraManager
location/LocationManager media/AudioRecord media/MediaRecorder media/projection/MediaProjection net/ConnectivityManager net/Uri net/VpnService
net/wifi/WifiManager nfc/NfcAdapter os/AsyncTask os/Binder os/Build os/Bundle os/Debug os/Environment os/Handler os/Looper os/Message os/Parcel
os/PowerManager os/Process os/StrictMode os/UserManager preference/PreferenceManager provider/CallLog provider/ContactsContract provider/Settings
provider/Settings$Secure provider/Telephony security/KeyChain service/notification/NotificationListenerService telephony/PhoneStateListener
telephony/SmsManager telephony/SmsMessage telephony/SubscriptionManager telephony/TelephonyManager telecom/TelecomManager text/TextUtils util/Base64
util/Log view/LayoutInflater view/MotionEvent view/View view/ViewGroup view/WindowManager view/accessibility/AccessibilityEvent
view/accessibility/AccessibilityNodeInfo webkit/CookieManager webkit/JavascriptInterface webkit/WebSettings webkit/WebView webkit/WebViewClient
widget/Button widget/EditText widget/ImageView widget/TextView widget/Toast`
    .split(/\s+/)
    .map((name) => `Landroid/${name};`),
);

/** Whether the platform has a class of this name, so that one in an app is never loaded: the boot class loader is asked first. */
export function isFrameworkClass(descriptor: string): boolean {
  return BOOT_CLASSES.has(descriptor) || BOOT_PACKAGES.test(descriptor);
}
