import { appleTime } from '../device-time.ts';
import { addressesIn } from '../web-addresses.ts';
import type { DatabaseReader } from './database-reader.ts';
import { ends, rowsOf, short } from './table-rows.ts';

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

/** The address book: `ABMultiValue` has the numbers and addresses of each person. Only those that a list could name are shown, and none has a time. */
const CONTACTS = rowsOf(ends(/(?:^|\/)Library\/AddressBook\/AddressBook\.sqlitedb$/), 'ABMultiValue', (row) => {
  const value = row.text('value') ?? '';
  const kind = /^https?:\/\//i.test(value) ? 'url' : /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? 'email' : null;
  if (kind === null) return null;
  return {
    artefact: 'ios.contact',
    text: `A contact has the address ${short(value)}`,
    fields: { record: String(row.value('record_id') ?? '') },
    observables: [{ kind, value }],
    transient: true,
  };
});

/** What people wrote to each other, called and planned, in the databases of the system. */
export const MESSAGE_DATABASES: readonly DatabaseReader[] = [MESSAGES, ATTACHMENTS, CALLS, CALENDAR, CONTACTS];
