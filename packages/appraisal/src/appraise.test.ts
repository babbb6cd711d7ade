import { Appraisal, compareSeverity } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { appraise } from './appraise.ts';
import type { Rule } from './rule.ts';
import { RULES } from './rules/index.ts';
import { type FakeApp, fakeApp } from './testing/fake-app.ts';
import { LAUNCHER } from './testing/fake-manifest.ts';

const NOW = '2026-01-01T00:00:00Z';
const appraiseFake = (app: FakeApp): Appraisal =>
  Appraisal.parse(appraise(fakeApp(app), { version: '1.2.3', now: NOW }));
const ids = (appraisal: Appraisal): string[] => appraisal.findings.map(({ ruleId }) => ruleId);

/** Reads messages, hides them, reports to a bot: every part in plain sight. */
const SMS_TROJAN: FakeApp = {
  manifest: {
    permissions: ['RECEIVE_SMS', 'READ_SMS', 'SEND_SMS', 'INTERNET'].map((name) => `android.permission.${name}`),
    components: [
      LAUNCHER,
      {
        kind: 'receiver',
        name: 'com.example.app.Sms',
        actions: ['android.provider.Telephony.SMS_RECEIVED'],
        priority: 999,
      },
    ],
  },
  code: [
    { name: 'com.example.app.Main', extends: 'android.app.Activity', methods: {} },
    {
      name: 'com.example.app.Sms',
      extends: 'android.content.BroadcastReceiver',
      methods: {
        'onReceive(Landroid/content/Context;Landroid/content/Intent;)V': [
          'call android.telephony.SmsMessage.getMessageBody()Ljava/lang/String;',
          'string https://api.telegram.org/bot1:x/sendMessage',
          'call java.net.URL.openConnection()Ljava/net/URLConnection;',
          'call com.example.app.Sms.abortBroadcast()V',
        ],
      },
    },
  ],
};

