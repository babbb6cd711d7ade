import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { CheckResult } from '@vedette/contracts';
import {
  buildAndroidqf,
  buildBugReport,
  describePhone,
  ROOTED_WITH_MAGISK,
  sideloadedApp,
} from '@vedette/forensics/fixtures';
import { buildZip } from '@vedette/formats/builders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CLI = join(import.meta.dirname, '../apps/cli/bin/vedette.mjs');
let folder = '';
const phone = describePhone({
  ...ROOTED_WITH_MAGISK,
  plantedFiles: ['payload'],
  apps: [sideloadedApp('com.example.spy', { installer: 'com.android.chrome', sha256: 'e'.repeat(64) })],
});

function put(path: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), bytes);
}

/** A case as a responder has it: a bundle, a bug report in its ZIP, a backup, lists, notes. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-case-'));
  for (const [path, bytes] of buildAndroidqf(phone)) put(`case/capture/${path}`, bytes);
  put('case/bugreport.zip', buildZip([...buildBugReport(phone)].map(([name, data]) => ({ name, data }))));
  const message = [{ address: '+49', body: 'See https://w3.evil.test/x.', date: '1763000000000', type: '1' }];
  put('tar/apps/com.android.providers.telephony/d_f/000000_sms_backup', deflateSync(JSON.stringify(message)));
  execFileSync('tar', ['-cf', '../backup.tar', 'apps'], { cwd: join(folder, 'tar') });
  const tar = readFileSync(join(folder, 'backup.tar'));
  put('case/backup.ab', Buffer.concat([Buffer.from('ANDROID BACKUP\n5\n1\nnone\n'), deflateSync(tar)]));
  put('case/notes.txt', 'The owner says that the battery runs down.');
  put('lists/domains.txt', 'evil.test\n');
  put('lists/package_names.txt', 'com.example.spy\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function check(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const all = [CLI, 'check', join(folder, 'case'), '--indicators', join(folder, 'lists'), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, all, { maxBuffer: 64e6 }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

describe('a folder with a bundle, a bug report and a backup of one phone', () => {
  it('is one report, in which every finding names its place in the evidence', async () => {
    const { out, code } = await check('--format', 'json', '--fail-on', 'critical');
    expect(code).toBe(1);
    const result = CheckResult.parse(JSON.parse(out));
    expect(result.input.kind).toBe('several');
    expect(result.input.parts?.map(({ kind }) => kind).toSorted()).toEqual([
      'android-backup',
      'androidqf',
      'bugreport',
    ]);
    const listed = result.findings.filter(({ ruleId }) => ruleId === 'device.indicator');
    expect(listed.map(({ title }) => title.split(':')[0] ?? '').toSorted()).toEqual([
      'domains.txt',
      'package_names.txt',
    ]);
    const places = result.findings.flatMap(({ evidence }) =>
      evidence.map((one) =>
        one.kind === 'observation' ? (one.rawRef ?? '') : one.kind === 'text' ? one.source : 'none',
      ),
    );
    // The list that comes with the product is no place in the evidence.
    for (const place of places) expect(place).toMatch(/^(?:capture\/|bugreport\.zip!\/|backup\.ab!\/|CISA KEV)/);
    expect(result.signals.find(({ id }) => id === 'integrity.root')?.status).toBe('bad');
  });

  it('is text that begins with the answer and names each piece', async () => {
    const { out } = await check();
    expect(out).toMatch(/^The evidence holds what 2 lists of indicators name/);
    for (const piece of ['androidqf bundle: capture/', 'bug report: bugreport.zip!/', 'Android backup: backup.ab'])
      expect(out).toContain(piece);
    expect(out).toContain('Held against 2 indicators of 2 lists.');
  });

  it('is a page, and STIX', async () => {
    const page = await check('--format', 'html');
    expect(page.out).toContain('What happened when');
    expect(page.out).toContain('See https://w3.evil.test/x.');
    const stix = JSON.parse((await check('--format', 'stix')).out) as { objects: { type: string; value?: string }[] };
    expect(stix.objects.some(({ type, value }) => type === 'url' && value === 'https://w3.evil.test/x')).toBe(true);
    expect(stix.objects.some(({ type }) => type === 'report')).toBe(true);
  });
});
