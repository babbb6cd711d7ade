import {
  type Agent,
  type Attested,
  attest,
  createAgent,
  createFetchTransport,
  createMemoryStores,
  enrol,
  type Transport,
} from '@vedette/agent';
import { type FileStores, openFileStores } from '@vedette/agent/node';
import type { StatementKind } from '@vedette/contracts';
import { evidenceAt } from './evidence-at.ts';
import type { FleetAuthority } from './fleet-authority.ts';
import { type DeviceProfile, hasProblem } from './profile.ts';
import { createSimulatedAttestor } from './simulated-attestor.ts';

export interface SimulatedDeviceDeps {
  readonly server: string;
  readonly token: string;
  readonly fetch: typeof globalThis.fetch;
  readonly plannedAt: number;
  /** Folder of this device's key, state and queue; null keeps them in memory. */
  readonly folder: string | null;
  readonly version: string;
  /** Who vouches for the fleet; null: nobody does. */
  readonly authority: FleetAuthority | null;
}

export interface SimulatedDevice {
  readonly profile: DeviceProfile;
  readonly agent: Agent;
  readonly reportIntervalSeconds: number;
  /** True when the device was enrolled in an earlier run. */
  readonly known: boolean;
  /** Makes a report of what the device shows `atHours`, dated `now`. */
  observe(atHours: number, now: number): Promise<void>;
  /** Has the device vouched for, as it was when it last reported, at the server's time `now`. Null: it has nothing that could. */
  attest(wanted: readonly StatementKind[], now: number): Promise<Attested | null>;
}

/** What came of starting a device. */
export type StartedDevice =
  | { readonly outcome: 'ready'; readonly device: SimulatedDevice }
  | { readonly outcome: 'refused'; readonly code: string; readonly detail: string }
  | { readonly outcome: 'retry'; readonly detail: string; readonly afterMs: number | null };

/** Starts one simulated device: the real agent, with stores of its own, a clock that is set from outside, and evidence made from its profile. */
export async function startSimulatedDevice(profile: DeviceProfile, deps: SimulatedDeviceDeps): Promise<StartedDevice> {
  const { subtle } = globalThis.crypto;
  const time = { now: deps.plannedAt, atHours: 0, attestedAt: deps.plannedAt };
  const clock = (): number => time.now;
  const attestor =
    deps.authority === null
      ? null
      : createSimulatedAttestor(profile, deps.authority, () => ({
          now: time.attestedAt,
          facts: evidenceAt(profile, { atHours: time.atHours, now: time.now, plannedAt: deps.plannedAt }).facts,
          rooted: hasProblem(profile, 'rooted', time.atHours),
        }));
  const stores: FileStores =
    deps.folder === null
      ? createMemoryStores(subtle)
      : await openFileStores({ folder: deps.folder, subtle, sync: false });
  const transport: Transport = createFetchTransport({
    server: deps.server,
    fetch: deps.fetch,
    timeoutSignal: (ms) => AbortSignal.timeout(ms),
  });
  const agentDeps = {
    ...stores,
    transport,
    subtle,
    clock,
    random: Math.random,
    newId: () => globalThis.crypto.randomUUID(),
  };

  const known = (await stores.stateStore.load()) !== null && (await isEnrolled(agentDeps));
  if (!known) {
    const { facts } = evidenceAt(profile, { atHours: 0, now: deps.plannedAt, plannedAt: deps.plannedAt });
    const outcome = await enrol(agentDeps, {
      server: deps.server,
      token: deps.token,
      deviceName: profile.name,
      facts,
      simulated: true,
      agent: { name: 'vedette-fleet-simulator', version: deps.version },
      ...(attestor === null ? {} : { attestor }),
    });
    if (outcome.outcome !== 'enrolled') return outcome;
  }
  const agent = await createAgent(agentDeps);
  const device: SimulatedDevice = {
    profile,
    agent,
    known,
    reportIntervalSeconds: agent.state().enrolment?.reportIntervalSeconds ?? 900,
    async observe(atHours, now) {
      time.now = now;
      time.atHours = atHours;
      await agent.observe(evidenceAt(profile, { atHours, now, plannedAt: deps.plannedAt }));
    },
    async attest(wanted, now) {
      if (attestor === null) return null;
      time.attestedAt = now;
      return attest({ ...agentDeps, attestor }, wanted);
    },
  };
  return { outcome: 'ready', device };
}

async function isEnrolled(deps: Parameters<typeof createAgent>[0]): Promise<boolean> {
  try {
    return (await createAgent(deps)).state().halted === null;
  } catch {
    return false;
  }
}
