import type { SignalId } from '@vedette/contracts';
import type { EvidenceView } from '../evidence-view.ts';
import { signalOf, type Verdict } from '../verdict.ts';

/** The server's own judgement where the context gives it, else unknown. */
export function judgeServerSignal(view: EvidenceView, id: SignalId): Verdict {
  const given = view.context.serverSignals?.find((signal) => signal.id === id);
  const signal =
    given ??
    signalOf(id, { status: 'unknown', value: '', reason: 'This is judged by the server.' }, null, view.context.now);
  return { signal, findings: [] };
}