describe('appraise', () => {
  it('calls an unremarkable app benign, with nothing found', () => {
    const appraisal = appraiseFake({});
    expect(appraisal.verdict).toBe('benign');
    expect(ids(appraisal)).toEqual([]);
    expect(appraisal.score.malice).toEqual({ value: 0, parts: [] });
  });

  it('calls malware malicious by what it does, and says what class of malware', () => {
    const appraisal = appraiseFake(SMS_TROJAN);
    expect(appraisal.verdict).toBe('malicious');
    expect(ids(appraisal)).toContain('android.behaviour.sms-swallowing');
    expect(appraisal.classes.find((entry) => entry.class === 'spyware')?.ruleIds).toEqual(
      expect.arrayContaining(['android.behaviour.sms-forwarding', 'android.behaviour.sms-swallowing']),
    );
  });

  it('never calls an app malicious for its manifest, even one that asks for everything', () => {
    const all =
      `READ_SMS SEND_SMS RECEIVE_SMS READ_CALL_LOG READ_CONTACTS ACCESS_BACKGROUND_LOCATION RECORD_AUDIO CAMERA
      SYSTEM_ALERT_WINDOW REQUEST_INSTALL_PACKAGES QUERY_ALL_PACKAGES INTERNET PACKAGE_USAGE_STATS CALL_PHONE
      MANAGE_EXTERNAL_STORAGE WRITE_SECURE_SETTINGS INJECT_EVENTS READ_LOGS DUMP REBOOT DELETE_PACKAGES`
        .split(/\s+/)
        .map((name) => `android.permission.${name}`);
    const guards = [
      'ACCESSIBILITY_SERVICE',
      'DEVICE_ADMIN',
      'NOTIFICATION_LISTENER_SERVICE',
      'VPN_SERVICE',
      'INPUT_METHOD',
    ];
    const appraisal = appraiseFake({
      manifest: {
        permissions: all,
        targetSdk: 22,
        root: { sharedUserId: 'android.uid.system' },
        components: [
          { kind: 'receiver', name: 'com.example.app.Boot', actions: ['android.intent.action.BOOT_COMPLETED'] },
          ...guards.map((guard) => ({
            kind: 'service' as const,
            name: `com.example.app.${guard}`,
            exported: true,
            permission: `android.permission.BIND_${guard}`,
          })),
        ],
      },
      code: ['Boot', ...guards].map((name) => ({ name: `com.example.app.${name}`, methods: {} })),
    });
    expect(appraisal.score.malice.value).toBeGreaterThanOrEqual(50);
    expect(appraisal.verdict).toBe('risky');
  });

  it('is unknown, not benign, when the manifest cannot be read', () => {
    const appraisal = appraiseFake({ manifest: null });
    expect(appraisal.verdict).toBe('unknown');
    expect(appraisal.findings[0]).toMatchObject({ ruleId: 'android.coverage.manifest', status: 'unknown' });
    expect(appraisal.coverage.counts['rulesNotRun']).toBeGreaterThan(0);
    expect(appraisal.app.package).toBe('');
  });

  it('is unknown when no code can be read, unless the manifest says that there is none', () => {
    expect(appraiseFake({ code: [] }).verdict).toBe('unknown');
    const themeOnly = fakeApp({ code: [], manifest: { application: { hasCode: 'false' } } });
    const image = { ...themeOnly, entries: themeOnly.entries.filter(({ path }) => path !== 'classes.dex') };
    expect(appraise(image, { version: '0', now: NOW }).verdict).toBe('benign');
  });

  it('is unknown when one of several code files could not be read', () => {
    const appraisal = appraiseFake({ files: { 'classes2.dex': 'damaged' } });
    expect(appraisal.verdict).toBe('unknown');
    expect(ids(appraisal)).toEqual(['android.coverage.code']);
  });

  it('is unknown when the signature was not looked at', () => {
    const stage = { stage: 'signatures', status: 'skipped', detail: 'not read', elapsedMs: 0 } as const;
    expect(appraiseFake({ stages: [stage] }).verdict).toBe('unknown');
  });

  it('is unknown when nobody can tell whether it is a debug build', () => {
    const image = fakeApp({ manifest: { application: { debuggable: '@0x7f050001' } } });
    const unresolved = { ...image, manifest: image.manifest && { ...image.manifest, debuggable: null } };
    const appraisal = Appraisal.parse(appraise(unresolved, { version: '0', now: NOW }));
    expect(appraisal.verdict).toBe('unknown');
    expect(ids(appraisal)).toEqual(['android.coverage.debuggable']);
  });

  it('keeps what was found although other parts could not be read', () => {
    expect(appraiseFake({ ...SMS_TROJAN, files: { 'classes2.dex': 'damaged' } }).verdict).toBe('malicious');
  });

  it('turns a rule that throws into a finding unknown', () => {
    const broken: Rule = {
      ...(RULES[0] as Rule),
      id: 'android.test.broken',
      needs: [],
      run: () => {
        throw new Error('a defect');
      },
    };
    const appraisal = Appraisal.parse(appraise(fakeApp(), { version: '0', now: NOW, rules: [broken] }));
    expect(appraisal.verdict).toBe('unknown');
    expect(appraisal.diagnostics).toEqual([expect.objectContaining({ id: 'appraisal.rule-failed' })]);
  });

  it('shows at most ten pieces of evidence and says how many more there are', () => {
    const calls = Array.from({ length: 25 }, () => 'call java.lang.System.load(Ljava/lang/String;)V');
    const appraisal = appraiseFake({ code: [{ name: 'com.example.app.Main', methods: { 'run()V': calls } }] });
    const finding = appraisal.findings.find(({ ruleId }) => ruleId === 'android.code.native-load-from-path');
    expect(finding?.evidence).toHaveLength(10);
    expect(finding?.evidenceOmitted).toBe(15);
  });

  it('sorts findings worst first', () => {
    const { findings } = appraiseFake(SMS_TROJAN);
    const sorted = [...findings].sort((a, b) => compareSeverity(a.severity, b.severity));
    expect(findings.map(({ severity }) => severity)).toEqual(sorted.map(({ severity }) => severity));
  });

  it('is deterministic', () => {
    expect(appraiseFake(SMS_TROJAN)).toEqual(appraiseFake(SMS_TROJAN));
  });

  it('reports progress from the first rule to the last', () => {
    const seen: number[] = [];
    appraise(fakeApp(), { version: '0', now: NOW, onProgress: ({ done }) => seen.push(done) });
    const ours = RULES.filter(({ id }) => !id.startsWith('ios.'));
    expect(ours.length).toBeLessThan(RULES.length);
    expect(seen).toEqual(ours.map((_, index) => index));
  });

  it('takes diagnostics from outside, and does not count those twice that the image has', () => {
    const diagnostic = { id: 'zip.prefix.data', level: 'warning', message: '9 bytes', where: 'app.apk' } as const;
    const image = fakeApp({ diagnostics: [diagnostic] });
    const again = appraise(image, { version: '0', now: NOW, readDiagnostics: [diagnostic] });
    expect(again).toEqual(appraise(image, { version: '0', now: NOW }));
    const more = appraise(fakeApp(), { version: '0', now: NOW, readDiagnostics: [diagnostic] });
    expect(ids(more)).toEqual(['file.zip.prefix.data']);
  });

  it('refuses a date that is none', () => {
    expect(() => appraise(fakeApp(), { version: '0', now: 'today' })).toThrow(RangeError);
  });

  it('says so when no rule is there for an app', () => {
    const appraisal = appraise({ ...fakeApp(), platform: 'ios' }, { version: '0', now: NOW, rules: [] });
    expect(appraisal.verdict).toBe('unknown');
    expect(ids(appraisal)).toEqual(['ios.coverage.rules']);
  });

  it('gives the facts: permissions with their protection, components, hosts with their origin', () => {
    const { app } = appraiseFake({
      manifest: { permissions: ['android.permission.CAMERA', 'android.permission.INTERNET', 'com.example.OWN'] },
      code: [
        {
          name: 'com.example.app.Main',
          methods: { 'run()V': ['string see https://api.vedette-test.org/a and http://api.vedette-test.org/b.'] },
        },
      ],
    });
    expect(app.permissions).toEqual([
      { name: 'android.permission.CAMERA', protection: 'dangerous' },
      { name: 'android.permission.INTERNET', protection: 'normal' },
      { name: 'com.example.OWN', protection: 'unknown' },
    ]);
    expect(app.hosts).toEqual([
      { host: 'api.vedette-test.org', cleartext: true, from: 'classes.dex', site: 'vedette-test.org' },
    ]);
    expect(app.components).toEqual([expect.objectContaining({ name: 'com.example.app.Main', exported: true })]);
  });
});
