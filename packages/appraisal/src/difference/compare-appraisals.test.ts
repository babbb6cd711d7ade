import { AppDifference, type Appraisal, type AppSigner, type Finding } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { appraised, DEBUG_APP } from '../testing/appraised.ts';
import { compareAppraisals } from './compare-appraisals.ts';
import { worstNews } from './worst-news.ts';

const OLD = 'aa'.repeat(32);
const NEW = 'bb'.repeat(32);
const app = appraised();
const [signer] = app.app.signers;
if (signer === undefined) throw new Error('the app must have a signer');
const by = (sha256: string, over: Partial<AppSigner> = {}): AppSigner => ({ ...signer, sha256, ...over });
/** A build of the same app that differs in its bytes and in what is given. */
const build = (over: Partial<Appraisal['app']>, findings: readonly Finding[] = app.findings): Appraisal => ({
  ...app,
  file: { ...app.file, sha256: 'ef'.repeat(32) },
  app: { ...app.app, ...over },
  findings: [...findings],
});
const signing = (before: Partial<Appraisal['app']>, after: Partial<Appraisal['app']>) =>
  compareAppraisals({ ...app, app: { ...app.app, ...before } }, build(after)).signer;

const finding = (over: Partial<Finding> = {}): Finding => ({
  ruleId: 'android.x.y',
  ruleVersion: 1,
  title: 'X',
  severity: 'low',
  status: 'bad',
  description: '',
  evidence: [{ kind: 'code', file: 'classes.dex', class: 'com.a.B', method: 'c()V', codeOffset: 4, note: '' }],
  ...over,
});
const findings = (before: readonly Finding[], after: readonly Finding[]) =>
  compareAppraisals({ ...app, findings: [...before] }, build({}, after));

describe('compareAppraisals', () => {
  it('finds nothing between an app and itself', () => {
    const same = compareAppraisals(app, app);
    expect(same).toMatchObject({ sameFile: true, sameApp: true, signer: { change: 'same' } });
    expect(same.findings).toMatchObject({ new: [], gone: [], changed: [], same: app.findings.length });
    expect(worstNews(same)).toBeNull();
    expect(AppDifference.parse(same)).toEqual(same);
  });

  it('does not call a finding changed that is about the file itself, under another name', () => {
    const about = (path: string) => [finding({ evidence: [{ kind: 'file', path, note: 'no signature' }] })];
    const before = { ...build({}, about('app-1.apk')), file: { ...app.file, name: 'app-1.apk' } };
    const after = { ...build({}, about('app-2.apk')), file: { ...app.file, name: 'app-2.apk' } };
    expect(compareAppraisals(before, after).findings).toMatchObject({ changed: [], same: 1 });
  });

  it('lists what was added, removed and changed', () => {
    const before = build({
      permissions: [{ name: 'a', protection: 'normal' }],
      components: [
        { kind: 'service', name: 'S', exported: false, exportedBy: 'default', permission: null },
        { kind: 'activity', name: 'S', exported: true, exportedBy: 'declared', permission: null },
      ],
      hosts: [
        { host: 'old.test', cleartext: false, from: 'classes.dex' },
        { host: 'both.test', cleartext: false, from: 'classes.dex' },
      ],
      targetSdk: 33,
    });
    const after = build({
      permissions: [{ name: 'b', protection: 'dangerous' }],
      components: [{ kind: 'service', name: 'S', exported: true, exportedBy: 'declared', permission: null }],
      hosts: [
        { host: 'new.test', cleartext: false, from: 'classes.dex' },
        { host: 'both.test', cleartext: true, from: 'classes.dex' },
      ],
      targetSdk: 35,
    });
    const difference = compareAppraisals(before, after);
    expect(difference.permissions).toMatchObject({ added: [{ name: 'b' }], removed: [{ name: 'a' }] });
    expect(difference.components).toMatchObject({
      added: [],
      removed: [{ kind: 'activity' }],
      changed: [{ before: { exported: false }, after: { exported: true } }],
    });
    expect(difference.hosts).toEqual({ added: ['new.test'], removed: ['old.test'], nowCleartext: ['both.test'] });
    expect(difference.sdk).toEqual({ minSdk: null, targetSdk: { before: 33, after: 35 } });
    const back = compareAppraisals(after, before);
    expect(back.permissions).toEqual({ added: difference.permissions.removed, removed: difference.permissions.added });
  });

  it('tells a new library from another version of one', () => {
    const using = (libraries: readonly [string, string | null][]): Appraisal => {
      const found = libraries.map(([name, version]) => ({ name, version, purl: null, category: 'networking' }));
      const more: object = { libraries: found };
      return build({ ...app.app, ...more });
    };
    expect(
      compareAppraisals(
        using([['okhttp', '3.0']]),
        using([
          ['okhttp', '4.0'],
          ['gson', null],
        ]),
      ).libraries,
    ).toEqual({
      added: [{ name: 'gson', version: null }],
      removed: [],
      changed: [{ name: 'okhttp', before: '3.0', after: '4.0' }],
    });
  });
});

