import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildZip } from '@vedette/formats/builders';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { repositoryRoot, runVedette } from './support/command-line.ts';

const realApk = join(repositoryRoot, 'node_modules/io.appium.settings/apks/settings_apk-debug.apk');
const folder = mkdtempSync(join(tmpdir(), 'vedette-inspect-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `inspect FILE signature --format json` promises to scripts. */
const Signature = z.object({
  verified: z.boolean(),
  schemes: z.array(z.string()),
  signers: z.array(z.object({ sha256: z.string().nullable(), scheme: z.string() })),
  issues: z.array(z.object({ code: z.string(), level: z.enum(['error', 'warning']), detail: z.string() })),
});

describe('vedette inspect', () => {
  it.each<[string[], string]>([
    [[], 'label      Appium Settings'],
    [['manifest'], 'android:name="android.permission.WRITE_SETTINGS"'],
    [['resources', 'string/app_name'], 'Appium Settings'],
    [['dex'], 'classes9.dex'],
    [['classes', 'io.appium.settings.Settings'], '.method public onCreate(Landroid/os/Bundle;)V'],
    [['method', 'io.appium.settings.Settings.onCreate'], 'const-string v0, "Entering the app"'],
    [['strings', 'Entering the app'], 'classes5.dex'],
    [['xrefs', 'android.os.Build.MODEL'], 'read (1)'],
    [['signature'], 'verified for API 26 and up, by v2'],
    [['entries', 'res/*'], 'res/'],
  ])('shows %j of a real app, as text and as JSON', async (view, shown) => {
    const text = await runVedette(['inspect', realApk, ...view]);
    expect([text.exitCode, text.stderr]).toEqual([0, '']);
    expect(text.stdout).toContain(shown);
    const json = await runVedette(['inspect', realApk, ...view, '--format', 'json']);
    expect(JSON.parse(json.stdout)).toBeTruthy();
  });

  it('answers about signatures in the shape that scripts rely on', async () => {
    const { stdout } = await runVedette(['inspect', realApk, 'signature', '--min-sdk', '21', '--format', 'json']);
    const signature = Signature.parse(JSON.parse(stdout));
    expect(signature).toMatchObject({ verified: false, signers: [{ scheme: 'v2' }] });
    expect(signature.issues.map(({ code }) => code)).toContain('JAR_SIG_NO_MANIFEST');
  });

  it('gives the exact bytes of an entry', async () => {
    const output = join(folder, 'manifest.bin');
    const { exitCode } = await runVedette([
      'inspect',
      realApk,
      'entries',
      'AndroidManifest.xml',
      '--raw',
      '--output',
      output,
    ]);
    expect(exitCode).toBe(0);
    expect([...readFileSync(output).subarray(0, 4)]).toEqual([3, 0, 8, 0]);
  });

  it('reads a set of APKs as one app', async () => {
    const set = join(folder, 'app.xapk');
    writeFileSync(set, buildZip([{ name: 'base.apk', data: new Uint8Array(readFileSync(realApk)), method: 'stored' }]));
    const { stdout } = await runVedette(['scan', set]);
    expect(stdout).toContain('a set of APKs: base.apk');
    expect(stdout).toContain('io.appium.settings, 8.0.10');
  });

  it('says in one line what is wrong, and how to go on', async () => {
    const wrong = await runVedette(['inspect', realApk, 'methods']);
    expect([wrong.exitCode, wrong.stdout, wrong.stderr.split('\n').length]).toEqual([2, '', 2]);
    const missing = await runVedette(['inspect', realApk, 'classes', 'org.nowhere.Gone']);
    expect([missing.exitCode, missing.stderr]).toEqual([
      3,
      expect.stringContaining('has no class org.nowhere.Gone; see'),
    ]);
  });
});
