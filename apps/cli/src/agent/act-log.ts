import type { Flushed, Observed } from '@vedette/agent';
import { printable, type Terminal } from '../terminal.ts';

/** Prints one line per act of the agent, with the time. */
export interface ActLog {
  act(text: string): void;
  readonly observed: (observed: Observed) => void;
  /** What was sent; nothing about waiting. */
  readonly sent: (flushed: Flushed) => void;
  readonly flushed: (flushed: Flushed) => void;
}

export function createActLog(terminal: Terminal, clock: () => Date = () => new Date()): ActLog {
  let standing = '';
  const act = (text: string): void =>
    terminal.out(`${clock().toISOString()} ${printable(text).replaceAll('\n', ' ')}\n`);
  const sent = (flushed: Flushed): void => {
    for (const ack of flushed.sent) {
      act(`report ${ack.sequence} accepted${ack.duplicate ? ' (the server had it already)' : ''}`);
      if (ack.standing === null) continue;
      const reasons = ack.standing.reasons.map(({ title, remedy }) =>
        remedy === null ? title : `${title} (${remedy})`,
      );
      const text = `the server says: ${ack.standing.compliance}, risk ${ack.standing.riskLevel}${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}`;
      if (text !== standing) act(text);
      standing = text;
    }
    for (const refused of flushed.refused) act(`a report was refused and given up (${refused})`);
  };
  return {
    act,
    sent,
    observed(observed) {
      if (observed.outcome === 'halted') return;
      const { entry, dropped } = observed;
      act(`report ${entry.sequence} (${entry.type}, ${entry.sizeBytes} bytes) queued`);
      if (dropped > 0) act(`the queue was full: ${dropped} older ${dropped === 1 ? 'report' : 'reports'} dropped`);
    },
    flushed(flushed) {
      sent(flushed);
      if (flushed.outcome === 'waiting')
        act(
          `the server cannot be reached (${flushed.detail}); ${flushed.queued} queued, trying again in ${Math.ceil(flushed.retryInMs / 1000)} s`,
        );
    },
  };
}