describe('the signer', () => {
  it.each([
    ['the same key', [by(OLD)], [by(OLD)], 'same'],
    ['another key', [by(OLD)], [by(NEW)], 'different'],
    ['a copied certificate', [by(OLD)], [by(OLD, { verified: 'failed' })], 'different'],
    ['a signature that was not checked', [by(OLD)], [by(OLD, { verified: 'not-checked' })], 'unknown'],
    ['no signature any more', [by(OLD)], [], 'different'],
    ['no signature in both', [], [], 'unknown'],
    ['a first signature', [], [by(NEW)], 'unknown'],
    ['two keys of which one is gone', [by(OLD), by(NEW)], [by(OLD)], 'different'],
    [
      'the newer scheme by another key, the older by the same',
      [by(OLD, { scheme: 'v1' }), by(OLD, { scheme: 'v3' })],
      [by(OLD, { scheme: 'v1' }), by(NEW, { scheme: 'v3' })],
      'different',
    ],
  ] as const)('of %s', (_what, before, after, change) => {
    expect(signing({ signers: [...before] }, { signers: [...after] }).change).toBe(change);
  });

  it('has rotated where the old key vouched for the new one, and only then', () => {
    expect(signing({ signers: [by(OLD)] }, { signers: [by(NEW)], signerLineage: [OLD, NEW] }).change).toBe('rotated');
    expect(signing({ signers: [by(OLD)] }, { signers: [by(NEW)], signerLineage: [NEW, OLD] }).change).toBe('different');
    const back = signing({ signers: [by(NEW)], signerLineage: [OLD, NEW] }, { signers: [by(OLD)] });
    expect(back).toMatchObject({ change: 'different', reason: expect.stringContaining('handed over') });
  });
});

describe('findings', () => {
  it('are new or gone by their rule', () => {
    const { findings: changes } = findings([finding()], [finding({ ruleId: 'android.x.z' })]);
    expect(changes).toMatchObject({ new: [{ ruleId: 'android.x.z' }], gone: [{ ruleId: 'android.x.y' }] });
  });

  it('do not change when code moves', () => {
    const moved = finding({
      evidence: [{ kind: 'code', file: 'classes2.dex', class: 'com.a.B', method: 'c()V', codeOffset: 90, note: '' }],
    });
    expect(findings([finding()], [moved]).findings).toMatchObject({ changed: [], same: 1 });
  });

  it('say when dead code came to life', () => {
    const at = (reach: 'reachable' | 'referenced'): Finding =>
      finding({ evidence: [{ kind: 'code', file: 'c', class: 'a.B', reach, note: '' }] });
    expect(findings([at('referenced')], [at('reachable')]).findings.changed[0]?.what).toEqual([
      'now in code that can run',
    ]);
    expect(findings([at('reachable')], [at('referenced')]).findings.changed).toEqual([]);
  });

  it('say how they changed, with the new places', () => {
    const worse = finding({
      severity: 'high',
      evidence: [
        ...finding().evidence,
        { kind: 'file', path: 'assets/x', note: '' },
        { kind: 'code', file: 'c', class: 'a.B', method: 'd(I)V', reference: 'e.F.g([B)Z', note: '' },
      ],
    });
    const difference = findings([finding()], [worse]);
    expect(difference.findings.changed[0]?.what).toEqual([
      'severity high, was low',
      '3 places, were 1',
      'new place: assets/x',
      'new place: a.B.d → e.F.g',
    ]);
    expect(worstNews(difference)).toBe('high');
    expect(worstNews(findings([worse], [finding()]))).toBeNull();
  });

  it('are no news when they are suppressed, milder or unknown', () => {
    const suppressed = { reason: 'x', until: '2027-01-01' };
    expect(worstNews(findings([], [finding({ severity: 'critical', suppressed })]))).toBeNull();
    expect(worstNews(findings([], [finding({ severity: 'critical', status: 'unknown' })]))).toBeNull();
    expect(worstNews(findings([finding({ suppressed })], [finding()]))).toBe('low');
    expect(worstNews(findings([], [finding({ severity: 'medium' }), finding({ ruleId: 'z' })]))).toBe('medium');
  });

  it('of a real debug build are new against the release build', () => {
    expect(worstNews(compareAppraisals(app, appraised(DEBUG_APP)))).toBe('high');
  });
});
