import { computedAddress, nonceOfName } from '@vedette/network';
import { AUTHORITATIVE_ANSWER, type DecodedPacket, decode, encode, type Question } from 'dns-packet';
import { note, type Sightings } from './sightings.ts';

export interface NamesContext {
  readonly zone: string;
  readonly addresses: readonly string[];
  readonly sightings: Sightings;
}

const TTL_SECONDS = 1;
const NXDOMAIN = 3;
const REFUSED = 5;

/**
 * Answers one question about our zone (RFC 1035), and refuses all others: no recursion, one answer no longer than what it takes, so nobody is flooded through us.
 * @param client who asks, a resolver for others mostly
 * @returns null for what is no question
 */
export function answerNames(message: Uint8Array, client: string, context: NamesContext): Buffer | null {
  let packet: DecodedPacket;
  try {
    packet = decode(Buffer.from(message));
  } catch {
    return null;
  }
  const [question] = packet.questions ?? [];
  if (packet.type !== 'query' || question === undefined || packet.questions?.length !== 1) return null;
  const { rcode, address } = addressOfName(question, client, context);
  try {
    return encode({
      id: packet.id ?? 0,
      type: 'response',
      flags: (rcode === REFUSED ? 0 : AUTHORITATIVE_ANSWER) | rcode,
      questions: [question],
      answers:
        address === null
          ? []
          : [
              {
                type: address.includes(':') ? 'AAAA' : 'A',
                name: question.name,
                class: 'IN',
                ttl: TTL_SECONDS,
                data: address,
              },
            ],
    });
  } catch {
    return null;
  }
}

function addressOfName(
  { name, type }: Question,
  client: string,
  { zone, addresses, sightings }: NamesContext,
): { readonly rcode: number; readonly address: string | null } {
  const host = name.toLowerCase();
  if (host !== zone && !host.endsWith(`.${zone}`)) return { rcode: REFUSED, address: null };
  const none = { rcode: 0, address: null };
  const own = (): { rcode: number; address: string | null } => {
    const wanted = type === 'AAAA';
    return {
      rcode: 0,
      address: type !== 'A' && !wanted ? null : (addresses.find((address) => address.includes(':') === wanted) ?? null),
    };
  };
  const found = nonceOfName(host, zone);
  if (found === null)
    return host === zone || ['p', 'a', 'nx', 'www', 'ns'].some((label) => host === `${label}.${zone}`)
      ? own()
      : { rcode: NXDOMAIN, address: null };
  const sighting = sightings.of(found.nonce);
  sighting.dnsQueries += 1;
  note(sighting.resolvers, client.slice(0, 64));
  switch (found.kind) {
    case 'p':
      return own();
    case 'a':
      return type === 'A' ? { rcode: 0, address: computedAddress(found.nonce) } : none;
    case 'nx':
      return { rcode: NXDOMAIN, address: null };
  }
}
