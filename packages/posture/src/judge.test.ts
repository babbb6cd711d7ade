import { Finding, SIGNAL_IDS, Signal, type SignalId } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import {
  app,
  CONTEXT,
  evidenceOf,
  iosEvidence,
  NOW,
  RECENT,
  rulesOf,
  seen,
  signalFor,
  signalIn,
  withApps,
} from './testing/evidence.ts';

/** Per signal: evidence that is good, evidence that is bad with the rule it fires, evidence that settles nothing. */
const CASES: readonly {
  readonly id: SignalId;
  readonly ok?: readonly (readonly (readonly [string, string])[])[];
  readonly bad?: readonly (readonly [readonly (readonly [string, string])[], string])[];
  readonly unknown?: readonly (readonly (readonly [string, string])[])[];
}[] = [
  {
    id: 'os.version',
    ok: [[['getprop.ro.build.version.release', '16']], [['agent.os_version', '14']]],
    bad: [
      [[['getprop.ro.build.version.release', '13']], 'device.os.unsupported'],
      [[['getprop.ro.build.version.release', '8.1.0']], 'device.os.unsupported'],
    ],
    unknown: [
      [['getprop.ro.build.version.release', '99']],
      [['getprop.ro.build.version.release', '1']],
      [['getprop.ro.build.version.release', 'Baklava']],
    ],
  },
  {
    id: 'os.patch-level',
    ok: [[['getprop.ro.build.version.security_patch', '2026-11-05']], [['agent.patch_level', '2026-12-01']]],
    bad: [
      [[['getprop.ro.build.version.security_patch', '2026-01-05']], 'device.patch-level.old'],
      [[['getprop.ro.build.version.security_patch', '2024-13-01']], 'device.patch-level.unparseable'],
      [[['getprop.ro.build.version.security_patch', '2024-02-30']], 'device.patch-level.unparseable'],
      [[['getprop.ro.build.version.security_patch', 'soon']], 'device.patch-level.unparseable'],
      [[['getprop.ro.build.version.security_patch', '2031-01-01']], 'device.patch-level.future'],
    ],
  },
  {
    id: 'storage.encryption',
    ok: [
      [['getprop.ro.crypto.state', 'encrypted']],
      [['agent.storage_encryption', 'per-user']],
      [['agent.storage_encryption', 'true']],
    ],
    bad: [
      [[['getprop.ro.crypto.state', 'unencrypted']], 'device.storage.unencrypted'],
      [[['agent.storage_encryption', 'inactive']], 'device.storage.unencrypted'],
    ],
    unknown: [[['getprop.ro.crypto.state', 'unsupportable']]],
  },
  {
    id: 'lock.screen',
    ok: [[['lock.credential', 'PIN']], [['lock.device-locked', '1']], [['agent.screen_lock', 'true']]],
    bad: [
      [[['lock.credential', 'NONE']], 'device.lock.none'],
      [[['lock.disabled', 'true']], 'device.lock.none'],
      [[['agent.screen_lock', 'false']], 'device.lock.none'],
    ],
    unknown: [[['lock.disabled', 'false']], [['lock.device-locked', '0']], [['lock.credential', 'GESTURE']]],
  },
  {
    id: 'developer.options',
    ok: [
      [['settings.global.development_settings_enabled', '0']],
      [['settings.global.development_settings_enabled', 'null']],
    ],
    bad: [
      [[['settings.global.development_settings_enabled', '1']], 'device.developer.options'],
      [[['agent.developer_options', 'true']], 'device.developer.options'],
    ],
    unknown: [[['settings.global.development_settings_enabled', '2']]],
  },
  {
    id: 'developer.usb-debugging',
    ok: [[['settings.global.adb_enabled', '0']], [['agent.usb_debugging', 'false']]],
    bad: [[[['settings.global.adb_enabled', '1']], 'device.developer.usb-debugging']],
    unknown: [[['settings.global.adb_enabled', 'null']], [['settings.global.adb_enabled', '']]],
  },
  {
    id: 'developer.wireless-debugging',
    ok: [[['settings.global.adb_wifi_enabled', '0']], [['settings.global.adb_wifi_enabled', 'null']]],
    bad: [
      [[['settings.global.adb_wifi_enabled', '1']], 'device.developer.wireless-debugging'],
      [
        [
          ['settings.global.adb_wifi_enabled', '0'],
          ['getprop.service.adb.tcp.port', '5555'],
        ],
        'device.developer.wireless-debugging',
      ],
    ],
    unknown: [[['getprop.service.adb.tcp.port', '-1']]],
  },
  {
    id: 'integrity.verified-boot',
    ok: [
      [
        ['getprop.ro.boot.verifiedbootstate', 'green'],
        ['getprop.ro.boot.veritymode', 'enforcing'],
      ],
    ],
    bad: [
      [[['getprop.ro.boot.verifiedbootstate', 'orange']], 'device.verified-boot'],
      [[['getprop.ro.boot.verifiedbootstate', 'yellow']], 'device.verified-boot'],
      [[['getprop.ro.boot.verifiedbootstate', 'red']], 'device.verified-boot'],
      [
        [
          ['getprop.ro.boot.verifiedbootstate', 'green'],
          ['getprop.ro.boot.veritymode', 'disabled'],
        ],
        'device.verity',
      ],
    ],
    unknown: [[['getprop.ro.boot.verifiedbootstate', 'blue']], [['getprop.ro.boot.veritymode', 'enforcing']]],
  },
  {
    id: 'integrity.bootloader',
    ok: [[['getprop.ro.boot.flash.locked', '1']], [['getprop.ro.boot.vbmeta.device_state', 'locked']]],
    bad: [
      [[['getprop.ro.boot.flash.locked', '0']], 'device.bootloader.unlocked'],
      [[['getprop.ro.boot.vbmeta.device_state', 'unlocked']], 'device.bootloader.unlocked'],
    ],
    unknown: [[['getprop.ro.boot.flash.locked', 'maybe']]],
  },
  {
    id: 'integrity.build',
    ok: [
      [
        ['getprop.ro.build.tags', 'release-keys'],
        ['getprop.ro.build.type', 'user'],
        ['getprop.ro.debuggable', '0'],
      ],
    ],
    bad: [
      [[['getprop.ro.build.tags', 'test-keys']], 'device.build.test-keys'],
      [[['getprop.ro.build.type', 'userdebug']], 'device.build.type'],
      [[['getprop.ro.debuggable', '1']], 'device.build.debuggable'],
      [[['getprop.ro.secure', '0']], 'device.build.insecure'],
    ],
    unknown: [
      [['getprop.ro.build.tags', 'release-keys']],
      [
        ['getprop.ro.build.type', 'user'],
        ['getprop.ro.debuggable', '0'],
      ],
    ],
  },
  {
    id: 'integrity.selinux',
    ok: [[['selinux.mode', 'Enforcing']]],
    bad: [
      [[['selinux.mode', 'Permissive']], 'device.selinux'],
      [[['selinux.mode', 'Disabled']], 'device.selinux'],
    ],
    unknown: [[['selinux.mode', 'error: closed']]],
  },
  {
    id: 'integrity.system-mounts',
    ok: [[['mount.writable-system.count', '0']]],
    bad: [
      [
        [
          ['mount.writable-system', '/dev/x on /system type ext4 (rw)'],
          ['mount.writable-system.count', '1'],
        ],
        'device.mount.writable-system',
      ],
      [[['mount.writable-system.count', '2']], 'device.mount.writable-system'],
    ],
    unknown: [[['mount.writable-system.count', 'many']]],
  },
  {
    id: 'integrity.planted-files',
    ok: [[['file.temporary-executable.count', '0']]],
    bad: [
      [[['file.temporary-executable', '/data/local/tmp/x']], 'device.planted-file'],
      [
        [
          ['file.temporary-executable.count', '0'],
          ['process.temporary-executable', '/data/local/tmp/x'],
        ],
        'device.planted-file',
      ],
    ],
  },
  {
    id: 'apps.unknown-sources',
    ok: [
      [['appops.request-install-packages.count', '0']],
      [
        ['appops.request-install-packages', 'com.android.vending'],
        ['appops.request-install-packages.count', '1'],
      ],
      [
        ['settings.secure.install_non_market_apps', '0'],
        ['getprop.ro.build.version.sdk', '24'],
      ],
      [['agent.unknown_sources', 'false']],
    ],
    bad: [
      [
        [
          ['appops.request-install-packages', 'com.android.chrome'],
          ['appops.request-install-packages.count', '1'],
        ],
        'device.apps.unknown-sources',
      ],
      [
        [
          ['settings.secure.install_non_market_apps', '1'],
          ['getprop.ro.build.version.sdk', '24'],
        ],
        'device.apps.unknown-sources',
      ],
    ],
    unknown: [
      [
        ['settings.secure.install_non_market_apps', '1'],
        ['getprop.ro.build.version.sdk', '36'],
      ],
      [
        ['appops.request-install-packages', 'com.android.vending'],
        ['appops.request-install-packages.count', '2'],
      ],
      [['appops.request-install-packages', 'com.android.vending']],
    ],
  },
  {
    id: 'apps.verifier',
    ok: [[['settings.global.package_verifier_user_consent', '1']], [['settings.global.package_verifier_enable', '1']]],
    bad: [
      [[['settings.global.package_verifier_user_consent', '-1']], 'device.apps.verifier-off'],
      [
        [
          ['settings.global.package_verifier_user_consent', '1'],
          ['settings.global.package_verifier_enable', '0'],
        ],
        'device.apps.verifier-off',
      ],
      [
        [
          ['settings.global.package_verifier_user_consent', '1'],
          ['settings.global.verifier_verify_adb_installs', '0'],
        ],
        'device.apps.verifier-adb-off',
      ],
    ],
    unknown: [
      [['settings.global.package_verifier_user_consent', '0']],
      [['settings.global.verifier_verify_adb_installs', '1']],
    ],
  },
  {
    id: 'apps.accessibility',
    ok: [
      [['settings.secure.enabled_accessibility_services', '']],
      [['settings.secure.enabled_accessibility_services', 'null']],
      [['settings.secure.enabled_accessibility_services', 'com.google.android.marvin.talkback/.TalkBackService']],
      [['accessibility.service.count', '0']],
    ],
    bad: [
      [
        [['settings.secure.enabled_accessibility_services', 'com.evil/.S:com.google.android.marvin.talkback/.T']],
        'device.app.accessibility',
      ],
      [
        [
          ['accessibility.service', 'com.evil/com.evil.S'],
          ['accessibility.service.count', '1'],
        ],
        'device.app.accessibility',
      ],
    ],
    unknown: [
      [['accessibility.service.count', '1']],
      [['settings.secure.enabled_accessibility_services', 'Permission denial']],
    ],
  },
  {
    id: 'network.proxy',
    ok: [
      [['settings.global.http_proxy', 'null']],
      [['settings.global.http_proxy', ':0']],
      [['agent.http_proxy', 'none']],
    ],
    bad: [
      [[['settings.global.http_proxy', '10.0.0.1:8080']], 'device.network.proxy'],
      [
        [
          ['settings.global.http_proxy', 'null'],
          ['settings.global.global_proxy_pac_url', 'http://evil.test/p.pac'],
        ],
        'device.network.proxy',
      ],
    ],
    unknown: [[['settings.global.global_proxy_pac_url', 'null']]],
  },
  {
    id: 'network.tampering',
    ok: [[['network.probe', 'clean']]],
    bad: [[[['network.probe', 'tampered']], 'device.network.tampering']],
    unknown: [[['network.probe', 'inconclusive']]],
  },
];

