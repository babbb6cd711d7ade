import { chromeTime, unixTime } from '../device-time.ts';
import type { DatabaseReader, RowNote } from './database-reader.ts';
import { byKey, ends, rowsOf, short } from './table-rows.ts';

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

/** Pictures of pages in Chrome (`Favicons`; Chromium, `components/favicon/core/favicon_database.cc`). */
const CHROME_ICONS: DatabaseReader = {
  is: ends(/(?:^|\/)Google\/Chrome\/Default\/Favicons$/),
  *read(database) {
    const icons = byKey(database.table('favicons'), 'id', (row) => row.text('url') ?? '');
    const times = byKey(
      database.table('favicon_bitmaps'),
      'icon_id',
      (row) => row.number('last_updated') || row.number('last_requested'),
    );
    for (const row of database.table('icon_mapping')?.rows() ?? []) {
      const id = String(row.value('icon_id'));
      const note = iconNote('ios.chrome-icon', row.text('page_url') ?? '', icons.get(id) ?? '');
      if (note === null) continue;
      yield { table: 'icon_mapping', row: row.rowid, note: { ...note, at: chromeTime(times.get(id) ?? null) } };
    }
  },
};

/** Where Firefox keeps its history: `browser.db` up to 2023, `places.db` since (Application Services, `components/places/sql/create_shared_schema.sql`). */
const FIREFOX = /(?:^|\/)profile\.profile\/browser\.db$/;

/** Visits of Firefox: `visits` and `history`, times in microseconds since 1970. */
const FIREFOX_HISTORY: DatabaseReader = {
  is: ends(FIREFOX),
  *read(database) {
    const sites = byKey(database.table('history'), 'id', (row) => ({
      url: row.text('url') ?? '',
      title: row.text('title') ?? '',
    }));
    for (const row of database.table('visits')?.rows() ?? []) {
      const site = sites.get(String(row.value('siteID')));
      if (site === undefined || site.url === '') continue;
      const at = unixTime((row.number('date') ?? 0) / 1e6);
      yield { table: 'visits', row: row.rowid, note: visitNote(site.url, site.title, at) };
    }
  },
};

/** The same in the place where newer versions keep it, times in milliseconds. */
const FIREFOX_PLACES = rowsOf(
  ends(/(?:^|\/)(?:profile\.profile|mozac|[^/]*\.profile)\/places\.db$/),
  'moz_places',
  (row) => {
    const url = row.text('url') ?? '';
    const last = Math.max(row.number('last_visit_date_local') ?? 0, row.number('last_visit_date_remote') ?? 0);
    return url === '' ? null : visitNote(url, row.text('title') ?? '', unixTime(last / 1e3));
  },
);

function visitNote(url: string, title: string, at: string | null): RowNote {
  return {
    artefact: 'ios.firefox-history',
    text: `Visited ${short(url)} with Firefox`,
    at,
    fields: { url, title },
    observables: [{ kind: 'url', value: url }],
  };
}

/** Pictures of pages in Firefox: `favicons`, and `favicon_sites` with the page of each. */
const FIREFOX_ICONS: DatabaseReader = {
  is: ends(FIREFOX),
  *read(database) {
    const sites = byKey(database.table('history'), 'id', (row) => row.text('url') ?? '');
    const icons = byKey(database.table('favicons'), 'id', (row) => ({
      url: row.text('url') ?? '',
      at: unixTime(row.number('date')),
    }));
    for (const row of database.table('favicon_sites')?.rows() ?? []) {
      const icon = icons.get(String(row.value('faviconID')));
      const note = iconNote('ios.firefox-icon', sites.get(String(row.value('siteID'))) ?? '', icon?.url ?? '');
      if (note !== null) yield { table: 'favicon_sites', row: row.rowid, note: { ...note, at: icon?.at ?? null } };
    }
  },
};

function iconNote(artefact: string, page: string, icon: string): RowNote | null {
  const urls = [page, icon].filter((url) => url !== '');
  if (urls.length === 0) return null;
  return {
    artefact,
    text: `Picture of the page ${short(page === '' ? icon : page)}`,
    fields: { url: page, icon },
    observables: urls.map((value) => ({ kind: 'url' as const, value })),
  };
}

/** What other browsers, and WebKit below all of them, keep in databases. */
export const BROWSER_DATABASES: readonly DatabaseReader[] = [
  WEBKIT,
  CHROME,
  CHROME_ICONS,
  FIREFOX_HISTORY,
  FIREFOX_PLACES,
  FIREFOX_ICONS,
];
