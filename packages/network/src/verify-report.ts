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
  const answers = report.rounds.flatMap(({ tls, http }) => [
    // Whoever ends TLS himself may say what he likes; his key shows him.
    ...tls.map(({ answer, nonce, purpose, leafSpki }) => ({
      answer,
      nonce,
      purpose,
      forged: !report.target.pins.includes(leafSpki ?? ''),
    })),
    // A statement in clear text that was changed is what a finding says of it.
    ...http.map(({ answer, nonce, purpose }) => ({
      answer,
      nonce,
      purpose,
      forged: report.findings.some(({ id }) => id === 'http.content_injection'),
    })),
  ]);
  const opened = answers.flatMap(({ answer, nonce, purpose, forged }) =>
    answer === null ? [] : [{ purpose, forged, fault: openStatement(answer, trusted, nonce).fault }],
  );
  const faults = opened
    .filter(({ fault, forged }) => fault !== null && !forged)
    .map(({ purpose, fault }) => `${purpose}: ${fault ?? ''}`);
  const held = opened.filter(({ fault }) => fault === null).length;
  const { state, findings } = judgeNetwork(report, host);
  const same = state === report.state && JSON.stringify(findings) === JSON.stringify(report.findings);
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
      ok: faults.length === 0,
      detail:
        faults.length === 0
          ? `${held} signed statements hold${held === opened.length ? '' : `; ${opened.length - held} forged ones are part of what was found`}`
          : `${faults.length} of ${opened.length} do not hold: ${faults.slice(0, 5).join(', ')}`,
    },
    {
      id: 'verdict',
      ok: same,
      detail: same
        ? `“${state}” with ${findings.length} findings follows from what was seen`
        : `what was seen leads to “${state}” with ${findings.map(({ id }) => id).join(', ') || 'no findings'}, not to what the report says`,
    },
  ];
  return { ok: checks.every(({ ok }) => ok), checks, statements: held };
}