const observationsOf = (pairs: readonly (readonly [string, string])[]) => pairs.map(([key, value]) => seen(key, value));

const severityAt = (patchLevel: string, maxPatchAgeDays: number): string | undefined =>
  judge(evidenceOf([seen('agent.patch_level', patchLevel)]), { ...CONTEXT, maxPatchAgeDays }).findings[0]?.severity;

const statusWith = (days: number): string =>
  signalFor('os.patch-level', [seen('agent.patch_level', '2026-10-23')], { ...CONTEXT, maxPatchAgeDays: days }).status;

const settings = (value: string, more = {}) => seen('settings.global.adb_enabled', value, more);

const agent = (value: string, more = {}) => seen('agent.usb_debugging', value, { source: 'agent', ...more });

describe('judge', () => {
  it('gives one signal for each id, in their order, whatever the evidence', () => {
    for (const evidence of [evidenceOf([]), iosEvidence([])]) {
      const { signals, findings } = judge(evidence, CONTEXT);
      expect(signals.map((signal) => signal.id)).toEqual(SIGNAL_IDS);
      expect(signals.filter((signal) => signal.status !== 'unknown')).toEqual([]);
      expect(signals.filter((signal) => (signal.reason ?? '') === '')).toEqual([]);
      expect(findings).toEqual([]);
    }
  });

  it('has a case for every signal that observations of one key decide', () => {
    const elsewhere = ['integrity.root', 'apps.sideloaded', 'apps.appraised', 'agent.contact', 'agent.reports'];
    expect([...CASES.map(({ id }) => id), ...elsewhere].sort()).toEqual([...SIGNAL_IDS].sort());
  });

  for (const { id, ok = [], bad = [], unknown = [] } of CASES) {
    it.each(ok.map((pairs) => [pairs]))(`${id} is ok with %j`, (pairs) => {
      const judged = judge(evidenceOf(observationsOf(pairs)), CONTEXT);
      expect(signalIn(judged, id)).toMatchObject({
        status: 'ok',
        source: 'adb',
        trust: 'os-reported',
        observedAt: RECENT,
        ageSeconds: 28_800,
      });
      expect(signalIn(judged, id).reason).toBeUndefined();
    });

    it.each(bad)(`${id} is bad with %j: %s`, (pairs, rule) => {
      const judged = judge(evidenceOf(observationsOf(pairs)), CONTEXT);
      expect(signalIn(judged, id)).toMatchObject({ status: 'bad' });
      expect(signalIn(judged, id).reason).not.toBe('');
      const finding = judged.findings.find((entry) => entry.ruleId === rule);
      expect(finding?.evidence.length, rule).toBeGreaterThan(0);
    });

    it.each(unknown.map((pairs) => [pairs]))(`${id} is unknown with %j`, (pairs) => {
      const judged = judge(evidenceOf(observationsOf(pairs)), CONTEXT);
      expect(signalIn(judged, id)).toMatchObject({ status: 'unknown', reason: expect.stringMatching(/./) });
    });

    it(`${id} is unknown once its evidence is stale, from the future, or refused`, () => {
      for (const pairs of [...ok, ...bad.map(([first]) => first)]) {
        const at = (time: string) =>
          pairs.map(([key, value]) => seen(key, value, { observedAt: time, collectedAt: time }));
        expect(signalFor(id, at('2026-11-01T00:00:00.000Z')), 'stale').toMatchObject({ status: 'unknown' });
        expect(signalFor(id, at('2027-11-01T00:00:00.000Z')), 'future').toMatchObject({ status: 'unknown' });
        const refused = pairs.map(([key]) => seen(key, 'Permission denial: no'));
        expect(signalFor(id, refused), 'refused').toMatchObject({ status: 'unknown' });
      }
    });
  }

  it('yields signals and findings that the contracts accept', () => {
    for (const { bad = [] } of CASES) {
      for (const [pairs] of bad) {
        const { signals, findings } = judge(evidenceOf(observationsOf(pairs)), CONTEXT);
        for (const signal of signals) expect(() => Signal.parse(signal)).not.toThrow();
        for (const finding of findings) expect(() => Finding.parse(finding)).not.toThrow();
      }
    }
  });

  it('orders findings worst first, and the same way every time', () => {
    const observations = observationsOf([
      ['settings.global.development_settings_enabled', '1'],
      ['settings.global.adb_enabled', '1'],
      ['selinux.mode', 'Permissive'],
    ]);
    const forwards = rulesOf(judge(evidenceOf(observations), CONTEXT));
    expect(forwards).toEqual(['device.selinux', 'device.developer.usb-debugging', 'device.developer.options']);
    expect(rulesOf(judge(evidenceOf(observations.toReversed()), CONTEXT))).toEqual(forwards);
  });
});

