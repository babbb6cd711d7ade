import type { ProbeReport, TunnelConfiguration } from '@vedette/contracts';
import { portalAddresses } from './portal-addresses.ts';
import { advance, type Protection, type ProtectionCommand, type ProtectionEvent, verdictOf } from './protection.ts';
import type { TunnelPort } from './tunnel-port.ts';
import { type TunnelProof, verifyTunnel } from './verify-tunnel.ts';

/** How long a gateway has to answer before the next endpoint is tried. */
export const HANDSHAKE_MS = 5_000;

export interface GuardDeps {
  readonly port: TunnelPort;
  readonly configuration: TunnelConfiguration;
  /** Probes the way that traffic goes now. */
  readonly probe: () => Promise<ProbeReport>;
  /** Addresses of the probe server: what may be asked while all else is shut. */
  readonly probeAddresses: readonly string[];
  /** All addresses of a name, or none. */
  readonly resolve: (name: string) => Promise<readonly string[]>;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Told of each change, and why. */
  readonly onChange: (protection: Protection, why: string) => void;
}

/** A device and its tunnel. Calls are taken one after the other. */
export interface Guard {
  readonly protection: Protection;
  /** Takes what a probe outside the tunnel found, and does what follows. Resolves once it is settled: protected, closed, or nothing to do. */
  judge(report: ProbeReport): Promise<void>;
  /** The device is on another network. @returns true where the network is to be probed now */
  moved(): Promise<boolean>;
  /** Time went by. @returns true where the network is to be probed now */
  tick(): Promise<boolean>;
  /** Takes everything down. */
  end(): Promise<void>;
}

/** What there is to be proved of a tunnel, and how long that took. */
export interface Raised {
  readonly proof: TunnelProof;
  readonly milliseconds: number;
}

/** Guards a device with a tunnel by the rules of its organisation. @see advance for what follows from what */
export function guardDevice(deps: GuardDeps): Guard {
  const { port, configuration, probe, now, onChange } = deps;
  const { rules, gateway } = configuration;
  let protection: Protection = { kind: 'down' };
  let queue: Promise<unknown> = Promise.resolve();
  let portal: readonly string[] = [];

  const oneByOne = <T>(work: () => Promise<T>): Promise<T> => {
    const next = queue.then(work, work);
    queue = next.catch(() => {});
    return next;
  };

  /** Runs events and what they ask for until nothing more follows. @returns whether the network is to be probed by the caller */
  async function run(first: ProtectionEvent, why: string): Promise<boolean> {
    let event: ProtectionEvent | null = first;
    let reason = why;
    let probeNext = false;
    while (event !== null) {
      const { to, command } = advance(protection, event, rules, gateway.endpoints.length, now());
      const changed = to.kind !== protection.kind;
      protection = to;
      if (changed) onChange(to, reason);
      probeNext ||= command.kind === 'lower-and-probe';
      ({ event, reason } = await carryOut(command));
    }
    return probeNext;
  }

  async function carryOut(command: ProtectionCommand): Promise<{ event: ProtectionEvent | null; reason: string }> {
    const done = { event: null, reason: '' };
    switch (command.kind) {
      case 'none':
        return done;
      case 'lower':
      case 'lower-and-probe':
        await port.lower();
        return done;
      case 'close':
        await port.close([]);
        return done;
      case 'step-aside':
        await port.close([...deps.probeAddresses, ...portal]);
        return done;
      case 'look': {
        if (protection.kind !== 'aside') await port.close(deps.probeAddresses);
        const report = await probe();
        portal = await portalAddresses(report, deps.resolve);
        if (protection.kind === 'aside') await port.close([...deps.probeAddresses, ...portal]);
        return { event: { kind: 'verdict', verdict: verdictOf(report) }, reason: saidOf(report) };
      }
      case 'raise': {
        const endpoint = gateway.endpoints[command.attempt];
        if (endpoint === undefined) return { event: { kind: 'no-handshake' }, reason: 'there is no such endpoint' };
        const place = `${endpoint.host}:${endpoint.port}`;
        try {
          await port.raise(configuration, endpoint);
        } catch (error) {
          const said = error instanceof Error ? error.message : String(error);
          return { event: { kind: 'no-handshake' }, reason: `${place}: ${said}` };
        }
        return (await port.handshake(HANDSHAKE_MS))
          ? { event: { kind: 'handshake' }, reason: `${place} answered` }
          : { event: { kind: 'no-handshake' }, reason: `${place} did not answer within ${HANDSHAKE_MS / 1_000} s` };
      }
      case 'verify': {
        const { ok, why } = verifyTunnel(await probe(), configuration);
        return { event: { kind: 'verified', ok }, reason: why };
      }
    }
  }

  return {
    get protection() {
      return protection;
    },
    judge: (report) =>
      oneByOne(async () => {
        portal = await portalAddresses(report, deps.resolve);
        await run({ kind: 'verdict', verdict: verdictOf(report) }, saidOf(report));
      }),
    moved: () => oneByOne(() => run({ kind: 'moved' }, 'the device is on another network')),
    tick: () =>
      oneByOne(async () => {
        const alive = protection.kind !== 'protected' || (await port.isAlive());
        return run({ kind: 'tick', alive }, alive ? 'time to look again' : 'the gateway no longer answers');
      }),
    end: () =>
      oneByOne(async () => {
        await port.lower();
        protection = { kind: 'down' };
      }),
  };
}

function saidOf({ state, findings }: ProbeReport): string {
  return findings[0]?.title ?? `the network is ${state}`;
}
