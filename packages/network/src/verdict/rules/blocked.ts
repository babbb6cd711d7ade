import type { ProbeFinding } from '@vedette/contracts';
import { isCaptive } from '../captive.ts';
import { conclude, confidenceOf, evidence, type NetworkRule, type ProbeEvidence } from '../conclude.ts';
import type { RoundFacts } from '../read-round.ts';

/** Encrypted connections to our server fail while clear text to it works, each time. */
export const blocked: NetworkRule = (rounds) => {
  const failing = rounds.filter((round) => !isCaptive(round) && encryptedFails(round));
  if (failing.length < rounds.length || failing.length === 0) return [];
  const witnesses = failing.flatMap(({ witness }) => witness?.statement ?? []);
  if (witnesses.some(({ tlsWorks }) => !tlsWorks))
    return [
      conclude(
        'server.outage',
        'proven',
        'The probe server cannot reach itself over TLS: it is down, the network is not to blame.',
        failing.flatMap(({ witness }) =>
          witness?.statement == null ? [] : [evidence(witness.label, 'signed: tlsWorks false')],
        ),
      ),
    ];
  const clear = failing.filter(({ clearWorks }) => clearWorks);
  // Where nothing at all comes through, or where it happened once, it may be a bad link.
  if (clear.length < 2) return [];
  const bytes = failing.flatMap(({ tls }) =>
    tls.filter(({ seen }) => seen.outcome === 'timeout' && seen.bytes > 0 && seen.leafSpki === null),
  );
  const slow = bytes.length > 0 && witnesses.some(({ handshakes }) => handshakes > 0);
  if (slow) return [];
  const how = stage(failing);
  return [
    conclude(
      'tls.blocked',
      witnesses.length > 0 ? 'proven' : confidenceOf(clear.length),
      `Encrypted connections to our server are cut off (${how}) while clear text goes through.`,
      failing.flatMap(describe),
      witnesses.length > 0 ? 'high' : 'medium',
    ),
  ];
};

function encryptedFails({ tls }: RoundFacts): boolean {
  const ours = tls.filter(({ seen }) => seen.purpose !== 'decoy');
  return (
    ours.length > 0 && ours.every(({ end, seen }) => end === 'none' || (end === 'genuine' && seen.outcome !== 'ok'))
  );
}

/** Where it is cut: by name, before or after the greeting, or once data flows. */
function stage(rounds: readonly RoundFacts[]): string {
  if (rounds.some(({ tls }) => tls.some(({ seen, end }) => seen.purpose === 'decoy' && end === 'genuine')))
    return 'by the name that is asked for';
  const connected = rounds.some(({ tls }) => tls.some(({ seen }) => seen.connectMs !== null));
  if (!connected) return 'before they begin';
  if (rounds.some(({ tls }) => tls.some(({ end }) => end === 'genuine'))) return 'once data flows';
  const hellos = rounds.some(({ witness }) => (witness?.statement?.hellos ?? 0) > 0);
  return hellos ? 'behind the greeting' : 'at the greeting';
}

function describe({ tls, witness, echo }: RoundFacts): ProbeEvidence[] {
  const said = witness?.statement;
  return [
    ...tls.map(({ label, seen }) => evidence(label, `${seen.outcome} ${seen.error ?? ''}`.trim())),
    ...(echo?.statement == null ? [] : [evidence(echo.label, 'signed answer in clear text')]),
    ...(witness === null || said == null
      ? []
      : [
          evidence(
            witness.label,
            `signed: reaches itself over TLS; of this round it saw ${said.connections} connections, ${said.hellos} greetings, ${said.handshakes} handshakes`,
          ),
        ]),
  ];
}

/** Encrypted connections crawl while clear text on the same way is quick. */
export const throttled: NetworkRule = (rounds) => {
  const slow = rounds.filter((round) => !isCaptive(round) && crawls(round));
  // Twice, and every encrypted connection of both times: loss hits some of them.
  if (slow.length < 2 || slow.length < rounds.length) return [];
  const found: ProbeFinding['evidence'] = slow.flatMap(({ tls, echo, page }) => [
    ...tls.map(({ label, seen }) =>
      evidence(
        label,
        `${Math.round(seen.totalMs - (seen.connectMs ?? 0))} ms after the connection was there (${seen.outcome})`,
      ),
    ),
    ...[echo, page].flatMap((one) =>
      one === null ? [] : [evidence(one.label, `${Math.round(one.seen.totalMs)} ms in all`)],
    ),
  ]);
  return [conclude('tls.throttled', 'confirmed', 'Encrypted connections are slowed down; clear text is not.', found)];
};

const SLOW_MS = 1_500;
const TIMES = 8;

function crawls({ tls, echo, page, clearWorks }: RoundFacts): boolean {
  const reached = tls.filter(
    ({ seen }) => seen.connectMs !== null && seen.outcome !== 'reset' && seen.outcome !== 'alert',
  );
  const clear = [echo, page].flatMap((one) => (one?.seen.outcome === 'ok' ? [one.seen.totalMs] : []));
  if (!clearWorks || clear.length < 2 || reached.length < 3 || reached.length < tls.length) return false;
  // Something must come: what is cut off altogether is blocked.
  if (!reached.some(({ seen, end }) => end === 'genuine' || seen.bytes > 0)) return false;
  const quick = Math.max(...clear);
  return reached.every(({ seen }) => {
    const rest = seen.totalMs - (seen.connectMs ?? 0);
    return rest > SLOW_MS && rest > TIMES * quick;
  });
}
