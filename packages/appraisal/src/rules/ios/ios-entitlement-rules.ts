import { booleanAt, type PlistValue } from '@vedette/formats';
import type { AppImage } from '@vedette/program';
import { inFile, shorten } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';
import { inInfo, runningBundles } from './ios-evidence.ts';

/** Apple gives these to its own programs; jailbreak tools and installers that abuse signing flaws take them. */
const PRIVATE_PREFIXES: readonly string[] = ['com.apple.private.', 'com.apple.springboard.', 'com.apple.backboardd.'];
const PRIVATE: ReadonlySet<string> = new Set([
  'task_for_pid-allow',
  'platform-application',
  'dynamic-codesigning',
  'run-unsigned-code',
  'proc_info-allow',
  'com.apple.system-task-ports',
  'com.apple.security.no-sandbox',
  'com.apple.security.no-container',
]);

/** Granted by Apple to honest apps on request: they see traffic or watch over the device. */
const FAR_REACHING: ReadonlyMap<string, string> = new Map([
  ['com.apple.developer.networking.networkextension', 'may carry, filter or resolve the traffic of other apps'],
  ['com.apple.developer.networking.vpn.api', 'may set up a VPN'],
  ['com.apple.developer.networking.HotspotHelper', 'may take part in joining Wi-Fi networks'],
  ['com.apple.developer.family-controls', 'may limit and watch the use of other apps'],
  ['com.apple.developer.associated-domains.mdm-managed', 'lets the management of the device name its domains'],
]);

/** Rules on entitlements of every program in the app. Source: Apple, Entitlements reference; xnu, AppleMobileFileIntegrity. */
export const IOS_ENTITLEMENT_RULES: readonly Rule[] = [
  {
    id: 'ios.entitlement.private',
    version: 1,
    title: 'The app claims rights that Apple keeps for itself',
    why: 'They lead out of the sandbox or into other programs. iOS refuses them from other makers, unless it is jailbroken or its check of signatures is got round.',
    remedy: 'Remove the app unless you know who made it and why it needs this.',
    severity: 'medium',
    kind: 'declaration',
    needs: ['signature'],
    malice: { base: 10, step: 1, max: 16 },
    classes: ['riskware'],
    mappings: { masvs: ['MASVS-RESILIENCE-1'], cwe: ['CWE-250'] },
    run: (image) =>
      claims(image, (name) =>
        PRIVATE.has(name) || PRIVATE_PREFIXES.some((prefix) => name.startsWith(prefix)) ? 'kept for Apple' : null,
      ),
  },
  {
    id: 'ios.entitlement.far-reaching',
    version: 1,
    title: 'The app has rights over the network or over other apps',
    why: 'VPNs, content filters and parental controls need this, and Apple grants it on request; in the wrong hands it shows all traffic.',
    remedy: 'Check that what the app is for explains it.',
    severity: 'info',
    kind: 'fact',
    needs: ['signature'],
    classes: [],
    mappings: { masvs: ['MASVS-PLATFORM-1'] },
    run: (image) => claims(image, (name) => FAR_REACHING.get(name) ?? null),
  },
  {
    id: 'ios.manifest.keyboard-full-access',
    version: 1,
    title: 'The app brings a keyboard that may ask for full access',
    why: 'With full access a keyboard may send what is typed in other apps over the network.',
    remedy: 'Allow full access only to a keyboard whose maker you trust.',
    severity: 'low',
    kind: 'declaration',
    needs: ['manifest'],
    malice: { base: 2 },
    dataRisk: { base: 4 },
    classes: [],
    mappings: { masvs: ['MASVS-PLATFORM-1'], attack: ['T1417.001'] },
    run: ({ ios }) =>
      hit(
        runningBundles(ios)
          .filter(
            ({ extensionPoint, info }) =>
              extensionPoint === 'com.apple.keyboard-service' &&
              booleanAt(info, 'NSExtension', 'NSExtensionAttributes', 'RequestsOpenAccess') === true,
          )
          .map((bundle) => inInfo(bundle, 'RequestsOpenAccess is true')),
      ),
  },
];

/**
 * Evidence for each entitlement, of each binary, that `find` says something of. Both forms count, XML and DER: which of
 * them a version of the platform believes differs, so a right in either is a right claimed. One set to false is none.
 */
function claims({ ios }: AppImage, find: (name: string) => string | null): ReturnType<Rule['run']> {
  return hit(
    (ios?.binaries ?? []).flatMap(({ path, signatures }) => {
      const forms = signatures.flatMap(({ signature }) => [signature?.entitlements.der, signature?.entitlements.xml]);
      return [...new Set(forms.flatMap(namesOf))].flatMap((name) => {
        const note = find(name);
        return note === null ? [] : [inFile(shorten(path), `entitlement ${shorten(name)}: ${note}`)];
      });
    }),
  );
}

function namesOf(value: PlistValue | null | undefined): readonly string[] {
  if (value?.kind !== 'dictionary') return [];
  return [...value.entries].filter(([, claim]) => claim.kind !== 'boolean' || claim.value).map(([name]) => name);
}
