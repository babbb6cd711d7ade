import { buildBinaryPlist } from '@vedette/formats/builders';
import { type ArtefactRow, domain, url } from './artefact-row.ts';
import { apple, backup, database, type Files, fileSystem, type Statement } from './ios-evidence.ts';

const AT = apple('2026-11-03T08:00:00Z');
const MOBILE = 'private/var/mobile/';
const DATA = `${MOBILE}Containers/Data/Application/A/`;
const EVIL = 'https://w3.evil.test/x';
const FINE = 'https://good.test/x';
const history = (urls: readonly [string, string], seconds: number): Promise<Uint8Array> =>
  database(
    'create table history_items (id integer primary key, url text)',
    'create table history_visits (id integer primary key, history_item integer, visit_time real, title text, redirect_destination integer)',
    ['insert into history_items values (1, ?), (2, ?)', ...urls],
    ['insert into history_visits values (1, 1, ?, null, 2), (2, 2, ?, null, null)', AT, AT + seconds],
  );
const tabs = async (path: string, before: string): Promise<Files> =>
  backup([
    'AppDomain-com.apple.mobilesafari',
    path,
    await database(
      'create table tabs (id integer primary key, uuid text, title text, url text, user_visible_url text, last_viewed_time real)',
      'create table tab_sessions (id integer primary key, tab_uuid text, session_data blob)',
      ["insert into tabs values (1, 'u', 'A', 'https://a.test/', 'https://a.test/', ?)", AT],
      [
        "insert into tab_sessions values (1, 'u', ?)",
        Uint8Array.of(
          0,
          0,
          0,
          2,
          ...buildBinaryPlist({ SessionHistory: { SessionHistoryEntries: [{ SessionHistoryEntryURL: before }] } }),
        ),
      ],
    ),
  ]);
const CHROME = 'Library/Application Support/Google/Chrome/Default/';
const chrome = async (name: string, ...statements: readonly Statement[]): Promise<Files> =>
  backup(['AppDomain-com.google.chrome.ios', CHROME + name, await database(...statements)]);
const chromeTime = (Date.parse('2026-11-03T08:00:00Z') / 1000 + 11_644_473_600) * 1e6;
const chromeHistory = (address: string) =>
  chrome('History', 'create table urls (id integer primary key, url text, title text, last_visit_time integer)', [
    'insert into urls values (1, ?, null, ?)',
    address,
    BigInt(chromeTime),
  ]);
const chromeIcons = (page: string) =>
  chrome(
    'Favicons',
    'create table favicons (id integer primary key, url text)',
    'create table favicon_bitmaps (id integer primary key, icon_id integer, last_updated integer, last_requested integer)',
    'create table icon_mapping (id integer primary key, page_url text, icon_id integer)',
    "insert into favicons values (5, 'https://a.test/i.png')",
    ['insert into favicon_bitmaps values (1, 5, ?, 0)', BigInt(chromeTime)],
    ['insert into icon_mapping values (1, ?, 5)', page],
  );
const firefox = async (page: string, icon: string): Promise<Files> =>
  backup([
    'AppDomainGroup-group.org.mozilla.ios.Firefox',
    'profile.profile/browser.db',
    await database(
      'create table history (id integer primary key, url text, title text)',
      'create table visits (id integer primary key, siteID integer, date real, type integer, is_local integer)',
      'create table favicons (id integer primary key, url text, date real)',
      'create table favicon_sites (id integer primary key, siteID integer, faviconID integer)',
      ["insert into history values (7, ?, 'A')", page],
      'insert into visits values (1, 7, 1793692800000000, 1, 1)',
      ['insert into favicons values (2, ?, 1793692800)', icon],
      'insert into favicon_sites values (1, 7, 2)',
    ),
  ]);
