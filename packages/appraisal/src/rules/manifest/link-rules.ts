import type { ManifestComponent, ManifestElement } from '@vedette/program';
import { attributeOf, inManifest } from '../../evidence.ts';
import { isYes } from '../../resource-xml.ts';
import { type Finder, manifestTable } from '../../rule-table.ts';
import { childrenOf } from './find-elements.ts';

/** An intent filter for links from web pages. */
interface LinkFilter {
  readonly component: ManifestComponent;
  readonly schemes: readonly string[];
  readonly hosts: readonly string[];
  readonly isVerified: boolean;
}

/** The schemes of other makers' apps, with the package names that may claim them. */
const OWNED_SCHEMES: ReadonlyMap<string, RegExp> = new Map([
  ['whatsapp', /^com\.whatsapp/],
  ['fb', /^com\.facebook/],
  ['instagram', /^com\.instagram|^com\.facebook/],
  ['fb-messenger', /^com\.facebook/],
  ['twitter', /^com\.twitter/],
  ['snapchat', /^com\.snapchat/],
  ['spotify', /^com\.spotify/],
  ['venmo', /^com\.venmo/],
  ['cashapp', /^com\.squareup/],
  ['paypal', /^com\.paypal/],
  ['alipays', /^com\.eg\.android\.|^com\.alipay/],
  ['weixin', /^com\.tencent/],
  ['otpauth-migration', /^com\.google/],
  ['msauth', /^com\.azure|^com\.microsoft/],
  ['coinbase', /^com\.coinbase|^org\.toshi/],
  ['revolut', /^com\.revolut/],
]);

function isLinkFilter(filter: ManifestElement): boolean {
  const has = (child: string, name: string): boolean =>
    childrenOf(filter, child).some((element) => attributeOf(element, 'name') === name);
  return has('action', 'android.intent.action.VIEW') && has('category', 'android.intent.category.BROWSABLE');
}

/** Evidence for filters for links of enabled, exported components of which `look` says something. */
function linkFilters(look: (filter: LinkFilter, packageName: string) => string | null): Finder {
  return ({ manifest }) =>
    (manifest?.components ?? [])
      .filter(({ exported, enabled }) => exported && enabled)
      .flatMap((component) =>
        childrenOf(component.element, 'intent-filter')
          .filter(isLinkFilter)
          .flatMap((filter) => {
            const values = (name: string): string[] =>
              childrenOf(filter, 'data').flatMap((data) => attributeOf(data, name) ?? []);
            const note = look(
              {
                component,
                schemes: values('scheme').map((scheme) => scheme.toLowerCase()),
                hosts: values('host'),
                isVerified: isYes(attributeOf(filter, 'autoVerify')),
              },
              manifest?.package ?? '',
            );
            return note === null ? [] : [inManifest(component.element, note, 'name')];
          }),
      );
}

const isWeb = ({ schemes }: LinkFilter): boolean => schemes.some((scheme) => scheme === 'https' || scheme === 'http');

/** Links from web pages into the app. Source: Android, app links; RFC 8252, section 8. */
export const LINK_RULES = manifestTable('manifest', [
  {
    name: 'link-over-http',
    title: 'Links without encryption open the app',
    why: 'Whoever can change the page that shows such a link chooses what the app is given.',
    remedy: 'Take http links only where old links must live on.',
    masvs: ['PLATFORM-1', 'NETWORK-1'],
    cwe: [319],
    find: linkFilters(({ schemes, hosts }) =>
      schemes.includes('http')
        ? `takes http links${hosts.length === 0 ? '' : ` of ${hosts.slice(0, 5).join(', ')}`}`
        : null,
    ),
  },
  {
    name: 'link-not-verified',
    title: 'Web links open the app without proof that the site is its maker’s',
    why: 'Another app can take the same links: the owner is asked, or since Android 12 the browser opens. What the link carries may end up elsewhere.',
    remedy: 'Set android:autoVerify="true", and publish assetlinks.json on the site.',
    points: 0.5,
    masvs: ['PLATFORM-1'],
    cwe: [940],
    find: linkFilters((filter) =>
      isWeb(filter) && filter.hosts.length > 0 && !filter.isVerified
        ? `takes links of ${filter.hosts.slice(0, 5).join(', ')}, without autoVerify`
        : null,
    ),
  },
  {
    name: 'link-of-any-site',
    title: 'The app offers itself for the links of every site',
    why: 'Browsers do. Any other app gets addresses, and secrets in them, that were not meant for it.',
    remedy: 'Name the hosts.',
    kind: 'declaration',
    points: 0.5,
    masvs: ['PLATFORM-1'],
    find: linkFilters((filter) =>
      isWeb(filter) && (filter.hosts.length === 0 || filter.hosts.includes('*')) ? 'takes links of every host' : null,
    ),
  },
  {
    name: 'link-host-wildcard',
    title: 'The app takes the links of all hosts below a domain',
    why: 'If one of them is given up or rented to customers, its owner can send links into the app.',
    remedy: 'Name the hosts one by one.',
    masvs: ['PLATFORM-1'],
    find: linkFilters(({ hosts }) => {
      const wild = hosts.filter((host) => /^\*\../.test(host));
      return wild.length === 0 ? null : `takes links of ${wild.slice(0, 5).join(', ')}`;
    }),
  },
  {
    name: 'link-to-files',
    title: 'Web pages can hand the app files',
    why: 'An address of a file or a content provider makes the app open data of the caller’s choice, its own private files included.',
    remedy: 'Take BROWSABLE out of filters for file and content.',
    points: 0.5,
    masvs: ['PLATFORM-1'],
    cwe: [939],
    find: linkFilters(({ schemes }) =>
      schemes.includes('file') || schemes.includes('content') ? 'takes addresses of files from web pages' : null,
    ),
  },
  {
    name: 'link-of-another-app',
    title: 'The app claims a link scheme that belongs to another maker’s app',
    why: 'Links meant for the other app, with sign-in codes or payments, can end up here.',
    remedy: 'Do not run the app until its maker explains it.',
    severity: 'low',
    kind: 'declaration',
    points: 1,
    malice: { base: 2 },
    masvs: ['PLATFORM-1'],
    attack: ['T1635.001'],
    find: linkFilters(({ schemes }, packageName) => {
      const foreign = schemes.filter((scheme) => OWNED_SCHEMES.get(scheme)?.test(packageName) === false);
      return foreign.length === 0 ? null : `claims ${foreign.map((scheme) => `${scheme}:`).join(', ')}`;
    }),
  },
]);