describe('age of the patch level', () => {
  it.each([
    ['2026-08-05', 90, 'low'],
    ['2026-05-05', 90, 'medium'],
    ['2025-11-05', 90, 'high'],
    ['2026-05-05', 365, undefined],
    ['2026-11-01', 30, undefined],
  ])('%s with %i days allowed: %s', (level, allowed, severity) => {
    expect(severityAt(level, allowed)).toBe(severity);
  });

  it('is judged at the border to the day', () => {
    expect(statusWith(30)).toBe('ok');
    expect(statusWith(29)).toBe('bad');
  });
});

describe('evidence against evidence', () => {
  it('of one grade, close in time: unknown, and a finding', () => {
    const judged = judge(evidenceOf([settings('0'), agent('true')]), CONTEXT);
    const signal = signalIn(judged, 'developer.usb-debugging');
    expect(signal.status).toBe('unknown');
    expect(signal.reason).toContain('contradicts itself');
    expect(rulesOf(judged)).toEqual(['device.contradiction']);
    expect(judged.findings[0]?.evidence).toHaveLength(2);
  });

  it('of one grade, an hour apart: the newer one counts, and nothing is wrong with a change', () => {
    const later = '2026-11-22T12:00:00.000Z';
    const judged = judge(
      evidenceOf([settings('1'), agent('false', { observedAt: later, collectedAt: later })]),
      CONTEXT,
    );
    expect(signalIn(judged, 'developer.usb-debugging').status).toBe('ok');
    expect(judged.findings).toEqual([]);
  });

  it('of different grades: the better one stands, and the contradiction is a finding', () => {
    const evidence = evidenceOf([
      seen('attestation.boot-state', 'UNVERIFIED', { source: 'key-attestation', trust: 'hardware-attested' }),
      seen('getprop.ro.boot.verifiedbootstate', 'green'),
    ]);
    const judged = judge(evidence, CONTEXT);
    expect(signalIn(judged, 'integrity.verified-boot')).toMatchObject({ status: 'bad', trust: 'hardware-attested' });
    expect(rulesOf(judged)).toEqual(expect.arrayContaining(['device.contradiction', 'device.verified-boot']));
  });

  it('does not let a device vouch for itself', () => {
    const claimed = seen('attestation.boot-state', 'VERIFIED', { source: 'agent', trust: 'hardware-attested' });
    const signal = signalIn(judge(evidenceOf([claimed]), CONTEXT), 'integrity.verified-boot');
    expect(signal.trust).toBe('os-reported');
  });

  it('sees a verified boot with an unlocked bootloader for what it is', () => {
    const judged = judge(
      evidenceOf([
        seen('getprop.ro.boot.verifiedbootstate', 'green'),
        seen('getprop.ro.boot.vbmeta.device_state', 'unlocked'),
      ]),
      CONTEXT,
    );
    expect(rulesOf(judged)).toContain('device.contradiction');
    expect(signalIn(judged, 'integrity.bootloader').status).toBe('bad');
  });

  it('sees a reported patch level that is not the attested one', () => {
    const attested = seen('attestation.patch-level', '202511', {
      source: 'key-attestation',
      trust: 'hardware-attested',
    });
    const reported = (level: string) =>
      rulesOf(judge(evidenceOf([attested, seen('agent.patch_level', level)]), { ...CONTEXT, maxPatchAgeDays: 3650 }));
    expect(reported('2026-11-05')).toContain('device.contradiction');
    expect(reported('2025-11-05')).toEqual([]);
  });

  it('names a refusal as the reason', () => {
    const signal = signalFor('integrity.selinux', [seen('denied.selinux', '/system/bin/sh: getenforce: not found')]);
    expect(signal.status).toBe('unknown');
    expect(signal.reason).toContain('getenforce: not found');
  });
});

