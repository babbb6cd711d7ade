import { classify } from './classifier/classify.ts';
import { readHostTarget } from './host-target.ts';
import { type HostContext, type HostReason, type HostRule, isUnder } from './reason.ts';
import { listed } from './rules/listed.ts';
import { lookAlike } from './rules/look-alike.ts';
import { scripts } from './rules/scripts.ts';
import { structure } from './rules/structure.ts';
import { young } from './rules/young.ts';

/** `allowed`: the organisation's own, or taken by it. `unknown`: nothing speaks against it, which is not the same as safe. */
export type HostVerdict = 'allowed' | 'unknown' | 'warn' | 'block';

export interface HostJudgement {
  readonly input: string;
  /** Null: it can be no host. */
  readonly host: string | null;
  /** As a person may see it. */
  readonly shown: string;
  readonly registrable: string | null;
  readonly verdict: HostVerdict;
  /** 0 to 100: the sum of the weights. */
  readonly score: number;
  readonly reasons: readonly HostReason[];
  /** What the trained judge says, 0 to 1; null where it was not asked. */
  readonly classifier: number | null;
}

const RULES: readonly HostRule[] = [listed, lookAlike, scripts, structure, young];
export const WARN_AT = 40;
export const BLOCK_AT = 80;
/** What the trained judge adds from its threshold on: little, since it is wrong more often than right (docs/hosts.md). It counts only where something else speaks against a host. */
const CLASSIFIER_WEIGHT = 15;

/** Judges a host name or an address by what it is written like and what is known of it. Nothing is looked up anywhere. */
export function judgeHost(input: string, context: HostContext = {}): HostJudgement {
  const target = readHostTarget(input);
  if (target === null)
    return {
      input: input.slice(0, 300),
      host: null,
      shown: '',
      registrable: null,
      verdict: 'unknown',
      score: 0,
      reasons: [{ id: 'unreadable', weight: 0, text: 'This can be no host name and no address.' }],
      classifier: null,
    };
  const { host, shown, registrable } = target;
  const base = { input: target.input.slice(0, 300), host, shown, registrable };
  // A list outweighs what was allowed before: an own domain can be taken over.
  const named = listed(target, context);
  const { ownDomains = [], allowed = [], warnAt = WARN_AT, blockAt = BLOCK_AT } = context;
  if (named.length === 0 && [...ownDomains, ...allowed].some((domain) => isUnder(host, domain)))
    return { ...base, verdict: 'allowed', score: 0, reasons: [], classifier: null };
  const reasons = RULES.flatMap((rule) => rule(target, context));
  const judged = context.useClassifier === false || target.isAddress ? null : classify(target);
  const sum = reasons.reduce((total, { weight }) => total + weight, 0);
  const likely = judged !== null && judged.likely && sum > 0;
  const score = Math.min(100, sum + (likely ? CLASSIFIER_WEIGHT : 0));
  const verdict = score >= blockAt ? 'block' : score >= warnAt ? 'warn' : 'unknown';
  return {
    ...base,
    verdict,
    score,
    reasons: [
      ...reasons,
      ...(likely
        ? [
            {
              id: 'classifier',
              weight: CLASSIFIER_WEIGHT,
              text: 'It is written like hosts that were used for attacks.',
            },
          ]
        : []),
    ].toSorted((a, b) => b.weight - a.weight),
    classifier: judged?.probability ?? null,
  };
}
