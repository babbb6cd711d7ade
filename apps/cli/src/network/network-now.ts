import { networkInterfaces } from 'node:os';

/** Addresses of this machine: they are others on another network. Tunnels are not among them. */
export function networkNow(): string {
  return Object.entries(networkInterfaces())
    .flatMap(([name, addresses = []]) =>
      /^(vedette|wg|tun|tap|utun)/.test(name)
        ? []
        : addresses.filter(({ internal }) => !internal).map(({ address }) => `${name} ${address}`),
    )
    .toSorted()
    .join('\n');
}