describe('apps', () => {
  it('sideloaded apps: one finding each; approved ones do not count', () => {
    const evidence = withApps([
      app('com.store.app'),
      app('com.by.hand', { installer: null }),
      app('com.by.browser', { installer: 'com.android.chrome' }),
      app('com.android.thing', { installer: null, system: true }),
    ]);
    const judged = judge(evidence, CONTEXT);
    expect(signalIn(judged, 'apps.sideloaded')).toMatchObject({
      status: 'bad',
      value: '2: com.by.hand, com.by.browser',
    });
    expect(rulesOf(judged)).toEqual(['device.app.sideloaded', 'device.app.sideloaded']);
    const approved = judge(evidence, { ...CONTEXT, approvedPackages: ['com.by.hand', 'com.by.browser'] });
    expect(signalIn(approved, 'apps.sideloaded').status).toBe('ok');
  });

  it('none among an inventory that is whole is ok, none among a part of it unknown', () => {
    expect(signalIn(judge(withApps([app('com.a')]), CONTEXT), 'apps.sideloaded').status).toBe('ok');
    const part = { ...withApps([app('com.a')]), appsComplete: false };
    expect(signalIn(judge(part, CONTEXT), 'apps.sideloaded').status).toBe('unknown');
    const lost = { ...withApps([app('com.a'), app('com.b')]), apps: [app('com.a')] };
    expect(signalIn(judge(lost, CONTEXT), 'apps.sideloaded').status).toBe('unknown');
  });

  it('a stale inventory says nothing', () => {
    const old = '2026-10-01T00:00:00.000Z';
    const evidence = {
      ...withApps([app('com.x', { installer: null })]),
      observations: [seen('apps.inventory', '1', { observedAt: old, collectedAt: old })],
    };
    const judged = judge(evidence, CONTEXT);
    expect(signalIn(judged, 'apps.sideloaded').status).toBe('unknown');
    expect(judged.findings).toEqual([]);
  });

  it('an accessibility service of a sideloaded app is worse', () => {
    const service = seen('settings.secure.enabled_accessibility_services', 'com.x/.S');
    const severity = (installer: string | null) =>
      judge(withApps([app('com.x', { installer })], [service]), CONTEXT).findings.find(
        (f) => f.ruleId === 'device.app.accessibility',
      )?.severity;
    expect(severity('com.android.vending')).toBe('medium');
    expect(severity(null)).toBe('high');
  });

  it('an accessibility service of the system is no finding', () => {
    const service = seen('settings.secure.enabled_accessibility_services', 'com.vendor.help/.S');
    const judged = judge(withApps([app('com.vendor.help', { system: true, installer: null })], [service]), CONTEXT);
    expect(signalIn(judged, 'apps.accessibility').status).toBe('ok');
  });
});

