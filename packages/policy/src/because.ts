import { compareSeverity, Severity } from '@vedette/contracts';
import { AppFact, SignalFact, ThreatFact } from './cel-facts.ts';
import { OK_SIGNAL } from './expression-facts.ts';
import type { ExpressionFacts, PolicyExpression } from './policy-expression.ts';

/** Facts tried one by one, worst first; what is beyond is not named. Bounds the time spent on a device with a thousand threats. */
const MAX_THREATS_TRIED = 50;
const MAX_APPS_TRIED = 1000;

/** One fact that is not ok and that the condition can see, with the variables as they would be with only it, and without it. */
interface Suspect {
  readonly name: string;
  readonly alone: ExpressionFacts;
  readonly without: ExpressionFacts;
}

function signalSuspects(expression: PolicyExpression, facts: ExpressionFacts, clean: ExpressionFacts): Suspect[] {
  return expression.reads.signals.flatMap((id) => {
    const fact = facts.signals.get(id);
    if (!(fact instanceof SignalFact) || fact.status === 'ok') return [];
    return [
      {
        name: id,
        alone: { ...clean, signals: new Map(clean.signals).set(id, fact) },
        without: { ...facts, signals: new Map(facts.signals).set(id, OK_SIGNAL) },
      },
    ];
  });
}

function rank(threat: ThreatFact): Severity {
  const severity = Severity.safeParse(threat.severity);
  return severity.success ? severity.data : 'info';
}

function threatSuspects(expression: PolicyExpression, facts: ExpressionFacts, clean: ExpressionFacts): Suspect[] {
  if (!expression.reads.threats) return [];
  return facts.threats
    .filter((threat) => threat instanceof ThreatFact)
    .sort((a, b) => compareSeverity(rank(a), rank(b)) || (a.key < b.key ? -1 : 1))
    .slice(0, MAX_THREATS_TRIED)
    .map((threat) => ({
      name: threat.key,
      alone: { ...clean, threats: [threat] },
      without: { ...facts, threats: facts.threats.filter((other) => other !== threat) },
    }));
}

function appSuspects(expression: PolicyExpression, facts: ExpressionFacts, clean: ExpressionFacts): Suspect[] {
  if (!expression.reads.apps) return [];
  return facts.apps
    .filter((app) => app instanceof AppFact)
    .slice(0, MAX_APPS_TRIED)
    .map((app) => {
      const alone = { ...clean, apps: [app] };
      // Leaving out one of many apps is not tried: it would cost the square of the inventory. What one app does alone is the honest answer here.
      return { name: `app:${app.package}`, alone, without: facts };
    });
}

/**
 * Which facts made a rule fire. Asked of the condition itself, not guessed from its text: a fact that is not ok (a signal the condition names, an open threat, an
 * app) is a reason when the condition holds with it alone, everything else being fine, or no longer holds without it. When neither test names one
 * (the rule wants several things at once, each replaceable), all that it could see are named. A rule that fires even when nothing is wrong (`device.platform == "ios"`) has no reasons.
 * @param facts the variables with which the condition held
 */
export function because(expression: PolicyExpression, facts: ExpressionFacts): string[] {
  const clean: ExpressionFacts = {
    device: facts.device,
    signals: new Map([...facts.signals.keys()].map((id) => [id, OK_SIGNAL])),
    threats: [],
    apps: [],
  };
  const holds = (variables: ExpressionFacts): boolean => {
    const result = expression.evaluate(variables);
    return result.ok && result.value;
  };
  if (holds(clean)) return [];
  const suspects = [
    ...signalSuspects(expression, facts, clean),
    ...threatSuspects(expression, facts, clean),
    ...appSuspects(expression, facts, clean),
  ];
  const reasons = suspects.filter(({ alone, without }) => holds(alone) || (without !== facts && !holds(without)));
  const seen = reasons.length > 0 ? reasons : suspects;
  return [...new Set(seen.map((suspect) => suspect.name))].slice(0, 100);
}
