import type { DeviceEvidence, NetworkState } from '@vedette/contracts';
import { probeEvidence } from '@vedette/network';
import { CliError } from '../exit-code.ts';
import { networkNow } from '../network/network-now.ts';
import { type NetworkProbeOptions, runNetworkProbe } from '../network/run-network-probe.ts';
import type { Terminal } from '../terminal.ts';
import type { EvidenceSource } from './evidence-source.ts';

/** How soon a network that is not all right is looked at again. */
const AGAIN_MS = 60_000;

/** Evidence, and with it what a probe says of the network: at every report, as soon as the network is another one, and each minute while it is not all right. */
export function withNetworkProbe(
  source: EvidenceSource,
  options: NetworkProbeOptions,
  terminal: Terminal,
  act: (text: string) => void,
): EvidenceSource {
  let network = networkNow();
  let last: { readonly state: NetworkState; readonly atMs: number } | null = null;
  return {
    async collect() {
      network = networkNow();
      const evidence = await source.collect();
      try {
        const report = await runNetworkProbe(options, terminal);
        if (report.state !== last?.state)
          act(`network: ${report.state}${report.findings[0] === undefined ? '' : `: ${report.findings[0].title}`}`);
        last = { state: report.state, atMs: Date.now() };
        return merged(evidence, probeEvidence(report));
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        act(`the network is not probed: ${error.message}`);
        return evidence;
      }
    },
    async changed() {
      const bad = last !== null && last.state !== 'clean' && last.state !== 'inspected';
      return (
        networkNow() !== network || (bad && Date.now() - (last?.atMs ?? 0) >= AGAIN_MS) || (await source.changed())
      );
    },
  };
}

function merged(evidence: DeviceEvidence, probed: ReturnType<typeof probeEvidence>): DeviceEvidence {
  return {
    ...evidence,
    observations: [...evidence.observations.filter(({ key }) => key !== 'network.probe'), ...probed.observations],
    events: [...evidence.events, ...probed.events],
  };
}
