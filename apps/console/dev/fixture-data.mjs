/** Generated data for developing the console without a server. Nothing of it is shipped; every answer is checked against the contracts before it is sent. */
import { createHash } from 'node:crypto';

export function createData({ count = 240, now = Date.now() } = {}) {
  let seed = 0x2f6e2b1;
  const random = () => {
    seed = (seed * 1664525 + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const pick = (list) => list[Math.floor(random() * list.length)];
  const uuid = () => {
    const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  const ago = (seconds) => new Date(now - seconds * 1000).toISOString();
  const hash = (text) => createHash('sha256').update(text).digest('hex');
  const HOUR = 3600;
  const DAY = 86400;

  const people = [
    'Amara Okafor',
    'Jonas Lindqvist',
    'Mei Tanaka',
    'Sofia Almeida',
    'Pavel Novak',
    'Leila Haddad',
    'Owen Hughes',
    'Ines Moreau',
    'Ravi Menon',
    'Greta Baumann',
    'Tomas Ruiz',
    'Nadia Petrova',
    'Caleb Wright',
    'Yara Cohen',
    'Emil Hansen',
    'Priya Shah',
  ];
  const androidModels = [
    ['Google', 'Pixel 9', '16', 36],
    ['Google', 'Pixel 8a', '15', 35],
    ['Samsung', 'SM-S921B', '15', 35],
    ['Samsung', 'SM-A556B', '14', 34],
    ['Fairphone', 'FP5', '14', 34],
    ['Xiaomi', '23127PN0CG', '14', 34],
    ['Nokia', 'X20', '13', 33],
  ];
  const iosModels = [
    ['Apple', 'iPhone17,1', '18.6.2'],
    ['Apple', 'iPhone15,4', '18.5'],
    ['Apple', 'iPad14,8', '17.7.2'],
  ];

  const THREATS = {
    rooted: {
      kind: 'device',
      title: 'The device is rooted',
      severity: 'critical',
      signal: 'integrity.root',
      remedy: 'Restore the manufacturer’s system image. Ask your administrator before using the device for work.',
      description:
        'With root, any app can read the data of every other app, and nothing the system says about itself can be relied on.',
    },
    'malicious-app': {
      kind: 'app',
      title: 'A malicious app is installed',
      severity: 'critical',
      signal: 'apps.appraised',
      remedy: 'Remove the app. Change passwords that were typed while it was installed.',
      description: 'The app reads incoming messages and sends them to a host that is not its maker’s.',
    },
    'tls-interception': {
      kind: 'network',
      title: 'An encrypted connection was intercepted',
      severity: 'high',
      signal: 'network.tampering',
      remedy: 'Leave this network. Use mobile data or the company VPN.',
      description:
        'Somebody between the phone and the server presented a certificate of their own and could read what was sent.',
    },
    'usb-debugging': {
      kind: 'device',
      title: 'USB debugging is on',
      severity: 'medium',
      signal: 'developer.usb-debugging',
      remedy: 'Turn off USB debugging in Settings > System > Developer options.',
      description: 'A computer on the cable can install apps and read data without touching the screen.',
    },
    'old-patch-level': {
      kind: 'device',
      title: 'The security patch level is old',
      severity: 'high',
      signal: 'os.patch-level',
      remedy: 'Install the security update offered in Settings > Security & privacy.',
      description: 'Vulnerabilities fixed since are public and can be used against this device.',
    },
    'no-screen-lock': {
      kind: 'device',
      title: 'Screen lock is off',
      severity: 'high',
      signal: 'lock.screen',
      remedy: 'Set a PIN, password or pattern in Settings > Security.',
      description: 'Whoever finds the phone can use it.',
    },
    sideloaded: {
      kind: 'app',
      title: 'An app did not come from a store',
      severity: 'low',
      signal: 'apps.sideloaded',
      remedy: 'Remove the app, or ask your administrator to approve it.',
      description: 'Nobody vetted this app before it was installed.',
    },
    'global-proxy': {
      kind: 'network',
      title: 'A global proxy is set',
      severity: 'medium',
      signal: 'network.proxy',
      remedy: 'Remove the proxy in the Wi-Fi settings, unless your organisation set it.',
      description: 'All unencrypted traffic passes through a host that the phone’s owner may not know.',
    },
  };
  const SIGNAL_BASE = [
    ['os.version', 'Android 15'],
    ['os.patch-level', '2026-10-05 (7 weeks old)'],
    ['storage.encryption', 'file-based'],
    ['lock.screen', 'on'],
    ['developer.options', 'off'],
    ['developer.usb-debugging', 'off'],
    ['developer.wireless-debugging', 'off'],
    ['integrity.verified-boot', 'green'],
    ['integrity.bootloader', 'locked'],
    ['integrity.build', 'release build, release keys'],
    ['integrity.selinux', 'enforcing'],
    ['integrity.root', 'no sign seen'],
    ['integrity.system-mounts', 'read-only'],
    ['integrity.planted-files', 'none'],
    ['apps.unknown-sources', 'no app may install apps'],
    ['apps.verifier', 'on'],
    ['apps.sideloaded', 'none'],
    ['apps.accessibility', 'none enabled'],
    ['apps.appraised', '18 of 21 appraised, none harmful'],
    ['network.tampering', 'none seen'],
    ['network.proxy', 'none'],
    ['agent.contact', '2 hours ago'],
    ['agent.reports', 'no gap'],
  ];
  const BAD_VALUE = {
    rooted: 'Magisk (tmpfs mount at /sbin)',
    'malicious-app': 'com.parcel.tracker.eu',
    'tls-interception': 'wrong certificate for login.example.org',
    'usb-debugging': 'on',
    'old-patch-level': '2025-04-05 (19 months old)',
    'no-screen-lock': 'off',
    sideloaded: 'com.example.notes',
    'global-proxy': '10.20.0.4:8080',
  };

  function evidenceOf(type, device) {
    const source = device.facts.platform === 'android' ? 'agent' : 'apple-mdm';
    if (type === 'tls-interception')
      return [
        {
          kind: 'network',
          network: 'Airport Free Wi-Fi',
          host: 'login.example.org',
          expected: 'sha256/4f1c9aa2…e0 issued by ISRG Root X1',
          seen: 'sha256/90bb17d3…12 issued by CN=Gateway-FW, O=Airport',
          observedAt: ago(5 * HOUR),
          note: 'The certificate chain ended in a root that no phone trusts by itself',
        },
      ];
    if (type === 'malicious-app')
      return [
        {
          kind: 'appraisal',
          sha256: hash('com.parcel.tracker.eu'),
          package: 'com.parcel.tracker.eu',
          versionName: '2.4.1',
          verdict: 'malicious',
          note: 'The installed build was appraised as malicious',
        },
        {
          kind: 'observation',
          signal: 'apps.appraised',
          source,
          trust: 'os-reported',
          value: 'com.parcel.tracker.eu',
          observedAt: ago(3 * HOUR),
          rawRef: 'packages.json:118',
          note: 'The inventory lists exactly this file',
        },
      ];
    if (type === 'rooted')
      return [
        {
          kind: 'text',
          source: 'mounts.txt',
          line: 41,
          text: 'tmpfs /sbin tmpfs ro,seclabel,relatime 0 0\nmagisk /sbin/.magisk tmpfs rw,seclabel,relatime 0 0\n/dev/block/dm-5 /system_ext ext4 ro,seclabel,relatime 0 0',
          note: 'A file system named magisk is mounted over /sbin',
        },
        {
          kind: 'observation',
          signal: 'integrity.root',
          source,
          trust: 'heuristic',
          value: '/sbin/.magisk',
          observedAt: ago(3 * HOUR),
          rawRef: 'mounts.txt:42',
          note: 'What the agent saw',
        },
        {
          kind: 'file',
          path: 'bugreport.zip!/FS/data/adb/magisk.db',
          offset: 0,
          length: 16384,
          note: 'Magisk’s own database is on the device',
        },
      ];
    return [
      {
        kind: 'observation',
        signal: THREATS[type].signal,
        source,
        trust: 'os-reported',
        value: BAD_VALUE[type],
        observedAt: ago(3 * HOUR),
        rawRef: 'settings.txt:77',
        note: 'The system’s own setting',
      },
    ];
  }
  function findingOf(type, device) {
    const about = THREATS[type];
    return {
      ruleId: `device.${type}`,
      ruleVersion: 1,
      title: about.title,
      severity: about.severity,
      status: 'bad',
      description: about.description,
      remedy: about.remedy,
      evidence: evidenceOf(type, device),
      ...(type === 'rooted'
        ? { evidenceOmitted: 2, mappings: { attack: ['T1398'], masvs: ['MASVS-RESILIENCE-1'], cwe: ['CWE-250'] } }
        : {}),
    };
  }

  const devices = [];
  const threats = [];
  const actions = [];
  for (let index = 0; index < count; index += 1) {
    const ios = random() < 0.35;
    const model = pick(ios ? iosModels : androidModels);
    const owner = people[index % people.length];
    const roll = random();
    const types =
      roll < 0.04
        ? ['rooted', 'usb-debugging']
        : roll < 0.07
          ? ['malicious-app', 'sideloaded']
          : roll < 0.14
            ? ['old-patch-level']
            : roll < 0.18
              ? ['no-screen-lock']
              : roll < 0.24
                ? ['usb-debugging']
                : roll < 0.3
                  ? ['sideloaded']
                  : roll < 0.33
                    ? ['tls-interception']
                    : roll < 0.35
                      ? ['global-proxy']
                      : [];
    const unknown = types.length === 0 && random() < 0.12;
    const worst =
      types.length === 0
        ? unknown
          ? 'unknown'
          : 'none'
        : ['critical', 'high', 'medium', 'low'].find((severity) =>
            types.some((type) => THREATS[type].severity === severity),
          );
    const device = {
      id: uuid(),
      name: `${owner.split(' ')[0]}’s ${ios ? (model[1].startsWith('iPad') ? 'iPad' : 'iPhone') : model[1]}${index >= people.length ? ` ${Math.floor(index / people.length) + 1}` : ''}`,
      owner: random() < 0.9 ? `${owner.toLowerCase().replace(' ', '.')}@example.org` : null,
      simulated: index % 5 !== 0,
      platform: ios ? 'ios' : 'android',
      facts: {
        platform: ios ? 'ios' : 'android',
        manufacturer: model[0],
        model: model[1],
        osVersion: model[2],
        sdkLevel: ios ? null : model[3],
        build: ios ? '22G100' : `${model[0].toLowerCase()}/${model[1].toLowerCase()}/release-keys`,
        patchLevel: ios ? null : types.includes('old-patch-level') ? '2025-04-05' : '2026-10-05',
      },
      riskLevel: worst,
      compliance:
        worst === 'unknown' ? 'unknown' : worst === 'critical' || worst === 'high' ? 'non-compliant' : 'compliant',
      openThreats: types.length,
      topThreat: types.length === 0 ? null : THREATS[types[0]].title,
      enrolledAt: ago((20 + random() * 60) * DAY),
      lastReportAt: unknown ? ago((4 + random() * 9) * DAY) : ago(random() * 5 * HOUR),
      state: 'active',
      types,
    };
    devices.push(device);
    for (const type of types) {
      const opened = random() * 9 * DAY + HOUR;
      threats.push({
        id: uuid(),
        kind: THREATS[type].kind,
        type,
        title: THREATS[type].title,
        severity: THREATS[type].severity,
        state: 'open',
        subject:
          type === 'malicious-app'
            ? 'com.parcel.tracker.eu'
            : type === 'sideloaded'
              ? 'com.example.notes'
              : type === 'tls-interception'
                ? 'Airport Free Wi-Fi'
                : null,
        device,
        openedAt: ago(opened),
        updatedAt: ago(opened / 3),
        resolvedAt: null,
      });
    }
    if (random() < 0.3) {
      const type = pick(['usb-debugging', 'sideloaded', 'old-patch-level']);
      threats.push({
        id: uuid(),
        kind: THREATS[type].kind,
        type,
        title: THREATS[type].title,
        severity: THREATS[type].severity,
        state: random() < 0.1 ? 'ignored' : 'resolved',
        subject: type === 'sideloaded' ? 'com.example.notes' : null,
        device,
        openedAt: ago(13 * DAY),
        updatedAt: ago(10 * DAY),
        resolvedAt: ago(10 * DAY + random() * DAY),
      });
    }
  }
  for (const threat of threats.filter((candidate) => ['critical', 'high'].includes(candidate.severity))) {
    const state =
      threat.state === 'open'
        ? random() < 0.1
          ? 'failed'
          : random() < 0.2
            ? 'waiting'
            : random() < 0.2
              ? 'pending'
              : 'in-force'
        : 'undone';
    actions.push({
      id: uuid(),
      device: { id: threat.device.id, name: threat.device.name },
      threatId: threat.id,
      ruleId: threat.severity === 'critical' ? 'block-critical' : 'warn-high',
      ruleTitle: threat.severity === 'critical' ? 'Critical threat: block access' : 'High threat: warn the owner',
      connector: threat.severity === 'critical' ? 'webhook' : 'email',
      effect: threat.severity === 'critical' ? 'block-access' : 'notify',
      audience: threat.severity === 'critical' ? 'admin' : 'user',
      state,
      wantedAt: ago((now - Date.parse(threat.openedAt)) / 1000 - 60),
      sentAt: ['in-force', 'undone'].includes(state) ? threat.openedAt : null,
      undoneAt: state === 'undone' ? threat.resolvedAt : null,
      attempts: state === 'failed' ? 8 : state === 'waiting' ? 0 : 1,
      nextAttemptAt: state === 'pending' ? ago(-120) : null,
      lastDetail:
        state === 'failed'
          ? '503 Service Unavailable from hooks.example.org; gave up after 8 attempts'
          : state === 'waiting'
            ? null
            : '204 No Content',
    });
  }

  const policy = {
    schema: 'vedette.policy/1',
    name: 'Standard',
    description: 'Sensible limits for company-owned and personal phones that read company mail.',
    staleAfterHours: 72,
    appThresholds: { malice: 50, dataRisk: 70 },
    maxPatchAgeDays: 180,
    rules: [
      {
        id: 'block-critical',
        title: 'Critical threat: block access',
        enabled: true,
        when: "threats.exists(t, t.severity == 'critical')",
        severity: 'critical',
        compliance: 'non-compliant',
        userText:
          'Your phone has a serious security problem. Access to company data is blocked until it is fixed; the Vedette app says how.',
        actions: [
          { id: 'block', connector: 'webhook', audience: 'admin', effect: 'block-access', waitMinutes: 0, undo: true },
          { id: 'mail', connector: 'email', audience: 'user', effect: 'notify', waitMinutes: 0, undo: true },
        ],
      },
      {
        id: 'warn-high',
        title: 'High threat: warn the owner',
        enabled: true,
        when: "threats.exists(t, t.severity == 'high')",
        severity: 'high',
        compliance: 'non-compliant',
        userText: 'Something on your phone needs fixing: screen lock, updates or the network you use.',
        actions: [{ id: 'mail', connector: 'email', audience: 'user', effect: 'notify', waitMinutes: 15, undo: true }],
      },
      {
        id: 'silent',
        title: 'Not heard from for three days',
        enabled: true,
        when: "signals['agent.contact'].status == 'unknown'",
        severity: 'medium',
        compliance: 'unchanged',
        userText: 'We have not heard from your phone. Open the Vedette app while it is online.',
        actions: [
          { id: 'mail', connector: 'email', audience: 'admin', effect: 'notify', waitMinutes: 1440, undo: false },
        ],
      },
      {
        id: 'debugging',
        title: 'USB debugging on a company phone',
        enabled: false,
        when: "device.platform == 'android' && signals['developer.usb-debugging'].status == 'bad'",
        severity: 'medium',
        compliance: 'non-compliant',
        userText: '',
        actions: [],
      },
    ],
  };

  const scorePart = (ruleId, weight) => ({ ruleId, ruleVersion: 1, weight });
  const appDefs = [
    [
      'com.parcel.tracker.eu',
      'Parcel Tracker',
      'malicious',
      [
        ['app.sms-to-host', 45],
        ['app.accessibility-abuse', 25],
        ['app.hidden-icon', 12],
        ['app.packed-code', 8],
      ],
      [
        ['data.sms-leaves', 40],
        ['data.cleartext', 15],
      ],
    ],
    [
      'com.flashlight.super',
      'Super Flashlight',
      'risky',
      [['app.many-permissions', 12]],
      [
        ['data.location-to-ads', 35],
        ['data.contacts-leave', 25],
        ['data.cleartext', 15],
      ],
    ],
    ['com.example.notes', 'Notes', 'risky', [['app.sideloaded-test-key', 20]], [['data.backup-allowed', 8]]],
    ['org.signal.messenger', 'Messenger', 'benign', [], []],
    ['org.fdroid.maps', 'Maps', 'benign', [], [['data.location-own-host', 10]]],
    ['com.bank.app', 'My Bank', 'benign', [['app.root-check', 3]], []],
    [
      'com.game.runner3d',
      'Runner 3D',
      'risky',
      [['app.dynamic-code', 18]],
      [
        ['data.ad-ids', 20],
        ['data.cleartext', 15],
      ],
    ],
    ['com.vendor.protected', 'Protected App', 'unknown', [['app.packed-code', 8]], []],
  ];
  const FINDING_TEXT = {
    'app.sms-to-host': [
      'Reads incoming messages and sends them away',
      'critical',
      'Text messages carry codes that protect accounts. This app reads each as it arrives and posts it to a host.',
    ],
    'app.accessibility-abuse': [
      'Watches the screen through accessibility',
      'high',
      'The service is asked for all windows and clicks by itself; an aid for people does not need this.',
    ],
    'app.hidden-icon': [
      'Hides its icon after the first start',
      'high',
      'An app that hides cannot be found to be removed.',
    ],
    'app.packed-code': [
      'Part of its code is hidden',
      'medium',
      'Code is unpacked only when it runs, so it could not be read.',
    ],
    'app.many-permissions': ['Asks for far more than it needs', 'medium', 'A torch needs no contacts and no location.'],
    'app.sideloaded-test-key': [
      'Signed with a test key',
      'medium',
      'Anyone can make an update of this app, because the key is public.',
    ],
    'app.root-check': ['Looks for root', 'info', 'Common in banking apps.'],
    'app.dynamic-code': [
      'Loads code at run time',
      'medium',
      'What it loads was not part of the file that was appraised.',
    ],
    'data.sms-leaves': ['Message text leaves the device', 'critical', 'The body of messages reaches the network.'],
    'data.cleartext': ['Sends data unencrypted', 'medium', 'Anybody on the same network can read and change it.'],
    'data.location-to-ads': [
      'Location goes to an advertising host',
      'high',
      'The exact position is added to every request for advertising.',
    ],
    'data.contacts-leave': [
      'Contacts leave the device',
      'high',
      'Names and numbers are sent to a host of a third party.',
    ],
    'data.backup-allowed': [
      'Its data may be copied by backup',
      'low',
      'Anybody with the unlocked phone and a cable can take the data of the app.',
    ],
    'data.location-own-host': ['Location goes to its own host', 'low', 'Expected of a map.'],
    'data.ad-ids': [
      'Collects advertising identifiers',
      'medium',
      'They tie what the person does in different apps together.',
    ],
  };
  const apps = appDefs.map(([pkg, label, verdict, malice, dataRisk], index) => {
    const sha256 = hash(pkg);
    const ruleIds = [...new Set([...malice, ...dataRisk].map(([rule]) => rule))];
    const sum = (parts) =>
      Math.min(
        100,
        parts.reduce((total, [, weight]) => total + weight, 0),
      );
    const on = devices.filter(
      (device) =>
        device.platform === 'android' &&
        (pkg === 'com.parcel.tracker.eu'
          ? device.types.includes('malicious-app')
          : pkg === 'com.example.notes'
            ? device.types.includes('sideloaded')
            : (device.name.length + index) % 4 === 0),
    );
    const appraisal = {
      schema: 'vedette.appraisal/1',
      engine: { name: 'vedette', version: '0.1.0', rules: 84 },
      file: { name: `${pkg}.apk`, size: 4_200_000 + index * 1_300_000, sha256 },
      app: {
        platform: 'android',
        package: pkg,
        label,
        versionName: `2.${index}.1`,
        versionCode: 20100 + index,
        minSdk: 24,
        targetSdk: 34 - (index % 5),
        signers: [
          {
            sha256: hash(`${pkg} signer`),
            scheme: 'v2',
            subject: `CN=${label}, O=Example`,
            issuer: `CN=${label}, O=Example`,
            notBefore: '2021-03-01T00:00:00.000Z',
            notAfter: '2046-02-23T00:00:00.000Z',
            keyAlgorithm: 'RSA',
            keyBits: 2048,
            signatureAlgorithm: 'SHA256withRSA',
            verified: 'verified',
          },
        ],
        permissions: [
          ['android.permission.INTERNET', 'normal'],
          ['android.permission.RECEIVE_SMS', 'dangerous'],
          ['android.permission.READ_CONTACTS', 'dangerous'],
          ['android.permission.ACCESS_FINE_LOCATION', 'dangerous'],
          ['android.permission.BIND_ACCESSIBILITY_SERVICE', 'special'],
          ['android.permission.WAKE_LOCK', 'normal'],
          ['com.vendor.PRIVATE', 'unknown'],
        ]
          .slice(0, 3 + (index % 5))
          .map(([name, protection]) => ({ name, protection })),
        components: [
          {
            kind: 'activity',
            name: `${pkg}.MainActivity`,
            exported: true,
            exportedBy: 'intent-filter',
            permission: null,
          },
          {
            kind: 'service',
            name: `${pkg}.sync.SyncService`,
            exported: false,
            exportedBy: 'default',
            permission: null,
          },
          {
            kind: 'receiver',
            name: `${pkg}.SmsReceiver`,
            exported: true,
            exportedBy: 'declared',
            permission: 'android.permission.BROADCAST_SMS',
          },
          { kind: 'provider', name: `${pkg}.FileProvider`, exported: false, exportedBy: 'declared', permission: null },
        ],
        hosts: [
          { host: 'api.parcel-status.example', cleartext: false, from: 'classes.dex' },
          { host: 'cdn.assets.example', cleartext: true, from: 'res/values/strings.xml' },
        ],
      },
      verdict,
      score: {
        malice: { value: sum(malice), parts: malice.map(([rule, weight]) => scorePart(rule, weight)) },
        dataRisk: { value: sum(dataRisk), parts: dataRisk.map(([rule, weight]) => scorePart(rule, weight)) },
      },
      classes:
        verdict === 'malicious'
          ? [
              { class: 'spyware', ruleIds: ['app.sms-to-host'] },
              { class: 'trojan', ruleIds: ['app.hidden-icon'] },
            ]
          : verdict === 'risky'
            ? [{ class: 'data-leak', ruleIds: ruleIds.slice(0, 1) }]
            : [],
      findings: [
        ...ruleIds.map((ruleId) => ({
          ruleId,
          ruleVersion: 1,
          title: FINDING_TEXT[ruleId][0],
          severity: FINDING_TEXT[ruleId][1],
          status: 'bad',
          description: FINDING_TEXT[ruleId][2],
          evidence:
            ruleId === 'data.cleartext'
              ? [
                  {
                    kind: 'manifest',
                    element: 'manifest/application',
                    attribute: 'android:usesCleartextTraffic',
                    value: 'true',
                    line: 34,
                    note: 'Unencrypted traffic is allowed for the whole app',
                  },
                ]
              : [
                  {
                    kind: 'code',
                    file: 'classes.dex',
                    class: `L${pkg.replaceAll('.', '/')}/net/Uplink;`,
                    method: 'push(Ljava/lang/String;)V',
                    codeOffset: 46,
                    reference: 'Ljava/net/HttpURLConnection;->getOutputStream()Ljava/io/OutputStream;',
                    note: 'The message body is written to the connection here',
                  },
                  {
                    kind: 'code',
                    file: 'classes.dex',
                    class: `L${pkg.replaceAll('.', '/')}/SmsReceiver;`,
                    method: 'onReceive(Landroid/content/Context;Landroid/content/Intent;)V',
                    codeOffset: 18,
                    reference: 'Landroid/telephony/SmsMessage;->getMessageBody()Ljava/lang/String;',
                    note: 'The text of the message is read here',
                  },
                ],
          mappings: { attack: ['T1636.004'], maswe: ['MASWE-0001'] },
        })),
        ...(verdict === 'unknown'
          ? [
              {
                ruleId: 'app.native',
                ruleVersion: 1,
                title: 'Its native code was not read',
                severity: 'info',
                status: 'unknown',
                description: 'The libraries are encrypted on disk.',
                evidence: [],
              },
            ]
          : []),
        {
          ruleId: 'app.signature',
          ruleVersion: 1,
          title: 'The signature is sound',
          severity: 'info',
          status: 'ok',
          description: 'Every byte is covered by a signature that verifies.',
          evidence: [
            {
              kind: 'certificate',
              sha256: hash(`${pkg} signer`),
              subject: `CN=${label}, O=Example`,
              note: 'The certificate it was signed with',
            },
          ],
        },
      ],
      coverage: {
        stages: [
          { stage: 'archive', status: 'complete', detail: '412 entries', elapsedMs: 12 },
          { stage: 'manifest', status: 'complete', detail: '', elapsedMs: 4 },
          {
            stage: 'code',
            status: verdict === 'unknown' ? 'partial' : 'complete',
            detail: verdict === 'unknown' ? '3 of 9 DEX files could be read' : '28,411 methods',
            elapsedMs: 840,
          },
          { stage: 'native', status: 'skipped', detail: 'Native code is listed, not read', elapsedMs: 0 },
        ],
        counts: { files: 412, classes: 3811, methods: 28411, strings: 40212 },
      },
      diagnostics:
        index % 2 === 0
          ? [
              {
                id: 'zip.extra.unknown',
                level: 'note',
                message: 'An extra field of unknown kind 0xd935',
                where: 'classes.dex',
                offset: 1180,
              },
            ]
          : [],
    };
    const summary = {
      sha256,
      platform: 'android',
      package: pkg,
      label,
      versionName: appraisal.app.versionName,
      versionCode: appraisal.app.versionCode,
      verdict,
      malice: appraisal.score.malice.value,
      dataRisk: appraisal.score.dataRisk.value,
      devices: on.length,
      appraisedAt: ago((index + 1) * 7 * HOUR),
    };
    return { summary, appraisal, devices: on.map(({ id, name }) => ({ id, name })), thresholds: policy.appThresholds };
  });

  function timelineOf(device, from, to) {
    const list = threats.filter((threat) => threat.device.id === device.id);
    const span = (Date.parse(to) - Date.parse(from)) / 1000;
    const reports = [];
    const silenceFrom = device.riskLevel === 'unknown' ? 0.6 : 0.42;
    const silenceTo = device.riskLevel === 'unknown' ? 1 : 0.5;
    for (let index = 0; index < 90; index += 1) {
      const part = index / 90;
      if (part > silenceFrom && part < silenceTo) continue;
      reports.push({
        id: uuid(),
        at: new Date(Date.parse(from) + part * span * 1000).toISOString(),
        type: index % 6 === 0 ? 'full' : 'heartbeat',
        sequence: 100 + index,
      });
    }
    return {
      from,
      to,
      threats: list.map(({ id, title, severity, state, openedAt, resolvedAt }) => ({
        id,
        title,
        severity,
        state,
        openedAt,
        resolvedAt,
      })),
      actions: actions
        .filter((action) => action.device.id === device.id)
        .map((action) => ({
          id: action.id,
          at: action.wantedAt,
          label: `${action.effect} by ${action.connector}`,
          phase: 'do',
          threatIds: [action.threatId],
        })),
      reports,
      silences: [
        {
          from: new Date(Date.parse(from) + silenceFrom * span * 1000).toISOString(),
          to: new Date(Date.parse(from) + silenceTo * span * 1000).toISOString(),
        },
      ],
    };
  }

  function detailOf(device) {
    const open = threats.filter((threat) => threat.device.id === device.id && threat.state === 'open');
    const unknown = device.riskLevel === 'unknown';
    const signals = SIGNAL_BASE.map(([id, value], index) => {
      const type = device.types.find((candidate) => THREATS[candidate].signal === id);
      if (unknown && index % 2 === 0)
        return {
          id,
          status: 'unknown',
          value: 'stale',
          reason: 'The evidence is older than three days.',
          source: 'agent',
          trust: 'os-reported',
          observedAt: ago(6 * DAY),
          ageSeconds: 6 * DAY,
        };
      if (index === 4 && device.platform === 'android')
        return {
          id,
          status: 'unknown',
          value: 'not said',
          reason: 'The evidence does not say.',
          source: null,
          trust: null,
          observedAt: null,
          ageSeconds: null,
        };
      const trust =
        id.startsWith('integrity.v') || id.startsWith('integrity.bo')
          ? 'hardware-attested'
          : id.startsWith('agent')
            ? 'server-verified'
            : id === 'integrity.root'
              ? 'heuristic'
              : 'os-reported';
      const age = Math.round((index % 4 === 0 ? 40 : 2) * HOUR * (0.5 + random()));
      return {
        id,
        status: type === undefined ? 'ok' : 'bad',
        value: type === undefined ? value : BAD_VALUE[type],
        ...(type === undefined ? {} : { reason: THREATS[type].description }),
        source: trust === 'hardware-attested' ? 'key-attestation' : 'agent',
        trust,
        observedAt: ago(age),
        ageSeconds: age,
        rawRef: `getprop.txt:${10 + index}`,
      };
    });
    const inventory = [
      ...apps
        .filter((app) => app.devices.some((other) => other.id === device.id))
        .map((app) => ({
          pkg: app.summary.package,
          label: app.summary.label,
          app,
          system: false,
          installer: app.summary.verdict === 'malicious' ? null : 'com.android.vending',
        })),
      ...Array.from({ length: 160 }, (_, index) => ({
        pkg: `com.android.part${index}`,
        label: null,
        app: null,
        system: true,
        installer: null,
      })),
      ...['com.spotify.music', 'com.whatsapp', 'org.mozilla.firefox', 'com.microsoft.teams'].map((pkg) => ({
        pkg,
        label: pkg.split('.')[1] ?? pkg,
        app: null,
        system: false,
        installer: 'com.android.vending',
      })),
    ];
    const worstRule = policy.rules.find(
      (rule) =>
        (rule.id === 'block-critical' && device.riskLevel === 'critical') ||
        (rule.id === 'warn-high' && device.riskLevel === 'high'),
    );
    return {
      ...publicDevice(device),
      signals,
      findings: device.types.map((type) => findingOf(type, device)),
      apps: inventory.map((item) => ({
        package: item.pkg,
        label: item.label,
        versionName: item.app?.summary.versionName ?? '14.2',
        versionCode: 100,
        system: item.system,
        enabled: true,
        installer: item.installer,
        sha256: item.app?.summary.sha256 ?? null,
        signers: [],
        signerHints: [],
        grantedPermissions: [],
        firstInstalledAt: ago(30 * DAY),
        updatedAt: ago(9 * DAY),
        appraisal:
          item.app === null
            ? null
            : {
                sha256: item.app.summary.sha256,
                verdict: item.app.summary.verdict,
                malice: item.app.summary.malice,
                dataRisk: item.app.summary.dataRisk,
              },
      })),
      appsComplete: device.platform === 'android',
      threats: threats.filter((threat) => threat.device.id === device.id).map(publicThreat),
      actions: actions.filter((action) => action.device.id === device.id).map(publicAction),
      decision: {
        policyVersion: 3,
        at: device.lastReportAt,
        riskLevel: device.riskLevel,
        compliance: device.compliance,
        fired:
          worstRule === undefined
            ? []
            : [
                {
                  ruleId: worstRule.id,
                  title: worstRule.title,
                  severity: worstRule.severity,
                  compliance: worstRule.compliance,
                  userText: worstRule.userText,
                  since: open[0]?.openedAt ?? device.lastReportAt,
                  because: open.map((threat) => `${threat.kind}:${threat.subject ?? THREATS[threat.type].signal}`),
                },
              ],
        errors: [],
        wanted: [],
      },
      events: device.types.includes('tls-interception') ? events.map(({ device: _device, ...event }) => event) : [],
      keyThumbprint: hash(device.id).slice(0, 43),
      refusals: device.types.includes('rooted')
        ? [{ at: ago(30 * HOUR), code: 'replay', detail: 'Report 118 was sent again with other content.' }]
        : [],
    };
  }
  const publicDevice = ({ types: _types, ...device }) => device;
  const publicThreat = (threat) => ({
    ...threat,
    device: {
      id: threat.device.id,
      name: threat.device.name,
      platform: threat.device.platform,
      simulated: threat.device.simulated,
    },
  });
  const publicAction = ({ threatId: _threatId, ...action }) => action;

  const travellers = devices.filter((device) => device.types.includes('tls-interception'));
  const events = [
    {
      kind: 'network.tls-interception',
      at: ago(5 * HOUR),
      source: 'network-probe',
      network: 'Airport Free Wi-Fi',
      host: 'login.example.org',
      expected: 'sha256/4f1c9aa2…e0 issued by ISRG Root X1',
      seen: 'sha256/90bb17d3…12 issued by CN=Gateway-FW, O=Airport',
      note: 'The certificate did not belong to the server.',
    },
    {
      kind: 'network.captive-portal',
      at: ago(5.2 * HOUR),
      source: 'network-probe',
      network: 'Airport Free Wi-Fi',
      host: 'connectivity.example.org',
      expected: '204',
      seen: '302 to http://portal.airport.example/login',
      note: 'A sign-in page stood in front of the network.',
    },
  ].map((event, index) => ({
    ...event,
    device: travellers[index % Math.max(1, travellers.length)] ??
      devices[0] ?? { id: '00000000-0000-4000-a000-000000000000', name: 'nobody' },
  }));
  const withDevice = (event) => ({ ...event, device: { id: event.device.id, name: event.device.name } });
  const networks = [
    {
      network: 'Airport Free Wi-Fi',
      events: 14,
      devices: Math.max(1, travellers.length),
      openThreats: travellers.length,
      severity: 'high',
      kinds: ['network.tls-interception', 'network.captive-portal'],
      firstSeenAt: ago(3 * DAY),
      lastSeenAt: ago(5 * HOUR),
      latest: events.map(withDevice),
    },
    {
      network: 'Hotel Krone Guest',
      events: 3,
      devices: 2,
      openThreats: 0,
      severity: 'low',
      kinds: ['network.captive-portal'],
      firstSeenAt: ago(9 * DAY),
      lastSeenAt: ago(8 * DAY),
      latest: [withDevice({ ...events[1], network: 'Hotel Krone Guest', at: ago(8 * DAY) })],
    },
  ];
  const RANK = { critical: 0, high: 1, medium: 2, low: 3, unknown: 4, none: 5 };
  devices.sort((a, b) => RANK[a.riskLevel] - RANK[b.riskLevel] || a.name.localeCompare(b.name));
  const order = { critical: 0, high: 1, medium: 2, low: 3, info: 4 };
  threats.sort((a, b) => order[a.severity] - order[b.severity] || (a.openedAt < b.openedAt ? 1 : -1));
  actions.sort((a, b) => (a.wantedAt < b.wantedAt ? 1 : -1));
  return {
    now,
    devices,
    threats,
    actions,
    apps,
    policy,
    networks,
    detailOf,
    timelineOf,
    findingOf,
    publicDevice,
    publicThreat,
    publicAction,
    uuid,
    ago,
    hash,
    THREATS,
  };
}
