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

const COMMANDS =
  /^(?:(?:get|read|fetch|dump|send|upload|steal|grab)[_-]?(?:all[_-]?)?(?:sms|contacts?|call_?logs?|messages?|accounts?|photos?|gallery|clipboard|keylogs?|files|installed_?apps|apps_?list)|(?:start|stop|run|open)[_-]?(?:vnc|hvnc|keylog(?:ger|ging)?|mic|record(?:ing)?|screen(?:cast|shot|_?record)?|ussd|inject(?:s|ion)?|overlay|push|socks5?|shell|ransom)|(?:record|take|capture)[_-]?(?:audio|mic|photo|picture|video|screen(?:shot)?|call)|(?:send|spam|intercept|hide|block)[_-]?(?:ussd|push|sms(?:_?all)?|notifications?)|(?:call_?forward(?:ing)?|forward_?calls?|kill_?bot|enable_?injects?|uninstall_?app|device_?unlock|remove_?icon|hide_?icon|lock_?device|get_?location|gps|shell_?cmd|exec_?shell|update_?injects?|grab_?(?:cookies|seed|2fa|google_?auth)))$/i;

/** Words by which servers command what they control. Management agents have words for locking and wiping, not for these. */
export const SPYING_COMMANDS = {
  shape: COMMANDS,
  samples: ['get_contacts', 'send_sms', 'take_photo', 'start_vnc'],
};