describe('network events', () => {
  const event = {
    kind: 'network.tls-interception',
    at: RECENT,
    source: 'network-probe',
    network: 'Cafe',
    host: 'bank.example',
    expected: 'A',
    seen: 'B',
    note: 'x',
  } as const;

  it('fresh tampering is bad, with the transcript as evidence', () => {
    const judged = judge(evidenceOf([], { events: [event] }), CONTEXT);
    expect(signalIn(judged, 'network.tampering')).toMatchObject({
      status: 'bad',
      value: 'TLS connections were intercepted on Cafe',
    });
    expect(judged.findings[0]?.evidence[0]).toMatchObject({ kind: 'network', host: 'bank.example', seen: 'B' });
  });

  it('old events and events of other kinds are not', () => {
    for (const other of [
      { ...event, at: '2026-11-01T00:00:00.000Z' },
      { ...event, kind: 'network.captive-portal' },
    ]) {
      expect(signalIn(judge(evidenceOf([], { events: [other] }), CONTEXT), 'network.tampering').status).toBe('unknown');
    }
  });

  it('a later clean probe takes the place of an earlier tampered one', () => {
    const probes = [
      seen('network.probe', 'tampered'),
      seen('network.probe', 'clean', { observedAt: NOW, collectedAt: NOW }),
    ];
    expect(signalFor('network.tampering', probes).status).toBe('ok');
  });
});

