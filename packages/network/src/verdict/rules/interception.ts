import type { ProbeFinding } from '@vedette/contracts';
import { isCaptive } from '../captive.ts';
import { conclude, evidence, type NetworkRule, type ProbeEvidence, type VerdictContext } from '../conclude.ts';
import { allowedInspection } from '../inspection.ts';
import { guessInterceptor } from '../known-interceptors.ts';
import type { RoundFacts, TlsFacts } from '../read-round.ts';

/** Somebody ends connections that are meant for our server: he has another key, or another channel. */
export const interception: NetworkRule = (rounds, context) => {
  const foreign = rounds.flatMap((round) => (isCaptive(round) ? [] : foreignEnds(round)));
  const [first] = foreign;
  if (first === undefined) return outdatedPins(rounds, context);
  const inspected = foreign.map((facts) => allowedInspection(facts, context));
  const found = foreign.flatMap(describe);
  const [allowed] = inspected;
  if (allowed != null && inspected.every((one) => one !== null))
    return [
      conclude('network.inspected', 'proven', `${allowed.label} reads along: your organisation allows it here.`, found),
    ];
  const spared = rounds.some(({ verified }) => verified);
  const trusted = foreign.some(({ seen }) => seen.trusted === true);
  const guess = guessInterceptor(
    foreign.find(({ statement }) => statement !== null)?.statement?.hello?.ja4 ?? null,
    foreign.flatMap(({ certificates }) => certificates.map(({ issuer }) => issuer)),
  );
  const who = guess === null ? 'Somebody' : `Somebody (by the look of it ${guess})`;
  if (spared)
    return [
      conclude('tls.interception.selective', 'proven', `${who} reads connections to some names and spares others.`, [
        ...found,
        ...rounds
          .flatMap(({ tls }) => tls.filter(({ end, statement }) => end === 'genuine' && statement !== null))
          .flatMap(spare),
      ]),
    ];
  return [
    trusted
      ? conclude(
          'tls.interception.trusted_ca',
          'proven',
          `${who} reads encrypted connections, with an authority that this device trusts.`,
          found,
        )
      : conclude(
          'tls.interception.untrusted_ca',
          'proven',
          `${who} reads encrypted connections, with a certificate that this device does not trust.`,
          found,
        ),
  ];
};

/** Where a name led to the wrong place while our server's own address is fine, names are to blame and not the line: that is another rule's. */
function foreignEnds({ tls }: RoundFacts): readonly TlsFacts[] {
  const direct = tls.find(({ seen }) => seen.purpose === 'direct');
  const misled = direct?.end === 'genuine';
  return tls.filter(({ end, seen }) => end === 'foreign' && !(misled && seen.purpose === 'exchange'));
}

/** Our server with a key that this agent does not know yet: the exporter shows that nobody is in between. */
function outdatedPins(rounds: readonly RoundFacts[], _context: VerdictContext): ProbeFinding[] {
  const other = rounds.flatMap(({ tls }) => tls.filter(({ end, pinned }) => end === 'genuine' && !pinned));
  return other.length === 0
    ? []
    : [
        conclude(
          'tls.pin_mismatch',
          'proven',
          'The probe server has a key that this agent does not know. Nobody is in between; renew what the agent knows of it.',
          other.map(({ label, seen }) =>
            evidence(label, `key ${seen.leafSpki ?? ''}; both ends have the same channel`),
          ),
          'info',
        ),
      ];
}

function describe(facts: TlsFacts): ProbeEvidence[] {
  const { label, seen, certificates, statement, sameChannel } = facts;
  const [leaf] = certificates;
  const lines = [
    leaf === undefined
      ? `a key that is none of our server's: ${seen.leafSpki ?? ''}`
      : `certificate of “${leaf.subject}”, issued by “${leaf.issuer}”, ${leaf.keyAlgorithm} of ${leaf.keyBits ?? '?'} bits, ${seen.trusted === true ? 'trusted by this device' : `not trusted (${seen.trustError ?? 'unknown'})`}`,
    `key ${seen.leafSpki ?? ''}${facts.pinned ? ' is our server’s own' : ' is none of our server’s'}`,
  ];
  if (statement !== null && sameChannel === false)
    lines.push(
      'agent and server, which signed its side, have different channels (RFC 9266): there are two connections',
    );
  if (statement !== null && statement.tls.leafSpki !== seen.leafSpki)
    lines.push(`our server signs that it showed key ${statement.tls.leafSpki}`);
  if (statement?.hello != null) lines.push(`our server was greeted by a client with JA4 ${statement.hello.ja4}`);
  if (seen.purpose !== 'old' && seen.protocol !== null && /^TLSv1(\.[012])?$/.test(seen.protocol))
    lines.push(`held to ${seen.protocol}`);
  return [evidence(label, lines.join('; '))];
}

function spare({ label }: TlsFacts): ProbeEvidence[] {
  return [evidence(label, 'our server, its own key, one channel: this name is spared')];
}
