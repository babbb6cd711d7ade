import { type GatewayPeers, type GatewayRequest, WireGuardKey } from '@vedette/contracts';

/** The interface of a gateway as `wg show LINK dump` tells of it. */
export interface GatewayState {
  /** Null: the interface has no key yet. */
  readonly publicKey: string | null;
  readonly peers: readonly (GatewayRequest['peers'][number] & { readonly allowedIps: readonly string[] })[];
}

const NONE = '(none)';

/**
 * Reads `wg show LINK dump` (wg(8)): one line of the interface, one of each peer, parts between tabs. The private key stands in the first and is not kept.
 * @throws SyntaxError where it is something else
 */
export function readDump(text: string): GatewayState {
  const [head, ...lines] = text.split('\n').filter((line) => line !== '');
  const own = head?.split('\t') ?? [];
  if (own.length !== 4) throw new SyntaxError('this is no dump of an interface of WireGuard');
  return {
    publicKey: own[1] === undefined || own[1] === NONE ? null : own[1],
    peers: lines.map((line) => {
      const parts = line.split('\t');
      const [publicKey, , , allowed = '', handshake = '', received = '', sent = ''] = parts;
      const seconds = Number(handshake);
      if (parts.length !== 8 || !WireGuardKey.safeParse(publicKey).success || !Number.isSafeInteger(seconds))
        throw new SyntaxError('a line of this dump is no peer of WireGuard');
      return {
        publicKey: publicKey ?? '',
        allowedIps: allowed === NONE ? [] : allowed.split(','),
        lastHandshakeAt: seconds === 0 ? null : new Date(seconds * 1_000).toISOString(),
        receivedBytes: Number(received),
        sentBytes: Number(sent),
      };
    }),
  };
}

/** Most peers that one call changes: a command line has an end. */
const AT_ONCE = 200;

/**
 * What to tell `wg set LINK` so that exactly these peers are let in: those that are gone first, so that an address is free before somebody else gets it. Peers that are as they must be are not
 * touched, and their sessions go on.
 * @returns arguments after the name of the interface, call by call
 */
export function peerChanges(
  now: Pick<GatewayState, 'peers'>,
  wanted: GatewayPeers['peers'],
): readonly (readonly string[])[] {
  const known = new Map(now.peers.map(({ publicKey, allowedIps }) => [publicKey, allowedIps.toSorted().join()]));
  const keys = new Set(wanted.map(({ publicKey }) => publicKey));
  const gone = now.peers
    .filter(({ publicKey }) => !keys.has(publicKey))
    .map(({ publicKey }) => ['peer', publicKey, 'remove']);
  const come = wanted
    .filter(({ publicKey, allowedIps }) => known.get(publicKey) !== allowedIps.toSorted().join())
    .map(({ publicKey, allowedIps }) => ['peer', publicKey, 'allowed-ips', allowedIps.join(',')]);
  return [...inCalls(gone), ...inCalls(come)];
}

function inCalls(changes: readonly (readonly string[])[]): string[][] {
  const calls: string[][] = [];
  for (let at = 0; at < changes.length; at += AT_ONCE) calls.push(changes.slice(at, at + AT_ONCE).flat());
  return calls;
}
