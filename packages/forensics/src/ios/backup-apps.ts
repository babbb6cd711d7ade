import { dataAt, dateAt, dictionaryAt, numberAt, type PlistValue, readPlist, textAt, textsAt } from '@vedette/formats';
import type { EvidenceBuilder } from '../evidence-builder.ts';

/** Sources that `iTunesMetadata` names for apps of the App Store, of management and of the system. */
const STORE_SOURCES: ReadonlySet<string> = new Set([
  'com.apple.AppStore',
  'com.apple.appstored',
  'com.apple.dmd',
  'dmd',
  'com.apple.storekitservice',
  'com.apple.AppStore.ProductPageExtension',
  'com.apple.ios.StoreKitUIService',
]);

/** The list of apps in a backup's `Info.plist`: names, and for each what the store wrote down (`iTunesMetadata`). `isWhole`: an app that it does not name is not there. */
export function readBackupApps(builder: EvidenceBuilder, file: string, info: PlistValue, isWhole = true): void {
  const details = dictionaryAt(info, 'Applications');
  const names = new Set([...textsAt(info, 'Installed Applications'), ...(details?.entries.keys() ?? [])]);
  for (const name of names) {
    const stored = dataAt(details?.entries.get(name), 'iTunesMetadata');
    const metadata = stored === null ? null : readPlist(stored).value;
    const source = textAt(metadata, 'sourceApp');
    const place = { file: `${file}#${name}` };
    const bundle = textAt(metadata, 'softwareVersionBundleId') ?? name;
    const version = textAt(metadata, 'bundleShortVersionString');
    const installed =
      dateAt(metadata, 'com.apple.iTunesStore.downloadInfo', 'purchaseDate') ??
      textAt(metadata, 'com.apple.iTunesStore.downloadInfo', 'purchaseDate');
    builder.app({
      package: bundle.slice(0, 300),
      label: textAt(metadata, 'itemName')?.slice(0, 300) ?? null,
      versionName: version?.slice(0, 200) ?? null,
      installer: source?.slice(0, 300) ?? null,
      rawRef: place.file.slice(-500),
    });
    builder.record({
      artefact: 'ios.application',
      text: `${bundle}${version === null ? '' : ` ${version}`}: ${source === null ? 'no store says where it came from' : `from ${source}`}`,
      at: isoOf(installed),
      place,
      fields: {
        bundle,
        source: source ?? '',
        known: String(source === null || STORE_SOURCES.has(source)),
        metadata: String(metadata !== null),
        item: String(numberAt(metadata, 'itemId') ?? ''),
      },
      observables: [{ kind: 'app', value: bundle }],
    });
  }
  if (isWhole && names.size > 0) builder.inventoryRead({ file });
}

function isoOf(text: string | null): string | null {
  if (text === null) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
