import { appleTime, unixTime } from '../device-time.ts';
import { addressesIn } from '../web-addresses.ts';
import type { DatabaseReader } from './database-reader.ts';
import { ends, short } from './table-rows.ts';

/** Columns that name an app, and those that hold a time, best first: they differ between systems and nobody documents them. */
const APP_COLUMNS = ['bundle_id', 'bundleid', 'bundle_identifier', 'client_id', 'client_identifier'];
const TIME_COLUMNS = ['timestamp', 'install_date', 'purchase_date', 'date', 'created_at', 'download_date'];
const CLIENT_COLUMNS = ['client_id', 'client_identifier', 'source_app', 'requesting_client', 'requester'];
/** As seconds since 2001 this is the year 2029, as seconds since 1970 the year 1998: which clock a time is of can be told. */
const CLOCKS_APART = 900_000_000;

/**
 * What the stores of the phone noted about apps: `appstored.sqlitedb` and `AppUpdates.sqlitedb`, and the downloads of `itunesstored`. Every table with a column that names an app gives a record for each
 * row, since tables come and go between systems.
 */
const STORE: DatabaseReader = {
  is: ends(
    /(?:^|\/)(?:appinstallation\/(?:appstored|AppUpdates)|itunesstored\/downloads\.[^/]*|appstored\/storeUser)\.(?:sqlitedb|sqlite|db)$/,
  ),
  *read(database) {
    for (const table of database.tables.values()) {
      const columns = new Map(table.columns.map((column) => [column.toLowerCase(), column]));
      const first = (names: readonly string[]): string | undefined =>
        names.flatMap((name) => columns.get(name) ?? []).at(0);
      const appColumn = first(APP_COLUMNS);
      if (appColumn === undefined) continue;
      const [timeColumn, clientColumn] = [first(TIME_COLUMNS), first(CLIENT_COLUMNS)];
      for (const row of table.rows()) {
        const app = row.text(appColumn) ?? '';
        if (!/^[\w-]+(?:\.[\w-]+)+$/.test(app)) continue;
        const time = timeColumn === undefined ? null : row.number(timeColumn);
        const client = clientColumn === undefined || clientColumn === appColumn ? '' : (row.text(clientColumn) ?? '');
        const addresses = table.columns.flatMap((column) => addressesIn((row.text(column) ?? '').slice(0, 2_000)));
        yield {
          table: table.name,
          row: row.rowid,
          note: {
            artefact: 'ios.store-app',
            text: `The store noted ${short(app, 200)} (${table.name})${client === '' ? '' : `, asked for by ${short(client, 100)}`}`,
            at: time !== null && Math.abs(time) < CLOCKS_APART ? appleTime(time) : unixTime(time),
            fields: { app, client, table: table.name },
            observables: [{ kind: 'app', value: app }, ...addresses.slice(0, 20)],
            transient: time === null,
          },
        };
      }
    }
  },
};

/** What stores keep. */
export const STORE_DATABASES: readonly DatabaseReader[] = [STORE];
