import { buildBinaryPlist } from '@vedette/formats/builders';
import { type ArtefactRow, app, domain, email, url } from './artefact-row.ts';
import { apple, backup, database, type Files, fileSystem } from './ios-evidence.ts';

const AT = apple('2026-11-03T08:00:00Z');
const MOBILE = 'private/var/mobile/';
const EVIL = 'https://w3.evil.test/x';
const FINE = 'https://good.test/x';
const sms = async (text: string): Promise<Files> =>
  backup([
    'HomeDomain',
    'Library/SMS/sms.db',
    await database(
      'create table message (ROWID integer primary key, text text, service text, date integer, is_from_me integer, attributedBody blob)',
      'create table attachment (ROWID integer primary key, filename text, created_date integer, is_outgoing integer, mime_type text)',
      ['insert into message values (1, ?, ?, ?, 0, null)', text, 'SMS', BigInt(AT) * 1_000_000_000n],
    ),
  ]);
const attachment = async (path: string): Promise<Files> =>
  backup([
    'HomeDomain',
    'Library/SMS/sms.db',
    await database(
      'create table attachment (ROWID integer primary key, filename text, created_date integer, is_outgoing integer, mime_type text)',
      ['insert into attachment values (1, ?, ?, 0, null)', path, AT],
    ),
  ]);
const calendar = async (summary: string, description: string, from: string): Promise<Files> =>
  backup([
    'HomeDomain',
    'Library/Calendar/Calendar.sqlitedb',
    await database(
      'create table Participant (ROWID integer primary key, email text)',
      'create table CalendarItem (ROWID integer primary key, summary text, description text, start_date real, organizer_id integer)',
      ['insert into Participant values (3, ?)', from],
      ['insert into CalendarItem values (1, ?, ?, ?, 3)', summary, description, AT],
    ),
  ]);
const preferences = (name: string, value: Parameters<typeof buildBinaryPlist>[0]): Promise<Files> =>
  backup(['HomeDomain', `Library/Preferences/${name}`, buildBinaryPlist(value)]);
const whatsapp = async (text: string, preview: string): Promise<Files> =>
  backup([
    'AppDomainGroup-group.net.whatsapp.WhatsApp.shared',
    'ChatStorage.sqlite',
    await database(
      'create table ZWAMESSAGE (Z_PK integer primary key, ZTEXT text, ZMESSAGEDATE real, ZISFROMME integer, ZFROMJID text)',
      'create table ZWAMESSAGEDATAITEM (Z_PK integer primary key, ZMESSAGE integer, ZCONTENT1 text, ZCONTENT2 text, ZMATCHEDTEXT text)',
      'create table ZWAMEDIAITEM (Z_PK integer primary key, ZMESSAGE integer, ZMEDIAURL text)',
      ["insert into ZWAMESSAGE values (1, ?, ?, 0, '49@s.whatsapp.net')", text, AT],
      ['insert into ZWAMESSAGEDATAITEM values (1, 1, ?, null, null)', preview],
      "insert into ZWAMEDIAITEM values (1, 1, 'https://mmg.whatsapp.net/d/f')",
    ),
  ]);
const contactsOf = async (about: string): Promise<Files> =>
  backup([
    'AppDomainGroup-group.net.whatsapp.WhatsApp.shared',
    'ContactsV2.sqlite',
    await database(
      'create table ZWAADDRESSBOOKCONTACT (Z_PK integer primary key, ZWHATSAPPID text, ZLID text, ZABOUTTEXT text, ZDISAPPEARINGMODEDURATION integer, ZDISAPPEARINGMODETIMESTAMP real)',
      ["insert into ZWAADDRESSBOOKCONTACT values (1, '49@s.whatsapp.net', '7@lid', ?, 604800, ?)", about, AT],
    ),
  ]);
const interactions = async (who: string): Promise<Files> =>
  backup([
    'HomeDomain',
    'Library/CoreDuet/People/interactionC.db',
    await database(
      'create table ZCONTACTS (Z_PK integer primary key, ZIDENTIFIER text)',
      'create table ZINTERACTIONS (Z_PK integer primary key, ZSTARTDATE real, ZBUNDLEID text, ZACCOUNT text, ZDIRECTION integer, ZSENDER integer, ZCONTENTURL text)',
      ['insert into ZCONTACTS values (4, ?)', who],
      ["insert into ZINTERACTIONS values (1, ?, 'com.apple.MobileSMS', null, 0, 4, null)", AT],
    ),
  ]);
const calls = async (provider: string): Promise<Files> =>
  backup([
    'HomeDomain',
    'Library/CallHistoryDB/CallHistory.storedata',
    await database(
      'create table ZCALLRECORD (Z_PK integer primary key, ZDATE real, ZDURATION real, ZORIGINATED integer, ZADDRESS blob, ZSERVICE_PROVIDER text)',
      ['insert into ZCALLRECORD values (1, ?, 12.0, 0, null, ?)', AT, provider],
    ),
  ]);
const addressBook = async (value: string): Promise<Files> =>
  backup([
    'HomeDomain',
    'Library/AddressBook/AddressBook.sqlitedb',
    await database(
      'create table ABPerson (ROWID integer primary key, First text, Last text)',
      'create table ABMultiValue (UID integer primary key, record_id integer, value text)',
      "insert into ABPerson values (1, 'A', 'B')",
      ['insert into ABMultiValue values (1, 1, ?)', value],
    ),
  ]);
const idStatus = (address: string) =>
  preferences('com.apple.identityservices.idstatuscache.plist', {
    'com.apple.madrid': { [address]: { IDStatus: 1, LookupDate: AT } },
  });

