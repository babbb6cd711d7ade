import { type CheckResult, isAskable, SIGNALS, type Signal } from '@vedette/contracts';
import { type Html, html } from '../html/html.ts';
import { shortened } from '../text/printable.ts';

const WORDS = { ok: 'good', bad: 'WRONG', unknown: 'not known' } as const;
const LOOK = { ok: 'ok', bad: 'high', unknown: 'unknown' } as const;

/** Every signal of the board with what it rests on. What could not be checked stands there as such. */
export function boardSection({ signals }: CheckResult): Html {
  return html`<section><h2>What was checked</h2><table><thead><tr><th>signal</th><th>state</th><th>what it is</th><th>where it stands</th></tr></thead><tbody>
${signals.filter(isAskable).map(row)}</tbody></table></section>
`;
}

function row(signal: Signal): Html {
  const says = signal.status === 'unknown' ? (signal.reason ?? 'not in this evidence') : signal.value;
  const trust = signal.trust === null || signal.trust === 'os-reported' ? '' : ` (${signal.trust})`;
  return html`<tr><td>${SIGNALS[signal.id].title}</td><td><span class="chip ${LOOK[signal.status]}">${WORDS[signal.status]}</span></td><td>${shortened(says, 400)}</td><td><code>${shortened(`${signal.rawRef ?? signal.source ?? ''}${trust}`, 400)}</code></td></tr>
`;
}
