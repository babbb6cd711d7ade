import type { Observable } from '@vedette/contracts';
import { type PlistValue, readPlist, textAt } from '@vedette/formats';
import { appleTime, unixTime } from '../device-time.ts';
import { addressesIn } from '../web-addresses.ts';
import type { DatabaseReader, RowNote } from './database-reader.ts';
import { byKey, ends, rowsOf, short } from './table-rows.ts';

/** What apps may use (Transparency, Consent and Control). */
const PERMISSIONS = rowsOf(ends(/(?:^|\/)(?:Library\/TCC|logs\/Accessibility)\/TCC\.db$/), 'access', (row) => {
  const client = row.text('client') ?? '';
  const service = row.text('service') ?? '';
  const granted = row.number('auth_value') ?? row.number('allowed');
  const words =
    granted === null
      ? 'was asked for'
      : granted === 0
        ? 'was refused'
        : granted === 3
          ? 'was allowed in part'
          : 'was allowed';
  return {
    artefact: 'ios.tcc',
    text: `${service.replace(/^kTCCService/, '')} ${words}: ${client}`,
    at: unixTime(row.number('last_modified')),
    fields: { client, service, granted: String(granted ?? '') },
    observables: client === '' ? [] : [{ kind: 'app', value: client }],
  };
});

/** Shortcuts, and the addresses in what they do: `ZSHORTCUTACTIONS.ZDATA` is a property list of actions (tables as MVT reads them). */
const SHORTCUTS: DatabaseReader = {
  is: ends(/(?:^|\/)Library\/Shortcuts\/Shortcuts\.sqlite$/),
  *read(database) {
    const actions = byKey(database.table('ZSHORTCUTACTIONS'), 'ZSHORTCUT', (row) => row.value('ZDATA'));
    for (const row of database.table('ZSHORTCUT')?.rows() ?? []) {
      const name = row.text('ZNAME') ?? 'without a name';
      const data = actions.get(String(row.value('Z_PK') ?? row.rowid));
      const list = data instanceof Uint8Array ? readPlist(data).value : null;
      const texts = list === null ? [] : textsIn(list);
      const note: RowNote = {
        artefact: 'ios.shortcut',
        text: `Shortcut ${short(name)}: ${short(row.text('ZACTIONSDESCRIPTION') ?? '', 200)}`,
        at: appleTime(row.number('ZMODIFICATIONDATE') ?? row.number('ZCREATIONDATE')),
        fields: { name, created: appleTime(row.number('ZCREATIONDATE')) ?? '' },
        observables: texts.flatMap(addressesIn),
      };
      yield { table: 'ZSHORTCUT', row: row.rowid, note };
    }
  },
};

const MAX_TEXTS = 5_000;

/** All texts in a property list. */
function textsIn(list: PlistValue): string[] {
  const found: string[] = [];
  const open: PlistValue[] = [list];
  for (let one = open.pop(); one !== undefined && found.length < MAX_TEXTS; one = open.pop()) {
    if (one.kind === 'string') found.push(one.value);
    else if (one.kind === 'array') open.push(...one.items.slice(0, MAX_TEXTS));
    else if (one.kind === 'dictionary') open.push(...[...one.entries.values()].slice(0, MAX_TEXTS));
    if (open.length > MAX_TEXTS * 4) break;
  }
  return found;
}

/** Answers that apps keep (`Cache.db` of NSURLCache): which address, and when in UTC (`2026-11-03 08:00:00`). */
const CACHES = rowsOf(ends(/(?:^|\/)Cache\.db$/), 'cfurl_cache_response', (row) => {
  const url = row.text('request_key') ?? '';
  if (url === '') return null;
  const at = Date.parse(`${(row.text('time_stamp') ?? '').replace(' ', 'T')}Z`);
  return {
    artefact: 'ios.cached-answer',
    text: `An app asked ${short(url)}`,
    at: Number.isNaN(at) ? null : new Date(at).toISOString(),
    fields: { url },
    observables: [{ kind: 'url', value: url }],
  };
});

/** What trust and keychain wrote down (`Keychains/Analytics/*.db`): each row a property list, whose texts name processes and hosts. */
const KEYCHAIN_EVENTS: readonly DatabaseReader[] = ['hard_failures', 'soft_failures', 'all_events'].map((table) =>
  rowsOf(ends(/(?:^|\/)Keychains\/Analytics\/[^/]+\.db$/), table, (row) => {
    const data = row.value('data');
    const list = data instanceof Uint8Array ? readPlist(data).value : null;
    if (list === null) return null;
    const texts = textsIn(list).filter((text) => /^[\w.-]{2,253}$/.test(text));
    const event = textAt(list, 'eventType') ?? textAt(list, 'event') ?? 'an event';
    return {
      artefact: 'ios.keychain-event',
      text: `Keychain wrote down ${short(event, 100)}: ${short([...new Set(texts)].slice(0, 8).join(', '))}`,
      at: unixTime(row.number('timestamp')),
      fields: { event, build: textAt(list, 'build') ?? '' },
      observables: texts
        .slice(0, 20)
        .flatMap((value): Observable[] => [
          { kind: 'process', value },
          ...(value.includes('.') ? [{ kind: 'domain' as const, value }] : []),
        ]),
    };
  }),
);

/** Versions of the system in the same files: `build` of each event, once for each build of a file. */
const KEYCHAIN_VERSIONS: readonly DatabaseReader[] = ['hard_failures', 'soft_failures', 'all_events'].map((table) => ({
  is: ends(/(?:^|\/)Keychains\/Analytics\/[^/]+\.db$/),
  *read(database) {
    const seen = new Set<string>();
    for (const row of database.table(table)?.rows() ?? []) {
      const data = row.value('data');
      const build = data instanceof Uint8Array ? (textAt(readPlist(data).value, 'build') ?? '') : '';
      if (build === '' || seen.has(build) || seen.size > 200) continue;
      seen.add(build);
      const note: RowNote = {
        artefact: 'ios.version-seen',
        text: `The phone ran build ${short(build, 60)}`,
        at: unixTime(row.number('timestamp')),
        fields: { build },
      };
      yield { table, row: row.rowid, note };
    }
  },
}));

/** What apps may do and did. */
export const APP_DATABASES: readonly DatabaseReader[] = [
  PERMISSIONS,
  SHORTCUTS,
  CACHES,
  ...KEYCHAIN_EVENTS,
  ...KEYCHAIN_VERSIONS,
];
