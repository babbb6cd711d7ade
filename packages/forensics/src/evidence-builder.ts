import type {
  DeviceEvidence,
  DeviceFacts,
  Diagnostic,
  EvidenceRecord,
  EvidenceSource,
  InstalledApp,
  Observable,
  Trust,
} from '@vedette/contracts';
import { createLocalClock, type LocalClock, type LocalTime } from './local-time.ts';
import { createUsageNotes, type UsageNotes } from './power/usage-notes.ts';

/** Limits of one evidence: what hostile input may make us keep. The report schema takes no more either. */
export const MAX_OBSERVATIONS = 4000;
export const MAX_APPS = 5000;
export const MAX_DIAGNOSTICS = 200;
/** Records kept for the timeline. All are shown to `onRecord`, and those it asks for are kept beyond this. */
export const MAX_RECORDS = 50_000;
const MAX_OBSERVABLES = 50;

/** Where a value stands in the raw evidence. */
export interface RawPlace {
  readonly file: string;
  readonly line?: number | undefined;
}

/** What is known of one app so far. Several artefacts tell of the same app; nulls are filled in, nothing is overwritten. */
export interface AppNote extends Partial<Omit<InstalledApp, 'package' | 'firstInstalledAt' | 'updatedAt'>> {
  readonly package: string;
  readonly firstInstalled?: LocalTime | null;
  readonly updated?: LocalTime | null;
}

/** An entry of an artefact as its parser writes it; the builder dates it and cuts it to the sizes of the contract. */
export interface RecordNote {
  readonly artefact: string;
  readonly text: string;
  /** Local wall-clock time where the artefact gives no zone; an ISO instant where it does. */
  readonly at?: LocalTime | string | null;
  readonly place: RawPlace;
  readonly fields?: Readonly<Record<string, string>>;
  readonly observables?: readonly Observable[];
  /** Shown to `onRecord`, and kept only where that asks for it: entries of long lists that say nothing by themselves. */
  readonly transient?: boolean;
}

/**
 * Sees each record once, when it is read. `at` is filled in only when the evidence was read to its end, since the time zone may stand there.
 * @returns true to keep the record also where the timeline is full
 */
export type RecordListener = (record: EvidenceRecord) => boolean;

export interface BuilderOptions {
  readonly onRecord?: RecordListener | undefined;
}

/** What the parsers write into. */
export interface EvidenceBuilder {
  readonly source: EvidenceSource;
  observe(key: string, value: string, place: RawPlace, trust?: Trust): void;
  /** A question that was refused: read as unknown, with this reason. `artefact` is e.g. `settings.global`. */
  denied(artefact: string, text: string, place: RawPlace): void;
  app(note: AppNote): void;
  /** What apps used of the battery and the network. */
  readonly usage: UsageNotes;
  /** Marks apps that are not installed for any user: they are left out. */
  dropApp(packageName: string): void;
  /** Adds an entry to the timeline, if it has a time, and shows it to who judges records; bounded here, so that a parser need not count. */
  record(note: RecordNote): void;
  /** States a fact that no `getprop` line gives (iOS); first statement wins. */
  fact(name: keyof DeviceFacts, value: string): void;
  /** Says that the list of apps is whole. */
  inventoryRead(place: RawPlace): void;
  diagnose(diagnostic: Diagnostic): void;
  setTimeZone(zone: string): void;
  /** First statement wins. */
  setCollectedAt(time: LocalTime | string): void;
  finish(fallback: { readonly collectedAt?: string | undefined; readonly now: string }): {
    readonly evidence: DeviceEvidence;
    readonly collectedAt: string | null;
    /** By time, undated ones last. */
    readonly records: readonly EvidenceRecord[];
    readonly recordsOmitted: number;
    readonly diagnostics: readonly Diagnostic[];
  };
}

interface PendingObservation {
  readonly key: string;
  readonly value: string;
  readonly trust: Trust;
  readonly rawRef: string;
}

