import { describe, expect, it } from 'vitest';
import { sarifValidator } from '../testing/official-schemas.ts';
import { HOSTILE, sampleAppraisal, suppressedAppraisal } from '../testing/sample-appraisal.ts';
import { stringsIn, UNPRINTABLE } from '../testing/strings-in.ts';
import { entryUri } from './entry-uri.ts';
import { renderSarif } from './render-sarif.ts';
import type { SarifLog } from './sarif-log.ts';

const faults = sarifValidator();
const parse = (text: string): SarifLog => JSON.parse(text) as SarifLog;
const runOf = (text: string) => {
  const [run] = parse(text).runs;
  if (run === undefined) throw new Error('no run');
  return run;
};

describe('renderSarif', () => {
  it.each([
    ['a plain app', [sampleAppraisal()]],
    ['a hostile app', [sampleAppraisal(HOSTILE)]],
    ['suppressed findings', [suppressedAppraisal(HOSTILE)]],
    ['several apps', [sampleAppraisal(), sampleAppraisal('other')]],
    ['an app without findings', [sampleAppraisal('x', { findings: [], diagnostics: [], classes: [] })]],
  ])('meets the official schema with %s', (_what, appraisals) => {
    expect(faults(parse(renderSarif(appraisals)))).toEqual([]);
  });

  it('is judged by a schema that can fail', () => {
    expect(faults({ version: '2.1.0', runs: [{}] })).not.toEqual([]);
  });

  it('has a rule for each result with help, severity for GitHub, tags and catalogues', () => {
    const run = runOf(renderSarif([sampleAppraisal()]));
    const [rule] = run.tool.driver.rules;
    expect(rule).toMatchObject({
      id: 'android.behaviour.sample',
      name: 'AndroidBehaviourSample',
      defaultConfiguration: { level: 'error' },
      properties: {
        'security-severity': '9.5',
        tags: ['security', 'external/cwe/cwe-327', 'MASVS-CRYPTO-1', 'MASWE-0020', 'T1636.004'],
      },
    });
    expect(rule?.help.markdown).toContain('**What to do:** What to do plain');
    for (const { target } of rule?.relationships ?? []) {
      const taxonomy = run.taxonomies?.[target.toolComponent.index];
      expect(taxonomy?.name).toBe(target.toolComponent.name);
      expect(taxonomy?.taxa[target.index]?.id).toBe(target.id);
    }
    expect(run.taxonomies?.map(({ name }) => name)).toEqual(['MASVS', 'MASWE', 'CWE', 'ATT&CK']);
    for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
  });

  it('tells what was found from what could not be looked at and what judges nothing', () => {
    const kinds = runOf(renderSarif([sampleAppraisal()])).results.map(({ kind, level }) => `${kind} ${level}`);
    expect(kinds).toEqual(['fail error', 'fail error', 'fail note', 'open none', 'informational none']);
  });

  it('points at entries, classes and methods', () => {
    const run = runOf(renderSarif([sampleAppraisal()]));
    const [code, manifest] = run.results[0]?.locations ?? [];
    expect(code).toMatchObject({
      physicalLocation: { artifactLocation: { uri: 'classes.dex', uriBaseId: 'APP', index: 1 } },
      logicalLocations: [{ name: 'mplain', fullyQualifiedName: 'com.example.plain.mplain(I)V', kind: 'function' }],
      properties: { codeOffset: 12, reach: 'reachable' },
    });
    expect(manifest?.physicalLocation).toMatchObject({
      artifactLocation: { uri: 'AndroidManifest.xml' },
      region: { startLine: 7 },
    });
    for (const { locations } of run.results)
      for (const { physicalLocation } of locations) {
        const { index, uri } = physicalLocation?.artifactLocation ?? {};
        expect(run.artifacts[index ?? -1]?.location.uri).toBe(uri);
      }
    expect(run.artifacts[0]).toMatchObject({ hashes: { 'sha-256': 'ab'.repeat(32) }, roles: ['analysisTarget'] });
  });

  it('shows the way from the entry point to the place as a code flow', () => {
    const [flow] = runOf(renderSarif([sampleAppraisal()])).results[0]?.codeFlows ?? [];
    const steps = flow?.threadFlows[0]?.locations.map(({ location }) => location.logicalLocations?.[0]?.name);
    expect(steps).toEqual(['com.example.Main.onCreate plain', 'com.example.plain.mplain']);
  });

  it('keeps a fingerprint from build to build, whatever moved', () => {
    const before = sampleAppraisal();
    const after = sampleAppraisal('plain', {
      file: { ...before.file, sha256: 'ff'.repeat(32) },
      app: { ...before.app, versionCode: 58, versionName: '2.0' },
      findings: before.findings.map((finding) => ({
        ...finding,
        evidence: finding.evidence.toReversed().map((evidence) => {
          if (evidence.kind === 'code') return { ...evidence, codeOffset: 99, file: 'classes2.dex' };
          return evidence.kind === 'manifest' ? { ...evidence, line: 99 } : evidence;
        }),
      })),
    });
    const prints = (text: string) => runOf(text).results.map(({ partialFingerprints }) => partialFingerprints);
    expect(prints(renderSarif([after]))).toEqual(prints(renderSarif([before])));
    expect(new Set(prints(renderSarif([before])).map((print) => print['vedette/v1'])).size).toBe(5);
    expect(prints(renderSarif([sampleAppraisal('other')]))).not.toEqual(prints(renderSarif([before])));
  });

  it('says of every result whether it is suppressed as soon as one is', () => {
    const plain = runOf(renderSarif([sampleAppraisal()]));
    expect(plain.results.every(({ suppressions }) => suppressions === undefined)).toBe(true);
    const run = runOf(renderSarif([suppressedAppraisal()]));
    expect(run.results.map(({ suppressions }) => suppressions?.length)).toEqual([0, 1, 0, 0, 0]);
    expect(run.results[1]?.suppressions?.[0]?.justification).toBe('accepted plain (until 2027-03-31, by Ada plain)');
  });

  it("keeps to GitHub's limits", () => {
    const [finding] = sampleAppraisal().findings;
    if (finding === undefined) throw new Error('no finding');
    const many = { ...finding, evidence: Array.from({ length: 60 }, () => finding.evidence[0] ?? never()) };
    const flood = sampleAppraisal('x', {
      findings: Array.from({ length: 25_001 }, (_, index) => ({
        ...many,
        ruleId: `r.${index}`,
        evidence: index === 0 ? many.evidence : [],
      })),
    });
    const run = runOf(renderSarif([flood]));
    expect(run.results).toHaveLength(25_000);
    expect(run.results[0]?.locations).toHaveLength(10);
    expect(run.results[0]?.properties['placesLeftOut']).toBe(50);
    expect(run.tool.driver.rules.every(({ properties }) => properties.tags.length <= 10)).toBe(true);
    expect(() => renderSarif(Array.from({ length: 21 }, () => sampleAppraisal()))).toThrow(RangeError);
  });

  it('holds no control character, no turned text and no path out of the archive', () => {
    const text = renderSarif([suppressedAppraisal(HOSTILE)]);
    expect(stringsIn(parse(text)).filter((one) => UNPRINTABLE.test(one))).toEqual([]);
    for (const { location } of runOf(text).artifacts) expect(location.uri).not.toMatch(/^\/|\.\.|:/);
  });
});

describe('entryUri', () => {
  it.each([
    ['assets/a b.js', 'assets/a%20b.js'],
    ['../../etc/passwd', '__/__/etc/passwd'],
    ['/etc//passwd', 'etc/passwd'],
    ['javascript:alert(1)', 'javascript%3Aalert(1)'],
    ['a\\b\\..\\c', 'a/b/__/c'],
    ['', '_'],
    ['outer.apk!/classes.dex', 'outer.apk!/classes.dex'],
    ['\ud800', '%5Cud800'],
  ])('%j becomes %s', (path, uri) => {
    expect(entryUri(path)).toBe(uri);
  });
});

function never(): never {
  throw new Error('no evidence');
}
