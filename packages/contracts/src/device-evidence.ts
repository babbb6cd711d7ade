import { z } from 'zod';
import { Platform, Sha256 } from './appraisal.ts';
import { Diagnostic } from './diagnostic.ts';
import { Finding } from './finding.ts';
import { Observable } from './observable.ts';
import { EvidenceSource, Observation, Signal } from './signal.ts';
import { MAX_USAGE_WINDOWS, UsageCurve, UsageWindow } from './usage.ts';
import { EVIDENCE_KINDS, type EvidenceKind } from './vocabulary.ts';

/** Facts that name a device and its system. Null: the evidence does not say. */
export const DeviceFacts = z.object({
  platform: Platform,
  manufacturer: z.string().max(100).nullable(),
  model: z.string().max(100).nullable(),
  osVersion: z.string().max(50).nullable(),
  /** Android API level. */
  sdkLevel: z.number().int().nullable(),
  build: z.string().max(300).nullable(),
  /** Android security patch level as reported, e.g. `2026-10-05`. */
  patchLevel: z.string().max(50).nullable(),
});
export type DeviceFacts = z.infer<typeof DeviceFacts>;

/** One installed app. */
export const InstalledApp = z.object({
  package: z.string().min(1).max(300),
  label: z.string().max(300).nullable(),
  versionName: z.string().max(200).nullable(),
  versionCode: z.number().int().nullable(),
  system: z.boolean(),
  enabled: z.boolean(),
  /** Package that installed it; null: none recorded (sideloaded or preloaded). */
  installer: z.string().max(300).nullable(),
  /** Package that asked for the installation, where the evidence says (Android 11 and later): it shows an installer name that was made up. */
  initiator: z.string().max(300).nullable().optional(),
  /** SHA-256 of the base APK's bytes, when the evidence has it. */
  sha256: Sha256.nullable(),
  /** SHA-256 of signer certificates, when the evidence has them. */
  signers: z.array(Sha256).max(20),
  /** SHA-256 prefixes or other short signer ids as found in the evidence (dumpsys prints only these). */
  signerHints: z.array(z.string().max(128)).max(20),
  grantedPermissions: z.array(z.string().max(200)).max(500),
  firstInstalledAt: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime().nullable(),
  rawRef: z.string().max(500).optional(),
});
export type InstalledApp = z.infer<typeof InstalledApp>;

/** Something that happened on the device or to its network. */
export const DeviceEvent = z.object({
  /** `network.tls-interception`, `network.ssl-strip`, `network.content-changed`, `network.captive-portal`, … */
  kind: z.string().max(100),
  at: z.iso.datetime(),
  source: EvidenceSource,
  /** Wi-Fi name or interface; the person's agent may blank it. */
  network: z.string().max(200).nullable(),
  host: z.string().max(253).nullable(),
  expected: z.string().max(1000).nullable(),
  seen: z.string().max(1000).nullable(),
  note: z.string().max(1000),
});
export type DeviceEvent = z.infer<typeof DeviceEvent>;

/**
 * One entry of the evidence that tells of something done, visited, installed or running: a row of a database, a line of a log, an
 * element of a dump. What an analyst would put on a timeline; rules and indicators are held against each.
 */
export const EvidenceRecord = z.object({
  /** Platform and artefact, e.g. `android.battery-daily`, `ios.sms`. */
  artefact: z.string().min(1).max(100),
  /** What it says, one line for a person. */
  text: z.string().max(1000),
  /** When it was so; null: the evidence does not say. */
  at: z.iso.datetime().nullable(),
  /** Where it stands: `file:line`, or `file!/table#row` in databases. */
  rawRef: z.string().max(500),
  /** Named values as the artefact has them; what rules look at. */
  fields: z.record(z.string(), z.string()).optional(),
  /** What of it an indicator could name. */
  observables: z.array(Observable).max(50),
});
export type EvidenceRecord = z.infer<typeof EvidenceRecord>;

/** What collecting yields, before any judgement. */
export const DeviceEvidence = z.object({
  facts: DeviceFacts,
  observations: z.array(Observation),
  apps: z.array(InstalledApp),
  /** False: the inventory is partial or missing, so an absent app is not proven absent. */
  appsComplete: z.boolean(),
  events: z.array(DeviceEvent),
  /** What apps used, in the order of time. Missing: the evidence does not tell. */
  usage: z.array(UsageWindow).max(MAX_USAGE_WINDOWS).optional(),
});
export type DeviceEvidence = z.infer<typeof DeviceEvidence>;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys of a literal that is not empty
const EvidenceKind = z.enum(Object.keys(EVIDENCE_KINDS) as [EvidenceKind, ...EvidenceKind[]]);

/** `vedette check --format json` prints one. */
export const CheckResult = z.object({
  schema: z.literal('vedette.check/1'),
  engine: z.object({ name: z.literal('vedette'), version: z.string() }),
  input: z.object({
    path: z.string(),
    kind: EvidenceKind,
    collectedAt: z.iso.datetime().nullable(),
    /** Where more than one piece of evidence was given: each, with what it is. */
    parts: z.array(z.object({ path: z.string(), kind: EvidenceKind })).optional(),
  }),
  device: DeviceFacts,
  signals: z.array(Signal),
  findings: z.array(Finding),
  apps: z.array(InstalledApp),
  /** Records in the order of their time, undated ones last; and how many were left out to keep the report readable. */
  timeline: z.array(EvidenceRecord).optional(),
  timelineOmitted: z.number().int().nonnegative().optional(),
  /** The apps that used most, or unusually much, over the time that the evidence tells of. */
  usage: z.array(UsageCurve).max(20).optional(),
  /** What the records were held against. Missing: nothing was, so that nothing found means nothing. */
  indicators: z
    .object({ total: z.number().int().nonnegative(), lists: z.array(z.string().max(200)).max(500) })
    .optional(),
  diagnostics: z.array(Diagnostic),
});
export type CheckResult = z.infer<typeof CheckResult>;