/** Collects what the parsers of one evidence find, dates it and gives it out as contracts' types. */
export function createEvidenceBuilder(source: EvidenceSource, options: BuilderOptions = {}): EvidenceBuilder {
  const observations: PendingObservation[] = [];
  const seen = new Set<string>();
  const apps = new Map<string, AppNote>();
  const dropped = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  const usage = createUsageNotes();
  let inventory: RawPlace | null = null;
  let zone: string | null = null;
  let collected: LocalTime | string | null = null;
  const records: EvidenceRecord[] = [];
  const undated: { record: EvidenceRecord; at: LocalTime }[] = [];
  const facts = new Map<string, string>();
  let omittedRecords = 0;
  let omittedObservations = 0;
  let omittedApps = 0;

  function diagnose(diagnostic: Diagnostic): void {
    if (diagnostics.length < MAX_DIAGNOSTICS) diagnostics.push(diagnostic);
  }

  function addRecord(note: RecordNote): void {
    const { at = null } = note;
    const record = recordOf(note, typeof at === 'string' ? at : null);
    const wanted = options.onRecord?.(record) ?? false;
    // What has no time is no part of a timeline.
    if (!wanted && (at === null || note.transient === true)) return;
    if (records.length >= MAX_RECORDS && !wanted) {
      omittedRecords += 1;
      return;
    }
    records.push(record);
    if (at !== null && typeof at !== 'string') undated.push({ record, at });
  }

  function observe(key: string, value: string, place: RawPlace, trust: Trust = 'os-reported'): void {
    const identity = `${key}\n${value}`;
    if (seen.has(identity)) return;
    if (observations.length >= MAX_OBSERVATIONS) {
      omittedObservations += 1;
      return;
    }
    seen.add(identity);
    observations.push({ key: key.slice(0, 200), value: value.slice(0, 4096), trust, rawRef: rawRef(place) });
  }

  return {
    source,
    usage,
    observe,
    denied(artefact, text, place) {
      observe(`denied.${artefact}`, text.trim().slice(0, 300), place);
    },
    app(note) {
      const before = apps.get(note.package);
      if (before === undefined && apps.size >= MAX_APPS) {
        omittedApps += 1;
        return;
      }
      apps.set(note.package, before === undefined ? note : merge(before, note));
    },
    dropApp: (packageName) => void dropped.add(packageName),
    record: addRecord,
    fact(name, value) {
      if (!facts.has(name) && value !== '') facts.set(name, value);
    },
    inventoryRead(place) {
      inventory ??= place;
    },
    diagnose,
    setTimeZone(name) {
      zone ??= name;
    },
    setCollectedAt(time) {
      collected ??= time;
    },
    finish(fallback) {
      const clock = createLocalClock(zone);
      const stated = collected === null ? null : typeof collected === 'string' ? collected : clock(collected);
      const collectedAt = fallback.collectedAt ?? stated;
      const dated = collectedAt ?? fallback.now;
      if (collectedAt === null) {
        diagnose({
          id: 'evidence.undated',
          level: 'warning',
          message: 'The evidence does not say when it was collected; it is dated as of now.',
        });
      }
      if (omittedObservations > 0) {
        diagnose({
          id: 'budget.observations',
          level: 'warning',
          message: `${omittedObservations} observations left out.`,
        });
      }
      if (omittedApps > 0) {
        diagnose({ id: 'budget.apps', level: 'warning', message: `${omittedApps} apps left out.` });
      }
      if (usage.full) {
        const message = 'More was noted of what apps used than is kept.';
        diagnose({ id: 'budget.usage', level: 'warning', message });
      }
      const windows = usage.finish(source);
      const list = [...apps.values()].filter((note) => !dropped.has(note.package));
      for (const note of list) for (const record of appRecords(note)) addRecord(record);
      if (inventory !== null) observe('apps.inventory', String(list.length), inventory);
      for (const { record, at } of undated) record.at = clock(at);
      records.sort(byTime);
      const observed = observations.map((entry) => ({
        key: entry.key,
        value: entry.value,
        source,
        trust: entry.trust,
        observedAt: collectedAt,
        collectedAt: dated,
        rawRef: entry.rawRef,
      }));
      return {
        evidence: {
          facts: { ...factsOf(observations), ...statedFacts(facts) },
          observations: observed,
          apps: list.map((note) => finishApp(note, clock)).sort((a, b) => (a.package < b.package ? -1 : 1)),
          appsComplete: inventory !== null && omittedApps === 0,
          events: [],
          ...(windows.length === 0 ? {} : { usage: [...windows] }),
        },
        collectedAt,
        records,
        recordsOmitted: omittedRecords,
        diagnostics,
      };
    },
  };
}

/** When an app came and when it was last changed, with all that a list could know it by. */
function appRecords(note: AppNote): readonly RecordNote[] {
  const { package: name, firstInstalled = null, updated = null, installer, sha256, signers = [], rawRef: ref } = note;
  const observables: Observable[] = [
    { kind: 'app', value: name },
    ...(sha256 === undefined || sha256 === null ? [] : [{ kind: 'sha256' as const, value: sha256 }]),
    ...signers.map((value) => ({ kind: 'certificate-sha256' as const, value })),
  ];
  const fields = { package: name, installer: installer ?? '', system: String(note.system ?? false) };
  const place = { file: ref ?? 'list of apps' };
  const from = installer === undefined || installer === null ? '' : ` by ${installer}`;
  const came: RecordNote = {
    artefact: 'android.app-installed',
    text: `${name} was installed${from}`,
    at: firstInstalled,
    place,
    fields,
    observables,
  };
  // Apps of the system image have the clock's beginning for the day they came (2009-01-01 by default): that is no day at all.
  const begun = firstInstalled !== null && firstInstalled.year < 2010;
  if (updated === null || sameTime(updated, firstInstalled)) return [begun ? { ...came, at: null } : came];
  return [
    begun ? { ...came, at: null } : came,
    { ...came, artefact: 'android.app-updated', text: `${name} was updated`, at: updated, observables: [] },
  ];
}

