import { type Compliance, compareSeverity, type Decision, type RiskLevel, type WantedAction } from '@vedette/contracts';
import { because } from './because.ts';
import type { CompiledPolicy, CompiledRule } from './compile-policy.ts';
import { expressionFacts } from './expression-facts.ts';
import type { DecideInput } from './policy-input.ts';
import { missingEvidence } from './required-evidence.ts';

type FiredRule = Decision['fired'][number];

/** Since when the rule fires without a break: the previous moment where there is one that is not in the future. */
function sinceOf(previous: string | undefined, now: string): string {
  if (previous === undefined) return now;
  const previousMs = Date.parse(previous);
  return Number.isFinite(previousMs) && previousMs <= Date.parse(now) ? previous : now;
}

function wantedBy({ rule }: CompiledRule, since: string): WantedAction[] {
  return rule.actions.map((action) => ({
    key: `${rule.id}/${action.id}`,
    ruleId: rule.id,
    connector: action.connector,
    audience: action.audience,
    effect: action.effect,
    undo: action.undo,
    notBefore: new Date(Date.parse(since) + action.waitMinutes * 60_000).toISOString(),
  }));
}

function riskOf(fired: readonly FiredRule[], uncertain: boolean): RiskLevel {
  const [worst] = fired.map((rule) => rule.severity).sort(compareSeverity);
  if (worst !== undefined && worst !== 'info') return worst;
  return uncertain ? 'unknown' : 'none';
}

function complianceOf(fired: readonly FiredRule[], uncertain: boolean): Compliance {
  if (fired.some((rule) => rule.compliance === 'non-compliant' && rule.severity !== 'info')) return 'non-compliant';
  return uncertain ? 'unknown' : 'compliant';
}

/**
 * What a policy says about one device now. Pure and total: a condition that cannot be evaluated is reported in `errors`, counts as not fired, and makes the result
 * `unknown` at best, never compliant; so does missing evidence (`missingEvidence` defines which). The risk level is the worst severity of the rules that fired (`info` does not
 * count, and never changes compliance either).
 * A wait (`waitMinutes`) counts from the moment since which the rule has fired without a break; the action's `notBefore` says when it ends.
 * @param input `now` must be a valid ISO 8601 moment
 * @returns the decision, and `ruleSince` to pass to the next one: rule id → ISO 8601
 */
export function decide(
  policy: CompiledPolicy,
  input: DecideInput,
): { decision: Decision; ruleSince: Record<string, string> } {
  const facts = expressionFacts(input);
  const missing = missingEvidence(policy, input);
  const fired: FiredRule[] = [];
  const errors: Decision['errors'] = [];
  const wanted: WantedAction[] = [];
  const ruleSince: Record<string, string> = {};
  for (const compiled of policy.rules) {
    const { rule, expression } = compiled;
    const result = expression.evaluate(facts);
    if (!result.ok) errors.push({ ruleId: rule.id, message: result.message });
    if (!result.ok || !result.value) continue;
    const since = sinceOf(Object.hasOwn(input.ruleSince, rule.id) ? input.ruleSince[rule.id] : undefined, input.now);
    ruleSince[rule.id] = since;
    fired.push({
      ruleId: rule.id,
      title: rule.title,
      severity: rule.severity,
      compliance: rule.compliance,
      userText: rule.userText,
      since,
      because: because(expression, facts),
    });
    wanted.push(...wantedBy(compiled, since));
  }
  const uncertain = errors.length > 0 || missing.length > 0;
  const decision: Decision = {
    policyVersion: input.policyVersion,
    at: input.now,
    riskLevel: riskOf(fired, uncertain),
    compliance: complianceOf(fired, uncertain),
    fired,
    errors,
    wanted,
    missing,
  };
  return { decision, ruleSince };
}
