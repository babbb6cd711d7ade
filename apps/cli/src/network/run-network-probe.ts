import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createNodeHost } from '@vedette/bytes/node';
import type { AllowedInspection, ProbeReport, ProbeTarget } from '@vedette/contracts';
import { runProbe } from '@vedette/network';
import { createNodePort } from '@vedette/network/node';
import { CliError, EXIT } from '../exit-code.ts';
import { version } from '../house.ts';
import type { Terminal } from '../terminal.ts';
import { readMemories, rememberLink } from './network-memory.ts';
import { probeTarget } from './probe-target.ts';

export interface NetworkProbeOptions extends ProbeSetUp {
  readonly server?: string;
  readonly target?: string;
  /** Files with authorities whose inspection the organisation allows. */
  readonly allowInspection: readonly string[];
}

/** How to probe, whatever is known of the server. */
export interface ProbeSetUp {
  readonly full: boolean;
  /** Files with certificates that this device trusts besides its own. */
  readonly trust: readonly string[];
  readonly network?: string;
}

/** Probes the network that this machine is on. @throws CliError */
export async function runNetworkProbe(options: NetworkProbeOptions, terminal: Terminal): Promise<ProbeReport> {
  const trust = options.trust.map((path) => readFileSync(path, 'utf8'));
  const target = await probeTarget({ ...options, trust }, terminal);
  return askNetwork(
    target,
    options.allowInspection.map((path) => allowedBy(path)),
    options,
    terminal,
  );
}

/** Probes it with a server that is known already. */
export async function askNetwork(
  target: ProbeTarget,
  allowedInspections: readonly AllowedInspection[],
  { full, trust, network }: ProbeSetUp,
  terminal: Terminal,
): Promise<ProbeReport> {
  terminal.progress(`Asking ${target.zone} …`);
  const port = createNodePort({
    trust: trust.map((path) => readFileSync(path, 'utf8')),
    env: terminal.env,
    memories: readMemories(terminal.env),
  });
  const report = await runProbe(port, {
    target,
    host: createNodeHost(),
    full,
    tool: `vedette/${version()}`,
    allowedInspections,
    ...(network === undefined ? {} : { network }),
    onRound: ({ state, rounds }) => terminal.progress(`Round ${rounds.length}: ${state} …`),
  });
  rememberLink(report, terminal.env);
  return report;
}

function allowedBy(path: string): AllowedInspection {
  try {
    const certificate = new X509Certificate(readFileSync(path));
    const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
    const label = certificate.subject.replaceAll('\n', ', ').slice(0, 100) || path.slice(-100);
    return { authoritySpki: createHash('sha256').update(spki).digest('hex'), networks: [], label };
  } catch (error) {
    if (error instanceof Error && 'path' in error) throw error;
    throw new CliError(EXIT.failed, `${path} is no certificate (PEM or DER)`);
  }
}
