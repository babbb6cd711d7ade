import ipaddr from 'ipaddr.js';

/** Most addresses of one block that are looked at: what a gateway could ever serve. */
const MOST_ADDRESSES = 1n << 20n;

/**
 * The lowest free address of a block, as text in its usual form (RFC 5952 for IPv6); null where all are taken. The first host is the gateway's own. The first and the last address of a
 * block of IPv4 name the block itself and everybody in it (RFC 919, 922); of IPv6 the first is every router's (RFC 4291, 2.6.1).
 * @param block `10.99.0.0/24`
 * @param taken addresses that are given out, in their usual form
 * @throws Error where the block is none
 */
export function freeAddress(block: string, taken: ReadonlySet<string>): string | null {
  const [base, length] = ipaddr.parseCIDR(block);
  const bits = base.kind() === 'ipv4' ? 32 : 128;
  const size = 1n << BigInt(bits - length);
  const first = toNumber(base.toByteArray()) & ~(size - 1n);
  const end = bits === 32 ? size - 1n : size;
  for (let host = 2n; host < end && host < MOST_ADDRESSES; host += 1n) {
    const address = fromNumber(first + host, bits);
    if (!taken.has(address)) return address;
  }
  return null;
}

/** The first host of a block: where the gateway itself is. @throws Error where the block is none */
export function gatewayAddress(block: string): string {
  const [base, length] = ipaddr.parseCIDR(block);
  const bits = base.kind() === 'ipv4' ? 32 : 128;
  return fromNumber((toNumber(base.toByteArray()) & ~((1n << BigInt(bits - length)) - 1n)) + 1n, bits);
}

/** Whether an address lies in a block of its family. */
export function isWithin(address: string, block: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const [base, length] = ipaddr.parseCIDR(block);
  const parsed = ipaddr.parse(address);
  return parsed.kind() === base.kind() && parsed.match(base, length);
}

/** The block of one address alone: `10.99.0.7/32`. */
export const alone = (address: string): string => `${address}/${address.includes(':') ? 128 : 32}`;

function toNumber(bytes: readonly number[]): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function fromNumber(value: bigint, bits: number): string {
  const bytes = Array.from({ length: bits / 8 }, (_, index) => Number((value >> BigInt(bits - 8 - index * 8)) & 0xffn));
  return ipaddr.fromByteArray(bytes).toString();
}
