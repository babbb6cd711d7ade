import { CALLS } from '../../call-groups.ts';
import { BOOT, ONLINE, READS_SMS, SENDS } from './behaviour-parts.ts';
import type { BehaviourRow } from './behaviour-rule.ts';

/** Staying unseen, keeping the owner out, keeping calls and notices from the owner. */
export const HIDING_ROWS: readonly BehaviourRow[] = [
  {
    name: 'icon-removed',
    title: 'One class, with what it calls, switches a component off and starts a service',
    why: 'The icon disappears while the app works on. Apps that let the owner choose an icon switch components too.',
    remedy: 'Look for the app in the list of all apps.',
    severity: 'medium',
    malice: { base: 8 },
    classes: ['trojan', 'adware'],
    mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1628.001'] },
    handles: BOOT,
    parts: [
      { calls: CALLS.switchesComponents, note: 'switches a component off or on' },
      {
        calls: [
          { class: 'android.content.Context', name: 'startService', inherited: true },
          { class: 'android.content.Context', name: 'startForegroundService', inherited: true },
          { class: 'android.content.ContextWrapper', name: 'startService', inherited: true },
        ],
        note: 'starts a service',
      },
    ],
  },
  {
    name: 'administrator-kept',
    title: 'One class, with what it calls, is told that the owner takes administration away, and locks the phone',
    why: 'Whoever tries to switch the administrator off is locked out. Management agents answer with a warning, in words.',
    remedy: 'Switch the administrator off in safe mode.',
    severity: 'critical',
    malice: { base: 22 },
    classes: ['ransomware', 'trojan'],
    mappings: { masvs: ['MASVS-PLATFORM-1'], attack: ['T1629.001', 'T1629.002', 'T1626.001'] },
    guard: 'BIND_DEVICE_ADMIN',
    parts: [
      {
        strings: ['android.app.action.DEVICE_ADMIN_DISABLE_REQUESTED', 'android.app.extra.DISABLE_WARNING'],
        calls: [
          { class: 'android.app.admin.DeviceAdminReceiver', name: 'onDisableRequested' },
          { class: 'android.app.admin.DeviceAdminReceiver', name: 'onDisabled' },
        ],
        note: 'is told that administration ends',
      },
      { calls: CALLS.locksDevice, note: 'locks the phone or sets its password' },
    ],
  },
  {
    name: 'password-set',
    title:
      'One class, with what it calls, sets the phone’s password and locks it, in an app that starts with the phone',
    why: 'The owner does not know the new password. Management agents do this for a lost phone.',
    remedy: 'Do not make it administrator.',
    severity: 'high',
    malice: { base: 14 },
    classes: ['ransomware'],
    mappings: { masvs: ['MASVS-PLATFORM-1'], attack: ['T1629.002', 'T1626.001'] },
    guard: 'BIND_DEVICE_ADMIN',
    handles: BOOT,
    parts: [
      {
        calls: [
          { class: 'android.app.admin.DevicePolicyManager', name: 'resetPassword' },
          { class: 'android.app.admin.DevicePolicyManager', name: 'resetPasswordWithToken' },
        ],
        note: 'sets the password',
      },
      { calls: [{ class: 'android.app.admin.DevicePolicyManager', name: 'lockNow' }], note: 'locks the phone' },
    ],
  },
  {
    name: 'ransom-demanded',
    title:
      'One method speaks of a payment for getting files or the phone back, and encrypts, locks or covers the screen',
    why: 'This is how extortion addresses its victim. No honest app speaks like this.',
    remedy: 'Do not pay. Start in safe mode, remove the app, restore files from a backup.',
    severity: 'critical',
    malice: { base: 36 },
    classes: ['ransomware'],
    mappings: { masvs: ['MASVS-STORAGE-1'], attack: ['T1471', 'T1629.002'] },
    near: 'method',
    parts: [
      {
        pattern: {
          shape:
            /(?:your|all) (?:files|photos|documents|data|phone|device)\b.{0,80}\b(?:encrypted|locked|blocked)|\b(?:to (?:decrypt|unlock|recover)|pay)\b.{0,80}\b(?:bitcoins?|btc|monero|fine|ransom|wallet)\b/is,
          samples: ['Your files have been encrypted. Pay 0.1 BTC'],
        },
        note: 'a demand for payment',
      },
      {
        calls: [
          { class: 'javax.crypto.Cipher', name: 'doFinal' },
          { class: 'javax.crypto.CipherOutputStream', name: '<init>' },
          ...CALLS.addsWindow,
          ...CALLS.locksDevice,
        ],
        note: 'encrypts, locks or covers the screen',
      },
    ],
  },
  {
    name: 'screen-kept-covered',
    title:
      'One class, with what it calls, opens a window over everything and starts again when it is left, from the start of the phone',
    why: 'The owner cannot get past the window. Locks for children and for shop windows do this by agreement.',
    remedy: 'Start in safe mode, and remove the app.',
    severity: 'medium',
    malice: { base: 12 },
    classes: ['ransomware'],
    mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1629.002'] },
    asks: ['SYSTEM_ALERT_WINDOW'],
    handles: BOOT,
    parts: [
      { calls: CALLS.addsWindow, note: 'opens a window over everything' },
      {
        strings: [
          'android.intent.action.CLOSE_SYSTEM_DIALOGS',
          'homekey',
          'recentapps',
          'android.intent.action.SCREEN_OFF',
        ],
        calls: [
          { class: 'android.app.Activity', name: 'startLockTask', inherited: true },
          { class: 'android.app.ActivityManager', name: 'moveTaskToFront' },
        ],
        note: 'notices that it is left, and holds on',
      },
    ],
  },
  {
    name: 'data-wiped',
    title: 'One class, with what it calls, takes orders from outside and wipes the phone',
    why: 'All data on the phone is lost at somebody’s word. Management agents do this for a lost phone.',
    remedy: 'Make it administrator only if it is the company’s management agent.',
    severity: 'medium',
    malice: { base: 6 },
    classes: ['riskware'],
    mappings: { masvs: ['MASVS-PLATFORM-1'], attack: ['T1662', 'T1626.001'] },
    guard: 'BIND_DEVICE_ADMIN',
    parts: [
      { calls: [{ class: 'android.app.admin.DevicePolicyManager', name: 'wipeData' }], note: 'wipes the phone' },
      {
        calls: [
          ...(SENDS.calls ?? []),
          ...(READS_SMS.calls ?? []),
          { class: 'com.google.firebase.messaging.RemoteMessage', name: 'getData' },
        ],
        note: 'takes orders from outside',
      },
    ],
  },
  {
    name: 'notices-removed',
    title: 'One class, with what it calls, reads notifications, takes them away and talks to the network',
    why: 'A warning of the bank is read by somebody else and never seen by the owner. Watches that mirror notices have the same parts.',
    remedy: 'Take the access to notifications away.',
    severity: 'medium',
    malice: { base: 15 },
    classes: ['trojan', 'spyware'],
    mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1517', 'T1646'] },
    asks: ONLINE,
    guard: 'BIND_NOTIFICATION_LISTENER_SERVICE',
    parts: [
      {
        calls: [
          {
            class: 'android.service.notification.NotificationListenerService',
            name: 'cancelNotification',
            inherited: true,
          },
          {
            class: 'android.service.notification.NotificationListenerService',
            name: 'cancelAllNotifications',
            inherited: true,
          },
          {
            class: 'android.service.notification.NotificationListenerService',
            name: 'snoozeNotification',
            inherited: true,
          },
        ],
        note: 'takes a notice away',
      },
      {
        calls: [{ class: 'android.service.notification.StatusBarNotification', name: 'getNotification' }],
        note: 'reads it',
      },
      SENDS,
    ],
  },
  {
    name: 'calls-ended-in-secret',
    title: 'One class, with what it calls, ends calls by a hidden interface of the platform',
    why: 'The bank’s call does not get through. Blockers of unwanted calls used it before Android 9, and have an open one since.',
    remedy: 'Use the blocker of the system.',
    severity: 'medium',
    malice: { base: 10 },
    classes: ['trojan', 'riskware'],
    mappings: { masvs: ['MASVS-PLATFORM-1'], attack: ['T1616'] },
    parts: [
      {
        strings: ['com.android.internal.telephony.ITelephony', 'getITelephony'],
        note: 'names the hidden interface',
      },
      { strings: ['endCall', 'silenceRinger'], note: 'ends or silences calls' },
    ],
  },
  {
    name: 'outgoing-calls-redirected',
    title: 'One class, with what it calls, is told of outgoing calls and changes whom they go to',
    why: 'Who calls the bank reaches somebody else. Apps for cheap calls put a prefix before the number in this way.',
    remedy: 'Remove the app, and call the bank from another phone.',
    severity: 'high',
    malice: { base: 14 },
    classes: ['trojan'],
    mappings: { masvs: ['MASVS-PLATFORM-1'], attack: ['T1616'] },
    asks: ['PROCESS_OUTGOING_CALLS'],
    parts: [
      {
        strings: ['android.intent.extra.PHONE_NUMBER', 'android.intent.action.NEW_OUTGOING_CALL'],
        note: 'is told whom the owner calls',
      },
      {
        calls: [{ class: 'android.content.BroadcastReceiver', name: 'setResultData', inherited: true }],
        note: 'changes the number',
      },
    ],
  },
  {
    name: 'calls-taken-over',
    title: 'The app redirects outgoing calls and ends calls by a hidden interface',
    why: 'Whoever calls the bank talks to thieves, and the bank’s own calls do not get through.',
    remedy: 'Remove the app, and call the bank from another phone.',
    severity: 'critical',
    malice: { base: 24 },
    classes: ['trojan'],
    mappings: { masvs: ['MASVS-PLATFORM-1'], attack: ['T1616'] },
    asks: ['PROCESS_OUTGOING_CALLS'],
    near: 'app',
    parts: [
      {
        calls: [{ class: 'android.content.BroadcastReceiver', name: 'setResultData', inherited: true }],
        note: 'changes whom a call goes to',
      },
      { strings: ['com.android.internal.telephony.ITelephony', 'getITelephony'], note: 'names the hidden interface' },
      { strings: ['endCall'], note: 'ends calls' },
    ],
  },
  {
    name: 'messages-deleted',
    title: 'One class, with what it calls, reads incoming text messages and deletes messages',
    why: 'A notice of the bank disappears before the owner sees it. Messaging apps delete on request, in a class for that.',
    remedy: 'Remove the app if it is no messaging app.',
    severity: 'high',
    malice: { base: 18 },
    classes: ['trojan', 'spyware'],
    mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1636.004', 'T1630.002', 'T1582'] },
    asksOneOf: ['RECEIVE_SMS', 'READ_SMS', 'WRITE_SMS'],
    parts: [
      READS_SMS,
      { calls: [{ class: 'android.content.ContentResolver', name: 'delete' }], note: 'deletes' },
      {
        pattern: { shape: /^content:\/\/(?:mms-)?sms/, samples: ['content://sms/'] },
        note: 'names the store of messages',
      },
    ],
  },
];
