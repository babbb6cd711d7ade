import { dataAt, dateAt, dictionaryAt, numberAt, type PlistValue, readPlist, textAt, textsAt } from '@vedette/formats';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import { isoOf } from './list-reader.ts';

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
    readStoredApp(builder, `${file}#${name}`, name, stored === null ? null : readPlist(stored).value);
  }
  if (isWhole && names.size > 0) builder.inventoryRead({ file });
}

/**
 * One app and what the store wrote beside it. `name` is how the evidence names it, `metadata` the list `iTunesMetadata`; null where there is none.
 * An app whose list says nothing of its bundle was not written by the store as it always does.
 */
export function readStoredApp(
  builder: EvidenceBuilder,
  file: string,
  name: string | null,
  metadata: PlistValue | null,
): void {
  const source = textAt(metadata, 'sourceApp');
  const place = { file };
  const stated = textAt(metadata, 'softwareVersionBundleId');
  const bundle = stated ?? name ?? '';
  const version = textAt(metadata, 'bundleShortVersionString');
  const installed =
    dateAt(metadata, 'com.apple.iTunesStore.downloadInfo', 'purchaseDate') ??
    textAt(metadata, 'com.apple.iTunesStore.downloadInfo', 'purchaseDate');
  if (bundle !== '')
    builder.app({
      package: bundle.slice(0, 300),
      label: textAt(metadata, 'itemName')?.slice(0, 300) ?? null,
      versionName: version?.slice(0, 200) ?? null,
      installer: source?.slice(0, 300) ?? null,
      rawRef: file.slice(-500),
    });
  const shown = bundle === '' ? 'An app without an identifier' : bundle;
  builder.record({
    artefact: 'ios.application',
    text: `${shown}${version === null ? '' : ` ${version}`}: ${source === null ? 'no store says where it came from' : `from ${source}`}`,
    at: isoOf(installed),
    place,
    fields: {
      bundle,
      source: source ?? '',
      known: String(source === null || STORE_SOURCES.has(source)),
      metadata: String(metadata !== null),
      named: String(metadata === null || stated !== null),
      item: String(numberAt(metadata, 'itemId') ?? ''),
    },
    observables: [{ kind: 'app', value: bundle }],
  });
}
