import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNodeHost } from '@vedette/bytes/node';
import { AppDifference, Appraisal } from '@vedette/contracts';
import {
  type ApkSpec,
  buildCertificate,
  type ManifestSpec,
  type SigningKey,
  type SigningPlan,
  signApk,
} from '@vedette/formats/builders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cycloneDxValidator, sarifValidator, stixValidator } from '../packages/report/src/testing/official-schemas.ts';
import { axeViolations } from './support/axe.ts';
import { chromiumPath, launchChromium } from './support/chromium.ts';
import { runVedette } from './support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'vedette-reports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const host = createNodeHost();
const HOSTILE = '<img src=x onerror=alert(1)>|`@team`\u202e';

function keyOf(name: string): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  return {
    kind: 'rsa',
    certificate: buildCertificate({
      subject: { CN: name },
      publicKey: spki,
      signatureAlgorithm: 'SHA256withRSA',
      notBefore: '2020-01-01T00:00:00Z',
      notAfter: '2050-01-01T00:00:00Z',
    }),
    publicKey: spki,
    sign: (data, hash) => new Uint8Array(sign(hash, data, privateKey)),
  };
}
const first = keyOf('First');
const second = keyOf('Second');

const launcher = {
  kind: 'activity',
  name: 'com.example.app.Main',
  exported: true,
  intentFilters: [{ actions: ['android.intent.action.MAIN'], categories: ['android.intent.category.LAUNCHER'] }],
} as const;

function app(manifest: Omit<ManifestSpec, 'package'>, plan: SigningPlan): Uint8Array {
  const spec: ApkSpec = {
    manifest: { package: 'com.example.app', minSdk: 26, targetSdk: 35, components: [launcher], ...manifest },
    dex: [[{ name: 'com.example.app.Main', superclass: 'android.app.Activity' }]],
  };
  return signApk(spec, plan, host);
}

const write = (name: string, content: string | Uint8Array): string => {
  writeFileSync(at(name), content);
  return at(name);
};
const by = (key: SigningKey): SigningPlan => ({ v2: [{ key }] });

beforeAll(() => {
  write('1.apk', app({ versionName: '1.0', versionCode: 1 }, by(first)));
  const debug = { versionName: '2.0', versionCode: 2, application: { 'android:debuggable': true } };
  write('debug.apk', app({ ...debug, permissions: ['android.permission.READ_SMS', HOSTILE] }, by(first)));
  write('stranger.apk', app({ versionName: '1.1', versionCode: 2 }, by(second)));
  write(
    'rotated.apk',
    app({ versionName: '1.1', versionCode: 2 }, { v2: [{ key: first }], v3: [{ key: second, formerKeys: [first] }] }),
  );
  write('accept.yaml', '- rule: android.manifest.debuggable\n  reason: a test build\n  until: 2099-12-31\n  by: Ada\n');
  write('expired.yaml', '- rule: android.manifest.debuggable\n  reason: a test build\n  until: 2020-12-31\n');
});

describe('vedette scan --format', () => {
  it.each([
    ['sarif', sarifValidator],
    ['stix', stixValidator],
    ['cyclonedx', cycloneDxValidator],
  ] as const)('writes %s that meets its official schema, for one app and for several', async (format, validator) => {
    const faults = validator();
    for (const files of [['debug.apk'], ['1.apk', 'debug.apk']]) {
      const { exitCode, stdout, stderr } = await runVedette(['scan', ...files.map(at), '--format', format]);
      expect([exitCode, stderr]).toEqual([0, '']);
      expect(faults(JSON.parse(stdout))).toEqual([]);
    }
  });

  it('writes a page that a browser shows without a script, and a comment for a pull request', async () => {
    const page = await runVedette(['scan', at('debug.apk'), '--format', 'html', '--output', at('report.html')]);
    expect([page.exitCode, page.stdout, page.stderr]).toEqual([0, '', '']);
    const html = readFileSync(at('report.html'), 'utf8');
    expect(html).toContain('read your text messages, one-time codes among them');
    expect(html).not.toMatch(/<img|<script|\u202e/);
    const { stdout } = await runVedette(['scan', at('debug.apk'), '--format', 'markdown']);
    expect(stdout).toMatch(/^## Risky: /);
  });

  it.skipIf(chromiumPath === null)(
    'writes a page of which the browser refuses nothing, and that everybody can read',
    async () => {
      await runVedette(['scan', at('debug.apk'), at('1.apk'), '--format', 'html', '--output', at('two.html')]);
      const browser = await launchChromium();
      try {
        const page = await browser.newPage();
        const said: string[] = [];
        page.on('console', (message) => said.push(message.text()));
        page.on('dialog', (dialog) => said.push(dialog.message()));
        page.on('request', (request) => said.push(request.url()));
        await page.goto(`file://${at('two.html')}`);
        expect(await page.locator('h1').allTextContents()).toContain('Appraisal of 2 apps');
        // A style that the page's own policy refused would leave the default margin.
        expect(await page.locator('body').evaluate((body) => getComputedStyle(body).marginTop)).toBe('0px');
        expect(said.filter((text) => text !== `file://${at('two.html')}`)).toEqual([]);
        expect(await axeViolations(page)).toEqual([]);
        expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000);
      } finally {
        await browser.close();
      }
    },
  );
});

