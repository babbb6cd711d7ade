import {
  type DeviceEvidence,
  type DeviceFacts,
  type Diagnostic,
  type EvidenceRecord,
  type InstalledApp,
  MAX_USAGE_WINDOWS,
} from '@vedette/contracts';
import { byTime, MAX_DIAGNOSTICS, MAX_RECORDS } from './evidence-builder.ts';
import type { EvidencePiece } from './evidence-piece.ts';

/** One piece, as read. */
export interface ReadPiece {
  readonly piece: Pick<EvidencePiece, 'kind' | 'path'>;
  readonly evidence: DeviceEvidence;
  readonly collectedAt: string | null;
  readonly records: readonly EvidenceRecord[];
  readonly recordsOmitted: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Several pieces as one. */
export interface MergedPieces extends Omit<ReadPiece, 'piece'> {
  /** Those that tell of the same phone, newest first. */
  readonly parts: readonly ReadPiece['piece'][];
}

/**
 * Joins what pieces of one phone say: the newest counts for facts, observations stay side by side (judging looks at their age and source), apps are joined by
 * package, records by time. Pieces of another phone are left out and named: a report about two phones would be true of neither.
 */
export function mergePieces(read: readonly ReadPiece[]): MergedPieces {
  const newestFirst = [...read].sort((a, b) => timeOf(b) - timeOf(a));
  const { same, others } = ofOnePhone(newestFirst);
  const records = same
    .flatMap((one) => one.records)
    .filter(firstOfItsKind())
    .sort(byTime);
  const kept = records.slice(-MAX_RECORDS);
  // Pieces may tell of the same hours: watching takes the fuller one.
  const usage = same
    .flatMap(({ evidence }) => evidence.usage ?? [])
    .sort((a, b) => (a.to < b.to ? -1 : 1))
    .slice(-MAX_USAGE_WINDOWS);
  return {
    parts: same.map(({ piece }) => piece),
    evidence: {
      facts: mergeFacts(same.map(({ evidence }) => evidence.facts)),
      observations: same.flatMap(({ evidence }) => evidence.observations),
      apps: mergeApps(same.map(({ evidence }) => evidence.apps)),
      appsComplete: same.some(({ evidence }) => evidence.appsComplete),
      events: same.flatMap(({ evidence }) => evidence.events),
      ...(usage.length === 0 ? {} : { usage }),
    },
    collectedAt: same.find((one) => one.collectedAt !== null)?.collectedAt ?? null,
    records: kept,
    recordsOmitted: same.reduce((sum, one) => sum + one.recordsOmitted, 0) + records.length - kept.length,
    diagnostics: [...others.map((one) => otherPhone(one, same)), ...same.flatMap((one) => one.diagnostics)].slice(
      0,
      MAX_DIAGNOSTICS,
    ),
  };
}

function timeOf({ collectedAt }: ReadPiece): number {
  return collectedAt === null ? Number.NEGATIVE_INFINITY : Date.parse(collectedAt);
}

/** The phone that most pieces tell of; at a tie the one told of last. Pieces that name no phone go with any. */
function ofOnePhone(read: readonly ReadPiece[]): { same: readonly ReadPiece[]; others: readonly ReadPiece[] } {
  let same: readonly ReadPiece[] = [];
  for (const candidate of read) {
    const group = read.filter((one) => mayBeOnePhone(candidate.evidence, one.evidence));
    if (group.length > same.length) same = group;
  }
  return { same, others: read.filter((one) => !same.includes(one)) };
}

/** Evidence names models, not phones: two phones of one model cannot be told apart here, and the documentation says so. */
function mayBeOnePhone(one: DeviceEvidence, other: DeviceEvidence): boolean {
  if (one.facts.platform !== other.facts.platform) return false;
  if (one.facts.platform === 'android') return !differ(one.facts.model, other.facts.model);
  const [a, b] = [modelNumberOf(one), modelNumberOf(other)];
  return a !== null && b !== null ? !differ(a, b) : !differ(familyOf(one), familyOf(other));
}

function differ(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a.toLowerCase() !== b.toLowerCase();
}

/** `iPhone15,2`: the same in all evidence that has it. Names are not: some has “iPhone 14 Pro”, some “iPhone” alone. */
function modelNumberOf({ observations }: DeviceEvidence): string | null {
  return observations.find(({ key }) => key === 'ios.model')?.value ?? null;
}

/** `iPhone` or `iPad`, from a name or a number. */
function familyOf({ facts }: DeviceEvidence): string | null {
  return /^[a-z]+/i.exec(facts.model ?? '')?.[0] ?? null;
}

function otherPhone({ piece, evidence }: ReadPiece, same: readonly ReadPiece[]): Diagnostic {
  const nameOf = ({ platform, manufacturer, model }: DeviceFacts): string =>
    [manufacturer, model].filter((part) => part !== null).join(' ') || platform;
  const ours = mergeFacts(same.map((one) => one.evidence.facts));
  return {
    id: 'evidence.other-phone',
    level: 'error',
    message: `This is of another phone (${nameOf(evidence.facts)}, not ${nameOf(ours)}) and was left out. Check it by itself.`,
    where: piece.path,
  };
}

function mergeFacts(all: readonly DeviceFacts[]): DeviceFacts {
  const first = <K extends keyof DeviceFacts>(name: K): DeviceFacts[K] | null =>
    all.find((facts) => facts[name] !== null)?.[name] ?? null;
  return {
    platform: first('platform') ?? 'android',
    manufacturer: first('manufacturer'),
    model: first('model'),
    osVersion: first('osVersion'),
    sdkLevel: first('sdkLevel'),
    build: first('build'),
    patchLevel: first('patchLevel'),
  };
}

/** By package. What the newest piece says counts; what it does not know is filled in from older ones. */
function mergeApps(lists: readonly (readonly InstalledApp[])[]): InstalledApp[] {
  const apps = new Map<string, InstalledApp>();
  for (const app of lists.flat()) {
    const newer = apps.get(app.package);
    apps.set(app.package, newer === undefined ? app : filledIn(newer, app));
  }
  return [...apps.values()].sort((a, b) => (a.package < b.package ? -1 : 1));
}

function filledIn(newer: InstalledApp, older: InstalledApp): InstalledApp {
  // A hash belongs to one version of an app: of another one it would be wrong.
  const sameVersion = newer.versionCode === null || newer.versionCode === older.versionCode;
  return {
    ...newer,
    label: newer.label ?? older.label,
    versionName: newer.versionName ?? older.versionName,
    versionCode: newer.versionCode ?? older.versionCode,
    installer: newer.installer ?? older.installer,
    sha256: newer.sha256 ?? (sameVersion ? older.sha256 : null),
    signers: newer.signers.length > 0 || !sameVersion ? newer.signers : older.signers,
    signerHints: newer.signerHints.length > 0 || !sameVersion ? newer.signerHints : older.signerHints,
    grantedPermissions: newer.grantedPermissions.length > 0 ? newer.grantedPermissions : older.grantedPermissions,
    firstInstalledAt: newer.firstInstalledAt ?? older.firstInstalledAt,
    updatedAt: newer.updatedAt ?? older.updatedAt,
  };
}

/** Bundles and bug reports of one day tell the same; the first telling stays. */
function firstOfItsKind(): (record: EvidenceRecord) => boolean {
  const seen = new Set<string>();
  return ({ artefact, text, at }) => {
    const identity = `${artefact}\n${at ?? ''}\n${text}`;
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  };
}
