import type { IosApp, IosBundle } from '@vedette/program';
import { shorten } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';
import { inInfo, runningBundles } from './ios-evidence.ts';

/** Background modes that let an app listen or follow its user while it is not seen. */
const WATCHING_MODES: ReadonlySet<string> = new Set(['location', 'audio', 'voip', 'bluetooth-central']);

/** Rules on what Info.plist asks for and opens up. Source: Apple, Information Property List reference. */
export const IOS_BUNDLE_RULES: readonly Rule[] = [
  {
    id: 'ios.network.arbitrary-loads',
    version: 2,
    title: 'App Transport Security is switched off',
    why: 'The app may talk to any server without TLS, so that others on the network may read and change what it sends.',
    remedy: 'Remove NSAllowsArbitraryLoads and serve everything over TLS.',
    severity: 'medium',
    kind: 'weakness',
    needs: ['manifest'],
    dataRisk: { base: 15 },
    classes: ['vulnerability'],
    mappings: { masvs: ['MASVS-NETWORK-1'], cwe: ['CWE-319'] },
    run: ({ ios }) =>
      perBundle(ios, (bundle) =>
        bundle.transportSecurity.allowsArbitraryLoads === true && !isOverruled(bundle)
          ? ['NSAllowsArbitraryLoads is true']
          : [],
      ),
  },
  {
    id: 'ios.network.partly-arbitrary-loads',
    version: 1,
    title: 'Web pages or media in the app may be loaded without TLS',
    why: 'Others on the network may read and change them; a changed page can ask for passwords in the name of the app.',
    remedy: 'Load pages and media over TLS and remove the exception.',
    severity: 'low',
    kind: 'weakness',
    needs: ['manifest'],
    dataRisk: { base: 4 },
    classes: [],
    mappings: { masvs: ['MASVS-NETWORK-1'], cwe: ['CWE-319'] },
    run: ({ ios }) =>
      perBundle(ios, ({ transportSecurity }) => [
        ...(transportSecurity.allowsArbitraryLoadsInWebContent === true
          ? ['NSAllowsArbitraryLoadsInWebContent is true']
          : []),
        ...(transportSecurity.allowsArbitraryLoadsForMedia === true ? ['NSAllowsArbitraryLoadsForMedia is true'] : []),
      ]),
  },
  {
    id: 'ios.network.old-tls',
    version: 1,
    title: 'Single servers may be talked to by outdated TLS',
    why: 'TLS 1.0 and 1.1 have known flaws, and RFC 8996 forbids them.',
    remedy: 'Serve these domains by TLS 1.2 or later and remove NSExceptionMinimumTLSVersion.',
    severity: 'low',
    kind: 'weakness',
    needs: ['manifest'],
    dataRisk: { base: 3 },
    classes: ['vulnerability'],
    mappings: { masvs: ['MASVS-NETWORK-1'], cwe: ['CWE-327'] },
    run: ({ ios }) =>
      perBundle(ios, ({ transportSecurity }) =>
        transportSecurity.exceptions.flatMap(({ domain, minimumTls }) =>
          minimumTls === 'TLSv1.0' || minimumTls === 'TLSv1.1' ? [`${minimumTls} allowed for ${shorten(domain)}`] : [],
        ),
      ),
  },
  {
    id: 'ios.manifest.low-minimum-os',
    version: 1,
    title: 'The app runs on versions of iOS that get no more fixes',
    why: 'Versions before 12 have had no security updates since 2019, so that known flaws stay open there.',
    remedy: 'Raise MinimumOSVersion.',
    severity: 'info',
    kind: 'weakness',
    needs: ['manifest'],
    dataRisk: { base: 2 },
    classes: [],
    mappings: { masvs: ['MASVS-CODE-1'], cwe: ['CWE-1104'] },
    run: ({ ios }) =>
      hit(
        ios !== null && majorOf(ios.main.minimumOs) < 12
          ? [inInfo(ios.main, `MinimumOSVersion is ${shorten(ios.main.minimumOs ?? '')}`)]
          : [],
      ),
  },
  {
    id: 'ios.network.insecure-exception',
    version: 1,
    title: 'Single servers may be talked to without TLS',
    why: 'What goes to these servers may be read and changed by others on the network.',
    remedy: 'Serve these domains over TLS and remove NSExceptionAllowsInsecureHTTPLoads.',
    severity: 'low',
    kind: 'weakness',
    needs: ['manifest'],
    dataRisk: { base: 5, step: 1, max: 10 },
    classes: ['vulnerability'],
    mappings: { masvs: ['MASVS-NETWORK-1'], cwe: ['CWE-319'] },
    run: ({ ios }) =>
      perBundle(ios, ({ transportSecurity }) =>
        transportSecurity.exceptions
          .filter(({ allowsInsecureLoads }) => allowsInsecureLoads)
          .map(({ domain }) => `insecure loads allowed for ${shorten(domain)}`),
      ),
  },
  {
    id: 'ios.manifest.custom-scheme',
    version: 1,
    title: 'The app opens addresses of its own scheme',
    why: 'Any app or web page may open such an address, and another app may claim the same scheme and get what was meant for this one.',
    remedy: 'Use universal links for anything secret, and check all that comes in by an address.',
    severity: 'info',
    kind: 'declaration',
    needs: ['manifest'],
    dataRisk: { base: 2 },
    classes: [],
    mappings: { masvs: ['MASVS-PLATFORM-1'], cwe: ['CWE-939'] },
    run: ({ ios }) => perBundle(ios, ({ urlSchemes }) => urlSchemes.map((scheme) => `scheme ${shorten(scheme)}`)),
  },
  {
    id: 'ios.manifest.file-sharing',
    version: 1,
    title: 'The app’s documents are open to a connected computer',
    why: 'Whoever holds the unlocked device and a cable may copy and replace the files in its Documents folder.',
    remedy: 'Remove UIFileSharingEnabled, or keep nothing secret in Documents.',
    severity: 'low',
    kind: 'weakness',
    needs: ['manifest'],
    dataRisk: { base: 5 },
    classes: [],
    mappings: { masvs: ['MASVS-STORAGE-2'], cwe: ['CWE-552'] },
    run: ({ ios }) => perBundle(ios, ({ fileSharing }) => (fileSharing ? ['UIFileSharingEnabled is true'] : [])),
  },
  {
    id: 'ios.manifest.background-watch',
    version: 1,
    title: 'The app may go on in the background with location, sound or nearby devices',
    why: 'Honest apps such as navigation and calls need this; spying apps do as well.',
    remedy: 'Check that what the app is for explains it.',
    severity: 'info',
    kind: 'declaration',
    needs: ['manifest'],
    malice: { base: 2 },
    classes: [],
    mappings: { masvs: ['MASVS-PLATFORM-1'] },
    run: ({ ios }) =>
      perBundle(ios, ({ backgroundModes }) =>
        backgroundModes.filter((mode) => WATCHING_MODES.has(mode)).map((mode) => `background mode ${mode}`),
      ),
  },
];

