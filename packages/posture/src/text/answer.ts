import { type CheckResult, isAskable } from '@vedette/contracts';
import { count } from './lay-out.ts';

/** How many findings say that a list of indicators names something in the evidence. */
export function namedBy({ findings }: CheckResult): number {
  return findings.filter(({ ruleId, status }) => ruleId === 'device.indicator' && status === 'bad').length;
}

/**
 * The whole check in one or two sentences: `3 things are wrong with this phone, 4 could not be checked.` What a list of indicators names comes first, and what the
 * records show beside the signals is never passed over: “nothing wrong” is said of both.
 */
export function answerOf(result: CheckResult): string {
  const named = namedBy(result);
  const odd = result.findings.filter(
    ({ ruleId, status, severity }) => ruleId.startsWith('device.artefact.') && status === 'bad' && severity !== 'info',
  ).length;
  const lists = `The evidence holds what ${count(named, 'list of indicators names', 'lists of indicators name')}: have an analyst look.`;
  const records = `${count(odd, 'thing', 'things')} in its records ${odd === 1 ? 'needs' : 'need'} a look.`;
  const board = boardAnswer(result, named + odd > 0);
  return [...(named > 0 ? [lists] : []), board, ...(odd > 0 ? [records] : [])].join(' ');
}

function boardAnswer({ signals }: CheckResult, more: boolean): string {
  const own = signals.filter((signal) => isAskable(signal));
  const bad = own.filter((signal) => signal.status === 'bad').length;
  const unknown = own.filter((signal) => signal.status === 'unknown').length;
  const ok = own.length - bad - unknown;
  const open = unknown === 0 ? '' : `${unknown} could not be checked`;
  const good = more ? 'Its settings show nothing wrong' : 'Nothing wrong was found';
  if (bad === 0 && unknown === 0) return `${good}: all ${ok} checks are good.`;
  if (bad === 0) return `${good}, but ${open}; ${count(ok, 'check is', 'checks are')} good.`;
  const wrong = `${count(bad, 'thing is', 'things are')} wrong with this phone`;
  return unknown === 0 ? `${wrong}; the other ${ok} checks are good.` : `${wrong}, ${open}.`;
}
