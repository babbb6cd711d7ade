import type { CheckResult, EvidenceRecord } from '@vedette/contracts';

/** A check with one of everything; `text` stands in every place that comes from evidence. */
export function sampleCheck(text = 'plain', over: Partial<CheckResult> = {}): CheckResult {
  const record = (day: number, value: Partial<EvidenceRecord>): EvidenceRecord => ({
    artefact: 'android.sms',
    text: `A message ${text}`,
    at: `2026-11-${String(day).padStart(2, '0')}T10:00:00.000Z`,
    rawRef: `sms.db!/sms#${day} ${text}`,
    observables: [],
    ...value,
  });
  return {
    schema: 'vedette.check/1',
    engine: { name: 'vedette', version: '0.1.0' },
    input: {
      path: `case ${text}`,
      kind: 'several',
      collectedAt: '2026-11-20T10:11:12.000Z',
      parts: [
        { path: `capture ${text}`, kind: 'androidqf' },
        { path: '', kind: 'bugreport' },
      ],
    },
    device: {
      platform: 'android',
      manufacturer: 'Maker',
      model: `Phone ${text}`,
      osVersion: '16',
      sdkLevel: 36,
      build: `build ${text}`,
      patchLevel: '2026-11-05',
    },
    signals: [
      signal('os.patch-level', { status: 'ok', value: `2026-11-05 ${text}`, source: 'bugreport', rawRef: `a ${text}` }),
      signal('lock.screen', { status: 'bad', value: 'NONE', source: 'bugreport', trust: 'heuristic', rawRef: 'b:1' }),
      signal('network.proxy', { status: 'unknown', reason: `not said ${text}` }),
      signal('agent.contact', { status: 'unknown', reason: 'Only a server knows.' }),
    ],
    findings: [
      {
        ruleId: 'device.indicator',
        ruleVersion: 1,
        title: `A list names it ${text}`,
        severity: 'critical',
        status: 'bad',
        description: `Why ${text}`,
        remedy: `Do ${text}`,
        evidence: [
          { kind: 'text', source: `sms.db!/sms#3 ${text}`, text: `A message ${text}`, note: `the list names ${text}` },
          {
            kind: 'observation',
            signal: 'getprop.x',
            value: text,
            source: 'adb',
            trust: 'os-reported',
            observedAt: null,
            rawRef: `getprop.txt:1 ${text}`,
            note: text,
          },
        ],
        mappings: { attack: ['T1404'] },
      },
      {
        ruleId: 'device.lock',
        ruleVersion: 1,
        title: 'No screen lock',
        severity: 'high',
        status: 'bad',
        description: 'Anybody can open it.',
        evidence: [],
      },
    ],
    apps: [
      {
        package: `org.example.${text}`,
        label: null,
        versionName: text,
        versionCode: 1,
        system: false,
        enabled: true,
        installer: text,
        sha256: 'ab'.repeat(32),
        signers: [],
        signerHints: [],
        grantedPermissions: [],
        firstInstalledAt: '2026-11-01T00:00:00.000Z',
        updatedAt: null,
      },
    ],
    timeline: [
      record(1, {}),
      record(2, {}),
      record(3, {
        observables: [
          { kind: 'domain', value: 'bad.example.test' },
          { kind: 'ip', value: '203.0.113.7' },
          { kind: 'url', value: `https://bad.example.test/${text}` },
          { kind: 'email', value: 'a@example.test' },
          { kind: 'path', value: `/data/local/tmp/${text}` },
          { kind: 'file-name', value: `name${text}` },
          { kind: 'process', value: `proc${text}` },
          { kind: 'app', value: `org.example.${text}` },
          { kind: 'sha256', value: 'CD'.repeat(32) },
          { kind: 'certificate-sha1', value: 'ef'.repeat(20) },
          { kind: 'md5', value: 'not a hash' },
          { kind: 'command', value: `sh -c ${text}` },
          { kind: 'profile', value: text },
        ],
      }),
      record(9, { at: null, rawRef: 'undated' }),
    ],
    timelineOmitted: 5,
    indicators: { total: 1_234, lists: [`list ${text}`] },
    diagnostics: [{ id: 'x', level: 'warning', message: `Cut off ${text}`, where: `file ${text}` }],
    ...over,
  };
}

type Signal = CheckResult['signals'][number];

function signal(id: Signal['id'], over: Partial<Signal>): Signal {
  return {
    id,
    status: 'unknown',
    value: '',
    source: null,
    trust: over.source === undefined ? null : 'os-reported',
    observedAt: null,
    ageSeconds: null,
    ...over,
  };
}
