import { CALLS } from '../../call-groups.ts';
import { LIVE, ONLINE, READS_SMS, RUNS_PROGRAM, SENDS, SMS, SPYING_COMMANDS } from './behaviour-parts.ts';
import type { BehaviourRow } from './behaviour-rule.ts';

/** Being operated from afar, and getting a hold on the system. */
export const CONTROL_ROWS: readonly BehaviourRow[] = [
  {
    name: 'commands-from-server',
    title: 'One class, with what it calls, holds many words that are commands for spying, and talks to the network',
    why: 'A server tells the app what to take or do next. Nobody but the one who runs the server knows.',
    remedy: 'Take the phone off the network and have it looked at.',
    severity: 'critical',
    malice: { base: 22 },
    dataRisk: { base: 8 },
    classes: ['backdoor', 'trojan'],
    mappings: { masvs: ['MASVS-CODE-4'], attack: ['T1437', 'T1481.002'] },
    asks: ONLINE,
    parts: [
      {
        pattern: SPYING_COMMANDS,
        least: 4,
        note: 'words for commands',
      },
      {
        calls: [
          ...(SENDS.calls ?? []),
          ...(LIVE.calls ?? []),
          { class: 'com.google.firebase.messaging.RemoteMessage', name: 'getData' },
          { class: 'org.json.JSONObject', name: 'getString' },
          { class: 'org.json.JSONObject', name: 'optString' },
        ],
        note: 'takes what a server sends',
      },
    ],
  },
  {
    name: 'commands-by-message',
    title: 'One class, with what it calls, reads incoming text messages and locks, wipes, records or takes pictures',
    why: 'Whoever knows the words commands the phone. Anti-theft apps do this for the owner.',
    remedy: 'Make sure that the person who carries the phone set it up.',
    severity: 'medium',
    malice: { base: 12 },
    classes: ['backdoor', 'surveillance'],
    mappings: { masvs: ['MASVS-CODE-4'], attack: ['T1437', 'T1636.004'] },
    handles: SMS,
    parts: [
      READS_SMS,
      {
        calls: [
          ...CALLS.locksDevice,
          ...CALLS.records,
          ...CALLS.takesPictures,
          { class: 'android.app.admin.DevicePolicyManager', name: 'wipeData' },
        ],
        note: 'locks, wipes, records or takes pictures',
      },
    ],
  },
  {
    name: 'reverse-shell',
    title: 'One class, with what it calls, starts a shell and opens a connection',
    why: 'Somebody far away types, the phone executes. Tools for developers have shells, and connect in another class for it.',
    remedy: 'Take the phone off the network and have it looked at.',
    severity: 'critical',
    malice: { base: 22 },
    classes: ['backdoor'],
    mappings: { masvs: ['MASVS-CODE-4'], attack: ['T1623.001', 'T1437'] },
    asks: ONLINE,
    parts: [
      {
        strings: ['/system/bin/sh', '/system/bin/sh -i', '/bin/sh', 'sh', 'sh -i', 'su'],
        note: 'names a shell',
      },
      RUNS_PROGRAM,
      LIVE,
    ],
  },
  {
    name: 'traffic-relayed',
    title: 'One class, with what it calls, accepts connections or answers a relay, and connects on for others',
    why: 'Strangers use the phone’s connection, and what they do looks like the owner’s doing. Apps for proxies and tests do it openly.',
    remedy: 'Remove the app if it is no proxy by purpose.',
    severity: 'medium',
    malice: { base: 10 },
    classes: ['riskware', 'backdoor'],
    mappings: { attack: ['T1604'] },
    asks: ONLINE,
    parts: [
      {
        strings: ['HTTP/1.1 200 Connection established\r\n\r\n', 'HTTP/1.0 200 Connection established\r\n\r\n'],
        pattern: {
          shape: /^(?:CONNECT |HTTP\/1\.[01] 200 (?:Connection )?established|socks[45]h?$|SOCKS5)/i,
          samples: ['HTTP/1.1 200 Connection established'],
        },
        note: 'speaks the protocol of a proxy',
      },
      { calls: [{ class: 'java.net.Socket', name: '<init>' }], note: 'connects on' },
    ],
  },
  {
    name: 'system-made-writable',
    title: 'One class, with what it calls, remounts the system partition for writing and starts a program',
    why: 'What is written there survives a reset to factory state. Tools for rooted phones do this on request.',
    remedy: 'Restore the manufacturer’s system image.',
    severity: 'high',
    malice: { base: 15 },
    classes: ['root-enabler', 'trojan'],
    mappings: { masvs: ['MASVS-RESILIENCE-1'], attack: ['T1625', 'T1645'] },
    parts: [
      {
        pattern: {
          shape: /mount\s+-o\s*(?:rw,\s*remount|remount,\s*rw)\b/,
          samples: ['mount -o rw,remount /system'],
        },
        note: 'remounts a partition for writing',
      },
      RUNS_PROGRAM,
    ],
  },
  {
    name: 'app-made-part-of-system',
    title: 'One class, with what it calls, copies a package into the system’s folder of apps',
    why: 'An app there cannot be removed, and has more rights. Tools for rooted phones do this on request.',
    remedy: 'Restore the manufacturer’s system image.',
    severity: 'high',
    malice: { base: 20 },
    classes: ['root-enabler', 'trojan'],
    mappings: { masvs: ['MASVS-RESILIENCE-1'], attack: ['T1645', 'T1625'] },
    parts: [
      {
        pattern: {
          shape: /(?:cp|cat|dd|mv)\b.{0,120}\/system\/(?:priv-)?app\//,
          samples: ['cat /sdcard/x.apk > /system/priv-app/x.apk'],
        },
        note: 'copies a package into the system',
      },
      RUNS_PROGRAM,
    ],
  },
  {
    name: 'hidden-code-decrypted',
    title: 'One class, with what it calls, opens a file of the app, decrypts, and loads code or opens the installer',
    why: 'What does the harm lies encrypted in the package, so that no scanner sees it. Protectors of honest apps hide code in the same way.',
    remedy: 'Have the app explained, or run it where it can be watched, before it is allowed.',
    severity: 'high',
    malice: { base: 24 },
    classes: ['dropper'],
    mappings: { masvs: ['MASVS-CODE-4'], attack: ['T1406', 'T1407'] },
    parts: [
      {
        calls: [
          { class: 'android.content.res.AssetManager', name: 'open' },
          { class: 'android.content.res.Resources', name: 'openRawResource' },
          { class: 'java.lang.Class', name: 'getResourceAsStream' },
        ],
        note: 'opens a file of the app',
      },
      {
        calls: [
          { class: 'javax.crypto.Cipher', name: 'doFinal' },
          { class: 'javax.crypto.CipherInputStream', name: '<init>' },
        ],
        note: 'decrypts',
      },
      {
        calls: [...CALLS.loadsCode, { class: 'android.content.pm.PackageInstaller', name: 'createSession' }],
        strings: ['application/vnd.android.package-archive', 'android.intent.action.INSTALL_PACKAGE'],
        note: 'loads code or opens the installer',
      },
    ],
  },
  {
    name: 'package-written-and-installed',
    title: 'One class, with what it calls, takes a file of the app, writes it out and opens the installer',
    why: 'A second app comes out of the first, past the checks of the store. Samples and apps with add-ons do it openly.',
    remedy: 'Refuse the installation, and remove the app.',
    severity: 'medium',
    malice: { base: 8 },
    classes: ['dropper'],
    mappings: { masvs: ['MASVS-CODE-4'], attack: ['T1544', 'T1407'] },
    parts: [
      {
        calls: [
          { class: 'android.content.res.AssetManager', name: 'open' },
          { class: 'android.content.res.Resources', name: 'openRawResource' },
        ],
        note: 'opens a file of the app',
      },
      {
        strings: ['application/vnd.android.package-archive', 'android.intent.action.INSTALL_PACKAGE'],
        calls: [{ class: 'android.content.pm.PackageInstaller', name: 'createSession' }],
        note: 'opens the installer',
      },
      {
        calls: [
          { class: 'java.io.FileOutputStream', name: '<init>' },
          { class: 'java.io.FileOutputStream', name: 'write' },
          { class: 'android.content.pm.PackageInstaller$Session', name: 'openWrite' },
        ],
        note: 'writes it out',
      },
    ],
  },
  {
    name: 'package-downloaded-and-installed',
    title: 'One class, with what it calls, fetches a file and opens the installer',
    why: 'What is installed can be anything, and something else tomorrow. Stores and apps that update themselves do this.',
    remedy: 'Allow it to stores and management agents only.',
    severity: 'medium',
    malice: { base: 10 },
    classes: ['dropper'],
    mappings: { masvs: ['MASVS-CODE-4'], attack: ['T1544'] },
    asks: ['INTERNET', 'REQUEST_INSTALL_PACKAGES'],
    parts: [
      SENDS,
      {
        strings: ['application/vnd.android.package-archive', 'android.intent.action.INSTALL_PACKAGE'],
        calls: [{ class: 'android.content.pm.PackageInstaller', name: 'createSession' }],
        note: 'opens the installer',
      },
    ],
  },
];
