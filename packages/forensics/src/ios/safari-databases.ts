import { itemsAt, readPlist, type SqliteValue, textsAt } from '@vedette/formats';
import { appleTime } from '../device-time.ts';
import { isElsewhere } from '../web-addresses.ts';
import type { DatabaseReader, RowNote } from './database-reader.ts';
import { ends, short } from './table-rows.ts';

/** Visits of Safari, each with the address of its item. A visit that was a redirect names where it led, and whether that was another site within a second. */
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
      const away = led !== undefined && soon && isElsewhere(url, led.url);
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

/**
 * Tabs of Safari, and what each tab had open before: `session_data` is a property list after four bytes, in `tab_sessions`, or in `tabs` up to iOS 11 (columns as MVT reads them). Profiles
 * of Safari have their own files.
 */
const SAFARI_TABS: DatabaseReader = {
  is: ends(/(?:^|\/)Library\/Safari\/(?:Profiles\/[^/]+\/)?BrowserState\.db$/),
  *read(database) {
    for (const row of database.table('tabs')?.rows() ?? []) {
      const [url, shown] = [row.text('url') ?? '', row.text('user_visible_url') ?? ''];
      const at = appleTime(row.number('last_viewed_time'));
      const note = tabNote(`Tab of ${short(url)}`, [...new Set([url, shown])], row.text('title') ?? '', at);
      if (note !== null) yield { table: 'tabs', row: row.rowid, note };
      const before = sessionNote(row.value('session_data'), at);
      if (before !== null) yield { table: 'tabs', row: row.rowid, note: before };
    }
    for (const row of database.table('tab_sessions')?.rows() ?? []) {
      const note = sessionNote(row.value('session_data'), null);
      if (note !== null) yield { table: 'tab_sessions', row: row.rowid, note };
    }
  },
};

function tabNote(text: string, urls: readonly string[], title: string, at: string | null): RowNote | null {
  const [url = ''] = urls;
  if (url === '') return null;
  const observables = urls.slice(0, 50).map((value) => ({ kind: 'url' as const, value }));
  return { artefact: 'ios.safari-tab', text, at, fields: { url, title }, observables };
}

function sessionNote(session: SqliteValue, at: string | null): RowNote | null {
  if (!(session instanceof Uint8Array) || session.length < 12) return null;
  const list = readPlist(session.subarray(4)).value;
  const entries = itemsAt(list, 'SessionHistory', 'SessionHistoryEntries');
  const urls = entries.flatMap((entry) => [
    ...textsAt(entry, 'SessionHistoryEntryURL'),
    ...textsAt(entry, 'SessionHistoryEntryOriginalURL'),
  ]);
  const unique = [...new Set(urls)];
  return tabNote(`A tab had open: ${short(unique.slice(0, 5).join(', '))}`, unique, '', at);
}

/** Pictures of pages (`Favicons.db`), and those that were refused: they stay when the history is cleared. Tables as MVT reads them. */
const SAFARI_ICONS: DatabaseReader = {
  is: ends(/(?:^|\/)Library\/Image Cache\/Favicons\/Favicons\.db$/),
  *read(database) {
    const icons = new Map<string, { readonly url: string; readonly at: string | null }>();
    for (const row of database.table('icon_info')?.rows() ?? [])
      icons.set(row.text('uuid') ?? '', { url: row.text('url') ?? '', at: appleTime(row.number('timestamp')) });
    for (const row of database.table('page_url')?.rows() ?? []) {
      const icon = icons.get(row.text('uuid') ?? '');
      const note = iconNote(row.text('url') ?? '', icon?.url ?? '', icon?.at ?? null);
      if (note !== null) yield { table: 'page_url', row: row.rowid, note };
    }
    for (const row of database.table('rejected_resources')?.rows() ?? []) {
      const note = iconNote(row.text('page_url') ?? '', row.text('icon_url') ?? '', appleTime(row.number('timestamp')));
      if (note !== null) yield { table: 'rejected_resources', row: row.rowid, note };
    }
  },
};

function iconNote(page: string, icon: string, at: string | null): RowNote | null {
  const urls = [page, icon].filter((url) => url !== '');
  if (urls.length === 0) return null;
  return {
    artefact: 'ios.safari-icon',
    text: `Picture of the page ${short(page === '' ? icon : page)}`,
    at,
    fields: { url: page, icon },
    observables: urls.map((value) => ({ kind: 'url' as const, value })),
  };
}

/** What Safari keeps in databases. */
export const SAFARI_DATABASES: readonly DatabaseReader[] = [SAFARI_HISTORY, SAFARI_TABS, SAFARI_ICONS];
