import { CALLS } from '../../call-groups.ts';
import type { Probe } from '../evasion/evasion-rule.ts';

/** Parts that several behaviours are made of. */
const SERVICE = 'android.accessibilityservice.AccessibilityService';
const NODE = 'android.view.accessibility.AccessibilityNodeInfo';
const EVENT = 'android.view.accessibility.AccessibilityEvent';

export const SENDS: Probe = { calls: CALLS.network, note: 'talks to the network, near the rest' };

export const LIVE: Probe = {
  calls: [
    { class: 'java.net.Socket', name: '<init>' },
    { class: 'okhttp3.OkHttpClient', name: 'newWebSocket' },
    { class: 'org.java_websocket.client.WebSocketClient', name: 'connect', inherited: true },
  ],
  note: 'opens a connection that stays, near the rest',
};

/** A click on what another app shows. */
export const CLICKS: Probe = {
  calls: [
    { class: NODE, name: 'performAction' },
    { class: SERVICE, name: 'dispatchGesture', inherited: true },
  ],
  note: 'clicks in another app',
};

export const READS_SCREEN: Probe = {
  calls: [
    { class: EVENT, name: 'getText', inherited: true },
    { class: EVENT, name: 'getSource', inherited: true },
    { class: NODE, name: 'getText' },
    { class: NODE, name: 'findAccessibilityNodeInfosByViewId' },
    { class: SERVICE, name: 'getRootInActiveWindow', inherited: true },
  ],
  note: 'reads the screen of another app',
};

export const PRESSES_BACK: Probe = {
  calls: [{ class: SERVICE, name: 'performGlobalAction', inherited: true }],
  note: 'presses Back or Home in the owner’s place',
};

export const WRITES_FILE: Probe = {
  calls: [
    { class: 'java.io.FileOutputStream', name: 'write' },
    { class: 'java.io.FileWriter', name: '<init>' },
    { class: 'java.io.FileWriter', name: 'write' },
    { class: 'android.database.sqlite.SQLiteDatabase', name: 'insert' },
  ],
  note: 'keeps it in a file or database',
};

export const READS_SMS: Probe = { calls: CALLS.readsIncomingSms, note: 'reads an incoming text message' };
export const SENDS_SMS: Probe = { calls: CALLS.sendsSms, note: 'sends a text message' };
export const RECORDS: Probe = { calls: CALLS.records, note: 'records sound' };
export const OPENS_WINDOW: Probe = { calls: CALLS.addsWindow, note: 'opens a window over other apps' };

export const RUNS_PROGRAM: Probe = {
  calls: [
    { class: 'java.lang.Runtime', name: 'exec' },
    { class: 'java.lang.ProcessBuilder', name: 'start' },
  ],
  note: 'starts a program',
};

export const STARTS_ACTIVITY: Probe = {
  calls: [
    { class: 'android.content.Context', name: 'startActivity', inherited: true },
    { class: 'android.app.Activity', name: 'startActivity', inherited: true },
  ],
  note: 'opens a page',
};

export const LOADS_PAGE: Probe = {
  calls: [
    { class: 'android.webkit.WebView', name: 'loadUrl', inherited: true },
    { class: 'android.webkit.WebView', name: 'evaluateJavascript', inherited: true },
  ],
  note: 'loads a page or runs a script in it',
};

/** Permissions and marks that several rows ask for. */
export const ONLINE = ['INTERNET'];
export const ACCESSIBILITY = 'BIND_ACCESSIBILITY_SERVICE';
export const BOOT = [
  'android.intent.action.BOOT_COMPLETED',
  'android.intent.action.LOCKED_BOOT_COMPLETED',
  'android.intent.action.QUICKBOOT_POWERON',
];
export const SMS = ['android.provider.Telephony.SMS_RECEIVED', 'android.provider.Telephony.SMS_DELIVER'];
