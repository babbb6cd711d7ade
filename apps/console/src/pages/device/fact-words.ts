import { SIGNAL_IDS, SIGNALS, type ThreatSummary } from '@vedette/contracts';
import { wordsOf } from '@vedette/ui';

export interface FactWords {
  readonly words: string;
  /** The threat it names, if that is known. */
  readonly threatId: string | null;
}

/** An app has two threats, malice and data risk; the key of the second ends so. */
const DATA_RISK = ':data-risk';

/**
 * A fact a rule read, in words: a signal's title, or the threat it names.
 * @param fact a signal id, or a threat's key: `device:integrity.root`, `app:com.example.bad`, `app:com.example.bad:data-risk`, `network:tls-interception:Hotel`
 */
export function factWords(
  fact: string,
  threats: readonly Pick<ThreatSummary, 'id' | 'type' | 'title' | 'subject' | 'state'>[],
): FactWords {
  const [kind, ...rest] = fact.split(':');
  const name = rest.join(':');
  const signal = SIGNAL_IDS.find((id) => id === fact || id === name);
  if (signal !== undefined) return { words: SIGNALS[signal].title, threatId: null };
  // The same threat may have been there before: what is open now is meant.
  const candidates = [...threats].sort((a, b) => Number(b.state === 'open') - Number(a.state === 'open'));
  const isDataRisk = kind === 'app' && name.endsWith(DATA_RISK);
  const app = isDataRisk ? name.slice(0, -DATA_RISK.length) : name;
  const threat =
    kind === 'app'
      ? candidates.find(({ type, subject }) => subject === app && (type === 'risky-app') === isDataRisk)
      : (candidates.find(({ type, subject }) => subject !== null && name === `${type}:${subject}`) ??
        candidates.find(({ subject }) => subject !== null && name === subject) ??
        candidates.find(({ type }) => name === type));
  if (threat !== undefined) return { words: threat.title, threatId: threat.id };
  if (isDataRisk) return { words: `the data risk of ${app}`, threatId: null };
  const [type, ...subject] = rest;
  const named = kind === 'network' && type !== undefined && subject.length > 0;
  return { words: named ? `${wordsOf(type)} on ${subject.join(':')}` : name === '' ? fact : name, threatId: null };
}
