import type { SimulatedDevice } from './simulated-device.ts';

const HOUR = 3_600_000;

export interface LiveDeps {
  readonly devices: readonly SimulatedDevice[];
  readonly plannedAt: number;
  readonly speed: number;
  readonly clock: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  readonly deliver: (device: SimulatedDevice) => Promise<void>;
  readonly onReported: (count: number) => void;
}

/**
 * Lets devices live on: each reports at its interval and passes through the changes of its plan, both `speed` times as fast as in
 * life. Reports carry the real time: only what happens is sped up, no clock runs ahead of the server's.
 */
export async function runLive(deps: LiveDeps): Promise<void> {
  const { plannedAt, speed, clock, signal } = deps;
  const begun = clock();
  const due = deps.devices
    .filter(({ profile }) => profile.silentFromHours === null)
    .map((device) => {
      const everyMs = Math.max((device.reportIntervalSeconds * 1000) / speed, 1000);
      return { device, everyMs, at: begun + everyMs * device.profile.jitter };
    });
  let reported = 0;
  while (!signal.aborted && due.length > 0) {
    due.sort((a, b) => a.at - b.at);
    const next = due[0];
    if (next === undefined) return;
    await deps.wait(Math.max(next.at - clock(), 0), signal);
    if (signal.aborted) return;
    const now = clock();
    const atHours = (begun - plannedAt + (now - begun) * speed) / HOUR;
    await next.device.observe(atHours, now);
    await deps.deliver(next.device);
    reported += 1;
    deps.onReported(reported);
    next.at = now + next.everyMs * (0.95 + next.device.profile.jitter / 10);
  }
}