/** What is found in the Info.plist of the app and of each bundle in it that runs by itself. */
function perBundle(ios: IosApp | null, find: (bundle: IosBundle) => readonly string[]): ReturnType<Rule['run']> {
  return hit(runningBundles(ios).flatMap((bundle) => find(bundle).map((note) => inInfo(bundle, note))));
}

/**
 * Since iOS 10 the platform ignores NSAllowsArbitraryLoads where one of the narrower keys is written, whatever its
 * value. Source: Apple, NSAllowsArbitraryLoads. An app that also runs on iOS 9 is open there.
 */
function isOverruled({ minimumOs, transportSecurity }: IosBundle): boolean {
  const { allowsArbitraryLoadsInWebContent, allowsArbitraryLoadsForMedia, allowsLocalNetworking } = transportSecurity;
  const narrower = [allowsArbitraryLoadsInWebContent, allowsArbitraryLoadsForMedia, allowsLocalNetworking];
  return majorOf(minimumOs) >= 10 && narrower.some((value) => value !== null);
}

/** `15` of `15.2`; not a number, and so neither below nor above anything, for what is no version. */
function majorOf(version: string | null): number {
  return /^\d{1,3}(?:\.|$)/.test(version ?? '') ? Number.parseInt(version ?? '', 10) : Number.NaN;
}