describe('iOS', () => {
  it('reads what iOS tells, and says what it does not tell', () => {
    const judged = judge(
      iosEvidence([
        seen('ios.version', '26.6.1'),
        seen('ios.passcode.present', 'true'),
        seen('ios.data-protection', 'true'),
        seen('ios.http_proxy', 'none'),
      ]),
      CONTEXT,
    );
    const ok = judged.signals.filter((signal) => signal.status === 'ok').map((signal) => signal.id);
    expect(ok).toEqual(['os.version', 'os.patch-level', 'storage.encryption', 'lock.screen', 'network.proxy']);
    expect(signalIn(judged, 'developer.usb-debugging').reason).toBe('iOS gives no evidence of this.');
  });

  it.each([
    ['17.7.7', 'os.version', 'bad'],
    ['18.7.10', 'os.version', 'ok'],
    ['27.0', 'os.version', 'unknown'],
    ['18.7.10', 'os.patch-level', 'ok'],
    ['26.5', 'os.patch-level', 'ok'],
    ['16.7.10', 'os.patch-level', 'bad'],
  ] as const)('iOS %s: %s is %s', (version, id, status) => {
    expect(signalIn(judge(iosEvidence([seen('ios.version', version)]), CONTEXT), id).status).toBe(status);
  });

  it('an available update counts by how long it is out, on the branch of the device', () => {
    const judged = judge(iosEvidence([seen('ios.version', '18.6')]), { ...CONTEXT, maxPatchAgeDays: 60 });
    expect(signalIn(judged, 'os.patch-level').value).toContain('18.7.10 is out since 2026-08-17');
    expect(rulesOf(judged)).toEqual(['device.update.available']);
  });
});

describe('signals of the server', () => {
  it('are passed through where given', () => {
    const given = { ...signalFor('agent.contact', []), status: 'ok', value: 'now' } as const;
    const judged = judge(evidenceOf([]), { ...CONTEXT, serverSignals: [given] });
    expect(signalIn(judged, 'agent.contact')).toEqual(given);
    expect(signalIn(judged, 'agent.reports').reason).toBe('This is judged by the server.');
  });
});
