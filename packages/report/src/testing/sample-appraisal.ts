import type { Appraisal, Evidence, Finding } from '@vedette/contracts';

/** Every way a text of an app could act on a reader: markup, terminal, Markdown, tables, links, mentions, direction, lines, halves of characters. */
export const HOSTILE =
  '<script>alert(1)</script>"\'&lt;|`*_[x](javascript:y) @team https://evil.test \u001b[31m\u202e\n\r\u0000\ud800 -->]]>${x}{{y}}';

const places = (text: string): Evidence[] => [
  {
    kind: 'code',
    file: 'classes.dex',
    class: `com.example.${text}`,
    method: `m${text}(I)V`,
    codeOffset: 12,
    reach: 'reachable',
    from: `activity ${text}`,
    path: [`com.example.Main.onCreate ${text}`, `com.example.${text}.m${text}`],
    reference: text,
    note: text,
  },
  {
    kind: 'manifest',
    element: `manifest/application[${text}]`,
    attribute: 'android:debuggable',
    value: text,
    line: 7,
    note: text,
  },
  { kind: 'file', path: `../../assets/${text}/a b.js`, offset: 16, length: 4, note: text },
  { kind: 'certificate', sha256: 'cd'.repeat(32), subject: `CN=${text}`, issuer: text, note: text },
  { kind: 'text', source: text, line: 3, text, note: text },
];

function finding(over: Partial<Finding> & Pick<Finding, 'ruleId'>, text: string): Finding {
  return {
    ruleVersion: 1,
    title: `A title ${text}`,
    severity: 'high',
    status: 'bad',
    description: `Why it matters ${text}`,
    remedy: `What to do ${text}`,
    evidence: places(text),
    mappings: { masvs: ['MASVS-CRYPTO-1'], cwe: ['CWE-327'], attack: ['T1636.004'], maswe: ['MASWE-0020'] },
    ...over,
  };
}

/** Apart, since reports read them also from appraisals whose contract knows no libraries. */
const recognised = (text: string): object => ({
  libraries: [
    {
      name: 'OkHttp',
      purl: 'pkg:maven/com.squareup.okhttp3/okhttp@4.12.0',
      version: '4.12.0',
      category: 'networking',
      evidence: [],
      how: 'package name',
    },
    { name: `Lib ${text}`, purl: null, version: null, category: text, evidence: [], how: text },
  ],
});

/** An appraisal that has something of everything, with the same text wherever an app, a report or a person could put any. */
export function sampleAppraisal(text = 'plain', over: Partial<Appraisal> = {}): Appraisal {
  return {
    schema: 'vedette.appraisal/1',
    engine: { name: 'vedette', version: '0.1.0', rules: 300 },
    file: {
      name: `app ${text}.apk`,
      size: 1_234_567,
      sha256: 'ab'.repeat(32),
      container: 'apk-set',
      parts: [
        { path: `base ${text}.apk`, role: 'base', size: 1000, sha256: '12'.repeat(32) },
        { path: 'split.apk', role: 'split', size: null, sha256: null },
      ],
    },
    app: {
      platform: 'android',
      package: `com.example.${text}`,
      label: `App ${text}`,
      versionName: `1.0 ${text}`,
      versionCode: 57,
      minSdk: 21,
      targetSdk: 35,
      signers: [
        {
          sha256: 'cd'.repeat(32),
          scheme: 'v2',
          subject: `CN=${text}`,
          issuer: `CN=${text}`,
          notBefore: '2020-01-01T00:00:00Z',
          notAfter: '2050-01-01T00:00:00Z',
          keyAlgorithm: 'RSA',
          keyBits: 4096,
          signatureAlgorithm: 'SHA256withRSA',
          verified: 'verified',
        },
      ],
      permissions: [
        { name: 'android.permission.READ_SMS', protection: 'dangerous' },
        { name: 'android.permission.INTERNET', protection: 'normal' },
        { name: `custom.${text}`, protection: 'unknown' },
      ],
      components: [
        {
          kind: 'activity',
          name: `com.example.${text}.Main`,
          exported: true,
          exportedBy: 'intent-filter',
          permission: null,
        },
        { kind: 'service', name: 'com.example.Sync', exported: false, exportedBy: 'default', permission: text },
      ],
      hosts: [
        { host: 'api.example.test', cleartext: false, from: 'classes.dex' },
        { host: '192.0.2.7', cleartext: true, from: text },
        { host: '2001:db8::1', cleartext: false, from: text },
        { host: text, cleartext: true, from: text },
      ],
      ...recognised(text),
    },
    verdict: 'malicious',
    score: {
      malice: {
        value: 60,
        parts: [{ ruleId: 'android.behaviour.sample', ruleVersion: 1, weight: 60, kind: 'behaviour' }],
      },
      dataRisk: {
        value: 30,
        parts: [
          { ruleId: 'android.code.sample', ruleVersion: 1, weight: 20, kind: 'weakness' },
          { ruleId: 'android.manifest.sample', ruleVersion: 2, weight: 10, kind: 'declaration' },
        ],
      },
    },
    classes: [{ class: 'spyware', ruleIds: ['android.behaviour.sample'] }],
    findings: [
      finding({ ruleId: 'android.behaviour.sample', severity: 'critical' }, text),
      finding({ ruleId: 'android.code.sample', evidenceOmitted: 12 }, text),
      finding({ ruleId: 'android.manifest.sample', ruleVersion: 2, severity: 'low' }, text),
      finding({ ruleId: 'android.coverage.code', status: 'unknown', severity: 'medium', evidence: [] }, text),
      finding({ ruleId: 'android.fact.sample', severity: 'info', mappings: {} }, text),
    ],
    coverage: {
      stages: [
        { stage: 'manifest', status: 'complete', detail: '', elapsedMs: 2 },
        { stage: `code ${text}`, status: 'partial', detail: `stopped ${text}`, elapsedMs: 900 },
      ],
      counts: { entries: 10, dexFiles: 1, classes: 100, components: 2, rulesRun: 299, rulesFired: 4, rulesNotRun: 1 },
    },
    diagnostics: [
      { id: 'zip.name.odd', level: 'warning', message: `odd ${text}`, where: text },
      { id: 'zip.other', level: 'note', message: text },
    ],
    ...over,
  };
}

/** The sample with one finding suppressed. */
export function suppressedAppraisal(text = 'plain'): Appraisal {
  const sample = sampleAppraisal(text);
  const rule = 'android.code.sample';
  const parts = sample.score.dataRisk.parts;
  return {
    ...sample,
    score: {
      malice: sample.score.malice,
      dataRisk: { value: 10, parts: parts.filter(({ ruleId }) => ruleId !== rule) },
    },
    findings: sample.findings.map((one) =>
      one.ruleId === rule
        ? { ...one, suppressed: { reason: `accepted ${text}`, until: '2027-03-31', by: `Ada ${text}` } }
        : one,
    ),
    suppression: {
      suppressed: 1,
      parts: { malice: [], dataRisk: parts.filter(({ ruleId }) => ruleId === rule) },
      without: { verdict: 'malicious', malice: 60, dataRisk: 30, classes: sample.classes },
      warnings: [`a warning ${text}`],
    },
  };
}
