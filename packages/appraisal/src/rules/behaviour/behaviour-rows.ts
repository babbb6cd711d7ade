import { CALLS } from '../../call-groups.ts';
import type { BehaviourRow } from './behaviour-rule.ts';

const SENDS = { calls: CALLS.network, note: 'talks to the network, in the same class' };
const LIVE = {
  calls: [
    { class: 'java.net.Socket', name: '<init>' },
    { class: 'okhttp3.OkHttpClient', name: 'newWebSocket' },
  ],
  note: 'opens a connection that stays, in the same class',
};
const ONLINE = ['INTERNET'];

/** Weights stay below those of a strong behaviour: each of these has honest uses, so none helps to make a verdict by itself. */
export const BEHAVIOUR_ROWS: readonly BehaviourRow[] = [
  {
    name: 'notifications-sent',
    title: 'One class reads notifications and talks to the network',
    why: 'Notifications carry one-time codes and messages. Apps for watches and second screens have the same parts.',
    remedy: 'Find out where the notifications go before the access is granted.',
    severity: 'medium',
    malice: { base: 12 },
    classes: ['spyware'],
    mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1517', 'T1646'] },
    asks: ONLINE,
    guard: 'BIND_NOTIFICATION_LISTENER_SERVICE',
    parts: [
      {
        calls: [{ class: 'android.service.notification.StatusBarNotification', name: 'getNotification' }],
        note: 'reads a notification',
      },
      SENDS,
    ],
  },
  {
    name: 'screen-text-sent',
    title: 'One class reads text on the screen of other apps and talks to the network',
    why: 'What is typed and shown in other apps, passwords included, passes such a service. Readers for the blind seldom send.',
    remedy: 'Do not enable the accessibility service before its maker explains what is sent.',
    severity: 'medium',
    malice: { base: 14 },
    classes: ['spyware'],
    mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1417.001', 'T1453'] },
    asks: ONLINE,
    guard: 'BIND_ACCESSIBILITY_SERVICE',
    parts: [
      {
        calls: [{ class: 'android.view.accessibility.AccessibilityEvent', name: 'getText', inherited: true }],
        note: 'reads text from the screen',
      },
      SENDS,
    ],
  },
  {
    name: 'keyboard-sends',
    title: 'One class of a keyboard enters text and talks to the network',
    why: 'A keyboard sees everything that is typed. Keyboards that look words up online have the same parts.',
    remedy: 'Use a keyboard that has no network access for anything confidential.',
    severity: 'medium',
    malice: { base: 12 },
    classes: ['spyware'],
    mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1417.001'] },
    asks: ONLINE,
    guard: 'BIND_INPUT_METHOD',
    parts: [
      { calls: [{ class: 'android.view.inputmethod.InputConnection', name: 'commitText' }], note: 'enters text' },
      SENDS,
    ],
  },
  {
    name: 'screen-sent',
    title: 'One class records the screen and talks to the network',
    why: 'Whoever is at the other end sees what the owner sees. Apps for remote help and for broadcasting do this openly.',
    remedy: 'Allow it only for remote help that the company itself uses.',
    severity: 'medium',
    malice: { base: 10 },
    classes: ['surveillance'],
    mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1513'] },
    asks: ONLINE,
    parts: [
      {
        calls: [{ class: 'android.media.projection.MediaProjection', name: 'createVirtualDisplay' }],
        note: 'records the screen',
      },
      SENDS,
    ],
  },
  {
    name: 'clipboard-replaced',
    title: 'One class watches the clipboard, searches text by a pattern, and writes to the clipboard',
    why: 'Payment addresses are exchanged for those of a thief in this way. Clipboard managers that tidy text have the same parts.',
    remedy: 'Compare addresses after pasting; remove the app if it is no clipboard manager.',
    severity: 'medium',
    malice: { base: 14 },
    classes: ['trojan'],
    mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1414'] },
    parts: [
      {
        calls: [{ class: 'android.content.ClipboardManager', name: 'addPrimaryClipChangedListener' }],
        note: 'watches the clipboard',
      },
      { calls: [{ class: 'java.util.regex.Pattern', name: 'matcher' }], note: 'searches by a pattern' },
      { calls: [{ class: 'android.content.ClipboardManager', name: 'setPrimaryClip' }], note: 'replaces the content' },
    ],
  },
  {
    name: 'contacts-sent',
    title: 'One class names the store of contacts and talks to the network',
    why: 'A whole address book may leave the phone. Messengers and contact sync do the same with consent.',
    remedy: 'Refuse access to contacts if the app works without.',
    severity: 'low',
    malice: { base: 6 },
    classes: ['spyware'],
    mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1636.003'] },
    asks: ['INTERNET', 'READ_CONTACTS'],
    parts: [
      {
        strings: ['content://com.android.contacts/contacts', 'content://com.android.contacts/data/phones'],
        fields: [{ class: 'android.provider.ContactsContract$CommonDataKinds$Phone', name: 'CONTENT_URI' }],
        note: 'names the store of contacts',
      },
      SENDS,
    ],
  },
  {
    name: 'call-log-sent',
    title: 'One class names the call log and talks to the network',
    why: 'Who called whom, and when, may leave the phone. Few apps but dialers and backups have a use for it.',
    remedy: 'Refuse access to the call log if the app is no dialer.',
    severity: 'medium',
    malice: { base: 10 },
    classes: ['spyware'],
    mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1636.002'] },
    asks: ['INTERNET', 'READ_CALL_LOG'],
    parts: [
      {
        strings: ['content://call_log/calls'],
        fields: [{ class: 'android.provider.CallLog$Calls', name: 'CONTENT_URI' }],
        note: 'names the call log',
      },
      SENDS,
    ],
  },
  {
    name: 'call-forwarding',
    title: 'One class holds a code that diverts calls, and the action that dials',
    why: 'Calls from the bank then reach somebody else. Dialers name the same codes in their menus.',
    remedy: 'Dial ##21# to take a diversion back, and ask who set it.',
    severity: 'medium',
    malice: { base: 14 },
    classes: ['trojan'],
    mappings: { masvs: ['MASVS-PLATFORM-1'], attack: ['T1616'] },
    asks: ['CALL_PHONE'],
    parts: [
      { strings: ['**21*', '*21*', 'tel:**21*', 'tel:*21*'], note: 'diverts all calls' },
      { strings: ['android.intent.action.CALL'], note: 'dials without asking' },
    ],
  },
  {
    name: 'mining',
    title: 'One class speaks the protocol of mining pools',
    why: 'Mining empties the battery for somebody else’s profit. Apps that only watch a pool do not log in as a worker.',
    remedy: 'Remove the app if the owner did not install it to mine.',
    severity: 'high',
    malice: { base: 14 },
    classes: ['riskware'],
    mappings: {},
    asks: ONLINE,
    parts: [
      { strings: ['mining.subscribe'], note: 'joins a pool' },
      { strings: ['mining.submit', 'mining.authorize'], note: 'works for a pool' },
    ],
  },
  {
    name: 'nfc-relay',
    title: 'One class answers card readers and keeps a network connection',
    why: 'A payment at a till can be answered by a card that is far away. Wallets answer from the phone itself.',
    remedy: 'Do not make it the app for payments.',
    severity: 'high',
    malice: { base: 14 },
    classes: ['trojan'],
    mappings: { masvs: ['MASVS-PLATFORM-1'] },
    asks: ONLINE,
    guard: 'BIND_NFC_SERVICE',
    parts: [
      {
        calls: [{ class: 'android.nfc.cardemulation.HostApduService', name: 'sendResponseApdu', inherited: true }],
        note: 'answers a card reader',
      },
      LIVE,
    ],
  },
  {
    name: 'remote-gestures',
    title: 'One class makes gestures on the screen and keeps a network connection',
    why: 'Somebody far away can operate the phone, a banking app included. Apps for remote help do this openly.',
    remedy: 'Allow it only for remote help that the company itself uses.',
    severity: 'high',
    malice: { base: 14 },
    classes: ['backdoor', 'riskware'],
    mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1516'] },
    asks: ONLINE,
    guard: 'BIND_ACCESSIBILITY_SERVICE',
    parts: [
      {
        calls: [
          { class: 'android.accessibilityservice.AccessibilityService', name: 'dispatchGesture', inherited: true },
        ],
        note: 'makes a gesture',
      },
      LIVE,
    ],
  },
  {
    name: 'made-up-touches',
    title: 'One class loads web pages and makes up touches',
    why: 'Advertisements are clicked and subscriptions confirmed without the owner. Test tools have the same parts.',
    remedy: 'Have the app explained; look for charges on the phone bill.',
    severity: 'medium',
    malice: { base: 12 },
    classes: ['click-fraud', 'toll-fraud'],
    mappings: { masvs: ['MASVS-PLATFORM-2'], attack: ['T1643'] },
    asks: ONLINE,
    parts: [
      { calls: [{ class: 'android.webkit.WebView', name: 'loadUrl' }], note: 'loads a page' },
      { calls: [{ class: 'android.view.MotionEvent', name: 'obtain' }], note: 'makes up a touch' },
      {
        calls: [
          { class: 'android.view.View', name: 'dispatchTouchEvent' },
          { class: 'android.webkit.WebView', name: 'dispatchTouchEvent' },
        ],
        note: 'passes the touch on',
      },
    ],
  },
];
