import type { Observable } from '@vedette/contracts';
import { appleTime } from '../device-time.ts';
import { addressesIn } from '../web-addresses.ts';
import type { DatabaseReader } from './database-reader.ts';
import { byKey, ends, rowsOf, short } from './table-rows.ts';

/** Hosts where WhatsApp itself keeps what was sent. */
const OWN_MEDIA = /^https:\/\/mmg(?:-fna)?\.whatsapp\.net\//i;

/**
 * Messages of WhatsApp that lead somewhere: addresses in the text, in the previews that `ZWAMESSAGEDATAITEM` keeps, and where an attachment was loaded from (`ZWAMEDIAITEM`). Messages without one are
 * passed over: what people write to each other is theirs.
 */
const WHATSAPP: DatabaseReader = {
  is: ends(/(?:^|\/)ChatStorage\.sqlite$/),
  *read(database) {
    const media = byKey(database.table('ZWAMEDIAITEM'), 'ZMESSAGE', (row) => row.text('ZMEDIAURL') ?? '');
    const previews = byKey(database.table('ZWAMESSAGEDATAITEM'), 'ZMESSAGE', (row) =>
      ['ZMATCHEDTEXT', 'ZCONTENT1', 'ZCONTENT2'].map((column) => row.text(column) ?? '').join(' '),
    );
    for (const row of database.table('ZWAMESSAGE')?.rows() ?? []) {
      const key = String(row.value('Z_PK') ?? row.rowid);
      const text = `${row.text('ZTEXT') ?? ''} ${previews.get(key) ?? ''} ${media.get(key) ?? ''}`;
      const found = new Map(addressesIn(text).map((one) => [one.value, one]));
      const observables = [...found.values()].filter(({ value }) => !OWN_MEDIA.test(value));
      if (observables.length === 0) continue;
      yield {
        table: 'ZWAMESSAGE',
        row: row.rowid,
        note: {
          artefact: 'ios.whatsapp',
          text: `WhatsApp message with ${observables.map(({ value }) => short(value, 100)).join(', ')}`,
          at: appleTime(row.number('ZMESSAGEDATE')),
          fields: { sent: String(row.number('ZISFROMME') === 1), from: row.text('ZFROMJID') ?? '' },
          observables,
        },
      };
    }
  },
};

/** Lengths after which WhatsApp lets messages disappear, in seconds. */
const DAY_SECONDS = 86_400;

/**
 * People in WhatsApp (`ContactsV2.sqlite`), where a timer lets messages disappear: what was written there is gone, and the absence of a message proves nothing. `ZLID` is the id that stands for a number in
 * newer messages. Columns differ between versions; one that is missing leaves its field empty.
 */
const WHATSAPP_CONTACTS = rowsOf(ends(/(?:^|\/)ContactsV2\.sqlite$/), 'ZWAADDRESSBOOKCONTACT', (row) => {
  const who = row.text('ZWHATSAPPID') ?? row.text('ZLID') ?? row.text('ZPHONENUMBER') ?? '';
  if (who === '') return null;
  const seconds = row.number('ZDISAPPEARINGMODEDURATION');
  const timer = seconds === null ? '' : seconds === 0 ? 'off' : `${Math.round(seconds / DAY_SECONDS)} days`;
  return {
    artefact: 'ios.whatsapp-contact',
    text: `WhatsApp contact ${short(who, 100)}${seconds === null || seconds === 0 ? '' : `: messages disappear after ${timer}`}`,
    at: appleTime(row.number('ZDISAPPEARINGMODETIMESTAMP')),
    fields: { id: who, lid: row.text('ZLID') ?? '', timer },
    observables: addressesIn(row.text('ZABOUTTEXT') ?? ''),
  };
});

/** Which number a LID of WhatsApp stands for (`LID.sqlite`). The table is named from memory (`ZWAZACCOUNT`, `ZWAPHONENUMBERLIDPAIR`): any table that has both columns counts. */
const WHATSAPP_LIDS: DatabaseReader = {
  is: ends(/(?:^|\/)LID\.sqlite$/),
  *read(database) {
    for (const table of database.tables.values()) {
      const columns = new Set(table.columns.map((column) => column.toUpperCase()));
      const number = ['ZPHONENUMBER', 'ZPHONEJID', 'ZJID', 'ZPN'].find((column) => columns.has(column));
      const lid = ['ZIDENTIFIER', 'ZLID'].find((column) => columns.has(column));
      if (number === undefined || lid === undefined) continue;
      for (const row of table.rows()) {
        const [of, id] = [row.text(number) ?? '', row.text(lid) ?? ''];
        if (of === '' || id === '') continue;
        yield {
          table: table.name,
          row: row.rowid,
          note: {
            artefact: 'ios.whatsapp-lid',
            text: `WhatsApp id ${short(id, 60)} stands for ${short(of, 60)}`,
            fields: { lid: id, number: of },
            transient: true,
          },
        };
      }
    }
  },
};

/** Who was in touch with the owner, through which app (`interactionC.db`; tables as APOLLO and MVT read them). */
const INTERACTIONS: DatabaseReader = {
  is: ends(/(?:^|\/)CoreDuet\/People\/interactionC\.db$/),
  *read(database) {
    const people = byKey(database.table('ZCONTACTS'), 'Z_PK', (row) => row.text('ZIDENTIFIER') ?? '');
    for (const row of database.table('ZINTERACTIONS')?.rows() ?? []) {
      const bundle = row.text('ZBUNDLEID') ?? '';
      const who = people.get(String(row.value('ZSENDER'))) ?? '';
      const account = row.text('ZACCOUNT') ?? '';
      const url = row.text('ZCONTENTURL') ?? '';
      const emails = [who, account].filter((one) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(one));
      const observables: Observable[] = [
        { kind: 'app', value: bundle },
        ...emails.map((value) => ({ kind: 'email' as const, value })),
        ...addressesIn(url),
      ];
      yield {
        table: 'ZINTERACTIONS',
        row: row.rowid,
        note: {
          artefact: 'ios.interaction',
          text: `${row.number('ZDIRECTION') === 1 ? 'To' : 'From'} ${short(who === '' ? 'somebody' : who, 100)} through ${short(bundle === '' ? 'an app' : bundle, 100)}`,
          at: appleTime(row.number('ZSTARTDATE')),
          fields: { bundle, who, outgoing: String(row.number('ZDIRECTION') === 1) },
          observables,
        },
      };
    }
  },
};

/** What other messengers keep, and the system of all of them. */
export const CHAT_DATABASES: readonly DatabaseReader[] = [WHATSAPP, WHATSAPP_CONTACTS, WHATSAPP_LIDS, INTERACTIONS];
