import type { LinkObservation, ProbeFinding } from '@vedette/contracts';
import { conclude, confidenceOf, evidence, type NetworkRule } from '../conclude.ts';

type Look = (link: LinkObservation) => string | null;

/** Rounds in which something is to be seen below. */
function found(rounds: Parameters<NetworkRule>[0], look: Look): ProbeFinding['evidence'] {
  return rounds.flatMap(({ round, number }) => {
    const text = round.link === null ? null : look(round.link);
    return text === null ? [] : [evidence(`round ${number} · link`, text)];
  });
}

/** Somebody passes for the router: its hardware address changed, and another host here has the same (RFC 826 trusts any answer). */
export const arpSpoofing: NetworkRule = (rounds) => {
  const shared = found(rounds, ({ gateway, gatewayMacs, gatewayMacBefore, sharedWith }) => {
    const before = [...new Set([...(gatewayMacBefore === null ? [] : [gatewayMacBefore]), ...gatewayMacs])];
    return gateway?.mac == null || before.length < 2 || sharedWith.length === 0
      ? null
      : `${gateway.address} was at ${before[0] ?? ''}, now at ${gateway.mac}, which is ${sharedWith.join(', ')} as well`;
  });
  if (shared.length > 0)
    return [conclude('lan.arp_spoofing', 'confirmed', 'Somebody in this network passes for its router.', shared)];
  const changed = found(rounds, ({ gateway, gatewayMacs, gatewayMacBefore }) => {
    const before = [...new Set([...(gatewayMacBefore === null ? [] : [gatewayMacBefore]), ...gatewayMacs])];
    return gateway?.mac == null || before.length < 2
      ? null
      : `${gateway.address} was at ${before[0] ?? ''}, now at ${gateway.mac}`;
  });
  return changed.length === 0
    ? []
    : [
        conclude(
          'lan.gateway_changed',
          confidenceOf(changed.length),
          'The router has another hardware address than before: replaced, or one of several.',
          changed,
        ),
      ];
};

/** A router for IPv6 that was not here before (RFC 6104). */
export const newRouter: NetworkRule = (rounds) => {
  const seen = found(rounds, ({ ipv6Routers, ipv6RoutersBefore }) => {
    if (ipv6RoutersBefore === null) return null;
    const added = ipv6Routers.filter((router) => !ipv6RoutersBefore.includes(router));
    return added.length === 0 ? null : `new: ${added.join(', ')}; known: ${ipv6RoutersBefore.join(', ') || 'none'}`;
  });
  return seen.length === 0
    ? []
    : [conclude('lan.rogue_ra', confidenceOf(seen.length), 'Somebody announces himself as a router for IPv6.', seen)];
};

export const wifi: NetworkRule = (rounds) => {
  const weak = found(rounds, ({ wifi: now }) =>
    now !== null && ['open', 'wep', 'wpa-tkip'].includes(now.security)
      ? `“${now.ssid ?? ''}” is protected by: ${now.security}`
      : null,
  );
  const twin = found(rounds, ({ wifi: now }) => {
    if (now === null || now.bssid === null || now.bssidsBefore.length === 0 || now.bssidsBefore.includes(now.bssid))
      return null;
    const protectedBefore = now.securityBefore !== null && !['open', 'wep'].includes(now.securityBefore);
    return protectedBefore && ['open', 'wep'].includes(now.security)
      ? `“${now.ssid ?? ''}” was ${now.securityBefore ?? ''}; now it is ${now.security}, at an access point that was never seen: ${now.bssid}`
      : null;
  });
  return [
    ...(weak.length === 0
      ? []
      : [
          conclude(
            'wifi.weak_security',
            confidenceOf(weak.length),
            'This Wi-Fi does not protect what is sent over it.',
            weak,
          ),
        ]),
    ...(twin.length === 0
      ? []
      : [
          conclude(
            'wifi.evil_twin_suspect',
            confidenceOf(twin.length),
            'This Wi-Fi has a known name, and is another.',
            twin,
          ),
        ]),
  ];
};

/** What leads traffic elsewhere by settings. */
export const detours: NetworkRule = (rounds) => {
  const proxied = found(rounds, ({ proxy, proxyExpected }) =>
    proxy !== null && !proxyExpected ? `proxy ${proxy}` : null,
  );
  const tunnelled = found(rounds, ({ vpn }) =>
    vpn?.active === true && !vpn.expected ? `VPN with address ${vpn.address ?? 'unknown'}` : null,
  );
  const leaking = rounds.flatMap(({ round, number, tls }) => {
    const vpn = round.link?.vpn;
    const address = vpn?.active === true && vpn.expected ? vpn.address : null;
    return address == null
      ? []
      : tls
          .filter(
            ({ statement, end }) => end === 'genuine' && statement !== null && statement.client.address !== address,
          )
          .map(({ statement }) =>
            evidence(
              `round ${number} · tls`,
              `our server signs that it was asked from ${statement?.client.address ?? ''}; the tunnel is ${address}`,
            ),
          );
  });
  return [
    ...(proxied.length === 0
      ? []
      : [
          conclude(
            'proxy.injected',
            confidenceOf(proxied.length),
            'A proxy is set that your organisation did not set.',
            proxied,
          ),
        ]),
    ...(tunnelled.length === 0
      ? []
      : [
          conclude(
            'vpn.unexpected',
            confidenceOf(tunnelled.length),
            'A VPN is up that your organisation did not set up.',
            tunnelled,
          ),
        ]),
    ...(leaking.length === 0 ? [] : [conclude('vpn.leak', 'proven', 'Traffic goes beside the tunnel.', leaking)]),
  ];
};