describe('vedette scan --suppress', () => {
  it('keeps what was accepted in the report and out of the exit code', async () => {
    const args = ['scan', at('debug.apk'), '--fail-on', 'high', '--format', 'json'];
    expect((await runVedette(args)).exitCode).toBe(1);
    const { exitCode, stdout } = await runVedette([...args, '--suppress', at('accept.yaml')]);
    expect(exitCode).toBe(0);
    const { findings, suppression } = Appraisal.parse(JSON.parse(stdout));
    expect(findings.find(({ ruleId }) => ruleId === 'android.manifest.debuggable')?.suppressed?.by).toBe('Ada');
    expect(suppression).toMatchObject({ suppressed: 1, without: { verdict: 'risky' } });
    write('suppressed.json', stdout);
    expect((await runVedette(['explain', at('suppressed.json')])).exitCode).toBe(0);
  });

  it('counts again what ran out, and says so', async () => {
    const args = ['scan', at('debug.apk'), '--fail-on', 'high', '--suppress', at('expired.yaml')];
    const { exitCode, stderr } = await runVedette(args);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^vedette: .*android\.manifest\.debuggable ran out on 2020-12-31.*\n$/);
  });

  it('refuses a list that is none, in one line', async () => {
    const list = write('bad.yaml', '- rule: android.manifest.debuggable\n');
    const { exitCode, stdout, stderr } = await runVedette(['scan', at('debug.apk'), '--suppress', list]);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^vedette: .*bad\.yaml is no list of suppressions: entry 1, reason: .*\n$/);
  });
});

describe('vedette explain', () => {
  it('recomputes a report, and finds one that was changed', async () => {
    const { stdout } = await runVedette(['scan', at('debug.apk'), '--format', 'json']);
    const report = write('report.json', stdout);
    const honest = await runVedette(['explain', report]);
    expect(honest.exitCode).toBe(0);
    expect(honest.stdout).toContain('The report adds up.');
    const appraisal = Appraisal.parse(JSON.parse(stdout));
    const changed = {
      ...appraisal,
      verdict: 'benign',
      score: { ...appraisal.score, dataRisk: { value: 0, parts: [] } },
    };
    const forged = await runVedette(['explain', write('forged.json', JSON.stringify(changed))]);
    expect(forged.exitCode).toBe(1);
    expect(forged.stdout).toContain('THE REPORT DOES NOT ADD UP');
    expect((await runVedette(['explain', at('debug.apk')])).exitCode).toBe(3);
  });
});

describe('vedette diff', () => {
  it('says what a build brings, and ends with 1 for a grave finding', async () => {
    const { exitCode, stdout } = await runVedette(['diff', at('1.apk'), at('debug.apk')]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Signer   same.');
    expect(stdout).toContain('  + The app is a debug build: high');
    expect(stdout).toContain('  + android.permission.READ_SMS: dangerous');
    expect(stdout).not.toContain('\u202e');
    expect((await runVedette(['diff', at('1.apk'), at('debug.apk'), '--fail-on', 'critical'])).exitCode).toBe(0);
    expect((await runVedette(['diff', at('1.apk'), at('debug.apk'), '--suppress', at('accept.yaml')])).exitCode).toBe(
      0,
    );
  });

  it.each([
    ['1.apk', 'same', 0],
    ['stranger.apk', 'different', 1],
    ['rotated.apk', 'rotated', 0],
  ])('tells the signer of %s: %s', async (after, change, code) => {
    const { exitCode, stdout } = await runVedette(['diff', at('1.apk'), at(after), '--format', 'json']);
    expect(AppDifference.parse(JSON.parse(stdout)).signer.change).toBe(change);
    expect(exitCode).toBe(code);
  });

  it('compares reports as it compares apps', async () => {
    const { stdout: report } = await runVedette(['scan', at('1.apk'), '--format', 'json']);
    const before = write('before.json', report);
    const [apps, mixed] = await Promise.all([
      runVedette(['diff', at('1.apk'), at('debug.apk'), '--format', 'markdown']),
      runVedette(['diff', before, at('debug.apk'), '--format', 'markdown']),
    ]);
    expect(mixed.stdout).toBe(apps.stdout);
    expect(mixed.stdout).toMatch(/^## What changed in `com\.example\.app`/);
  });

  it('says in one line what cannot be read, and ends with 3', async () => {
    const { exitCode, stdout, stderr } = await runVedette(['diff', at('1.apk'), at('none.apk')]);
    expect([exitCode, stdout]).toEqual([3, '']);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
