import type { SqliteRow } from '@vedette/formats';
import { appleTime, chromeTime, unixTime } from '../device-time.ts';
import { addressesIn, hostOf } from '../web-addresses.ts';
import type { DatabaseReader, RowNote } from './database-reader.ts';
import type { IosFile } from './ios-files.ts';

/** Reads one table, a record for each row that tells something. */
function rowsOf(is: DatabaseReader['is'], table: string, note: (row: SqliteRow) => RowNote | null): DatabaseReader {
  return {
    is,
    *read(database) {
      for (const row of database.table(table)?.rows() ?? []) {
        const found = note(row);
        if (found !== null) yield { table, row: row.rowid, note: found };
      }
    },
  };
}

const ends =
  (pattern: RegExp) =>
  ({ path }: IosFile): boolean =>
    pattern.test(path);
const short = (text: string, most = 300): string => (text.length > most ? `${text.slice(0, most)}…` : text);

/** Messages: SMS and iMessage. The text of newer systems is also in `attributedBody`, of which the plain part is taken. */
const MESSAGES = rowsOf(ends(/(?:^|\/)Library\/SMS\/sms\.db$/), 'message', (row) => {
  const text = row.text('text') ?? plainOf(row.value('attributedBody'));
  if (text === null || text === '') return null;
  return {
    artefact: 'ios.sms',
    text: `${row.number('is_from_me') === 1 ? 'Sent' : 'Received'} message: ${short(text)}`,
    at: appleTime(row.number('date')),
    fields: {
      text: text.slice(0, 2_000),
      service: row.text('service') ?? '',
      sent: String(row.number('is_from_me') === 1),
    },
    observables: addressesIn(text),
  };
});

/** In an archived `NSAttributedString` the text stands after `NSString` and a marker `+` with its length. */
function plainOf(value: unknown): string | null {
  if (!(value instanceof Uint8Array)) return null;
  const marker = [0x4e, 0x53, 0x53, 0x74, 0x72, 0x69, 0x6e, 0x67];
  const at = value.findIndex((_, index) => marker.every((byte, offset) => value[index + offset] === byte));
  const plus = at < 0 ? -1 : value.indexOf(0x2b, at + marker.length);
  if (plus < 0 || plus > at + 40) return null;
  const first = value[plus + 1] ?? 0;
  const wide = first === 0x81;
  const length = wide ? (value[plus + 2] ?? 0) + (value[plus + 3] ?? 0) * 256 : first;
  const start = plus + (wide ? 4 : 2);
  return new TextDecoder().decode(value.subarray(start, start + length));
}

const ATTACHMENTS = rowsOf(ends(/(?:^|\/)Library\/SMS\/sms\.db$/), 'attachment', (row) => {
  const path = row.text('filename');
  if (path === null) return null;
  return {
    artefact: 'ios.sms-attachment',
    text: `Attachment ${short(path)}`,
    at: appleTime(row.number('created_date')),
    fields: { path, sent: String(row.number('is_outgoing') === 1), type: row.text('mime_type') ?? '' },
    observables: [
      { kind: 'path', value: path },
      { kind: 'file-name', value: path.slice(path.lastIndexOf('/') + 1) },
    ],
  };
});

/** Visits of Safari, each with the address of its item. A visit that was a redirect names where it led within a second. */
const SAFARI_HISTORY: DatabaseReader = {
  is: ends(/(?:^|\/)Library\/Safari\/(?:Profiles\/[^/]+\/)?History\.db$/),
  *read(database) {
    const items = new Map<string, string>();
    for (const row of database.table('history_items')?.rows() ?? [])
      items.set(String(row.rowid), row.text('url') ?? '');
    const visits = new Map<string, { readonly url: string; readonly time: number }>();
    for (const row of database.table('history_visits')?.rows() ?? []) {
      const url = items.get(String(row.value('history_item'))) ?? '';
      visits.set(String(row.rowid), { url, time: row.number('visit_time') ?? 0 });
    }
    for (const row of database.table('history_visits')?.rows() ?? []) {
      const url = items.get(String(row.value('history_item'))) ?? '';
      if (url === '') continue;
      const led = visits.get(String(row.value('redirect_destination')));
      const soon = led !== undefined && led.time - (row.number('visit_time') ?? 0) < 1;
      const away = led !== undefined && soon && hostOf(led.url) !== hostOf(url);
      yield {
        table: 'history_visits',
        row: row.rowid,
        note: {
          artefact: 'ios.safari-history',
          text: `Visited ${short(url)}${led === undefined ? '' : `, led on to ${short(led.url)}`}`,
          at: appleTime(row.number('visit_time')),
          fields: { url, title: row.text('title') ?? '', redirect: led?.url ?? '', 'redirect-away': String(away) },
          observables: [{ kind: 'url', value: url }],
        },
      };
    }
  },
};

const SAFARI_TABS = rowsOf(ends(/(?:^|\/)Library\/Safari\/BrowserState\.db$/), 'tabs', (row) => {
  const url = row.text('url') ?? '';
  if (url === '') return null;
  return {
    artefact: 'ios.safari-tab',
    text: `Tab of ${short(url)}`,
    at: appleTime(row.number('last_viewed_time')),
    fields: { url, title: row.text('title') ?? '' },
    observables: [{ kind: 'url', value: url }],
  };
});

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

