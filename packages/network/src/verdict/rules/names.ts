import type { DnsObservation } from '@vedette/contracts';
import { computedAddress } from '../../canary/canary-names.ts';
import { isCaptive } from '../captive.ts';
import { conclude, confidenceOf, evidence, type NetworkRule, type ProbeEvidence } from '../conclude.ts';
import type { RoundFacts } from '../read-round.ts';

/** Answers about names of ours that are not ours: alone (`dns.spoofed_answer`), or beside the true one (`dns.injection_race`). */
export const forgedNames: NetworkRule = (rounds) => {
  const open = rounds.filter((round) => !isCaptive(round));
  const asked = open.flatMap(({ round, number }) =>
    round.dns
      .filter(({ purpose }) => purpose === 'computed')
      .map((seen) => ({ seen, label: `round ${number} · dns computed` })),
  );
  const forged = asked.filter(({ seen }) => seen.answers.some((answer) => isForged(answer, seen.nonce)));
  const raced = forged.filter(({ seen }) =>
    seen.answers.some((answer) => answer.addresses.includes(computedAddress(seen.nonce))),
  );
  if (raced.length > 0)
    return [
      conclude(
        'dns.injection_race',
        confidenceOf(raced.length),
        'Somebody answers questions about names besides the true server, and tries to be first.',
        raced.map(({ seen, label }) => describe(seen, label)),
      ),
    ];
  const misled = open.flatMap(misledEnds);
  if (forged.length === 0 && misled.length === 0) return [];
  return [
    conclude(
      'dns.spoofed_answer',
      misled.length > 0 ? 'proven' : confidenceOf(forged.length),
      'Names lead to the wrong place: answers are forged.',
      [...forged.map(({ seen, label }) => describe(seen, label)), ...misled],
    ),
  ];
};

/** `0.0.0.0`, the answer of those who keep advertising away, names nobody and leads nowhere; no answer is not a forged one. */
const NOBODY = new Set(['0.0.0.0', '::', '127.0.0.1', '::1']);

function isForged({ rcode, addresses }: DnsObservation['answers'][number], nonce: string): boolean {
  return (
    rcode === 'NOERROR' &&
    addresses.length > 0 &&
    !addresses.includes(computedAddress(nonce)) &&
    !addresses.every((one) => NOBODY.has(one))
  );
}

/** The name led to somebody else's key while our server answers at its own address. A name that merely moved leads to our key. */
function misledEnds({ tls }: RoundFacts): ProbeEvidence[] {
  const direct = tls.find(({ seen }) => seen.purpose === 'direct');
  if (direct?.end !== 'genuine') return [];
  return tls
    .filter(({ seen, end }) => seen.purpose === 'exchange' && end === 'foreign')
    .map(({ label, seen }) =>
      evidence(
        label,
        `the name led to ${seen.address ?? ''}, which has a key that is not ours; at ${direct.seen.address ?? ''} our server answers`,
      ),
    );
}

function describe(seen: DnsObservation, label: string): ProbeEvidence {
  const answers = seen.answers.map(
    ({ afterMs, rcode, addresses, ttl, authoritative }) =>
      `${addresses.join(' ') || rcode} after ${afterMs} ms (TTL ${ttl ?? '–'}${authoritative ? ', authoritative' : ''})`,
  );
  return evidence(
    label,
    `${seen.name} must be ${computedAddress(seen.nonce)}; ${seen.server} said: ${answers.join(', then ')}`,
  );
}

/** No answer about names at all, or a refusal, while our server is there. */
export const namesBlocked: NetworkRule = (rounds) => {
  const asked = rounds.filter(({ round }) => round.dns.length > 0);
  const silent = asked.filter(
    (round) =>
      !isCaptive(round) &&
      (round.clearWorks || round.verified) &&
      round.round.dns
        .filter(({ purpose }) => purpose !== 'silent')
        .every(({ outcome, answers }) => outcome !== 'ok' || answers.every(refuses)),
  );
  if (silent.length < 2 || silent.length < asked.length) return [];
  return [
    conclude(
      'dns.blocked',
      'confirmed',
      'Questions about names of our server get no answer, while the server itself is there.',
      silent.flatMap(({ round, number }) =>
        round.dns.map(({ purpose, outcome, answers, server }) =>
          evidence(
            `round ${number} · dns ${purpose}`,
            `${server}: ${answers.map(({ rcode, addresses }) => addresses.join(' ') || rcode).join(', ') || outcome}`,
          ),
        ),
      ),
    ),
  ];
};

/** Servers that fail (SERVFAIL) are broken; those that refuse, or say there is no such name, were told to. */
function refuses({ rcode, addresses }: DnsObservation['answers'][number]): boolean {
  return (
    rcode === 'REFUSED' || rcode === 'NXDOMAIN' || (addresses.length > 0 && addresses.every((one) => NOBODY.has(one)))
  );
}

/** Names that do not exist get an address: advertising, mostly. */
export const rewrittenNames: NetworkRule = (rounds) => {
  const found = rounds.flatMap((round) =>
    isCaptive(round)
      ? []
      : round.round.dns
          .filter(
            ({ purpose, answers }) =>
              purpose === 'missing' &&
              answers.some(({ rcode, addresses }) => rcode === 'NOERROR' && addresses.length > 0),
          )
          .map(({ name, answers }) =>
            evidence(
              `round ${round.number} · dns missing`,
              `${name} does not exist; the answer was ${answers.flatMap(({ addresses }) => addresses).join(' ')}`,
            ),
          ),
  );
  return found.length === 0
    ? []
    : [
        conclude(
          'dns.nxdomain_rewrite',
          confidenceOf(found.length),
          'Names that do not exist are given an address.',
          found,
        ),
      ];
};

/** Somebody answers where nobody does: questions are led elsewhere, whomever one asks. */
export const ledElsewhere: NetworkRule = (rounds) => {
  const found = rounds.flatMap(({ round, number }) =>
    round.dns
      .filter(({ purpose, outcome, answers }) => purpose === 'silent' && outcome === 'ok' && answers.length > 0)
      .map(({ server }) => evidence(`round ${number} · dns silent`, `${server} has no DNS, and answered`)),
  );
  return found.length === 0
    ? []
    : [
        conclude(
          'dns.transparent_interception',
          confidenceOf(found.length),
          'Questions about names are answered by this network, whomever one asks.',
          found,
        ),
      ];
};
