import type { Observable } from '@vedette/contracts';
import {
  booleanAt,
  dateAt,
  dictionaryAt,
  itemsAt,
  numberAt,
  type PlistValue,
  plistAt,
  readPlist,
  textAt,
} from '@vedette/formats';
import { appleTime } from '../device-time.ts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import { readStoredApp } from './backup-apps.ts';
import type { IosFile } from './ios-files.ts';
import { isoOf, type ListReader, MAX_ENTRIES } from './list-reader.ts';
import { NETWORK_LISTS } from './network-lists.ts';
import { PROFILE_LISTS } from './profile-lists.ts';

/** Lockdown Mode. */
const PREFERENCES: ListReader = {
  is: ({ path }) => /(?:^|\/)Library\/Preferences\/\.GlobalPreferences\.plist$/.test(path),
  *read(value, builder, file) {
    const on = booleanAt(value, 'LDMGlobalEnabled') ?? (numberAt(value, 'LDMGlobalEnabled') === 1 ? true : null);
    builder.observe('ios.lockdown-mode', String(on ?? false), { file: file.shownAs });
    yield* [];
  },
};

/** Network use of processes, by day. */
const NETWORK_BY_DAY: ListReader = {
  is: ({ path }) => /(?:^|\/)com\.apple\.osanalytics\.addaily\.plist$/.test(path),
  *read(value, _builder, file) {
    const entries = [...(dictionaryAt(value, 'netUsageBaseline')?.entries ?? [])].slice(0, MAX_ENTRIES);
    for (const [name, use] of entries) {
      const process = name.slice(name.lastIndexOf('/') + 1);
      const at = plistAt(use, 0);
      yield {
        artefact: 'ios.network-by-day',
        text: `${name} used the network`,
        at: at?.kind === 'date' ? isoOf(at.value) : null,
        place: { file: `${file.shownAs}#${name}` },
        fields: { process },
        observables: [{ kind: 'process', value: process }],
      };
    }
  },
};

/** Addresses that Apple’s services were asked about: who was written to, or who wrote. */
const ADDRESSES: ListReader = {
  is: ({ path }) => /(?:^|\/)(?:com\.apple\.identityservices\.|IdentityServices\/)idstatuscache\.plist$/.test(path),
  *read(value, _builder, file) {
    for (const [service, asked] of dictionaryAt(value)?.entries ?? []) {
      for (const [address, about] of [...(dictionaryAt(asked)?.entries ?? [])].slice(0, MAX_ENTRIES)) {
        const email = address.startsWith('mailto:') ? address.slice(7) : '';
        yield {
          artefact: 'ios.id-status',
          text: `${service} asked about ${email === '' ? 'a number' : email}`,
          at: appleTime(numberAt(about, 'LookupDate')),
          place: { file: `${file.shownAs}#${service}` },
          // A null byte in an address is no slip of the pen: it was made by a program.
          fields: { service, odd: String(address.includes('\0') || address.includes('\\x00\\x00')) },
          observables: email === '' ? [] : [{ kind: 'email', value: email }],
        };
      }
    }
  },
};

/** When a program last used each kind of location; the names are those that MVT reads. */
const LOCATION_TIMES = [
  'ConsumptionPeriodBegin',
  'ReceivingLocationInformationTimeStopped',
  'VisitTimeStopped',
  'LocationTimeStopped',
  'BackgroundLocationTimeStopped',
  'SignificantTimeStopped',
  'NonPersistentSignificantTimeStopped',
  'FenceTimeStopped',
  'FenceTimeStarted',
  'BeaconRegionTimeStopped',
] as const;

