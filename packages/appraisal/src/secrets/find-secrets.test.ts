import { createBudget } from '@vedette/bytes';
import { type DexFile, readDex } from '@vedette/formats';
import { buildDex, type ClassSpec, type DexTricks } from '@vedette/formats/builders';
import type { DexUnit } from '@vedette/program';
import { describe, expect, it } from 'vitest';
import { appraise } from '../appraise.ts';
import { SECRET_ROWS } from '../rules/secret/secret-rows.ts';
import { SECRET_RULES } from '../rules/secret/secret-rules.ts';
import { type FakeApp, fakeApp } from '../testing/fake-app.ts';
import { fakeIosApp, shownBy } from '../testing/fake-ios-app.ts';
import { ALNUM, chars, checkedToken, KEYS, pem } from '../testing/fake-secrets.ts';
import { NOW, runOn } from '../testing/test-rule.ts';
import { findSecrets } from './find-secrets.ts';
import { readTextEntries } from './text-entries.ts';

const TOKEN = checkedToken('ghp_');
const SHOWN = `${TOKEN.slice(0, 4)}…${TOKEN.slice(-2)} (40 characters)`;
const inApp = (app: FakeApp) => findSecrets(fakeApp(app), SECRET_ROWS, Date.parse(NOW));
const codeOf = (name: string, value: string) => [{ name, methods: { 'run()V': [`string ${value}`] } }];

/** One class with a constant, as compilers write them: `static_values` is the last field of a `class_def_item`. */
function unitsWithConstant(owner: string, name: string, value: string): DexUnit[] {
  const classes: ClassSpec[] = [{ name: owner, fields: [{ name, type: 'Ljava/lang/String;', static: true }] }];
  const built = (tricks: DexTricks): DexFile | null =>
    readDex(
      buildDex(classes, { extraStrings: [value], ...tricks }),
      createBudget({}, () => 0),
    ).value;
  const plain = built({});
  const index = Array.from({ length: plain?.strings.count ?? 0 }, (_, at) => at).find(
    (at) => plain?.strings.get(at) === value,
  );
  const dex = built({
    // An array of one string (VALUE_STRING 0x17, index of one byte).
    extraData: Uint8Array.of(1, 0x17, index ?? 0),
    patch: ({ places, u32 }) => u32(places.classes + 28, places.extra),
  });
  return dex === null ? [] : [{ path: 'classes.dex', dex }];
}

describe('findSecrets', () => {
  it('points to the instruction that loads the text, to the file and its byte, to the attribute', () => {
    expect(inApp({ code: codeOf('com.example.app.A', `token ${TOKEN}`) }).byKind.get('github-token')).toEqual([
      {
        evidence: expect.objectContaining({
          kind: 'code',
          class: 'com.example.app.A',
          codeOffset: 0,
          reference: JSON.stringify(SHOWN),
        }),
        share: 1,
      },
    ]);
    expect(inApp({ files: { 'assets/a/config.json': `{"é": "${TOKEN}"}` } }).byKind.get('github-token')).toEqual([
      {
        evidence: { kind: 'file', path: 'assets/a/config.json', offset: 8, note: `a GitHub token: ${SHOWN}` },
        share: 1,
      },
    ]);
    const inManifest = inApp({ manifest: { application: { name: 'com.acme.App', value: TOKEN } } });
    expect(inManifest.byKind.get('github-token')?.[0]?.evidence).toMatchObject({ kind: 'manifest', value: SHOWN });
  });

  it('reads names and values of constants', () => {
    const value = chars(ALNUM, 32);
    const image = { ...fakeApp(), dex: unitsWithConstant('com.example.BuildConfig', 'WEATHER_API_KEY', value) };
    const [secret] = findSecrets(image, SECRET_ROWS, 0).byKind.get('api-key') ?? [];
    expect(secret?.evidence).toMatchObject({
      kind: 'code',
      class: 'com.example.BuildConfig',
      reference: expect.stringContaining('WEATHER_API_KEY = '),
    });
    expect(JSON.stringify(secret)).not.toContain(value);
  });

  it('reports a secret once, where it is easiest to follow, and says that there are more places', () => {
    const files = { 'assets/a.js': `let a="${TOKEN}"`, 'assets/b.js': `let b="${TOKEN}",c="${TOKEN}"` };
    const inFiles = inApp({ files }).byKind.get('github-token') ?? [];
    expect(inFiles.length).toBe(1);
    expect(JSON.stringify(inFiles)).toContain('at 2 more places');
  });

  it('gives what two kinds match to the one that knows more, also when that finds it harmless', () => {
    expect([...inApp({ files: { 'assets/a.json': `{"access_token":"${TOKEN}"}` } }).byKind.keys()]).toEqual([
      'github-token',
    ]);
    const wrong = `ghp_${chars(ALNUM, 36)}`;
    expect([...inApp({ files: { 'assets/a.json': `{"access_token":"${wrong}"}` } }).byKind.keys()]).toEqual([]);
  });

  it('weighs less what lies in the code of a known library', () => {
    const weight = (name: string) => {
      const rules = SECRET_RULES.filter(({ id }) => id === 'android.secret.github-token');
      return appraise(fakeApp({ code: codeOf(name, TOKEN) }), { version: '0', now: NOW, rules }).score.dataRisk.value;
    };
    expect(weight('com.example.app.A')).toBe(15);
    expect(weight('okhttp3.internal.A')).toBe(2);
  });

  it('weighs less a key with a password on it', () => {
    const rule = SECRET_RULES.find(({ id }) => id === 'android.secret.encrypted-private-key');
    const found =
      rule === undefined
        ? null
        : runOn(rule, fakeApp({ files: { 'assets/k.pem': pem('ENCRYPTED PRIVATE KEY', KEYS.encrypted) } }));
    expect(found?.severity).toBe('low');
  });

  it('looks into property lists and programs of iOS apps', () => {
    const app = fakeIosApp({
      info: { CFBundleIdentifier: 'com.acme.app', CFBundleExecutable: 'Sample', AcmeToken: TOKEN },
    });
    const shown = shownBy('ios.secret.github-token', app);
    expect(shown).toContain('Info.plist');
    expect(shown).not.toContain(TOKEN);
  });
});

describe('readTextEntries', () => {
  const entriesOf = (files: Record<string, string>) => fakeApp({ files }).entries;

  it('reads what is text, by name or by content', () => {
    const files = {
      'assets/a.json': 'a',
      'assets/page': 'text',
      'assets/blob': 'a\0b',
      'lib/x.so': 'text',
      'res/raw/k': 'text',
      'other/x': 'text',
    };
    const read = [...readTextEntries(entriesOf(files), () => {})].map(({ evidence }) =>
      JSON.stringify(evidence('s', 'n', 0)),
    );
    expect(read.map((text) => /"path":"([^"]+)"/.exec(text)?.[1] ?? '').toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      'assets/a.json',
      'assets/page',
      'res/raw/k',
    ]);
  });

  it('leaves out what its budget does not allow, and says so', () => {
    const files = { 'assets/a.json': 'aaaa', 'assets/b.json': 'bb', 'assets/c.json': 'c'.repeat(50) };
    const skipped: string[] = [];
    const budget = { entryBytes: 10, totalBytes: 5, entries: 10 };
    const read = [...readTextEntries(entriesOf(files), ({ path }) => skipped.push(path), budget)];
    expect([read.length, skipped]).toEqual([1, ['assets/a.json', 'assets/c.json']]);
  });
});
