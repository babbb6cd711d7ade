import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApkSpec, buildApk, buildZip, constString, invoke, returnVoid } from '@vedette/formats/builders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectFile } from '../analysis/inspect-file.ts';
import type { AnalysisJob, InspectQuestion } from '../analysis/job.ts';
import type { ViewName } from './view-names.ts';

const SPEC: ApkSpec = {
  manifest: { package: 'com.example.app', targetSdk: 34, permissions: ['android.permission.SEND_SMS'] },
  dex: [
    [
      {
        name: 'com.example.app.Main',
        methods: [
          {
            name: 'send',
            descriptor: '()V',
            code: [
              constString('premium'),
              invoke('virtual', 'android.telephony.SmsManager', 'sendTextMessage', '(Ljava/lang/String;)V', [0]),
              returnVoid(),
            ],
          },
        ],
      },
    ],
  ],
  entries: { 'assets/note.txt': 'a note', 'assets/blob.bin': new Uint8Array([0, 1, 2, 0xff]) },
};

let folder: string;
let app: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vedette-inspect-'));
  app = join(folder, 'app.apk');
  await writeFile(app, buildApk(SPEC));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function look(view: ViewName, what: string | null = null, more: Partial<InspectQuestion> = {}, path = app) {
  const question = { view, what, minSdk: null, maxSdk: null, idsig: null, limit: null, raw: false, ...more };
  const text = { colour: false, width: 100 };
  const now = '2026-11-22T12:00:00.000Z';
  const job: AnalysisJob = { kind: 'inspect', path, version: '0', now, timeoutMs: 60_000, text, question };
  return inspectFile(job, question, () => undefined);
}

describe('inspect', () => {
  it('overview says what the file is and what is in it', async () => {
    const { data, text } = await look('overview');
    expect(data).toMatchObject({
      container: 'apk',
      package: 'com.example.app',
      counts: { dexFiles: 1, classes: 1, permissions: 1 },
      signed: { verified: false, schemes: [] },
    });
    expect(text).toContain('not signed');
  });

  it('manifest is XML, JSON and, on request, the exact bytes', async () => {
    expect((await look('manifest')).text).toContain('android:name="android.permission.SEND_SMS"');
    expect((await look('manifest')).data).toMatchObject({ name: 'manifest' });
    expect((await look('manifest', null, { raw: true })).raw?.slice(0, 4)).toEqual(new Uint8Array([3, 0, 8, 0]));
  });

  it('classes lists them, and shows the members of one', async () => {
    const listed = [{ file: 'classes.dex', name: 'com.example.app.Main', superclass: 'java.lang.Object' }];
    expect((await look('classes', '*Main')).data).toEqual(listed);
    expect((await look('classes', 'com.example.app.Main')).data).toMatchObject({ methods: [{ name: 'send' }] });
  });

  it('method disassembles, by name or by descriptor', async () => {
    for (const name of ['com.example.app.Main.send', 'Lcom/example/app/Main;->send()V']) {
      const { text, data } = await look('method', name);
      expect(text).toContain('const-string v0, "premium"');
      expect(text).toContain('Landroid/telephony/SmsManager;->sendTextMessage(Ljava/lang/String;)V');
      expect(data).toMatchObject([{ file: 'classes.dex', name: 'send' }]);
    }
  });

  it.each([
    ['android.telephony.SmsManager', 'called (1)'],
    ['android.telephony.SmsManager.sendTextMessage', 'com.example.app.Main.send()V +2  classes.dex'],
    ['"prem"', 'string loaded (1)'],
    ['com.example.Nothing', 'nothing in the code refers to com.example.Nothing'],
  ])('xrefs of %s', async (name, shown) => {
    expect((await look('xrefs', name)).text).toContain(shown);
  });

  it('strings takes a pattern and a limit', async () => {
    expect((await look('strings', 'premium')).data).toEqual([{ file: 'classes.dex', value: 'premium' }]);
    const { data, text } = await look('strings', null, { limit: 2 });
    expect(data).toHaveLength(2);
    expect(text).toContain('more; raise --limit');
  });

  it('entries lists, shows text, dumps bytes, and gives the exact bytes', async () => {
    expect((await look('entries', 'assets*')).text).toContain('assets/note.txt');
    expect((await look('entries', 'assets/note.txt')).text).toBe('a note\n');
    expect((await look('entries', 'assets/blob.bin')).text).toContain('00 01 02 ff');
    expect((await look('entries', 'assets/blob.bin', { raw: true })).raw).toEqual(new Uint8Array([0, 1, 2, 0xff]));
    expect((await look('entries', 'AndroidManifest.xml')).text).toContain('<manifest');
  });

  it('signature says who signed, and for which platforms', async () => {
    const { data } = await look('signature', null, { minSdk: 28, maxSdk: 30 });
    expect(data).toMatchObject({ verified: false, schemes: [], signers: [], range: { minSdk: 28, maxSdk: 30 } });
    expect(data).toMatchObject({ issues: [{ code: expect.any(String), level: 'error', detail: expect.any(String) }] });
  });

  it('dex has one row for each file', async () => {
    expect((await look('dex')).data).toMatchObject([{ file: 'classes.dex', version: '035', classes: 1 }]);
  });

  it.each<[ViewName, string | null, number, string]>([
    ['method', null, 2, 'needs a name'],
    ['method', 'onCreate', 2, 'names no method'],
    ['method', 'com.example.app.Mai.send', 3, 'has no class com.example.app.Mai; there are com.example.app.Main'],
    ['method', 'com.example.app.Main.gone', 3, 'defines no method gone; it has send'],
    ['classes', 'org.nowhere', 3, 'has no class org.nowhere'],
    ['xrefs', null, 2, 'needs a name'],
    ['entries', 'nowhere.txt', 3, 'has no entry nowhere.txt'],
    ['resources', null, 3, 'has no resource table'],
    ['native', null, 3, 'has no native code'],
    ['dex', 'x', 2, 'takes no name'],
    ['strings', '/(/', 2, 'no regular expression'],
  ])('%s %s: exit code %i and one line', async (view, what, exitCode, line) => {
    await expect(look(view, what)).rejects.toMatchObject({ exitCode, message: expect.stringContaining(line) });
  });

  it('says what a file is that is no app', async () => {
    const path = join(folder, 'a.zip');
    await writeFile(path, buildZip([{ name: 'a.txt', data: new Uint8Array(3) }]));
    await expect(look('overview', null, {}, path)).rejects.toMatchObject({ exitCode: 3 });
  });
});
