import type { CallSite, MethodQuery } from '@vedette/program';
import { libraryOf } from './library.ts';
import type { RuleContext } from './rule-context.ts';

/** Groups of calls that rules about behaviour combine. */
export const CALLS = {
  loadsCode: [
    { class: 'dalvik.system.DexClassLoader', name: '<init>' },
    { class: 'dalvik.system.InMemoryDexClassLoader', name: '<init>' },
    { class: 'dalvik.system.PathClassLoader', name: '<init>' },
    { class: 'dalvik.system.DexFile', name: 'loadDex' },
  ],
  installsApps: [
    { class: 'android.content.pm.PackageInstaller', name: 'createSession' },
    { class: 'android.content.pm.PackageInstaller$Session', name: 'commit' },
  ],
  sendsSms: [
    { class: 'android.telephony.SmsManager', name: 'sendTextMessage' },
    { class: 'android.telephony.SmsManager', name: 'sendMultipartTextMessage' },
    { class: 'android.telephony.SmsManager', name: 'sendDataMessage' },
  ],
  readsIncomingSms: [
    { class: 'android.telephony.SmsMessage', name: 'getMessageBody' },
    { class: 'android.telephony.SmsMessage', name: 'getDisplayMessageBody' },
    { class: 'android.telephony.SmsMessage', name: 'createFromPdu' },
    { class: 'android.provider.Telephony$Sms$Intents', name: 'getMessagesFromIntent' },
  ],
  network: [
    { class: 'java.net.URL', name: 'openConnection' },
    { class: 'java.net.URL', name: 'openStream' },
    { class: 'java.net.Socket', name: '<init>' },
    { class: 'java.net.HttpURLConnection', name: 'connect' },
    { class: 'java.net.HttpURLConnection', name: 'getOutputStream' },
    { class: 'okhttp3.OkHttpClient', name: 'newCall' },
    { class: 'org.apache.http.client.HttpClient', name: 'execute' },
    { class: 'org.apache.http.impl.client.DefaultHttpClient', name: 'execute' },
    { class: 'android.app.DownloadManager', name: 'enqueue' },
  ],
  records: [
    { class: 'android.media.AudioRecord', name: 'startRecording' },
    { class: 'android.media.MediaRecorder', name: 'setAudioSource' },
  ],
  tracksLocation: [
    { class: 'android.location.LocationManager', name: 'requestLocationUpdates' },
    { class: 'com.google.android.gms.location.FusedLocationProviderClient', name: 'requestLocationUpdates' },
  ],
  takesPictures: [
    { class: 'android.hardware.Camera', name: 'takePicture' },
    { class: 'android.hardware.camera2.CameraManager', name: 'openCamera' },
  ],
  watchesForeground: [
    { class: 'android.app.ActivityManager', name: 'getRunningTasks' },
    { class: 'android.app.usage.UsageStatsManager', name: 'queryEvents' },
    { class: 'android.app.usage.UsageStatsManager', name: 'queryUsageStats' },
  ],
  addsWindow: [
    { class: 'android.view.WindowManager', name: 'addView' },
    { class: 'android.view.ViewManager', name: 'addView' },
  ],
  locksDevice: [
    { class: 'android.app.admin.DevicePolicyManager', name: 'lockNow' },
    { class: 'android.app.admin.DevicePolicyManager', name: 'resetPassword' },
  ],
  switchesComponents: [{ class: 'android.content.pm.PackageManager', name: 'setComponentEnabledSetting' }],
} as const satisfies Readonly<Record<string, readonly MethodQuery[]>>;

/** Calls from code that does not carry the name of a known library: what is said of behaviour must be the app's own. */
export function ownCalls(ctx: RuleContext, queries: readonly MethodQuery[]): readonly CallSite[] {
  return ctx.calls(...queries).filter((call) => libraryOf(call.class) === null);
}

/** The top-level class: `a.B` for `a.B$C$1`. Lambdas and listeners of a class belong together with it. */
export function topLevel(className: string): string {
  const dollar = className.indexOf('$', 1);
  return dollar === -1 ? className : className.slice(0, dollar);
}

/** Those calls of `calls` whose top-level class also makes one of `others`. */
export function besides(calls: readonly CallSite[], others: readonly CallSite[]): readonly CallSite[] {
  const classes = new Set(others.map((call) => topLevel(call.class)));
  return calls.filter((call) => classes.has(topLevel(call.class)));
}
