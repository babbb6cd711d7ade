import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { reportTimes } from './history.ts';
import { planFleet } from './plan-fleet.ts';
import type { ListedApp } from './profile.ts';
import { runLive } from './run-live.ts';
import { type SimulatedDevice, startSimulatedDevice } from './simulated-device.ts';

const HOUR = 3_600_000;
const AT_ONCE = 16;
/** Length of a slice of the history, in hours: coarse over a network, fine where the server's clock follows. */
const SLICE_HOURS = { alone: 24, followed: 3 };

export interface SimulateFleetOptions {
  /** Base address of the server, without a trailing slash. */
  readonly server: string;
  readonly token: string;
  readonly devices?: number;
  readonly seed?: string;
  /** How far back the replayed history goes; 0 sends only what is so now. */
  readonly historyDays?: number;
  /** How many times faster than in life devices report and change after the history. */
  readonly speed?: number;
  /** Ends after the history. */
  readonly once?: boolean;
  readonly apps?: readonly ListedApp[];
  /** Keeps keys, queues and the plan here, so that the next run continues with the same devices. */
  readonly stateFolder?: string;
  readonly version: string;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: FleetProgress) => void;
  /**
   * Called before the reports of each slice of the history are sent, with the slice's end in milliseconds since the epoch: a server in the
   * same process sets its clock there, so that it lives through the history as well. Without it the history arrives a day at a time.
   */
  readonly onMoment?: (at: number) => Promise<void>;
}

export interface FleetProgress {
  readonly phase: 'enrol' | 'history' | 'live';
  readonly done: number;
  readonly total: number;
}

export interface FleetSummary {
  readonly devices: number;
  readonly enrolled: number;
  /** Reports the server acknowledged. */
  readonly sent: number;
  /** Reports still queued at the end. */
  readonly queued: number;
  /** Why devices stopped or could not start, with how many. */
  readonly refusals: Readonly<Record<string, number>>;
}

/** Raised when no device could enrol: nothing was simulated. */
export class FleetError extends Error {
  override readonly name = 'FleetError';
  readonly code: 'no-device-enrolled';
  constructor(message: string) {
    super(message);
    this.code = 'no-device-enrolled';
  }
}

/**
 * Simulates a fleet against a real server with the real agent. First the history, in the order of time over all devices, as fast as
 * the server takes it; then, unless `once`, live until `signal` aborts.
 * @throws FleetError when no device could enrol
 */
