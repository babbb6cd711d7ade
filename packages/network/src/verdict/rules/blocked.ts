import type { ProbeFinding } from '@vedette/contracts';
import { isCaptive } from '../captive.ts';
import { conclude, confidenceOf, evidence, type NetworkRule, type ProbeEvidence } from '../conclude.ts';
import type { RoundFacts, TlsFacts } from '../read-round.ts';

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
  const clear = failing.filter((round) => round.clearWorks && !mayBeSlow(round));
  // Where nothing at all comes through, or where it happened once, it may be a bad link.
  if (clear.length < 2) return [];
  if (crawling(rounds).length > 0) return [];
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

/** No exchange is completed, and the older protocol does not get through either (that would be a downgrade); a handshake alone carries nothing. */
function encryptedFails({ tls }: RoundFacts): boolean {
  const main = tls.filter(({ seen }) => seen.purpose === 'exchange' || seen.purpose === 'direct');
  const begun = main.some(({ end }) => end === 'genuine');
  const oldWorks = tls.some(({ seen, end }) => seen.purpose === 'old' && end === 'genuine');
  return (
    main.length > 0 && main.every(({ end, seen }) => end !== 'foreign' && seen.outcome !== 'ok') && (begun || !oldWorks)
  );
}

/** On a way this slow the time for a handshake may run out by itself. */
const QUICK_MS = 600;

/** It only ran out of time, what came through took its time as well, and the server did get the greeting: a bad link does that. */
function mayBeSlow({ tls, echo, page, witness }: RoundFacts): boolean {
  const main = tls.filter(({ seen }) => seen.purpose === 'exchange' || seen.purpose === 'direct');
  if (!main.every(({ seen }) => seen.outcome === 'timeout')) return false;
  if (main.every(({ seen }) => seen.connectMs !== null) && witness?.statement?.hellos === 0) return false;
  return Math.max(...[echo, page].map((one) => one?.seen.totalMs ?? 0)) > QUICK_MS;
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
  const slow = crawling(rounds);
  if (slow.length === 0) return [];
  const found: ProbeFinding['evidence'] = slow.flatMap(({ tls, echo, page }) => [
    ...tls.map(({ label, seen }) =>
      evidence(label, `${Math.round(restOf(seen))} ms after the connection was there (${seen.outcome})`),
    ),
    ...[echo, page].flatMap((one) =>
      one === null ? [] : [evidence(one.label, `${Math.round(one.seen.totalMs)} ms in all`)],
    ),
  ]);
  return [conclude('tls.throttled', 'confirmed', 'Encrypted connections are slowed down; clear text is not.', found)];
};

const SLOW_MS = 1_000;
const TIMES = 8;

const restOf = ({ totalMs, connectMs }: TlsFacts['seen']): number => totalMs - (connectMs ?? 0);

/** The rounds if every encrypted connection of at least two of them was slow, and one of them got through all the same: what gets nowhere is cut off, not slowed down. */
function crawling(rounds: readonly RoundFacts[]): readonly RoundFacts[] {
  const slow = rounds.length > 1 && rounds.every((round) => !isCaptive(round) && isSlow(round));
  const through = rounds.some(({ tls }) =>
    tls.some(({ end, seen }) => end === 'genuine' && (seen.handshakeMs ?? 0) > SLOW_MS),
  );
  return slow && through ? rounds : [];
}

function isSlow({ tls, echo, page, clearWorks }: RoundFacts): boolean {
  const broken = tls.some(
    ({ seen }) => seen.connectMs === null || seen.outcome === 'reset' || seen.outcome === 'alert',
  );
  const clear = [echo, page].flatMap((one) => (one?.seen.outcome === 'ok' ? [one.seen.totalMs] : []));
  if (broken || !clearWorks || clear.length < 2 || tls.length < 3) return false;
  const quick = Math.max(...clear);
  return tls.every(({ seen }) => restOf(seen) > SLOW_MS && restOf(seen) > TIMES * quick);
}