function sameTime(one: LocalTime, other: LocalTime | null): boolean {
  return other !== null && JSON.stringify(one) === JSON.stringify(other);
}

function recordOf(note: RecordNote, at: string | null): EvidenceRecord {
  const observables = (note.observables ?? [])
    .filter(({ value }) => value !== '')
    .slice(0, MAX_OBSERVABLES)
    .map(({ kind, value }) => ({ kind, value: value.slice(0, 4096) }));
  return {
    artefact: note.artefact,
    text: note.text.slice(0, 1000),
    at,
    rawRef: rawRef(note.place),
    ...(note.fields === undefined ? {} : { fields: { ...note.fields } }),
    observables,
  };
}

/** Records in the order of their time; those without one come last. */
export function byTime(a: EvidenceRecord, b: EvidenceRecord): number {
  if (a.at === b.at) return 0;
  if (a.at === null) return 1;
  if (b.at === null) return -1;
  return Date.parse(a.at) - Date.parse(b.at);
}

function statedFacts(facts: ReadonlyMap<string, string>): Partial<DeviceFacts> {
  const text = (name: string, most: number): string | undefined => facts.get(name)?.slice(0, most);
  const platform = facts.get('platform');
  const [manufacturer, model] = [text('manufacturer', 100), text('model', 100)];
  const [osVersion, build] = [text('osVersion', 50), text('build', 300)];
  return {
    ...(platform === 'ios' || platform === 'android' ? { platform } : {}),
    ...(manufacturer === undefined ? {} : { manufacturer }),
    ...(model === undefined ? {} : { model }),
    ...(osVersion === undefined ? {} : { osVersion }),
    ...(build === undefined ? {} : { build }),
  };
}

/** `file:line`, the form every `rawRef` has. */
export function rawRef(place: RawPlace): string {
  const text = place.line === undefined ? place.file : `${place.file}:${place.line}`;
  return text.slice(-500);
}

function merge(before: AppNote, after: AppNote): AppNote {
  const merged: Record<string, unknown> = { ...after };
  for (const [key, value] of Object.entries(before)) {
    const empty = value === null || value === undefined || (Array.isArray(value) && value.length === 0);
    if (!empty || merged[key] === undefined) merged[key] = value;
  }
  // Any artefact that calls an app part of the system is right: a path under /data only says that it was updated.
  merged['system'] = before.system === true || after.system === true;
  merged['enabled'] = before.enabled !== false && after.enabled !== false;
  return { ...merged, package: before.package };
}

function finishApp(note: AppNote, clock: LocalClock): InstalledApp {
  return {
    package: note.package,
    label: note.label ?? null,
    versionName: note.versionName ?? null,
    versionCode: note.versionCode ?? null,
    system: note.system ?? false,
    enabled: note.enabled ?? true,
    installer: note.installer ?? null,
    ...(note.initiator === undefined ? {} : { initiator: note.initiator }),
    sha256: note.sha256 ?? null,
    signers: note.signers ?? [],
    signerHints: note.signerHints ?? [],
    grantedPermissions: note.grantedPermissions ?? [],
    firstInstalledAt: note.firstInstalled ? clock(note.firstInstalled) : null,
    updatedAt: note.updated ? clock(note.updated) : null,
    ...(note.rawRef === undefined ? {} : { rawRef: note.rawRef }),
  };
}

function factsOf(observations: readonly PendingObservation[]): DeviceFacts {
  const first = (...keys: readonly string[]): string | null => {
    for (const key of keys) {
      const found = observations.find((entry) => entry.key === `getprop.${key}`);
      if (found !== undefined && found.value !== '') return found.value;
    }
    return null;
  };
  const sdk = first('ro.build.version.sdk');
  return {
    platform: 'android',
    manufacturer: first('ro.product.manufacturer', 'ro.product.vendor.manufacturer')?.slice(0, 100) ?? null,
    model: first('ro.product.model', 'ro.product.vendor.model')?.slice(0, 100) ?? null,
    osVersion: first('ro.build.version.release')?.slice(0, 50) ?? null,
    sdkLevel: sdk !== null && /^\d{1,3}$/.test(sdk) ? Number(sdk) : null,
    build: first('ro.build.fingerprint', 'ro.build.display.id')?.slice(0, 300) ?? null,
    patchLevel: first('ro.build.version.security_patch')?.slice(0, 50) ?? null,
  };
}
