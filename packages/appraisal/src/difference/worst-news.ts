import type { AppDifference, Severity } from '@vedette/contracts';
import { isAtLeast, SEVERITIES } from '@vedette/contracts/vocabulary';

/** How bad the worst thing is that the later build brings: a new finding, or one that got worse. Null for none; what is suppressed or `unknown` does not count. */
export function worstNews({ findings }: AppDifference): Severity | null {
  const fresh = findings.new.flatMap(({ status, severity, suppressed }) =>
    status === 'bad' && suppressed === undefined ? [severity] : [],
  );
  const worse = findings.changed.flatMap(({ severity, finding, what }) => {
    if (finding.status !== 'bad' || finding.suppressed !== undefined) return [];
    const back = what.includes('no longer suppressed') || what.some((text) => text.startsWith('status '));
    return back || !isAtLeast(severity.before, severity.after) ? [severity.after] : [];
  });
  return SEVERITIES.find((severity) => fresh.includes(severity) || worse.includes(severity)) ?? null;
}
