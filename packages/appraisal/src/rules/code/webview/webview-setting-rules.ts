import { codeTable, type RuleRow } from '../../../rule-table.ts';
import { isFalse, isTrue, number, passing, shownFlag } from '../find-calls.ts';

const SETTINGS = 'android.webkit.WebSettings';

/** What differs between rules about a switch of a web view. */
interface SwitchRow extends Omit<RuleRow, 'find' | 'masvs'> {
  /** Method as text, and the value that is worth a finding. */
  readonly method: string;
  readonly wanted: boolean;
  /** Parameter, from 0; default 0. */
  readonly at?: number;
  readonly note: string;
}

/** Switches of `WebSettings` and its neighbours, by the value that is passed. Source: android.webkit reference. */
const SWITCHES: readonly SwitchRow[] = [
  {
    name: 'webview-scripts-on',
    title: 'Web pages in the app may run scripts',
    why: 'Most pages need it. Together with a page that others can change, or with a bridge into the app, it decides how much they can do.',
    remedy: 'Switch scripts on only for pages of your own over https.',
    method: `${SETTINGS}.setJavaScriptEnabled`,
    wanted: true,
    note: 'scripts',
    cwe: [79],
  },
  {
    name: 'webview-file-access',
    title: 'Web pages in the app may be loaded from files',
    why: 'A page from a file that another app wrote can read what the app can.',
    remedy: 'Call setAllowFileAccess(false) and use WebViewAssetLoader.',
    method: `${SETTINGS}.setAllowFileAccess`,
    wanted: true,
    note: 'file access',
    points: 1,
    cwe: [200],
  },
  {
    name: 'webview-file-to-file',
    title: 'Pages from files may read other files of the app',
    why: 'One hostile page, a downloaded one for example, reads the private files of the app.',
    remedy: 'Leave setAllowFileAccessFromFileURLs off; use WebViewAssetLoader.',
    severity: 'low',
    method: `${SETTINGS}.setAllowFileAccessFromFileURLs`,
    wanted: true,
    note: 'files may read files',
    points: 2.5,
    classes: ['vulnerability'],
    cwe: [200, 749],
  },
  {
    name: 'webview-universal-access',
    title: 'Pages from files may read any site and file',
    why: 'The wall between sites is gone: one hostile page from a file reads private files and the user’s sessions, and sends them away.',
    remedy: 'Leave setAllowUniversalAccessFromFileURLs off; use WebViewAssetLoader.',
    severity: 'medium',
    method: `${SETTINGS}.setAllowUniversalAccessFromFileURLs`,
    wanted: true,
    note: 'files may read everything',
    points: 3,
    classes: ['vulnerability'],
    cwe: [942],
  },
  {
    name: 'webview-debugging',
    title: 'Code switches the debugging of web pages on',
    why: 'Whoever can attach a computer reads and changes the pages, sessions included. It may be meant for debug builds only.',
    remedy: 'Call it only where the build is debuggable.',
    severity: 'low',
    method: 'android.webkit.WebView.setWebContentsDebuggingEnabled',
    wanted: true,
    note: 'debugging',
    points: 1.5,
    cwe: [489],
  },
  {
    name: 'webview-saves-passwords',
    title: 'Web pages in the app may keep passwords',
    why: 'The view stores them without encryption on Android 4.3 and older.',
    remedy: 'Call setSavePassword(false), or require Android 4.4.',
    method: `${SETTINGS}.setSavePassword`,
    wanted: true,
    note: 'passwords are kept',
    points: 1,
    cwe: [522],
  },
  {
    name: 'webview-safe-browsing-off',
    title: 'The app switches the warning of dangerous pages off',
    why: 'The view no longer warns of pages that are known to phish or to spread malware.',
    remedy: 'Leave safe browsing on.',
    severity: 'low',
    method: `${SETTINGS}.setSafeBrowsingEnabled`,
    wanted: false,
    note: 'safe browsing',
    points: 2,
    cwe: [693],
  },
  {
    name: 'webview-third-party-cookies',
    title: 'Web pages in the app accept cookies of third parties',
    why: 'Advertisers can follow the user from page to page.',
    remedy: 'Allow them only where a sign-in needs them.',
    method: 'android.webkit.CookieManager.setAcceptThirdPartyCookies',
    wanted: true,
    at: 1,
    note: 'cookies of third parties',
    points: 0.5,
    cwe: [359],
  },
  {
    name: 'webview-file-cookies',
    title: 'Pages from files may have cookies',
    why: 'All pages from files share them, those of strangers included.',
    remedy: 'Leave setAcceptFileSchemeCookies off.',
    method: 'android.webkit.CookieManager.setAcceptFileSchemeCookies',
    wanted: true,
    note: 'cookies for files',
    points: 1,
    cwe: [200],
  },
  {
    name: 'webview-location-granted',
    title: 'The app grants the location to web pages without asking',
    why: 'Whatever page is shown learns where the user is.',
    remedy: 'Ask the user, and check the page’s origin.',
    severity: 'low',
    method: 'android.webkit.GeolocationPermissions$Callback.invoke',
    wanted: true,
    at: 1,
    note: 'allowed',
    points: 2,
    cwe: [359],
    attack: ['T1430'],
  },
];

export const WEBVIEW_SETTING_RULES = codeTable([
  ...SWITCHES.map(({ method, wanted, at = 0, note, ...row }) => ({
    ...row,
    masvs: ['PLATFORM-2'],
    find: passing(method, at, wanted ? isTrue : isFalse, note, shownFlag),
  })),
  {
    name: 'webview-mixed-content',
    title: 'Encrypted pages may load unencrypted parts',
    why: 'Whoever shares the Wi-Fi can change a script that is loaded in the clear, and with it the page.',
    remedy: 'Use MIXED_CONTENT_NEVER_ALLOW, the default.',
    severity: 'low',
    points: 2.5,
    classes: ['vulnerability'],
    masvs: ['NETWORK-1', 'PLATFORM-2'],
    cwe: [319],
    find: passing(
      `${SETTINGS}.setMixedContentMode`,
      0,
      number((mode) => mode === 0),
      'mode (0 is always allow)',
    ),
  },
]);
