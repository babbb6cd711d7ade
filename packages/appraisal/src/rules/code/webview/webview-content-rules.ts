import { codeTable } from '../../../rule-table.ts';
import { anyOf, besideIn, passing, text } from '../find-calls.ts';

const LOADERS = ['android.webkit.WebView.loadUrl', 'android.webkit.WebView.postUrl'];
const FROM_INTENT = [
  'android.content.Intent.getStringExtra',
  'android.content.Intent.getDataString',
  'android.content.Intent.getData',
  'android.os.Bundle.getString',
];

/** What web views are given to show. Sources: android.webkit reference; OWASP MASTG, testing web views. */
export const WEBVIEW_CONTENT_RULES = codeTable([
  {
    name: 'webview-page-in-clear',
    title: 'The app shows a page over an unencrypted connection',
    why: 'Whoever shares the Wi-Fi can put a page of their own into the app.',
    remedy: 'Load it over https.',
    severity: 'low',
    points: 2,
    classes: ['data-leak'],
    masvs: ['NETWORK-1', 'PLATFORM-2'],
    cwe: [319],
    find: passing(LOADERS, 0, text(/^http:\/\/(?!localhost\b|127\.|10\.0\.2\.2\b|\[::1\])/i), 'loads'),
  },
  {
    name: 'webview-address-from-outside',
    title: 'A page is shown where an intent is read',
    why: 'If the address comes from the intent, every app that can start the screen, or every link that opens it, chooses the page; the page can look like the app.',
    remedy: 'Check the scheme and host against a list before loading.',
    severity: 'low',
    points: 2,
    classes: ['vulnerability'],
    masvs: ['PLATFORM-2', 'PLATFORM-1'],
    cwe: [939, 601],
    find: besideIn(LOADERS, FROM_INTENT, 'loads a page in a method that reads an intent', [
      'android.net.Uri.getHost',
      'java.net.URL.getHost',
      'java.net.URI.getHost',
    ]),
  },
  {
    name: 'webview-runs-own-script',
    title: 'The app runs scripts of its own in web pages',
    why: 'Scripts that an app puts into pages of others can read what the user types there. It judges nothing: pages of one’s own are driven the same way.',
    remedy: 'Do so only in pages of your own.',
    masvs: ['PLATFORM-2'],
    cwe: [79],
    find: anyOf(
      passing('android.webkit.WebView.loadUrl', 0, text(/^javascript:/i), 'runs'),
      passing('android.webkit.WebView.evaluateJavascript', 0, text(/./), 'runs'),
    ),
  },
  {
    name: 'webview-file-origin',
    title: 'Text is shown as a page with the rights of a file',
    why: 'Markup of strangers that gets into the text runs with the origin of a file of the app.',
    remedy: 'Give an https address of your own as the base.',
    points: 1,
    masvs: ['PLATFORM-2'],
    cwe: [79],
    find: passing(
      'android.webkit.WebView.loadDataWithBaseURL',
      0,
      text(/^file:\/\/(?!\/android_(?:asset|res)\/)/i),
      'base address',
    ),
  },
  {
    name: 'webview-intent-addresses',
    title: 'An address is turned into an intent and started',
    why: 'A page with an intent: address can open any screen of the app, those that are not exported as well, with data of its choice.',
    remedy: 'Add the category BROWSABLE, and clear component and selector before starting.',
    severity: 'low',
    points: 2,
    classes: ['vulnerability'],
    masvs: ['PLATFORM-1', 'PLATFORM-2'],
    cwe: [926, 939],
    find: besideIn(
      ['android.content.Intent.parseUri'],
      ['*.startActivity(Landroid/content/Intent;)V', '*.startActivityForResult(Landroid/content/Intent;I)V'],
      'parsed and started in one method',
      [
        'android.content.Intent.addCategory',
        'android.content.Intent.setComponent',
        'android.content.Intent.setPackage',
      ],
    ),
  },
  {
    name: 'webview-powers-granted',
    title: 'The app grants web pages what they ask for',
    why: 'A page that is shown may use camera and microphone without the user being asked by the app.',
    remedy: 'Check the origin of the request, and ask the user.',
    severity: 'low',
    points: 1,
    masvs: ['PLATFORM-2', 'PRIVACY-1'],
    cwe: [863],
    find: besideIn(
      ['android.webkit.PermissionRequest.grant'],
      ['android.webkit.PermissionRequest.getResources'],
      'grants what the page asked for',
      ['android.webkit.PermissionRequest.getOrigin'],
    ),
  },
]);