/** Processes that used the network. */
const DATA_USAGE = rowsOf(ends(/(?:^|\/)(?:DataUsage|netusage)\.sqlite$/), 'ZPROCESS', (row) => {
  const name = row.text('ZPROCNAME') ?? '';
  const bundle = row.text('ZBUNDLENAME') ?? '';
  if (name === '' && bundle === '') return null;
  // `bundle/process`, or the process alone.
  const process = name.slice(name.lastIndexOf('/') + 1);
  return {
    artefact: 'ios.data-usage',
    text: `${process === '' ? bundle : process}${bundle === '' ? '' : ` of ${bundle}`} used the network`,
    at: appleTime(row.number('ZTIMESTAMP')),
    fields: { process, bundle, first: appleTime(row.number('ZFIRSTTIMESTAMP')) ?? '' },
    observables: [
      { kind: 'process', value: process },
      { kind: 'app', value: bundle },
    ],
  };
});

/** Use of the network of a process that is not in the list of processes: somebody removed it. */
const ORPHANED_USAGE: DatabaseReader = {
  is: DATA_USAGE.is,
  *read(database) {
    const known = new Set<string>();
    for (const row of database.table('ZPROCESS')?.rows() ?? []) known.add(String(row.value('Z_PK') ?? row.rowid));
    for (const row of database.table('ZLIVEUSAGE')?.rows() ?? []) {
      const process = row.value('ZHASPROCESS');
      if (process === null || known.has(String(process))) continue;
      yield {
        table: 'ZLIVEUSAGE',
        row: row.rowid,
        note: {
          artefact: 'ios.data-usage-orphan',
          text: `Use of the network by process number ${String(process)}, which is in no list`,
          at: appleTime(row.number('ZTIMESTAMP')),
          fields: { process: String(process) },
        },
      };
    }
  },
};

const CALLS = rowsOf(ends(/(?:^|\/)Library\/CallHistoryDB\/CallHistory\.storedata$/), 'ZCALLRECORD', (row) => {
  const provider = row.text('ZSERVICE_PROVIDER') ?? '';
  return {
    artefact: 'ios.call',
    text: `${row.number('ZORIGINATED') === 1 ? 'Outgoing' : 'Incoming'} call${provider === '' ? '' : ` by ${provider}`}, ${Math.round(row.number('ZDURATION') ?? 0)} s`,
    at: appleTime(row.number('ZDATE')),
    fields: { provider },
    observables: provider.includes('.') ? [{ kind: 'app', value: provider }] : [],
  };
});

const CALENDAR: DatabaseReader = {
  is: ends(/(?:^|\/)Library\/Calendar\/Calendar\.sqlitedb$/),
  *read(database) {
    const emails = new Map<string, string>();
    for (const row of database.table('Participant')?.rows() ?? [])
      emails.set(String(row.rowid), row.text('email') ?? '');
    for (const row of database.table('CalendarItem')?.rows() ?? []) {
      const [summary, description] = [row.text('summary') ?? '', row.text('description') ?? ''];
      const email = emails.get(String(row.value('organizer_id'))) ?? '';
      yield {
        table: 'CalendarItem',
        row: row.rowid,
        note: {
          artefact: 'ios.calendar',
          text: `Calendar: ${short(summary)}`,
          at: appleTime(row.number('start_date')),
          fields: { summary, description: description.slice(0, 2_000), organizer: email },
          observables: [
            ...(email === '' ? [] : [{ kind: 'email' as const, value: email }]),
            ...addressesIn(description),
          ],
        },
      };
    }
  },
};

const WHATSAPP = rowsOf(ends(/(?:^|\/)ChatStorage\.sqlite$/), 'ZWAMESSAGE', (row) => {
  const text = row.text('ZTEXT') ?? '';
  const observables = addressesIn(text);
  // Only messages that lead somewhere; what people write to each other is theirs.
  if (observables.length === 0) return null;
  return {
    artefact: 'ios.whatsapp',
    text: `WhatsApp message with ${observables.map(({ value }) => short(value, 100)).join(', ')}`,
    at: appleTime(row.number('ZMESSAGEDATE')),
    fields: { sent: String(row.number('ZISFROMME') === 1) },
    observables,
  };
});

const WEBKIT = rowsOf(ends(/(?:^|\/)ResourceLoadStatistics\/observations\.db$/), 'ObservedDomains', (row) => {
  const domain = row.text('registrableDomain') ?? '';
  if (domain === '') return null;
  return {
    artefact: 'ios.webkit-domain',
    text: `Something was loaded from ${short(domain)}`,
    at: unixTime(row.number('lastSeen')),
    fields: { domain },
    observables: [{ kind: 'domain', value: domain }],
  };
});

const CHROME = rowsOf(ends(/(?:^|\/)Google\/Chrome\/Default\/History$/), 'urls', (row) => {
  const url = row.text('url') ?? '';
  if (url === '') return null;
  return {
    artefact: 'ios.chrome-history',
    text: `Visited ${short(url)} with Chrome`,
    at: chromeTime(row.number('last_visit_time')),
    fields: { url, title: row.text('title') ?? '' },
    observables: [{ kind: 'url', value: url }],
  };
});

/** Every database that is read. Sources: the schemas that the systems from iOS 13 on have. */
export const IOS_DATABASES: readonly DatabaseReader[] = [
  MESSAGES,
  ATTACHMENTS,
  SAFARI_HISTORY,
  SAFARI_TABS,
  PERMISSIONS,
  DATA_USAGE,
  ORPHANED_USAGE,
  CALLS,
  CALENDAR,
  WHATSAPP,
  WEBKIT,
  CHROME,
];
