import type { TunnelConfiguration, WireGuardKey } from '@vedette/contracts';

/** `host:port`, with an address of IPv6 in brackets. */
export const endpointText = ({ host, port }: TunnelConfiguration['gateway']['endpoints'][number]): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;

/**
 * The tunnel as a file for `wg-quick` (wg-quick(8)), and for the WireGuard apps of Android and iOS, which import the same. Further endpoints stand in it as comments: the format has one.
 * @param privateKey of the device; the file is then a secret
 */
export function writeWgQuick(configuration: TunnelConfiguration, privateKey: WireGuardKey): string {
  const { addresses, dns, mtu, gateway } = configuration;
  const [endpoint, ...others] = gateway.endpoints;
  if (endpoint === undefined) throw new RangeError('a tunnel has an endpoint');
  return [
    '[Interface]',
    `PrivateKey = ${privateKey}`,
    `Address = ${addresses.join(', ')}`,
    `DNS = ${dns.join(', ')}`,
    ...(mtu === null ? [] : [`MTU = ${mtu}`]),
    '',
    '[Peer]',
    `PublicKey = ${gateway.publicKey}`,
    `AllowedIPs = ${gateway.allowedIps.join(', ')}`,
    `Endpoint = ${endpointText(endpoint)}`,
    ...others.map((other) => `# Endpoint = ${endpointText(other)}`),
    ...(gateway.keepaliveSeconds === 0 ? [] : [`PersistentKeepalive = ${gateway.keepaliveSeconds}`]),
    '',
  ].join('\n');
}