const session = (from: readonly string[], origin: string): Promise<Files> =>
  backup([
    'AppDomain-com.apple.mobilesafari',
    'Library/WebKit/WebsiteData/ResourceLoadStatistics/full_browsing_session_resourceLog.plist',
    buildBinaryPlist({
      browsingStatistics: [
        {
          PrevalentResourceOrigin: origin,
          topFrameUniqueRedirectsFrom: from.map((one) => ({ origin: one })),
          topFrameUniqueRedirectsTo: [{ domain: 'c.test' }],
          lastSeen: new Date('2026-11-02T09:00:00Z'),
        },
      ],
    }),
  ]);
const observations = async (host: string): Promise<Files> =>
  backup([
    'AppDomain-com.apple.mobilesafari',
    'Library/WebKit/WebsiteData/ResourceLoadStatistics/observations.db',
    await database(
      'create table ObservedDomains (domainID integer primary key, registrableDomain text, lastSeen real)',
      ['insert into ObservedDomains values (1, ?, 1793692800.0)', host],
    ),
  ]);
const cache = async (address: string): Promise<Files> =>
  fileSystem({
    [`${DATA}Library/Caches/com.example.shop/Cache.db`]: await database(
      'create table cfurl_cache_response (entry_ID integer primary key, version integer, hash_value integer, storage_policy integer, request_key text, time_stamp text)',
      ["insert into cfurl_cache_response values (1, 0, 1, 0, ?, '2026-11-03 08:00:00')", address],
    ),
  });
const favicons = async (page: string): Promise<Files> =>
  fileSystem({
    [`${MOBILE}Library/Image Cache/Favicons/Favicons.db`]: await database(
      'create table page_url (url text, uuid text)',
      'create table icon_info (uuid text, url text, timestamp real)',
      'create table rejected_resources (page_url text, icon_url text, timestamp real)',
      ['insert into page_url values (?, ?)', page, 'u'],
      ["insert into icon_info values ('u', 'https://a.test/i.png', ?)", AT],
      ["insert into rejected_resources values ('https://b.test/', 'https://b.test/i.png', ?)", AT],
    ),
  });
const file = (path: string): Files => fileSystem({ [path]: new Uint8Array(1) });

