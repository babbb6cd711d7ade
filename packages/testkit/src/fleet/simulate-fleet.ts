import type { StatementKind } from '@vedette/contracts';
import { enrolFleet } from './enrol-fleet.ts';
import type { FleetSummary, SimulateFleetOptions } from './fleet-options.ts';
import { rememberPlan } from './fleet-plan.ts';
import { inSlices } from './history-slices.ts';
import { inParallel } from './in-parallel.ts';
import { planFleet } from './plan-fleet.ts';
import { runLive } from './run-live.ts';
import type { SimulatedDevice } from './simulated-device.ts';

const HOUR = 3_600_000;
const AT_ONCE = 16;
/** Length of a slice of the history, in hours: coarse over a network, fine where the server's clock follows. */
const SLICE_HOURS = { alone: 24, followed: 3 };

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
  const { clock, signal, wait, onProgress = () => undefined } = options;
  const plan = await rememberPlan(options);
  const { plannedAt, historyHours } = plan;
  const profiles = planFleet({ ...plan, now: plannedAt, apps: options.apps ?? [] });
  const refusals = new Map<string, number>();
  const note = (reason: string): void => void refusals.set(reason, (refusals.get(reason) ?? 0) + 1);
  const devices = await enrolFleet({ profiles, plannedAt, options, onRefused: note });
  if (devices.length === 0) throw new FleetError(`No device could enrol: ${[...refusals.keys()][0] ?? 'stopped'}`);

  let sent = 0;
  let statements = 0;
  /** Sends until the queue is empty; a server that is busy is waited for. */
  async function deliver(device: SimulatedDevice): Promise<void> {
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      const flushed = await device.agent.flush();
      sent += flushed.sent.length;
      const last = flushed.sent.at(-1);
      if (last?.attestation?.due === true) await vouch(device, last.attestation.kinds, Date.parse(last.serverTime));
      for (const refused of flushed.refused) note(refused);
      if (flushed.outcome === 'halted') note(`${flushed.code}: ${flushed.detail}`);
      if (flushed.outcome !== 'waiting' || attempt >= 8) return;
      await wait(flushed.retryInMs, signal);
    }
  }

  /** A statement that does not hold is part of the simulation: what is noted is what was not even taken. */
  async function vouch(device: SimulatedDevice, kinds: readonly StatementKind[], now: number): Promise<void> {
    const outcome = await device.attest(kinds, now);
    if (outcome?.outcome === 'answered') statements += 1;
    if (outcome?.outcome === 'refused') note(`${outcome.code}: ${outcome.detail}`);
  }

  const nowHours = (clock() - plannedAt) / HOUR;
  const sliceHours = options.onMoment === undefined ? SLICE_HOURS.alone : SLICE_HOURS.followed;
  const slices = inSlices(devices, { historyHours, nowHours, sliceHours });
  const total = slices.flatMap(({ reports }) => [...reports.values()]).reduce((sum, times) => sum + times.length, 0);
  let done = 0;
  for (const { endHours, reports } of slices) {
    await options.onMoment?.(plannedAt + Math.min(endHours, nowHours) * HOUR);
    await inParallel([...reports], AT_ONCE, async ([device, times]) => {
      for (const atHours of times) {
        if (signal.aborted) return;
        await device.observe(atHours, plannedAt + atHours * HOUR);
      }
      await deliver(device);
      done += times.length;
      onProgress({ phase: 'history', done, total });
    });
  }
  if (options.once !== true) {
    const onReported = (count: number): void => onProgress({ phase: 'live', done: count, total: 0 });
    await runLive({ devices, plannedAt, speed: options.speed ?? 1, clock, wait, signal, deliver, onReported });
  }

  const queued = await Promise.all(devices.map(async ({ agent }) => (await agent.queued()).length));
  return {
    devices: profiles.length,
    enrolled: devices.length,
    sent,
    statements,
    queued: queued.reduce((sum, count) => sum + count, 0),
    refusals: Object.fromEntries(refusals),
  };
}
