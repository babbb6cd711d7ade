import type { XmlElement } from '@vedette/formats';
import { attributeOf, inManifest } from '../../evidence.ts';
import { asksFor } from '../../manifest-queries.ts';
import { descendants } from '../../network-security-config.ts';
import { isNo, isYes, xmlAttribute, xmlResources } from '../../resource-xml.ts';
import { type Finder, manifestTable } from '../../rule-table.ts';
import { inResources } from '../manifest/find-elements.ts';

/** Hosts of a `<domain-config>`, for a reader. */
function hostsOf(config: XmlElement): string {
  const hosts = config.children.filter(({ name }) => name === 'domain').map(({ text }) => text.trim());
  return hosts.length === 0 ? 'no host' : hosts.slice(0, 5).join(', ') + (hosts.length > 5 ? ' and others' : '');
}

/** Each `<pin-set>` with its hosts. */
function pinSets(look: (pins: XmlElement, hosts: string, nowMs: number) => string | null): Finder {
  return (image, ctx) =>
    inResources('network-security-config', ({ root }) =>
      descendants(root, 'domain-config').flatMap((config) =>
        config.children
          .filter(({ name }) => name === 'pin-set')
          .flatMap((element) => {
            const note = look(element, hostsOf(config), ctx.nowMs);
            return note === null ? [] : [{ element, note }];
          }),
      ),
    )(image, ctx);
}

const pinsOf = (set: XmlElement): readonly XmlElement[] => set.children.filter(({ name }) => name === 'pin');
const isExpired = (set: XmlElement, nowMs: number): boolean => {
  const end = Date.parse(xmlAttribute(set, 'expiration') ?? '');
  return !Number.isNaN(end) && end <= nowMs;
};
/** A SHA-256 in base64: 43 characters and one `=`. */
const isPin = (pin: XmlElement): boolean =>
  xmlAttribute(pin, 'digest') === 'SHA-256' && /^[A-Za-z0-9+/]{43}=$/.test(pin.text.trim());

/** `<certificates>` outside of `<debug-overrides>`. */
function certificates(look: (element: XmlElement) => string | null): Finder {
  return inResources('network-security-config', ({ root }) =>
    root.children
      .filter(({ name }) => name !== 'debug-overrides')
      .flatMap((child) => descendants(child, 'certificates'))
      .flatMap((element) => {
        const note = look(element);
        return note === null ? [] : [{ element, note }];
      }),
  );
}

const needs = ['manifest', 'archive'] as const;

