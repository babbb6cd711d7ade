import { isCaptive } from '../captive.ts';
import { conclude, confidenceOf, evidence, type NetworkRule } from '../conclude.ts';

/** People must sign in first. */
export const captivePortal: NetworkRule = (rounds) => {
  const captive = rounds.filter(isCaptive);
  return captive.length === 0
    ? []
    : [
        conclude(
          'network.captive_portal',
          confidenceOf(captive.length),
          'This network wants people to sign in at a page before it lets anything through.',
          captive.flatMap(({ generate204 }) =>
            generate204 === null
              ? []
              : [
                  evidence(
                    generate204.label,
                    `${generate204.seen.status ?? ''} ${generate204.seen.location ?? 'with a page'} where nothing must be`,
                  ),
                ],
          ),
        ),
      ];
};

const FIVE_MINUTES = 300_000;

/** Certificates and tokens are judged by the device's clock. */
export const clock: NetworkRule = (rounds) => {
  const found = rounds.flatMap(({ tls, round, number }) =>
    tls.flatMap(({ statement, end }) => {
      if (statement === null || end !== 'genuine') return [];
      const skew = Date.parse(round.startedAt) - Date.parse(statement.at);
      return Math.abs(skew) < FIVE_MINUTES + round.totalMs
        ? []
        : [
            evidence(
              `round ${number} · tls exchange`,
              `${round.startedAt} here, ${statement.at} at our server (signed)`,
            ),
          ];
    }),
  );
  return found.length === 0 ? [] : [conclude('clock.skewed', 'proven', 'The clock of this device is wrong.', found)];
};

/** It was tried, and nothing can be said: that is no good news. */
export const inconclusive: NetworkRule = (rounds) =>
  rounds.some(({ verified }) => verified) || rounds.some(isCaptive)
    ? []
    : [
        conclude(
          'probe.inconclusive',
          confidenceOf(rounds.length),
          'No exchange with the probe server was completed, and nothing shows why.',
          rounds.flatMap(({ tls }) =>
            tls.map(({ label, seen }) => evidence(label, `${seen.outcome} ${seen.error ?? ''}`.trim())),
          ),
        ),
      ];
