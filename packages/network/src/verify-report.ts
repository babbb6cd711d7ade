import type { Host } from '@vedette/bytes';
import type { ProbeKey, ProbeReport } from '@vedette/contracts';
import { openStatement } from './open-statement.ts';
import { judgeNetwork } from './verdict/judge-network.ts';

/** One thing that was looked at. */
export interface ReportCheck {
  readonly id: 'keys' | 'signatures' | 'verdict';
  readonly ok: boolean;
  readonly detail: string;
}

export interface ReportVerification {
  /** All checks hold. */
  readonly ok: boolean;
  readonly checks: readonly ReportCheck[];
  /** Statements whose signature holds. */
  readonly statements: number;
}

/**
 * Verifies a report from itself alone: its statements are signed by the server's keys, and its verdict is what follows from what it says was seen.
 * @param keys of the server, from a source that one trusts; without them the report's own are used, and it can say only that it agrees with itself
 */
export function verifyReport(report: ProbeReport, keys: readonly ProbeKey[] | null, host: Host): ReportVerification {
  const trusted = keys ?? report.target.keys;
  const foreign = report.target.keys.filter(
    ({ kid, publicKey }) => !trusted.some((one) => one.kid === kid && one.publicKey === publicKey),
  );
  const answers = report.rounds.flatMap(({ tls, http }) => [...tls, ...http]).filter(({ answer }) => answer !== null);
  const faults = answers.flatMap(({ answer, nonce, purpose }) => {
    const fault = answer === null ? null : openStatement(answer, trusted, nonce).fault;
    return fault === null ? [] : [`${purpose}: ${fault}`];
  });
  const { state, findings } = judgeNetwork(report, host);
  const same = state === report.state && JSON.stringify(findings) === JSON.stringify(report.findings);
  // A statement that was tampered with on its way is evidence itself; the verdict says so.
  const explained =
    faults.length === 0 ||
    report.findings.some(({ id }) => id === 'http.content_injection' || id.startsWith('tls.interception.'));
  const checks: ReportCheck[] = [
    {
      id: 'keys',
      ok: keys !== null && foreign.length === 0,
      detail:
        keys === null
          ? 'no keys were given: whoever wrote the report may have made up the server'
          : foreign.length === 0
            ? `the server’s keys are those that were given (${trusted.map(({ kid }) => kid).join(', ')})`
            : `keys that were not given: ${foreign.map(({ kid }) => kid).join(', ')}`,
    },
    {
      id: 'signatures',
      ok: explained,
      detail:
        faults.length === 0
          ? `${answers.length} signed statements hold`
          : `${faults.length} of ${answers.length} do not hold: ${faults.slice(0, 5).join(', ')}`,
    },
    {
      id: 'verdict',
      ok: same,
      detail: same
        ? `“${state}” with ${findings.length} findings follows from what was seen`
        : `what was seen leads to “${state}” with ${findings.map(({ id }) => id).join(', ') || 'no findings'}, not to what the report says`,
    },
  ];
  return { ok: checks.every(({ ok }) => ok), checks, statements: answers.length - faults.length };
}