/** Rows about what people wrote, called and planned. */
export const MESSAGE_ROWS: readonly ArtefactRow[] = [
  {
    row: 'SMS: a warning of Apple',
    artefact: 'ios.sms',
    bad: await sms('ALERT: State-sponsored attackers may be targeting your iPhone'),
    rules: ['device.artefact.apple-threat-notification'],
    place: /sms\.db\)!\/message#1/,
    good: await sms('See you at the station'),
  },
  {
    row: 'SMS: the other warning of Apple',
    artefact: 'ios.sms',
    bad: await sms('Apple detected a targeted mercenary spyware attack against your iPhone'),
    rules: ['device.artefact.apple-threat-notification'],
    place: /sms\.db\)!\/message#1/,
    good: await sms('Apple detected that your trip is late'),
  },
  {
    row: 'SMS: a link',
    artefact: 'ios.sms',
    bad: await sms(`See ${EVIL}.`),
    listed: domain('w3.evil.test'),
    place: /sms\.db\)!\/message#1/,
    good: await sms(`See ${FINE}.`),
  },
  {
    row: 'SMSAttachments',
    artefact: 'ios.sms-attachment',
    bad: await attachment('/var/tmp/x/f-1'),
    rules: ['device.artefact.attachment-elsewhere'],
    listed: { kind: 'file-name', value: 'f-1' },
    place: /sms\.db\)!\/attachment#1/,
    good: await attachment('~/Library/SMS/Attachments/a/b.jpg'),
  },
  {
    row: 'Calendar',
    artefact: 'ios.calendar',
    bad: await calendar('Meeting', 'Notes', 'bad@example.test'),
    rules: ['device.artefact.calendar-invitation'],
    listed: email('bad@example.test'),
    place: /Calendar\.sqlitedb\)!\/CalendarItem#1/,
    good: await calendar('Meeting', 'Room 7', 'anna@example.test'),
  },
  {
    row: 'Whatsapp: a link in the preview of a message',
    artefact: 'ios.whatsapp',
    bad: await whatsapp('Look', EVIL),
    listed: url(EVIL),
    place: /ChatStorage\.sqlite\)!\/ZWAMESSAGE#1/,
    good: await whatsapp(FINE, ''),
  },
  {
    row: 'Whatsapp LID',
    artefact: 'ios.whatsapp-lid',
    bad: await backup([
      'AppDomainGroup-group.net.whatsapp.WhatsApp.shared',
      'LID.sqlite',
      await database(
        'create table ZWAPHONENUMBERLIDPAIR (Z_PK integer primary key, ZLID text, ZPHONENUMBER text)',
        "insert into ZWAPHONENUMBERLIDPAIR values (1, '7@lid', '49')",
      ),
    ]),
    // Nothing of it is for a list: it tells whose message another database has.
    place: /LID\.sqlite\)!\/ZWAPHONENUMBERLIDPAIR#1/,
    good: await backup(null),
    says: /WhatsApp id 7@lid stands for 49/,
  },
  {
    row: 'WhatsappContacts',
    artefact: 'ios.whatsapp-contact',
    bad: await contactsOf(EVIL),
    listed: url(EVIL),
    place: /ContactsV2\.sqlite\)!\/ZWAADDRESSBOOKCONTACT#1/,
    good: await contactsOf('Busy'),
    says: /messages disappear after 7 days/,
  },
  {
    row: 'InteractionC',
    artefact: 'ios.interaction',
    bad: await interactions('bad@example.test'),
    listed: email('bad@example.test'),
    place: /interactionC\.db\)!\/ZINTERACTIONS#1/,
    good: await interactions('anna@example.test'),
    says: /From bad@example\.test through com\.apple\.MobileSMS/,
  },
  {
    row: 'Calls',
    artefact: 'ios.call',
    bad: await calls('org.spy.caller'),
    listed: app('org.spy.caller'),
    place: /CallHistory\.storedata\)!\/ZCALLRECORD#1/,
    good: await calls('com.apple.Telephony'),
    says: /Incoming call by org\.spy\.caller, 12 s/,
  },
  {
    row: 'Contacts',
    artefact: 'ios.contact',
    bad: await addressBook('bad@example.test'),
    listed: email('bad@example.test'),
    place: /AddressBook\.sqlitedb\)!\/ABMultiValue#1/,
    good: await addressBook('anna@example.test'),
  },
  {
    row: 'IDStatusCache: null bytes',
    artefact: 'ios.id-status',
    bad: await idStatus('mailto:bad\0\0@example.test'),
    rules: ['device.artefact.odd-address'],
    place: /idstatuscache\.plist/,
    good: await idStatus('mailto:anna@example.test'),
  },
  {
    row: 'IDStatusCache: an address of a list',
    artefact: 'ios.id-status',
    bad: await idStatus('mailto:bad@example.test'),
    listed: email('bad@example.test'),
    place: /idstatuscache\.plist/,
    good: await idStatus('tel:+49'),
  },
  {
    row: 'IDStatusCache (file system)',
    artefact: 'ios.id-status',
    bad: fileSystem({
      [`${MOBILE}Library/IdentityServices/idstatuscache.plist`]: buildBinaryPlist({
        'com.apple.madrid': { 'mailto:bad@example.test': { IDStatus: 1, LookupDate: AT } },
      }),
    }),
    listed: email('bad@example.test'),
    place: /IdentityServices\/idstatuscache\.plist/,
    good: fileSystem({
      [`${MOBILE}Library/IdentityServices/idstatuscache.plist`]: buildBinaryPlist({ 'com.apple.madrid': {} }),
    }),
  },
];
