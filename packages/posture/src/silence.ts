import { type EvidenceSource, NO_SOURCE, SERVER_SIGNALS, type Signal, type SignalId } from '@vedette/contracts';
import { AGENT_ON_IOS, COVERAGE, SOURCE_NAMES } from './data/coverage.ts';
import type { EvidenceView } from './evidence-view.ts';

/**
 * Says of a signal without any evidence whether the sources at hand could have given some. Where none of them can, it is no
 * gap of the capture, and nobody should be told to look for it there.
 */
export function explainSilence(signal: Signal, view: EvidenceView): Signal {
  if (signal.status !== 'unknown' || signal.source !== null || SERVER_SIGNALS.includes(signal.id)) return signal;
  if (signal.reason?.endsWith(NO_SOURCE) === true) return signal;
  const sources = [...new Set(view.evidence.observations.map(({ source }) => source))];
  if (sources.length === 0 || sources.some((source) => canTell(signal.id, source, view))) return signal;
  const [first] = sources;
  const who = sources.length === 1 && first !== undefined ? SOURCE_NAMES[first] : 'What was collected';
  return { ...signal, reason: `${who} ${NO_SOURCE}` };
}

function canTell(id: SignalId, source: EvidenceSource, { platform }: EvidenceView): boolean {
  return COVERAGE[id].includes(source) && (source !== 'agent' || platform === 'android' || AGENT_ON_IOS.has(id));
}
