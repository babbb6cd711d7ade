import type { AppUsage, UsageWindow } from '@vedette/contracts';

/** What one app used in one hour. Missing: that was not counted. */
export interface HourUse {
  energyMah?: number;
  bytes?: number;
  cpuSeconds?: number;
  /** Seconds in front of the owner with the screen on. */
  frontSeconds?: number;
}

/** What the phone itself counted in one hour. */
export interface HourState {
  /** Some reading of the battery, and one with a charger. */
  read: boolean;
  charged: boolean;
}

/** Hours and apps that are kept. */
const MAX_HOURS = 24 * 400;
const MAX_CELLS = 500_000;
const MAX_APPS = 5_000;
const HOUR_SECONDS = 3600;
/** Hours in one window. */
const BIN = 6;

/** What apps used, hour by hour since 1970, of one powerlog or of several that overlap. */
export interface PowerlogHours {
  /** What was counted at all. */
  readonly counted: Set<'energy' | 'front' | 'bytes' | 'cpu'>;
  add(hour: number, app: string, amounts: HourUse): void;
  /** A reading of the battery. */
  battery(hour: number, charged: boolean): void;
  /** Takes over what another file of the same phone counted; where both have an hour of an app, the greater amount counts, since both hold the same. */
  merge(other: PowerlogHours): void;
  /** Full hours by number, each with its apps. */
  hours(): ReadonlyMap<number, ReadonlyMap<string, HourUse>>;
  states(): ReadonlyMap<number, HourState>;
}

export function createPowerlogHours(): PowerlogHours {
  const hours = new Map<number, Map<string, HourUse>>();
  const states = new Map<number, HourState>();
  const counted = new Set<'energy' | 'front' | 'bytes' | 'cpu'>();
  let cells = 0;
  function cell(hour: number, app: string): HourUse | null {
    if (!Number.isSafeInteger(hour) || hour <= 0 || app === '') return null;
    let apps = hours.get(hour);
    if (apps === undefined) {
      if (hours.size >= MAX_HOURS) return null;
      apps = new Map();
      hours.set(hour, apps);
    }
    let use = apps.get(app);
    if (use === undefined) {
      if (cells >= MAX_CELLS || apps.size >= MAX_APPS) return null;
      cells += 1;
      use = {};
      apps.set(app, use);
    }
    return use;
  }
  function put(hour: number, app: string, amounts: HourUse, join: (before: number, more: number) => number): void {
    const use = cell(hour, app);
    if (use === null) return;
    for (const key of ['energyMah', 'bytes', 'cpuSeconds', 'frontSeconds'] as const) {
      const more = amounts[key];
      if (more !== undefined && Number.isFinite(more) && more >= 0)
        use[key] = Math.min(1e15, join(use[key] ?? 0, more));
    }
  }
  function battery(hour: number, read: boolean, charged: boolean): void {
    const before = states.get(hour);
    if (before === undefined && states.size >= MAX_HOURS) return;
    states.set(hour, { read: read || before?.read === true, charged: charged || before?.charged === true });
  }
  return {
    counted,
    add: (hour, app, amounts) => put(hour, app, amounts, (before, more) => before + more),
    battery: (hour, charged) => battery(hour, true, charged),
    merge(other) {
      for (const kind of other.counted) counted.add(kind);
      for (const [hour, apps] of other.hours()) for (const [app, use] of apps) put(hour, app, use, Math.max);
      for (const [hour, state] of other.states()) battery(hour, state.read, state.charged);
    },
    hours: () => hours,
    states: () => states,
  };
}

/**
 * Windows of six hours. Energy is counted in the hours without a charger alone, as far as readings of the battery tell, and has windows of its own. What an app used in an hour in which it was never
 * in front is its use in the background; an hour in which it was in front for some time is left out of that, since nobody can divide it: background use is counted too low rather than too high.
 */
export function windowsOf(
  log: PowerlogHours,
  { capacityMah, rawRef }: { readonly capacityMah: number | null; readonly rawRef: string },
): Omit<UsageWindow, 'source'>[] {
  const hours = log.hours();
  const known = [...hours.keys()].sort((a, b) => a - b);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const bins = [...new Set(known.map((hour) => Math.floor(hour / BIN)))];
  const states = log.states();
  const front = log.counted.has('front');
  const windows: Omit<UsageWindow, 'source'>[] = [];
  for (const bin of bins) {
    const from = Math.max(bin * BIN, first);
    const to = Math.min(bin * BIN + BIN, last + 1);
    const range = { from: timeOf(from), to: timeOf(to), capacityMah, rawRef };
    const all = Array.from({ length: to - from }, (_, index) => from + index);
    if (log.counted.has('energy')) {
      const counting = all.filter(
        (hour) => states.size === 0 || (states.get(hour)?.read === true && states.get(hour)?.charged === false),
      );
      const apps = sum(counting, hours, (use) => {
        const energy = use.energyMah ?? 0;
        return { energy, ...(front ? { 'background-energy': (use.frontSeconds ?? 0) > 0 ? 0 : energy } : {}) };
      });
      if (counting.length > 0)
        windows.push({
          ...range,
          metrics: front ? ['energy', 'background-energy'] : ['energy'],
          unpluggedSeconds: states.size === 0 ? null : counting.length * HOUR_SECONDS,
          apps,
        });
    }
    const [bytes, cpu] = [log.counted.has('bytes'), log.counted.has('cpu')];
    if (!bytes && !cpu) continue;
    windows.push({
      ...range,
      metrics: [
        ...(bytes ? (['bytes', ...(front ? (['background-bytes'] as const) : [])] as const) : []),
        ...(cpu ? (['cpu'] as const) : []),
      ],
      unpluggedSeconds: null,
      apps: sum(all, hours, (use) => ({
        ...(bytes ? { bytes: use.bytes ?? 0 } : {}),
        ...(bytes && front ? { 'background-bytes': (use.frontSeconds ?? 0) > 0 ? 0 : (use.bytes ?? 0) } : {}),
        ...(cpu ? { cpu: use.cpuSeconds ?? 0 } : {}),
      })),
    });
  }
  return windows;
}

function sum(
  hours: readonly number[],
  known: ReadonlyMap<number, ReadonlyMap<string, HourUse>>,
  amountsOf: (use: HourUse) => AppUsage['used'],
): AppUsage[] {
  const apps = new Map<string, AppUsage['used']>();
  for (const hour of hours)
    for (const [name, use] of known.get(hour) ?? []) {
      const before = apps.get(name) ?? {};
      const more = amountsOf(use);
      const after = { ...before };
      for (const metric of ['energy', 'background-energy', 'bytes', 'background-bytes', 'cpu'] as const) {
        const amount = more[metric];
        if (amount !== undefined) after[metric] = Math.min(1e15, (before[metric] ?? 0) + amount);
      }
      apps.set(name, after);
    }
  return [...apps]
    .map(([name, used]) => ({ package: name.slice(0, 300), used }))
    .filter(({ used }) => Object.values(used).some((amount) => amount > 0))
    .sort((a, b) => (a.package < b.package ? -1 : 1))
    .slice(0, MAX_APPS);
}

function timeOf(hour: number): string {
  return new Date(hour * HOUR_SECONDS * 1000).toISOString();
}
