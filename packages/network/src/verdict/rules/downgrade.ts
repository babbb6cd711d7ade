import { isCaptive } from '../captive.ts';
import { conclude, confidenceOf, evidence, type NetworkRule } from '../conclude.ts';

/** The sentinel in the server's random says that both could do better (RFC 8446, 4.1.3). */
const SENTINEL = /INAPPROPRIATE_FALLBACK|DOWNGRADE/i;
const isOld = (protocol: string | null): boolean => protocol !== null && /^TLSv1(\.[012])?$/.test(protocol);

/** Somebody keeps our connections to an older protocol than both ends speak. */
export const downgrade: NetworkRule = (rounds) => {
  const all = rounds.flatMap(({ tls }) => tls.filter(({ seen }) => seen.purpose !== 'old'));
  const proofs = all.filter(({ seen }) => SENTINEL.test(seen.error ?? ''));
  if (proofs.length > 0)
    return [
      conclude(
        'tls.downgrade_proof',
        'proven',
        'Somebody changed our greeting so that an older protocol was agreed on; the server’s random shows it.',
        proofs.map(({ label, seen }) =>
          evidence(label, `${seen.error ?? ''}: the server marked a downgrade that it did not ask for`),
        ),
      ),
    ];
  const held = all.filter(({ end, seen }) => end === 'genuine' && isOld(seen.protocol));
  if (held.length > 0)
    return [
      conclude(
        'tls.downgrade',
        'proven',
        'Connections are held to an older protocol than both ends speak.',
        held.map(({ label, seen }) => evidence(label, `agreed on ${seen.protocol ?? ''}; our server speaks TLS 1.3`)),
      ),
    ];
  const danced = rounds.filter((round) => {
    if (isCaptive(round)) return false;
    const main = round.tls.find(({ seen }) => seen.purpose === 'exchange' || seen.purpose === 'direct');
    const old = round.tls.find(({ seen }) => seen.purpose === 'old');
    const broken = ['reset', 'alert', 'closed', 'timeout'].includes(main?.seen.outcome ?? '') && main?.end === 'none';
    return broken && main?.seen.connectMs != null && old?.end === 'genuine' && old.seen.outcome === 'ok';
  });
  // One lost packet looks the same: it must happen again.
  if (danced.length < 2) return [];
  return [
    conclude(
      'tls.downgrade',
      confidenceOf(danced.length),
      'Only the older protocol gets through: greetings that offer TLS 1.3 are broken off.',
      danced.flatMap(({ tls }) =>
        tls
          .filter(({ seen }) => seen.purpose === 'old' || seen.purpose === 'exchange' || seen.purpose === 'direct')
          .map(({ label, seen }) =>
            evidence(
              label,
              seen.outcome === 'ok'
                ? `${seen.protocol ?? ''} went through`
                : `offered TLS 1.3: ${seen.outcome} ${seen.error ?? ''}`,
            ),
          ),
      ),
    ),
  ];
};
