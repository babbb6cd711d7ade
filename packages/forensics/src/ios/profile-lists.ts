import { booleanAt, dateAt, dictionaryAt, itemsAt, type PlistDictionary, textAt } from '@vedette/formats';
import { isoOf, type ListReader, MAX_ENTRIES } from './list-reader.ts';

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
  is: ({ path }) => /(?:^|\/)MCProfileEvents\.plist$/.test(path),
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

/** Deepest nesting of settings that is looked into. */
const MAX_SETTING_DEPTH = 6;

/**
 * Which process changed which setting, and when (`MCSettingsEvents.plist`): dictionaries in dictionaries, down to those with `timestamp`, `process` and `event` (as the sysdiagnose framework of CERT-EU
 * reads them).
 */
const SETTING_EVENTS: ListReader = {
  is: ({ path }) => /(?:^|\/)MCSettingsEvents\.plist$/.test(path),
  *read(value, _builder, file) {
    let left = MAX_ENTRIES;
    const open: { readonly at: PlistDictionary; readonly path: string; readonly depth: number }[] = [];
    const root = dictionaryAt(value);
    if (root !== null) open.push({ at: root, path: '', depth: 0 });
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      for (const [key, inner] of one.at.entries) {
        const about = dictionaryAt(inner);
        if (about === null || left-- <= 0) continue;
        const path = one.path === '' ? key : `${one.path}.${key}`;
        if (!about.entries.has('timestamp')) {
          if (one.depth < MAX_SETTING_DEPTH) open.push({ at: about, path, depth: one.depth + 1 });
          continue;
        }
        const process = textAt(about, 'process') ?? '';
        const event = textAt(about, 'event') ?? 'changed';
        yield {
          artefact: 'ios.setting-event',
          text: `Setting ${path}: ${event}${process === '' ? '' : ` by ${process}`}`,
          at: isoOf(dateAt(about, 'timestamp')),
          place: { file: `${file.shownAs}#${path}` },
          fields: { setting: path, event, process },
          observables: [{ kind: 'process', value: process }],
        };
      }
    }
  },
};

/** What management set up. */
export const PROFILE_LISTS: readonly ListReader[] = [PROFILES, PROFILE_EVENTS, SETTING_EVENTS];
