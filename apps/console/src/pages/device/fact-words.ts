import { SIGNAL_IDS, SIGNALS, type ThreatSummary } from '@vedette/contracts';
import { wordsOf } from '@vedette/ui';

/**
 * A fact a rule read, in words: a signal's title, or the threat it names.
 * @param fact a signal id, or a threat's key: `device:integrity.root`, `app:com.example.bad`, `network:tls-interception:Hotel`
 */
export function factWords(fact: string, threats: readonly Pick<ThreatSummary, 'type' | 'title' | 'subject'>[]): string {
  const [kind, ...rest] = fact.split(':');
  const name = rest.join(':');
  const signal = SIGNAL_IDS.find((id) => id === fact || id === name);
  if (signal !== undefined) return SIGNALS[signal].title;
  const threat =
    threats.find(({ type, subject }) => subject !== null && name === `${type}:${subject}`) ??
    threats.find(({ subject }) => subject !== null && name === subject) ??
    threats.find(({ type }) => name === type);
  if (threat !== undefined) return threat.title;
  const [type, ...subject] = rest;
  if (kind === 'network' && type !== undefined && subject.length > 0) return `${wordsOf(type)} on ${subject.join(':')}`;
  return name === '' ? fact : name;
}
