import { callOn, callStatic, dalvik } from '../../../testing/dalvik.ts';
import { type RowFixtures, testTable } from '../../../testing/test-table.ts';
import { WEBVIEW_CONTENT_RULES } from './webview-content-rules.ts';
import { WEBVIEW_SETTING_RULES } from './webview-setting-rules.ts';

/** A switch that is wrong one way, and fine the other way or when nothing is known of it. */
const flag = (method: string, bad: boolean): RowFixtures => {
  const set = (value?: boolean) => dalvik(callOn(`android.webkit.WebSettings.${method}(Z)V`, value));
  return { bad: set(bad), good: [set(!bad), set()] };
};
const mode = (value: number) => dalvik(callOn('android.webkit.WebSettings.setMixedContentMode(I)V', value));
const granted = (value: boolean) =>
  dalvik(
    callOn('android.webkit.GeolocationPermissions$Callback.invoke(Ljava/lang/String;ZZ)V', undefined, value, false),
  );
const debugging = (value: boolean) =>
  dalvik(callStatic('android.webkit.WebView.setWebContentsDebuggingEnabled(Z)V', value));
const cookies = (value: boolean) =>
  dalvik(
    callOn('android.webkit.CookieManager.setAcceptThirdPartyCookies(Landroid/webkit/WebView;Z)V', undefined, value),
  );
const fileCookies = (value: boolean) =>
  dalvik(callStatic('android.webkit.CookieManager.setAcceptFileSchemeCookies(Z)V', value));

testTable(WEBVIEW_SETTING_RULES, {
  'webview-scripts-on': flag('setJavaScriptEnabled', true),
  'webview-file-access': flag('setAllowFileAccess', true),
  'webview-file-to-file': flag('setAllowFileAccessFromFileURLs', true),
  'webview-universal-access': flag('setAllowUniversalAccessFromFileURLs', true),
  'webview-debugging': { bad: debugging(true), shows: 'debugging: true', good: debugging(false) },
  'webview-saves-passwords': flag('setSavePassword', true),
  'webview-safe-browsing-off': flag('setSafeBrowsingEnabled', false),
  'webview-third-party-cookies': { bad: cookies(true), good: cookies(false) },
  'webview-file-cookies': { bad: fileCookies(true), good: fileCookies(false) },
  'webview-location-granted': { bad: granted(true), good: granted(false) },
  'webview-mixed-content': { bad: mode(0), good: [mode(1), mode(2)] },
});

const load = (url?: string) => callOn('android.webkit.WebView.loadUrl(Ljava/lang/String;)V', url);
const extra = callOn('android.content.Intent.getStringExtra(Ljava/lang/String;)Ljava/lang/String;', 'url');
const base = (url: string) =>
  callOn('android.webkit.WebView.loadDataWithBaseURL(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;)V', url);
const parse = callStatic('android.content.Intent.parseUri(Ljava/lang/String;I)Landroid/content/Intent;');
const start = callOn('com.example.app.Main.startActivity(Landroid/content/Intent;)V');
const grant = callOn('android.webkit.PermissionRequest.grant([Ljava/lang/String;)V');
const resources = callOn('android.webkit.PermissionRequest.getResources()[Ljava/lang/String;');

testTable(WEBVIEW_CONTENT_RULES, {
  'webview-page-in-clear': {
    bad: dalvik(load('http://example.com/')),
    shows: 'http://example.com/',
    good: [dalvik(load('https://example.com/')), dalvik(load('http://localhost:8080/')), dalvik(load())],
  },
  'webview-address-from-outside': {
    bad: dalvik(extra, load()),
    good: [dalvik(load()), dalvik(extra), dalvik(extra, callOn('android.net.Uri.getHost()Ljava/lang/String;'), load())],
  },
  'webview-runs-own-script': {
    bad: dalvik(load('javascript:window.ready()')),
    shows: 'window.ready',
    good: dalvik(load('https://example.com/')),
  },
  'webview-file-origin': {
    bad: dalvik(base('file:///sdcard/')),
    good: [dalvik(base('https://example.com/')), dalvik(base('file:///android_asset/'))],
  },
  'webview-intent-addresses': {
    bad: dalvik(parse, start),
    good: [
      dalvik(parse),
      dalvik(parse, callOn('android.content.Intent.addCategory(Ljava/lang/String;)Landroid/content/Intent;'), start),
    ],
  },
  'webview-powers-granted': {
    bad: dalvik(resources, grant),
    good: [
      dalvik(grant),
      dalvik(callOn('android.webkit.PermissionRequest.getOrigin()Landroid/net/Uri;'), resources, grant),
    ],
  },
});
