import ipaddr from 'ipaddr.js';

/** Finds the addresses of a host, as `dns.lookup(host, { all: true })` does. Rejects when there are none. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

export type TargetAddress =
  | { readonly address: string; readonly family: 4 | 6 }
  | { readonly refused: string }
  | { readonly unresolved: string };

/** Ranges of ipaddr.js that a webhook may reach; the second list only when the administrator allowed private addresses. */
const PUBLIC: ReadonlySet<string> = new Set(['unicast']);
const PRIVATE: ReadonlySet<string> = new Set(['loopback', 'private', 'uniqueLocal', 'carrierGradeNat']);

/**
 * The range of an address, IPv4 inside IPv6 (`::ffff:10.0.0.1`) judged as the IPv4 address it is. Link-local is refused always: that is where clouds keep the
 * credentials of the machine (169.254.169.254).
 */
export function mayReach(address: string, allowPrivate: boolean): boolean {
  if (!ipaddr.isValid(address)) return false;
  const range = ipaddr.process(address).range();
  return PUBLIC.has(range) || (allowPrivate && PRIVATE.has(range));
}

/**
 * The one address a request to this URL goes to. It is resolved once, checked, and then pinned for the connection: a name that answers differently a moment later (DNS
 * rebinding) changes nothing. Where a name has several addresses, all must be allowed.
 * @param hostname as in `URL.hostname`: an IPv6 address in brackets, other spellings of IPv4 already normalised by the URL parser
 */
export async function targetAddress(
  hostname: string,
  allowPrivate: boolean,
  resolve: ResolveHost,
): Promise<TargetAddress> {
  const literal = hostname.replace(/^\[(.*)\]$/, '$1');
  let addresses: readonly string[];
  if (ipaddr.isValid(literal)) {
    addresses = [literal];
  } else {
    try {
      addresses = await resolve(literal);
    } catch {
      return { unresolved: `the name ${literal} could not be resolved` };
    }
  }
  const [first] = addresses;
  if (first === undefined) return { unresolved: `the name ${literal} has no address` };
  const barred = addresses.find((address) => !mayReach(address, allowPrivate));
  if (barred !== undefined)
    return { refused: `${barred} is not a public address; a webhook must not reach into a private network` };
  return { address: first, family: ipaddr.parse(first).kind() === 'ipv6' ? 6 : 4 };
}