export async function simulateFleet(options: SimulateFleetOptions): Promise<FleetSummary> {
  const { historyDays = 7, speed = 1, once = false, clock, signal, wait, onProgress = () => undefined } = options;
  const plan = await rememberPlan(options);
  const historyHours = historyDays * 24;
  const profiles = planFleet({ ...plan, now: plan.plannedAt, historyHours, apps: options.apps ?? [] });
  const devices: SimulatedDevice[] = [];
  const refusals = new Map<string, number>();
  let sent = 0;
  const note = (reason: string): void => void refusals.set(reason, (refusals.get(reason) ?? 0) + 1);

  let started = 0;
  await inParallel(profiles, AT_ONCE, async (profile) => {
    // When the first ones were all refused, the others would be too.
    if (signal.aborted || (devices.length === 0 && started >= AT_ONCE)) return;
    const folder =
      options.stateFolder === undefined ? null : join(options.stateFolder, String(profile.index).padStart(5, '0'));
    const deps = { ...options, plannedAt: plan.plannedAt, folder };
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await startSimulatedDevice(profile, deps);
      if (outcome.outcome === 'ready') devices.push(outcome.device);
      else if (outcome.outcome === 'retry' && attempt < (devices.length === 0 ? 3 : 6) && !signal.aborted) {
        await wait(Math.min(outcome.afterMs ?? 250 * 2 ** attempt, 60_000), signal);
        continue;
      } else note(outcome.outcome === 'retry' ? outcome.detail : `${outcome.code}: ${outcome.detail}`);
      break;
    }
    started += 1;
    onProgress({ phase: 'enrol', done: started, total: profiles.length });
  });
  if (devices.length === 0) throw new FleetError(`No device could enrol: ${[...refusals.keys()][0] ?? 'stopped'}`);

  /** Sends until the queue is empty; a server that is busy is waited for. */
  async function deliver(device: SimulatedDevice): Promise<void> {
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      const flushed = await device.agent.flush();
      sent += flushed.sent.length;
      for (const refused of flushed.refused) note(refused);
      if (flushed.outcome === 'halted') note(`${flushed.code}: ${flushed.detail}`);
      if (flushed.outcome !== 'waiting' || attempt >= 8) return;
      await wait(flushed.retryInMs, signal);
    }
  }

  const nowHours = (clock() - plan.plannedAt) / HOUR;
  const sliceHours = options.onMoment === undefined ? SLICE_HOURS.alone : SLICE_HOURS.followed;
  const slices = inSlices(devices, { historyHours, nowHours, sliceHours });
  const total = slices.reduce(
    (sum, { reports }) => sum + [...reports.values()].reduce((all, times) => all + times.length, 0),
    0,
  );
  let replayed = 0;
  for (const { endHours, reports } of slices) {
    await options.onMoment?.(plan.plannedAt + Math.min(endHours, nowHours) * HOUR);
    await inParallel([...reports], AT_ONCE, async ([device, times]) => {
      for (const atHours of times) {
        if (signal.aborted) return;
        await device.observe(atHours, plan.plannedAt + atHours * HOUR);
      }
      await deliver(device);
      replayed += times.length;
      onProgress({ phase: 'history', done: replayed, total });
    });
  }
  if (!once)
    await runLive({
      devices,
      plannedAt: plan.plannedAt,
      speed,
      clock,
      wait,
      signal,
      deliver,
      onReported: (done) => onProgress({ phase: 'live', done, total: 0 }),
    });

  const queued = await Promise.all(devices.map(async ({ agent }) => (await agent.queued()).length));
  return {
    devices: profiles.length,
    enrolled: devices.length,
    sent,
    queued: queued.reduce((sum, count) => sum + count, 0),
    refusals: Object.fromEntries(refusals),
  };
}

interface Slice {
  /** End of the slice, in hours from the planning moment. */
  readonly endHours: number;
  readonly reports: Map<SimulatedDevice, number[]>;
}

/** Reports of the past in slices of time: all devices live through one before any begins the next. Known devices say what is so now. */
function inSlices(
  devices: readonly SimulatedDevice[],
  time: { readonly historyHours: number; readonly nowHours: number; readonly sliceHours: number },
): Slice[] {
  const slices = new Map<number, Map<SimulatedDevice, number[]>>();
  for (const device of devices) {
    const silent = device.profile.silentFromHours !== null;
    const times = device.known ? (silent ? [] : [time.nowHours]) : reportTimes(device.profile, time.historyHours);
    for (const hours of times) {
      const index = Math.floor(hours / time.sliceHours);
      const reports = slices.get(index) ?? new Map<SimulatedDevice, number[]>();
      slices.set(index, reports);
      reports.set(device, [...(reports.get(device) ?? []), hours]);
    }
  }
  return [...slices]
    .sort(([a], [b]) => a - b)
    .map(([index, reports]) => ({ endHours: (index + 1) * time.sliceHours, reports }));
}

const FleetPlan = z.object({ seed: z.string(), devices: z.number(), plannedAt: z.number() });
type FleetPlan = z.infer<typeof FleetPlan>;

/** The plan of an earlier run in the same folder, else a new one that is kept there. */
async function rememberPlan(options: SimulateFleetOptions): Promise<FleetPlan> {
  const fresh: FleetPlan = {
    seed: options.seed ?? 'vedette',
    devices: options.devices ?? 200,
    plannedAt: options.clock(),
  };
  if (options.stateFolder === undefined) return fresh;
  const path = join(options.stateFolder, 'fleet.json');
  const kept = await readFile(path, 'utf8')
    .then((text) => FleetPlan.parse(JSON.parse(text)))
    .catch(() => null);
  if (kept !== null && kept.seed === fresh.seed && kept.devices === fresh.devices) return kept;
  await mkdir(options.stateFolder, { recursive: true, mode: 0o700 });
  await writeFile(path, `${JSON.stringify(fresh)}\n`);
  return fresh;
}

async function inParallel<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
