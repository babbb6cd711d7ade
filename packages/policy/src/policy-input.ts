import type {
  AttestationStanding,
  DeviceFacts,
  InstalledApp,
  Severity,
  Signal,
  ThreatKind,
  Verdict,
} from '@vedette/contracts';

/** A threat as a policy sees it. Resolved threats are not passed at all; `ignored` ones do not count (see `decide`). */
export interface PolicyThreat {
  readonly key: string;
  readonly kind: ThreatKind;
  readonly type: string;
  readonly title: string;
  readonly severity: Severity;
  readonly subject: string | null;
  readonly state: 'open' | 'ignored';
  /** ISO 8601. */
  readonly openedAt: string;
}

/** An installed app with what its appraisal says; null: this build was never appraised. */
export interface PolicyApp
  extends Pick<
    InstalledApp,
    'package' | 'label' | 'versionName' | 'versionCode' | 'system' | 'enabled' | 'installer' | 'sha256' | 'signers'
  > {
  readonly grantedPermissions: readonly string[];
  readonly appraisal: { readonly verdict: Verdict; readonly malice: number; readonly dataRisk: number } | null;
}

/** What the policy needs to know of the device beside its signals. */
export interface PolicyDevice {
  readonly name: string;
  readonly owner: string | null;
  readonly simulated: boolean;
  readonly facts: DeviceFacts;
  /** When the last report was accepted, ISO 8601; null: never. */
  readonly lastReportAt: string | null;
  /** How it stands by what hardware said of it. */
  readonly attestation: AttestationStanding;
}

/** Everything `decide` looks at. Time is an argument: the same input gives the same decision anywhere. */
export interface DecideInput {
  readonly device: PolicyDevice;
  readonly signals: readonly Signal[];
  readonly threats: readonly PolicyThreat[];
  readonly apps: readonly PolicyApp[];
  /** False: the inventory is partial or missing, so an absent app is not proven absent. */
  readonly appsComplete: boolean;
  /** `ruleSince` of the previous decision; `{}` at first. */
  readonly ruleSince: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly now: string;
  readonly policyVersion: number;
}
