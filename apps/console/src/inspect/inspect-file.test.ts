import { generateKeyPairSync, sign } from 'node:crypto';
import { createBrowserHost } from '@vedette/bytes/browser';
import { createNodeHost } from '@vedette/bytes/node';
import { buildApk, buildCertificate, buildSignedApk, mutate } from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import { type InspectOutcome, inspectFile, type OpenedApp } from './inspect-file.ts';

const NOW = '2026-11-22T12:00:00.000Z';
const node = createNodeHost();
const browser = createBrowserHost(() => performance.now());
const seen: string[] = [];
const inspect = (bytes: Uint8Array, host = browser): InspectOutcome =>
  inspectFile(bytes, {
    name: 'app.apk',
    host,
    now: NOW,
    engineVersion: '0.1.0',
    onProgress: (stage, share) => {
      seen.push(stage);
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
    },
  });

function opened(outcome: InspectOutcome): OpenedApp {
  if ('refused' in outcome) throw new Error(outcome.refused[0]?.message ?? 'refused');
  return outcome.opened;
}

const spec = {
  manifest: { package: 'com.example.app', permissions: ['android.permission.CAMERA'], targetSdk: 34 },
  dex: [[{ name: 'Lcom/example/app/Main;' }]],
  entries: { 'assets/a.txt': 'hello', 'assets/b.bin': new Uint8Array(9_000).fill(0xff) },
};

/** An app really signed, by each kind of key. */
function signedApk(scheme: 'v2' | 'v3', kind: 'rsa' | 'ec'): Uint8Array {
  const { privateKey, publicKey } =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  return buildSignedApk(
    spec,
    scheme,
    {
      certificate: buildCertificate({ subject: { CN: 'Signer' }, publicKey: key }),
      publicKey: key,
      algorithm: kind === 'rsa' ? 0x0103 : 0x0201,
      sign: (data) => new Uint8Array(sign('sha256', data, privateKey)),
    },
    node,
  );
}

/** What two hosts must agree on: everything but the time it took. */
function judged(outcome: InspectOutcome): unknown {
  if ('refused' in outcome) return outcome.refused;
  const { appraisal } = outcome.opened.summary;
  const stages = appraisal.coverage.stages.map((stage) => ({ ...stage, elapsedMs: 0 }));
  return { ...appraisal, coverage: { ...appraisal.coverage, stages } };
}

describe('inspectFile', () => {
  it.each([
    ['v2', 'rsa'],
    ['v2', 'ec'],
    ['v3', 'rsa'],
    ['v3', 'ec'],
  ] as const)(
    'verifies a %s signature by an %s key in the browser as Node does, and sees one changed byte',
    (scheme, kind) => {
      const apk = signedApk(scheme, kind);
      const { appraisal } = opened(inspect(apk)).summary;
      expect(appraisal.app.signers).toMatchObject([{ scheme, verified: 'verified' }]);
      expect(judged(inspect(apk))).toEqual(judged(inspect(apk, node)));
      const changed = new Uint8Array(apk);
      const at = Buffer.from(apk).indexOf('hello');
      expect(at).toBeGreaterThan(0);
      changed[at] = 0x48;
      expect(opened(inspect(changed)).summary.appraisal.app.signers).toMatchObject([{ scheme, verified: 'failed' }]);
      expect(judged(inspect(changed))).toEqual(judged(inspect(changed, node)));
    },
  );

  it('judges damaged apps as Node does', () => {
    const apk = buildApk(spec);
    for (let seed = 0; seed < 60; seed++) {
      const bytes = mutate(apk, seed);
      expect(judged(inspect(bytes)), `seed ${seed}`).toEqual(judged(inspect(bytes, node)));
    }
  });

  it('shows the manifest, pages of entries and their first bytes', () => {
    const app = opened(inspect(buildApk(spec)));
    expect(app.summary.documents[0]?.rows.map(({ name }) => name)).toContain('uses-permission');
    const all = app.entries('', 0, 2);
    expect([all.rows.length, all.total]).toEqual([2, app.summary.entryCount]);
    expect(app.entries('', 2, 100).rows.map(({ index }) => index)).toEqual(
      Array.from({ length: all.total - 2 }, (_, index) => index + 2),
    );
    const [text] = app.entries('A.TXT', 0, 10).rows;
    expect(text).toMatchObject({ path: 'assets/a.txt', size: 5 });
    expect(app.head(text?.index ?? -1)).toMatchObject({ text: 'hello', shown: 5, diagnostics: [] });
    const [binary] = app.entries('b.bin', 0, 10).rows;
    const head = app.head(binary?.index ?? -1);
    expect([head.text, head.shown]).toEqual([null, 4096]);
    expect(head.hex.split('\n')[0]).toBe(
      `000000  ${Array(8).fill('ff').join(' ')}  ${Array(8).fill('ff').join(' ')}  ${'.'.repeat(16)}`,
    );
    expect(app.head(10_000).shown).toBe(0);
  });

  it('finds strings whatever their case, each once with its files', () => {
    const app = opened(
      inspect(buildApk({ ...spec, dex: [[{ name: 'Lcom/example/app/Main;' }], [{ name: 'Lcom/example/app/Main;' }]] })),
    );
    const page = app.strings('EXAMPLE/APP/main', 0, 10);
    expect(page.rows).toMatchObject([{ value: 'Lcom/example/app/Main;', files: ['classes.dex', 'classes2.dex'] }]);
    expect(app.string(page.rows[0]?.index ?? -1).value).toBe('Lcom/example/app/Main;');
    expect(app.strings('no such string', 0, 10)).toMatchObject({ rows: [], matched: 0 });
    expect(app.string(99_999)).toEqual({ value: '', sites: [] });
  });

  it('says why bytes are no app, and how far it has come', () => {
    const outcome = inspect(new TextEncoder().encode('Dear Sir or Madam'));
    expect('refused' in outcome && outcome.refused[0]?.id).toBe('app.none');
    seen.length = 0;
    inspect(buildApk(spec));
    expect(new Set(seen)).toContain('rules');
  });
});
