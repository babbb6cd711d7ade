import type { AppUsage, EvidenceSource, UsageMetric, UsageWindow } from '@vedette/contracts';

/** Cells kept of one evidence: three months of quarters of days for some hundred apps that use the network. */
const MAX_CELLS = 200_000;
const MAX_UIDS = 20_000;
const MAX_WINDOWS = 800;
/** Traffic is put together to quarters of days in UTC, in seconds. */
const BIN_SECONDS = 6 * 3600;
/** Users of one phone have ids of apps this far apart (AOSP `UserHandle.PER_USER_RANGE`). */
const PER_USER = 100_000;
/** Ids from here on belong to processes without rights, whose use is counted for their owner (AOSP `Process.FIRST_ISOLATED_UID`). */
const FIRST_ISOLATED = 99_000;

/** The time that the battery statistics of a phone are about. */
export interface BatteryWindow {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly unpluggedSeconds: number | null;
  readonly capacityMah: number | null;
  readonly metrics: readonly UsageMetric[];
  readonly rawRef: string;
}

/** Amounts of one user id by metric. */
export type UidUsage = Partial<Record<UsageMetric, number>>;

/**
 * What parsers note of apps' use, by user id: which app has which id may stand before or after, or in another dump. Statistics since the last charge are one window, traffic is put into quarters
 * of days.
 */
export interface UsageNotes {
  /** An app's user id; of several apps with the same id the first counts. */
  uid(uid: number, packageName: string): void;
  /** What one id used since the last charge. Later statements add metrics, and change none. */
  sinceCharge(uid: number, used: UidUsage): void;
  /** The window that `sinceCharge` is about. Of two statements the first counts, and metrics of both. */
  window(window: BatteryWindow): void;
  /** Bytes sent and received by one id in a span of time: `start` and `seconds` in seconds, since 1970. */
  traffic(uid: number, inFront: boolean, start: number, seconds: number, bytes: number): void;
  /** Where the traffic stands: `file:line`. The first statement counts. */
  trafficPlace(rawRef: string): void;
  /** A window whose apps the evidence names itself (iOS). */
  counted(window: Omit<UsageWindow, 'source'>): void;
  /** True when there was more than is kept. */
  readonly full: boolean;
  finish(source: EvidenceSource): readonly UsageWindow[];
}

interface Bin {
  readonly all: Map<number, number>;
  readonly behind: Map<number, number>;
}

export function createUsageNotes(): UsageNotes {
  const names = new Map<number, string>();
  const charge = new Map<number, UidUsage>();
  const bins = new Map<number, Bin>();
  const whole: Omit<UsageWindow, 'source'>[] = [];
  let window: BatteryWindow | null = null;
  let trafficRange: readonly [number, number] | null = null;
  let trafficRef: string | null = null;
  let cells = 0;
  let full = false;

  function room(): boolean {
    if (cells >= MAX_CELLS) full = true;
    else cells += 1;
    return !full;
  }
  function add(map: Map<number, number>, uid: number, bytes: number): void {
    const before = map.get(uid);
    if (before !== undefined || room()) map.set(uid, (before ?? 0) + bytes);
  }
  /** The app of an id; ids of apps that are not known are left out, since nobody can tell whose they are. */
  function appOf(uid: number): string | null {
    return names.get(uid) ?? names.get(uid % PER_USER) ?? null;
  }
  function appsOf(used: Iterable<readonly [number, UidUsage]>): AppUsage[] {
    const apps = new Map<string, UidUsage>();
    for (const [uid, amounts] of used) {
      const name = appOf(uid);
      if (name === null) continue;
      const sum = apps.get(name) ?? {};
      for (const metric of metricsOf(amounts)) sum[metric] = (sum[metric] ?? 0) + (amounts[metric] ?? 0);
      apps.set(name, sum);
    }
    return [...apps]
      .map(([name, used]) => ({ package: name, used }))
      .sort((a, b) => (a.package < b.package ? -1 : 1))
      .slice(0, 5000);
  }

  return {
    uid(uid, name) {
      if (Number.isSafeInteger(uid) && uid >= 0 && names.size < MAX_UIDS && !names.has(uid)) names.set(uid, name);
    },
    sinceCharge(uid, used) {
      if (!Number.isSafeInteger(uid) || uid < 0 || uid % PER_USER >= FIRST_ISOLATED) return;
      const before = charge.get(uid);
      if (before === undefined && !room()) return;
      charge.set(uid, { ...used, ...before });
    },
    window(told) {
      window = window === null ? told : { ...window, metrics: [...new Set([...window.metrics, ...told.metrics])] };
    },
    traffic(uid, inFront, start, seconds, bytes) {
      if (![uid, start, seconds, bytes].every(Number.isSafeInteger) || bytes < 0 || seconds <= 0 || start <= 0) return;
      if (uid < 0 || start + seconds > 8e12) return;
      const at = Math.floor(start / BIN_SECONDS);
      trafficRange = [Math.min(trafficRange?.[0] ?? at, at), Math.max(trafficRange?.[1] ?? at, at)];
      let bin = bins.get(at);
      if (bin === undefined) {
        if (bins.size >= MAX_WINDOWS * 4) {
          full = true;
          return;
        }
        bin = { all: new Map(), behind: new Map() };
        bins.set(at, bin);
      }
      add(bin.all, uid, bytes);
      if (!inFront) add(bin.behind, uid, bytes);
    },
    trafficPlace(rawRef) {
      trafficRef ??= rawRef;
    },
    counted(told) {
      if (whole.length >= MAX_WINDOWS) full = true;
      else whole.push(told);
    },
    get full() {
      return full;
    },
    finish(source) {
      const windows: UsageWindow[] = whole.map((told) => ({ ...told, source }));
      if (window !== null && charge.size > 0) {
        const { from, to, unpluggedSeconds, capacityMah, rawRef } = window;
        // What another dump adds for some ids, it counts for all.
        const metrics = new Set([...window.metrics, ...[...charge.values()].flatMap(metricsOf)]);
        const range = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
        const apps = appsOf(charge);
        if (apps.length > 0)
          windows.push({ ...range, source, metrics: [...metrics], unpluggedSeconds, capacityMah, apps, rawRef });
      }
      const [first, last] = trafficRange ?? [0, -1];
      // Quarters of days with no entry had no traffic: the counters run all the time. The newest ones count.
      for (let at = Math.max(first, last - (MAX_WINDOWS - 2)); at <= last; at++) {
        const { all, behind } = bins.get(at) ?? { all: new Map<number, number>(), behind: new Map<number, number>() };
        const used = new Map<number, UidUsage>();
        for (const [uid, bytes] of all) used.set(uid, { bytes, 'background-bytes': behind.get(uid) ?? 0 });
        windows.push({
          from: new Date(at * BIN_SECONDS * 1000).toISOString(),
          to: new Date((at + 1) * BIN_SECONDS * 1000).toISOString(),
          source,
          metrics: ['bytes', 'background-bytes'],
          unpluggedSeconds: null,
          capacityMah: null,
          apps: appsOf(used),
          ...(trafficRef === null ? {} : { rawRef: trafficRef }),
        });
      }
      return windows;
    },
  };
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a record of metrics
const metricsOf = (used: UidUsage): UsageMetric[] => Object.keys(used) as UsageMetric[];