/** What the network security configuration says besides cleartext and user certificates. Source: Android, network security configuration. */
export const NETWORK_CONFIG_RULES = manifestTable('network', [
  {
    name: 'pins-expired',
    title: 'The pinning of certificates has run out',
    why: 'After the day in the configuration the platform ignores the pins: the app believes that it is protected and is not.',
    remedy: 'Renew the pins, and set a new day.',
    severity: 'low',
    points: 1.5,
    classes: ['vulnerability'],
    masvs: ['NETWORK-2'],
    cwe: [298],
    needs,
    find: pinSets((set, hosts, nowMs) =>
      isExpired(set, nowMs) ? `pins for ${hosts} ended on ${xmlAttribute(set, 'expiration')}` : null,
    ),
  },
  {
    name: 'pins-without-backup',
    title: 'A host is pinned to a single key',
    why: 'When the server has to change its key, the app cannot connect until it is updated. It judges nothing.',
    remedy: 'Add the pin of a key that is kept in reserve.',
    masvs: ['NETWORK-2'],
    needs,
    find: pinSets((set, hosts) => (pinsOf(set).length === 1 ? `one pin for ${hosts}` : null)),
  },
  {
    name: 'pins-unusable',
    title: 'A pin is none',
    why: 'A pin is the SHA-256 of a key. What is something else never matches: it protects nothing, or nothing can be reached.',
    remedy: 'Compute the pin of the server’s key again.',
    severity: 'low',
    points: 0.5,
    masvs: ['NETWORK-2'],
    needs,
    find: pinSets((set, hosts) => {
      const wrong = pinsOf(set).filter((pin) => !isPin(pin)).length;
      if (pinsOf(set).length === 0) return `no pin for ${hosts}`;
      return wrong === 0 ? null : `${wrong} of ${pinsOf(set).length} pins for ${hosts} cannot match`;
    }),
  },
  {
    name: 'pins',
    title: 'The app pins the keys of its servers',
    why: 'Such a server cannot be imitated even with a certificate of a trusted authority. It judges nothing.',
    remedy: 'Nothing to do.',
    masvs: ['NETWORK-2'],
    needs,
    find: pinSets((set, hosts, nowMs) =>
      isExpired(set, nowMs) || !pinsOf(set).some(isPin) ? null : `${pinsOf(set).length} pins for ${hosts}`,
    ),
  },
  {
    name: 'pins-overridden',
    title: 'Some authorities are spared from pinning',
    why: 'With overridePins a certificate of that authority is accepted although the key is not pinned.',
    remedy: 'Remove overridePins from release builds.',
    severity: 'low',
    points: 1.5,
    classes: ['vulnerability'],
    masvs: ['NETWORK-2'],
    cwe: [295],
    needs,
    find: certificates((element) =>
      isYes(xmlAttribute(element, 'overridePins'))
        ? `<certificates src="${xmlAttribute(element, 'src') ?? ''}"> overrides pins`
        : null,
    ),
  },
  {
    name: 'own-authorities',
    title: 'The app trusts authorities of its own',
    why: 'Whoever holds their keys can stand between the app and its servers. Companies need it for their own servers.',
    remedy: 'Name the hosts that they are for, in <domain-config>.',
    masvs: ['NETWORK-1'],
    needs,
    find: certificates((element) => {
      const source = xmlAttribute(element, 'src') ?? '';
      return source === 'system' || source === 'user' || source === '' ? null : `<certificates src="${source}">`;
    }),
  },
  {
    name: 'debug-trust',
    title: 'The configuration trusts more in debug builds',
    why: 'It counts only where the build is debuggable. It judges nothing, and shows what the makers test with.',
    remedy: 'Nothing to do, as long as releases are not debuggable.',
    masvs: ['NETWORK-1'],
    needs,
    find: inResources('network-security-config', ({ root }) =>
      root.children
        .filter(({ name }) => name === 'debug-overrides')
        .map((element) => ({ element, note: '<debug-overrides>' })),
    ),
  },
  {
    name: 'transparency-off',
    title: 'The app does without the public log of certificates',
    why: 'The log shows certificates that an authority gave to the wrong party. Android 16 can ask for it.',
    remedy: 'Remove <certificateTransparency enabled="false">.',
    points: 0.5,
    masvs: ['NETWORK-1'],
    cwe: [295],
    needs,
    find: inResources('network-security-config', ({ root }) =>
      descendants(root, 'certificateTransparency')
        .filter((element) => isNo(xmlAttribute(element, 'enabled')))
        .map((element) => ({ element, note: 'certificate transparency is off' })),
    ),
  },
  {
    name: 'user-certificates-by-target',
    title: 'The app trusts certificates that the owner installed because it targets an old Android',
    why: 'Below target SDK 24 that is the default: whoever talks people into installing a certificate can read along.',
    remedy: 'Target SDK 24 or later.',
    severity: 'low',
    points: 2,
    classes: ['vulnerability'],
    masvs: ['NETWORK-1'],
    cwe: [295],
    attack: ['T1638'],
    find: (image, ctx) => {
      const target = image.manifest?.targetSdk ?? null;
      const application = image.manifest?.application ?? null;
      if (target === null || target >= 24 || application === null || !asksFor(image, 'INTERNET')) return [];
      const isConfigured =
        attributeOf(application, 'networkSecurityConfig') !== undefined &&
        xmlResources(ctx.heads(), 'network-security-config').length > 0;
      return isConfigured ? [] : [inManifest(application, `target SDK ${target}, without a configuration`)];
    },
  },
]);
