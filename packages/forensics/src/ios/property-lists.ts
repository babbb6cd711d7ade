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
import type { EvidenceBuilder, RecordNote } from '../evidence-builder.ts';
import type { IosFile } from './ios-files.ts';

/** One artefact that is a property list. */
interface ListReader {
  readonly is: (file: IosFile) => boolean;
  readonly read: (value: PlistValue, builder: EvidenceBuilder, file: IosFile) => Iterable<RecordNote>;
}

const MAX_ENTRIES = 20_000;

/** Installed configuration profiles: what each sets is in its payloads. */
const PROFILES: ListReader = {
  is: ({ path }) => /(?:^|\/)(?:ConfigurationProfiles|MCState\/Shared)\/profile-[^/]+\.stub$/.test(path),
  *read(value, _builder, file) {
    const name = textAt(value, 'PayloadDisplayName') ?? textAt(value, 'PayloadIdentifier') ?? 'without a name';
    const payloads = itemsAt(value, 'PayloadContent');
    const types = payloads.flatMap((payload) => textAt(payload, 'PayloadType') ?? []);
    const ids = [
      textAt(value, 'PayloadUUID'),
      textAt(value, 'PayloadIdentifier'),
      ...payloads.map((payload) => textAt(payload, 'PayloadUUID')),
    ].filter((id) => id !== null);
    yield {
      artefact: 'ios.profile',
      text: `Configuration profile ${name}${types.length === 0 ? '' : `: ${types.slice(0, 8).join(', ')}`}`,
      at: isoOf(dateAt(value, 'InstallDate')),
      place: { file: file.shownAs },
      fields: {
        name,
        organization: textAt(value, 'PayloadOrganization') ?? '',
        types: types.join(' '),
        removable: String(booleanAt(value, 'PayloadRemovalDisallowed') !== true),
      },
      observables: [...new Set(ids)].map((id) => ({ kind: 'profile' as const, value: id })),
    };
  },
};

/** When profiles were installed and removed, and by which process. */
const PROFILE_EVENTS: ListReader = {
  is: ({ path }) => /(?:^|\/)(?:MCProfileEvents|MCSettingsEvents)\.plist$/.test(path),
  *read(value, _builder, file) {
    for (const [index, event] of itemsAt(value, 'ProfileEvents').slice(0, MAX_ENTRIES).entries()) {
      for (const [id, about] of dictionaryAt(event)?.entries ?? []) {
        const operation = textAt(about, 'operation') ?? 'changed';
        const process = textAt(about, 'process') ?? '';
        yield {
          artefact: 'ios.profile-event',
          text: `Profile ${id}: ${operation}${process === '' ? '' : ` by ${process}`}`,
          at: isoOf(dateAt(about, 'timestamp')),
          place: { file: `${file.shownAs}#${index}` },
          fields: { profile: id, operation, process },
          observables: [
            { kind: 'profile', value: id },
            { kind: 'process', value: process },
          ],
        };
      }
    }
  },
};

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
  is: ({ path }) => /(?:^|\/)com\.apple\.identityservices\.idstatuscache\.plist$/.test(path),
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

/** Programs that asked for the place of the phone. */
const LOCATION: ListReader = {
  is: ({ path }) => /(?:^|\/)locationd\/clients\.plist$/.test(path),
  *read(value, _builder, file) {
    for (const [key, client] of [...(dictionaryAt(value)?.entries ?? [])].slice(0, MAX_ENTRIES)) {
      const path = textAt(client, 'Executable') ?? textAt(client, 'BundlePath') ?? '';
      const bundle = textAt(client, 'BundleId') ?? '';
      const times = [
        'LocationTimeStopped',
        'FenceTimeStarted',
        'SignificantTimeStopped',
        'BeaconRegionTimeStopped',
      ].map((name) => numberAt(client, name));
      yield {
        artefact: 'ios.location-client',
        text: `${bundle === '' ? key : bundle} asked where the phone is`,
        at: appleTime(times.find((time) => time !== null) ?? null),
        place: { file: `${file.shownAs}#${key}` },
        fields: { bundle, path },
        observables: [
          { kind: 'app', value: bundle },
          { kind: 'path', value: path },
          { kind: 'process', value: path.slice(path.lastIndexOf('/') + 1) },
        ],
      };
    }
  },
};

const LISTS: readonly ListReader[] = [PROFILES, PROFILE_EVENTS, PREFERENCES, NETWORK_BY_DAY, ADDRESSES, LOCATION];

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

function isoOf(text: string | null): string | null {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
