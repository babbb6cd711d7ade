import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNodeHost } from '@vedette/bytes/node';
import type { AllowedInspection, NetworkState, ProbeFindingId, ProbeReport, ProbeTarget } from '@vedette/contracts';
import { type NetPort, runProbe } from '@vedette/network';
import { createNodePort } from '@vedette/network/node';
import { type Authority, makeAuthority } from '@vedette/testkit/in-the-middle';
import type { ProbeSettings } from '../read-settings.ts';
import { type ProbeServer, startProbeServer } from '../start-probe-server.ts';

export const ZONE = 'probe.lab.test';
const DECOYS = ['online.bank.example', 'www.health.example', 'accounts.mail.example'];

/** A probe server on loopback, and the two authorities of the laboratory: one that the public trusts, and a rogue. */
export interface Laboratory {
  readonly server: ProbeServer;
  readonly settings: ProbeSettings;
  readonly publicRoot: Authority;
  readonly rogue: Authority;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function openLaboratory(): Promise<Laboratory> {
  const data = mkdtempSync(join(tmpdir(), 'vedette-laboratory-'));
  const [publicRoot, rogue] = await Promise.all([
    makeAuthority('Public Root'),
    makeAuthority('Acme TLS Inspection CA'),
  ]);
  const { chain, key } = await publicRoot.issue([ZONE, `*.p.${ZONE}`]);
  const settings: ProbeSettings = {
    zone: ZONE,
    data,
    listen: '127.0.0.1',
    addresses: ['127.0.0.1'],
    tlsPort: 0,
    httpPort: 0,
    dnsPort: 0,
    certificate: { chain, key },
    decoys: DECOYS,
    silentAddress: null,
    vantageHosts: [],
    metricsPort: null,
    requestsPerMinute: 1_000_000,
  };
  const server = await startProbeServer(settings);
  return {
    server,
    settings,
    publicRoot,
    rogue,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Where what a client sends really ends up, and what else it finds there. */
export interface Surroundings {
  /** Ports of those in between; what is left out goes to the server. */
  readonly tls?: number;
  readonly http?: number;
  readonly dns?: number;
  /** Others than the server, by address. */
  readonly elsewhere?: Readonly<Record<string, { readonly tls?: number; readonly http?: number }>>;
  /** Authorities that the client trusts besides the public one, as PEM. */
  readonly trust?: readonly string[];
  readonly target?: (target: ProbeTarget) => ProbeTarget;
  readonly port?: (port: NetPort) => NetPort;
  readonly allowedInspections?: readonly AllowedInspection[];
  readonly network?: string;
  readonly full?: boolean;
  /** How often the peer did what it is there for. */
  readonly fired: () => number;
  readonly dispose: () => Promise<void>;
}

/** One row of the table: what is set up, and what must come of it. */
export interface Case {
  readonly name: string;
  readonly setUp: (laboratory: Laboratory) => Promise<Surroundings>;
  /** Attacks: the most specific id. */
  readonly expect?: ProbeFindingId;
  /** Benign conditions: what may be said besides nothing, and the state that must come of it. */
  readonly state?: NetworkState;
}

export interface CaseResult {
  readonly report: ProbeReport;
  readonly fired: number;
}

/** Sets a case up, probes in it, and takes it down. */
export async function runCase(laboratory: Laboratory, { setUp }: Pick<Case, 'setUp'>): Promise<CaseResult> {
  const around = await setUp(laboratory);
  try {
    const { ports, target } = laboratory.server;
    const wanted = (around.target ?? ((one) => one))(target);
    const port = createNodePort({
      trust: [laboratory.publicRoot.chain, ...(around.trust ?? [])],
      askResolversItself: true,
      resolvers: [{ server: '127.0.0.1', port: around.dns ?? ports.dns ?? 0 }],
      route({ address, port: asked }) {
        const other = around.elsewhere?.[address];
        const tls = asked === target.tlsPort;
        const at = tls
          ? other === undefined
            ? (around.tls ?? ports.tls)
            : other.tls
          : other === undefined
            ? (around.http ?? ports.http)
            : other.http;
        // Nobody listens on port 9 of loopback.
        return { address: '127.0.0.1', port: at ?? 9 };
      },
      env: {},
    });
    const base: NetPort = { ...port, link: async () => null };
    const report = await runProbe((around.port ?? ((one) => one))(base), {
      target: wanted,
      host: createNodeHost(),
      tool: 'laboratory',
      full: around.full ?? false,
      ...(around.network === undefined ? {} : { network: around.network }),
      ...(around.allowedInspections === undefined ? {} : { allowedInspections: around.allowedInspections }),
    });
    return { report, fired: around.fired() };
  } finally {
    await around.dispose();
  }
}
