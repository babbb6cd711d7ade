import {
  dateAt,
  dictionaryAt,
  itemsAt,
  type PlistDictionary,
  type PlistValue,
  plistAt,
  textAt,
} from '@vedette/formats';
import { isoOf, type ListReader, MAX_ENTRIES } from './list-reader.ts';

/** Parts of a configuration that say what it does; keys of `NEConfiguration` (NetworkExtension), from memory. */
const PARTS: ReadonlyMap<string, string> = new Map([
  ['VPN', 'sends traffic through a VPN'],
  ['AOVPN', 'sends all traffic through a VPN'],
  ['AlwaysOnVPN', 'sends all traffic through a VPN'],
  ['AppVPN', 'sends traffic of apps through a VPN'],
  ['ContentFilter', 'filters what is loaded'],
  ['DNSProxy', 'answers for the names that are asked for'],
  ['DNSSettings', 'asks another server for names'],
  ['Relay', 'sends traffic through a relay'],
]);
const MAX_HOSTS = 20;

/**
 * VPNs, filters and other ways that traffic takes (`com.apple.networkextension.plist`): an archive of objects (`NSKeyedArchiver`), each named by its number in `$objects`. Every object with a name
 * and one of the parts above is a configuration.
 */
const CONFIGURATIONS: ListReader = {
  is: ({ path }) => /(?:^|\/)com\.apple\.networkextension\.plist$/.test(path),
  *read(value, _builder, file) {
    const objects = itemsAt(value, '$objects').slice(0, MAX_ENTRIES);
    for (const [index, one] of objects.entries()) {
      const about = dictionaryAt(one);
      if (about === null) continue;
      const name = named(objects, about, 'Name');
      const parts = [...PARTS].filter(([key]) => isThere(objects, about, key));
      if (name === '' || parts.length === 0) continue;
      const app = named(objects, about, 'Application');
      const profile = ['PayloadInfo', 'ProfileInfo'].some((key) => isThere(objects, about, key));
      const hosts = hostsBelow(
        objects,
        parts.map(([key]) => about.entries.get(key)),
      );
      yield {
        artefact: 'ios.network-configuration',
        text: `${name} ${parts.map(([, does]) => does).join(', ')}${app === '' ? '' : `, set up by ${app}`}`,
        place: { file: `${file.shownAs}#$objects/${index}` },
        fields: {
          name,
          app,
          parts: parts.map(([key]) => key).join(' '),
          profile: String(profile),
          hosts: hosts.join(' '),
        },
        observables: [
          { kind: 'app', value: app },
          ...hosts.map((host) => ({
            kind: /^[\d.]+$/.test(host) ? ('ip' as const) : ('domain' as const),
            value: host,
          })),
        ],
        transient: true,
      };
    }
  },
};

function resolve(objects: readonly PlistValue[], value: PlistValue | null | undefined): PlistValue | null {
  return value?.kind === 'uid' ? (objects[value.value] ?? null) : (value ?? null);
}

function named(objects: readonly PlistValue[], about: PlistDictionary, key: string): string {
  const value = resolve(objects, about.entries.get(key));
  return value?.kind === 'string' && value.value !== '$null' ? value.value : '';
}

function isThere(objects: readonly PlistValue[], about: PlistDictionary, key: string): boolean {
  return dictionaryAt(resolve(objects, about.entries.get(key))) !== null;
}

/** Hosts in the objects below: texts that look like a name or an address. */
function hostsBelow(objects: readonly PlistValue[], from: readonly (PlistValue | undefined)[]): string[] {
  const found = new Set<string>();
  const seen = new Set<PlistValue>();
  const open: (PlistValue | null | undefined)[] = [...from];
  while (open.length > 0 && seen.size < 2_000 && found.size < MAX_HOSTS) {
    const one = resolve(objects, open.pop());
    if (one === null || seen.has(one)) continue;
    seen.add(one);
    if (one.kind === 'string') {
      const host = /^(?:https?:\/\/)?((?:[a-z0-9-]+\.)+[a-z0-9-]{2,})(?:[:/].*)?$/i.exec(one.value)?.[1];
      if (host !== undefined) found.add(host);
      else if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(one.value)) found.add(one.value);
    } else if (one.kind === 'array') open.push(...one.items.slice(0, 500));
    else if (one.kind === 'dictionary')
      for (const [key, inner] of [...one.entries].slice(0, 500))
        if (!/^\$|Identifier$|^Application$/.test(key)) open.push(inner);
  }
  return [...found];
}

/** Networks that the phone joined (`com.apple.wifi.known-networks.plist`, iOS 15 on; keys as seen in public samples): who may read along, and since when. */
const KNOWN_NETWORKS: ListReader = {
  is: ({ path }) => /(?:^|\/)com\.apple\.wifi\.known-networks\.plist$/.test(path),
  *read(value, _builder, file) {
    for (const [key, network] of [...(dictionaryAt(value)?.entries ?? [])].slice(0, MAX_ENTRIES)) {
      if (dictionaryAt(network) === null) continue;
      const ssid = plistAt(network, 'SSID');
      const name =
        ssid?.kind === 'string'
          ? ssid.value
          : ssid?.kind === 'data'
            ? new TextDecoder().decode(ssid.value)
            : key.replace(/^wifi\.network\.ssid\./, '');
      const security = textAt(network, 'SupportedSecurityTypes') ?? textAt(network, 'SecurityType') ?? '';
      const joined = dateAt(network, 'JoinedByUserAt') ?? dateAt(network, 'JoinedBySystemAt');
      yield {
        artefact: 'ios.wifi-network',
        text: `The phone joined the network ${name.slice(0, 100)}${security === '' ? '' : ` (${security})`}`,
        at: isoOf(joined ?? dateAt(network, 'UpdatedAt') ?? dateAt(network, 'AddedAt')),
        place: { file: `${file.shownAs}#${key}` },
        fields: { name, security },
      };
    }
  },
};

/** How traffic leaves the phone. */
export const NETWORK_LISTS: readonly ListReader[] = [CONFIGURATIONS, KNOWN_NETWORKS];
