import type { SqliteDatabase } from '@vedette/formats';
import { appleTime } from '../device-time.ts';
import type { DatabaseReader } from './database-reader.ts';
import { ends, rowsOf } from './table-rows.ts';

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

/** Processes that used the network, belong to no app and are not among the programs of the phone: whoever ran them took them away. Only a whole file system can tell. */
const GONE_PROGRAMS: DatabaseReader = {
  is: DATA_USAGE.is,
  *read(database, _file, files) {
    for (const row of database.table('ZPROCESS')?.rows() ?? []) {
      const name = row.text('ZPROCNAME') ?? '';
      const process = name.slice(name.lastIndexOf('/') + 1);
      if ((row.text('ZBUNDLENAME') ?? '') !== '' || files.hasProgram(process) !== false) continue;
      yield {
        table: 'ZPROCESS',
        row: row.rowid,
        note: {
          artefact: 'ios.data-usage-gone',
          text: `${process === '' ? 'A process without a name' : process} used the network and is no program of this phone`,
          at: appleTime(row.number('ZTIMESTAMP')),
          fields: { process },
        },
      };
    }
  },
};

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

/** Numbers of processes that are looked through for gaps. */
const MAX_NUMBERS = 100_000;

/** Numbers that the list of processes skips: rows are numbered one after the other, so each was there and was taken out. The phone itself does so when an app is removed. */
const SKIPPED_NUMBERS: DatabaseReader = {
  is: DATA_USAGE.is,
  *read(database) {
    const known = numbersOf(database);
    let before: (typeof known)[number] | null = null;
    for (const one of known) {
      if (before !== null && one.number > before.number + 1) {
        const [from, to] = [before.number + 1, one.number - 1];
        const which = from === to ? `number ${from}` : `numbers ${from} to ${to}`;
        yield {
          table: 'ZPROCESS',
          row: before.number,
          note: {
            artefact: 'ios.data-usage-gap',
            text: `The list of processes that used the network skips ${which}, after ${before.name}`,
            at: before.first,
            fields: { from: String(from), to: String(to), after: before.name },
          },
        };
      }
      before = one;
    }
  },
};

function numbersOf(database: SqliteDatabase) {
  const known: { readonly number: number; readonly name: string; readonly first: string | null }[] = [];
  for (const row of database.table('ZPROCESS')?.rows() ?? []) {
    if (known.length >= MAX_NUMBERS) break;
    known.push({
      number: row.number('Z_PK') ?? Number(row.rowid),
      name: row.text('ZPROCNAME') ?? row.text('ZBUNDLENAME') ?? 'a process without a name',
      first: appleTime(row.number('ZFIRSTTIMESTAMP')),
    });
  }
  return known.sort((a, b) => a.number - b.number);
}

/** How much each process used the network (`DataUsage.sqlite`, `netusage.sqlite`). */
export const NETWORK_USE_DATABASES: readonly DatabaseReader[] = [
  DATA_USAGE,
  GONE_PROGRAMS,
  ORPHANED_USAGE,
  SKIPPED_NUMBERS,
];
