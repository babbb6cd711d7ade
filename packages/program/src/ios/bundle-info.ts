import {
  booleanAt,
  dictionaryAt,
  itemsAt,
  numberAt,
  type PlistDictionary,
  type PlistValue,
  textAt,
  textsAt,
} from '@vedette/formats';
import type { IosBundle, IosBundleKind, TransportSecurity } from './ios-app.ts';

/** What a bundle's Info.plist says; `path` is its folder with a slash at the end. */
export function bundleInfo(
  kind: IosBundleKind,
  path: string,
  info: PlistDictionary | null,
): Omit<IosBundle, 'signing'> {
  const executable = textAt(info, 'CFBundleExecutable');
  const usageDescriptions = new Map<string, string>();
  for (const [key, value] of info?.entries ?? []) {
    if (key.endsWith('UsageDescription') && value.kind === 'string') usageDescriptions.set(key, value.value);
  }
  return {
    kind: kind === 'app' && isAppClip(info) ? 'app-clip' : kind,
    path,
    info,
    bundleId: textAt(info, 'CFBundleIdentifier'),
    name: textAt(info, 'CFBundleDisplayName') ?? textAt(info, 'CFBundleName'),
    version: textAt(info, 'CFBundleShortVersionString'),
    build: textAt(info, 'CFBundleVersion'),
    executable: executable === null ? null : path + executable,
    minimumOs: textAt(info, 'MinimumOSVersion'),
    deviceFamilies: itemsAt(info, 'UIDeviceFamily').flatMap((item) => numberAt(item) ?? []),
    urlSchemes: itemsAt(info, 'CFBundleURLTypes').flatMap((type) => textsAt(type, 'CFBundleURLSchemes')),
    queriedSchemes: textsAt(info, 'LSApplicationQueriesSchemes'),
    transportSecurity: transportSecurity(info),
    usageDescriptions,
    backgroundModes: textsAt(info, 'UIBackgroundModes'),
    extensionPoint: textAt(info, 'NSExtension', 'NSExtensionPointIdentifier'),
    fileSharing: booleanAt(info, 'UIFileSharingEnabled') ?? false,
  };
}

function isAppClip(info: PlistDictionary | null): boolean {
  return dictionaryAt(info, 'NSAppClip') !== null;
}

function transportSecurity(info: PlistDictionary | null): TransportSecurity {
  const settings = dictionaryAt(info, 'NSAppTransportSecurity');
  const domains = [...(dictionaryAt(settings, 'NSExceptionDomains')?.entries ?? [])];
  return {
    allowsArbitraryLoads: booleanAt(settings, 'NSAllowsArbitraryLoads'),
    allowsArbitraryLoadsInWebContent: booleanAt(settings, 'NSAllowsArbitraryLoadsInWebContent'),
    allowsArbitraryLoadsForMedia: booleanAt(settings, 'NSAllowsArbitraryLoadsForMedia'),
    allowsLocalNetworking: booleanAt(settings, 'NSAllowsLocalNetworking'),
    exceptions: domains.map(([domain, value]) => exception(domain, value)),
    pinnedDomains: [...(dictionaryAt(settings, 'NSPinnedDomains')?.entries.keys() ?? [])],
  };
}

/** Keys may carry `ThirdParty` in their name: the platform takes both forms. */
function exception(domain: string, value: PlistValue): TransportSecurity['exceptions'][number] {
  return {
    domain,
    includesSubdomains: booleanAt(value, 'NSIncludesSubdomains') ?? false,
    allowsInsecureLoads:
      booleanAt(value, 'NSExceptionAllowsInsecureHTTPLoads') ??
      booleanAt(value, 'NSThirdPartyExceptionAllowsInsecureHTTPLoads') ??
      false,
    minimumTls:
      textAt(value, 'NSExceptionMinimumTLSVersion') ?? textAt(value, 'NSThirdPartyExceptionMinimumTLSVersion'),
    requiresForwardSecrecy:
      booleanAt(value, 'NSExceptionRequiresForwardSecrecy') ??
      booleanAt(value, 'NSThirdPartyExceptionRequiresForwardSecrecy'),
  };
}