/** Programs that asked for the place of the phone. */
const LOCATION: ListReader = {
  is: ({ path }) => /(?:^|\/)locationd\/clients\.plist$/.test(path),
  *read(value, _builder, file) {
    for (const [key, client] of [...(dictionaryAt(value)?.entries ?? [])].slice(0, MAX_ENTRIES)) {
      if (dictionaryAt(client) === null) continue;
      const bundle = textAt(client, 'BundleId') ?? '';
      const paths = ['Executable', 'BundlePath', 'Registered'].flatMap((name) => textAt(client, name) ?? []);
      const [path = ''] = paths;
      const times = LOCATION_TIMES.flatMap((name) => numberAt(client, name) ?? []);
      yield {
        artefact: 'ios.location-client',
        text: `${bundle === '' ? key : bundle} asked where the phone is`,
        at: appleTime(times.length === 0 ? null : Math.max(...times)),
        place: { file: `${file.shownAs}#${key}` },
        fields: { bundle, path },
        observables: [
          { kind: 'app', value: bundle },
          ...[key.replace(/:+$/, ''), ...paths].flatMap((one): Observable[] => [
            ...(one.startsWith('/') ? [{ kind: 'path' as const, value: one }] : []),
            { kind: 'process', value: one.slice(one.lastIndexOf('/') + 1) },
          ]),
        ],
      };
    }
  },
};

/** Sites of browsing sessions (`full_browsing_session_resourceLog.plist`, up to iOS 12): from where each was reached by a redirect and where it led on (keys as MVT reads them). */
const SESSION_LOG: ListReader = {
  is: ({ path }) => /(?:^|\/)full_browsing_session_resourceLog\.plist$/.test(path),
  *read(value, _builder, file) {
    for (const [index, item] of itemsAt(value, 'browsingStatistics').slice(0, MAX_ENTRIES).entries()) {
      const origin = textAt(item, 'PrevalentResourceOrigin') ?? '';
      const [from, to] = [sitesIn(item, 'topFrameUniqueRedirectsFrom'), sitesIn(item, 'topFrameUniqueRedirectsTo')];
      const sites = [...new Set([origin, ...from, ...to])].filter((site) => site !== '');
      if (sites.length === 0) continue;
      const path = [
        ...(from.length === 0 ? [] : [from.join(', ')]),
        origin,
        ...(to.length === 0 ? [] : [to.join(', ')]),
      ];
      yield {
        artefact: 'ios.webkit-session',
        text: `A browsing session: ${path.join(' led on to ')}`,
        at: isoOf(dateAt(item, 'lastSeen')) ?? appleTime(numberAt(item, 'lastSeen')),
        place: { file: `${file.shownAs}#${index}` },
        fields: { origin, from: from.join(' '), to: to.join(' ') },
        observables: sites.map((site) => ({
          kind: site.includes('://') ? ('url' as const) : ('domain' as const),
          value: site,
        })),
      };
    }
  },
};

function sitesIn(item: PlistValue, key: string): string[] {
  return itemsAt(item, key)
    .slice(0, 20)
    .flatMap((one) => textAt(one, 'origin') ?? textAt(one, 'domain') ?? (one.kind === 'string' ? one.value : []));
}

/** What the store wrote beside an app, where the evidence is a file system. */
const STORE_METADATA: ListReader = {
  is: ({ path }) => /(?:^|\/)containers\/Bundle\/Application\/[^/]+\/iTunesMetadata\.plist$/.test(path),
  *read(value, builder, file) {
    readStoredApp(builder, file.shownAs, null, value);
    yield* [];
  },
};

const LISTS: readonly ListReader[] = [
  ...PROFILE_LISTS,
  ...NETWORK_LISTS,
  PREFERENCES,
  NETWORK_BY_DAY,
  ADDRESSES,
  LOCATION,
  SESSION_LOG,
  STORE_METADATA,
];

/** Whether a file is a property list that is read. */
export function isKnownList(file: IosFile): boolean {
  return LISTS.some((reader) => reader.is(file));
}

/** Reads a property list and writes its records. What is damaged costs a diagnostic. */
export function readList(builder: EvidenceBuilder, file: IosFile): void {
  const bytes = file.bytes();
  const value = bytes === null ? null : readPlist(bytes).value;
  if (value === null) {
    const message = bytes === null ? 'The file is in the list, and not in the evidence.' : 'It is no property list.';
    builder.diagnose({ id: 'ios.property-list', level: 'warning', message, where: file.shownAs });
    return;
  }
  for (const reader of LISTS) {
    if (!reader.is(file)) continue;
    for (const note of reader.read(value, builder, file)) builder.record(note);
  }
}