/** Rows about what was visited and loaded. */
export const BROWSER_ROWS: readonly ArtefactRow[] = [
  {
    row: 'SafariBrowserState: what a tab had open',
    artefact: 'ios.safari-tab',
    bad: await tabs('Library/Safari/BrowserState.db', EVIL),
    listed: url(EVIL),
    place: /BrowserState\.db\)!\/tab_sessions#1/,
    good: await tabs('Library/Safari/BrowserState.db', FINE),
  },
  {
    row: 'SafariBrowserState of a profile',
    artefact: 'ios.safari-tab',
    bad: await tabs('Library/Safari/Profiles/P/BrowserState.db', EVIL),
    listed: url(EVIL),
    place: /Profiles\/P\/BrowserState\.db/,
    good: await tabs('Library/Safari/Profiles/P/BrowserState.db', FINE),
  },
  {
    row: 'SafariHistory: led to another site at once',
    artefact: 'ios.safari-history',
    bad: await backup(['HomeDomain', 'Library/Safari/History.db', await history(['http://a.test/', EVIL], 0.2)]),
    rules: ['device.artefact.redirected-away'],
    listed: url(EVIL),
    place: /History\.db\)!\/history_visits#[12]/,
    good: await backup([
      'HomeDomain',
      'Library/Safari/History.db',
      await history(['http://a.test/', 'https://www.a.test/'], 0.2),
    ]),
  },
  {
    row: 'SafariHistory of a profile: slowly',
    artefact: 'ios.safari-history',
    bad: await backup([
      'HomeDomain',
      'Library/Safari/Profiles/P/History.db',
      await history(['http://a.test/', EVIL], 2),
    ]),
    listed: url(EVIL),
    place: /Profiles\/P\/History\.db/,
    good: await backup([
      'HomeDomain',
      'Library/Safari/Profiles/P/History.db',
      await history(['http://a.test/', FINE], 2),
    ]),
  },
  {
    row: 'WebkitResourceLoadStatistics',
    artefact: 'ios.webkit-domain',
    bad: await observations('evil.test'),
    listed: domain('evil.test'),
    place: /observations\.db\)!\/ObservedDomains#1/,
    good: await observations('good.test'),
  },
  {
    row: 'Chrome history',
    artefact: 'ios.chrome-history',
    bad: await chromeHistory(EVIL),
    listed: url(EVIL),
    place: /Default\/History\)!\/urls#1/,
    good: await chromeHistory(FINE),
  },
  {
    row: 'Chrome favicon',
    artefact: 'ios.chrome-icon',
    bad: await chromeIcons(EVIL),
    listed: url(EVIL),
    place: /Favicons\)!\/icon_mapping#1/,
    good: await chromeIcons(FINE),
  },
  {
    row: 'Firefox history',
    artefact: 'ios.firefox-history',
    bad: await firefox(EVIL, 'https://a.test/i.png'),
    listed: url(EVIL),
    place: /browser\.db\)!\/(?:visits|favicon_sites)#1/,
    good: await firefox(FINE, 'https://a.test/i.png'),
  },
  {
    row: 'Firefox history since 2023',
    artefact: 'ios.firefox-history',
    bad: await backup([
      'AppDomainGroup-group.org.mozilla.ios.Firefox',
      'profile.profile/places.db',
      await database(
        'create table moz_places (id integer primary key, url text, title text, last_visit_date_local integer, last_visit_date_remote integer)',
        ["insert into moz_places values (1, ?, 'A', 1793692800000, 0)", EVIL],
      ),
    ]),
    listed: url(EVIL),
    place: /places\.db\)!\/moz_places#1/,
    good: await backup([
      'AppDomainGroup-group.org.mozilla.ios.Firefox',
      'profile.profile/places.db',
      await database(
        'create table moz_places (id integer primary key, url text, title text, last_visit_date_local integer, last_visit_date_remote integer)',
        ["insert into moz_places values (1, ?, 'A', 1793692800000, 0)", FINE],
      ),
    ]),
  },
  {
    row: 'Firefox favicon',
    artefact: 'ios.firefox-icon',
    bad: await firefox(FINE, EVIL),
    listed: url(EVIL),
    place: /browser\.db\)!\/favicon_sites#1/,
    good: await firefox(FINE, 'https://a.test/i.png'),
  },
  {
    row: 'WebkitSessionResourceLog',
    artefact: 'ios.webkit-session',
    bad: await session(['a.test'], 'evil.test'),
    rules: ['device.artefact.session-redirected'],
    listed: domain('evil.test'),
    place: /full_browsing_session_resourceLog\.plist/,
    good: await session([], 'good.test'),
  },
  {
    row: 'CacheFiles',
    artefact: 'ios.cached-answer',
    bad: await cache(EVIL),
    listed: url(EVIL),
    place: /Cache\.db!\/cfurl_cache_response#1/,
    good: await cache(FINE),
  },
  {
    row: 'SafariFavicon (file system)',
    artefact: 'ios.safari-icon',
    bad: await favicons(EVIL),
    listed: url(EVIL),
    place: /Favicons\.db!\/page_url#1/,
    good: await favicons(FINE),
  },
  ...(
    [
      ['WebKitIndexedDB', `${DATA}Library/WebKit/WebsiteData/IndexedDB/`],
      ['WebKitLocalStorage', `${DATA}Library/WebKit/WebsiteData/LocalStorage/`],
      ['WebKitSafariViewService', `${DATA}SystemData/com.apple.SafariViewService/Library/WebKit/WebsiteData/`],
    ] as const
  ).map(
    ([name, folder]): ArtefactRow => ({
      row: `${name} (file system)`,
      artefact: 'ios.file',
      bad: file(`${folder}https_evil.test_0/x`),
      listed: domain('evil.test'),
      place: /https_evil\.test_0/,
      good: file(`${folder}https_good.test_0/x`),
    }),
  ),
];
