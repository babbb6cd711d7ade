/**
 * The typed values a condition sees. Classes, not plain objects, because the evaluator tells the declared types apart by constructor. A field that is
 * `undefined` is absent: reading it is an evaluation error, which the decision reports, and `has(device.sdkLevel)` asks first.
 */
export class DeviceFact {
  readonly name: string;
  readonly owner: string;
  readonly platform: string;
  readonly simulated: boolean;
  readonly manufacturer: string | undefined;
  readonly model: string | undefined;
  readonly osVersion: string | undefined;
  readonly sdkLevel: bigint | undefined;
  readonly build: string | undefined;
  readonly patchLevel: string | undefined;
  readonly attestation: string;
  constructor(fields: DeviceFact) {
    this.name = fields.name;
    this.owner = fields.owner;
    this.platform = fields.platform;
    this.simulated = fields.simulated;
    this.manufacturer = fields.manufacturer;
    this.model = fields.model;
    this.osVersion = fields.osVersion;
    this.sdkLevel = fields.sdkLevel;
    this.build = fields.build;
    this.patchLevel = fields.patchLevel;
    this.attestation = fields.attestation;
  }
}
export const DEVICE_FIELDS = {
  name: 'string',
  owner: 'string',
  platform: 'string',
  simulated: 'bool',
  manufacturer: 'string',
  model: 'string',
  osVersion: 'string',
  sdkLevel: 'int',
  build: 'string',
  patchLevel: 'string',
  attestation: 'string',
} as const satisfies Record<keyof DeviceFact, string>;

export class SignalFact {
  readonly status: string;
  readonly value: string;
  readonly trust: string;
  readonly ageSeconds: bigint | undefined;
  constructor(fields: SignalFact) {
    this.status = fields.status;
    this.value = fields.value;
    this.trust = fields.trust;
    this.ageSeconds = fields.ageSeconds;
  }
}
export const SIGNAL_FIELDS = {
  status: 'string',
  value: 'string',
  trust: 'string',
  ageSeconds: 'int',
} as const satisfies Record<keyof SignalFact, string>;

export class ThreatFact {
  readonly key: string;
  readonly kind: string;
  readonly type: string;
  readonly title: string;
  readonly severity: string;
  readonly subject: string;
  readonly ageMinutes: bigint;
  constructor(fields: ThreatFact) {
    this.key = fields.key;
    this.kind = fields.kind;
    this.type = fields.type;
    this.title = fields.title;
    this.severity = fields.severity;
    this.subject = fields.subject;
    this.ageMinutes = fields.ageMinutes;
  }
}
export const THREAT_FIELDS = {
  key: 'string',
  kind: 'string',
  type: 'string',
  title: 'string',
  severity: 'string',
  subject: 'string',
  ageMinutes: 'int',
} as const satisfies Record<keyof ThreatFact, string>;

export class AppFact {
  readonly package: string;
  readonly label: string;
  readonly versionName: string;
  readonly versionCode: bigint | undefined;
  readonly system: boolean;
  readonly enabled: boolean;
  readonly installer: string;
  readonly sha256: string;
  readonly signers: string[];
  readonly permissions: string[];
  readonly appraised: boolean;
  readonly verdict: string;
  readonly malice: number;
  readonly dataRisk: number;
  constructor(fields: AppFact) {
    this.package = fields.package;
    this.label = fields.label;
    this.versionName = fields.versionName;
    this.versionCode = fields.versionCode;
    this.system = fields.system;
    this.enabled = fields.enabled;
    this.installer = fields.installer;
    this.sha256 = fields.sha256;
    this.signers = fields.signers;
    this.permissions = fields.permissions;
    this.appraised = fields.appraised;
    this.verdict = fields.verdict;
    this.malice = fields.malice;
    this.dataRisk = fields.dataRisk;
  }
}
export const APP_FIELDS = {
  package: 'string',
  label: 'string',
  versionName: 'string',
  versionCode: 'int',
  system: 'bool',
  enabled: 'bool',
  installer: 'string',
  sha256: 'string',
  signers: 'list<string>',
  permissions: 'list<string>',
  appraised: 'bool',
  verdict: 'string',
  malice: 'double',
  dataRisk: 'double',
} as const satisfies Record<keyof AppFact, string>;
