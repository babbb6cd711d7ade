import type { SqliteDatabase, SqliteRow } from '@vedette/formats';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import { createPowerlogHours, type HourUse, type PowerlogHours } from './powerlog-hours.ts';

const HOUR = 3600;
/** Longest span that one row is divided over; longer ones are of a broken clock. */
const MAX_SPAN_HOURS = 48;
/** What a battery of one lithium cell gives on average, in millivolts, where the log has no reading of the hour. */
const NOMINAL_MILLIVOLTS = 3850;
/** Names of programs that are shown to lists of indicators. */
const MAX_NAMES = 20_000;

/** What one powerlog tells. */
export interface ReadPowerlog {
  readonly hours: PowerlogHours;
  readonly capacityMah: number | null;
}

/**
 * `CurrentPowerlog.PLSQL` and its archives, of iOS 14 to 18. Nothing of it is documented by Apple; what is read, and where that is known from:
 *
 * - `PLStorageOperator_EventForward_TimeOffset`: times are of a clock that runs on its own, and `system` is what to add from then on (Edwards, APOLLO; Whiffin 2025; the system's own queries do the same).
 * - `PLAccountingOperator_Aggregate_RootNodeEnergy`: energy of an app (`NodeID`) in a part of the phone (`RootNodeID`) in one hour, in thousandths of a milliwatt hour (public notes of app developers who
 *   compared it with Apple's tools; not confirmed by Apple). `PLAccountingOperator_EventNone_Nodes` names the nodes: apps by their identifier, parts of the phone by a word. The time is taken to be the beginning
 *   of the hour; one source takes it for the end, which would move everything by one hour and change no amount.
 * - `PLAppTimeService_Aggregate_AppRunTime`: seconds of an app with the screen on, in the same hours.
 * - `PLProcessNetworkAgent_EventInterval_UsageDiff`: bytes of a process or app between two times (the system's own summaries add up these columns).
 * - `PLCoalitionAgent_EventInterval_CoalitionInterval`: seconds of the processor (the same).
 * - `PLBatteryAgent_EventBackward_Battery`: `Voltage` in millivolts, `DesignCapacity` in mAh, `ExternalConnected`, `IsCharging`.
 */
export function readPowerlog(builder: EvidenceBuilder, file: string, database: SqliteDatabase): ReadPowerlog {
  const clock = clockOf(database);
  const hours = createPowerlogHours();
  const { millivolts, capacityMah } = readBattery(database, clock, hours);
  readEnergy(database, clock, hours, millivolts);
  const front = database.table('PLAppTimeService_Aggregate_AppRunTime');
  if (front !== null) hours.counted.add('front');
  for (const row of front?.rows() ?? []) {
    const at = clock(row.number('timestamp'));
    if (at !== null)
      hours.add(Math.round(at / HOUR), row.text('BundleID') ?? '', { frontSeconds: row.number('ScreenOnTime') ?? 0 });
  }
  const show = createNameRecorder(builder, file);
  readSpans(database, 'PLProcessNetworkAgent_EventInterval_UsageDiff', 'bytes', clock, hours, show, (row) => ({
    name: row.text('BundleName') || row.text('ProcessName') || '',
    process: row.text('ProcessName') ?? '',
    use: {
      bytes: ['WifiIn', 'WifiOut', 'CellIn', 'CellOut'].reduce(
        (sum, column) => sum + Math.max(0, row.number(column) ?? 0),
        0,
      ),
    },
  }));
  readSpans(database, 'PLCoalitionAgent_EventInterval_CoalitionInterval', 'cpu', clock, hours, show, (row) => ({
    name: row.text('BundleId') || row.text('LaunchdName') || '',
    process: row.text('LaunchdName') ?? '',
    use: { cpuSeconds: row.number('cpu_time') ?? 0 },
  }));
  return { hours, capacityMah };
}

type Clock = (timestamp: number | null) => number | null;

/** Seconds since 1970 of a time of the log: what the newest offset of before says, or the first one. */
function clockOf(database: SqliteDatabase): Clock {
  const offsets: { readonly from: number; readonly add: number }[] = [];
  for (const row of database.table('PLStorageOperator_EventForward_TimeOffset')?.rows() ?? []) {
    const [from, add] = [row.number('timestamp'), row.number('system')];
    if (from !== null && add !== null && offsets.length < 100_000) offsets.push({ from, add });
  }
  offsets.sort((a, b) => a.from - b.from);
  return (timestamp) => {
    if (timestamp === null) return null;
    let [low, high] = [0, offsets.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((offsets[middle]?.from ?? 0) <= timestamp) low = middle + 1;
      else high = middle;
    }
    const at = timestamp + (offsets[Math.max(0, low - 1)]?.add ?? 0);
    return at > 1e9 && at < 8e9 ? at : null;
  };
}

function readBattery(database: SqliteDatabase, clock: Clock, hours: PowerlogHours) {
  const sums = new Map<number, { sum: number; count: number }>();
  let capacityMah: number | null = null;
  for (const row of database.table('PLBatteryAgent_EventBackward_Battery')?.rows() ?? []) {
    const at = clock(row.number('timestamp'));
    if (at === null) continue;
    const hour = Math.floor(at / HOUR);
    hours.battery(hour, row.number('ExternalConnected') === 1 || row.number('IsCharging') === 1);
    const voltage = row.number('Voltage') ?? 0;
    if (voltage > 2_500 && voltage < 5_000) {
      const sum = sums.get(hour) ?? { sum: 0, count: 0 };
      sums.set(hour, { sum: sum.sum + voltage, count: sum.count + 1 });
    }
    const capacity = row.number('DesignCapacity') ?? 0;
    if (capacity > 500 && capacity < 30_000) capacityMah = capacity;
  }
  const millivolts = (hour: number): number => {
    const sum = sums.get(hour);
    return sum === undefined ? NOMINAL_MILLIVOLTS : sum.sum / sum.count;
  };
  return { millivolts, capacityMah };
}

function readEnergy(
  database: SqliteDatabase,
  clock: Clock,
  hours: PowerlogHours,
  millivolts: (hour: number) => number,
): void {
  const table = database.table('PLAccountingOperator_Aggregate_RootNodeEnergy');
  const nodes = new Map<string, string>();
  for (const row of database.table('PLAccountingOperator_EventNone_Nodes')?.rows() ?? [])
    if (nodes.size < 100_000) nodes.set(String(row.value('ID') ?? row.rowid), row.text('Name') ?? '');
  if (table === null || nodes.size === 0) return;
  hours.counted.add('energy');
  for (const row of table.rows()) {
    const app = nodes.get(String(row.value('NodeID'))) ?? '';
    const at = clock(row.number('timestamp'));
    // Parts of the phone (`CPU`, `BB`) are nodes too; only identifiers of apps have dots. Sums over a day stand beside those over an hour.
    if (at === null || !/^[\w-]+(?:\.[\w-]+)+$/.test(app) || (row.number('timeInterval') ?? HOUR) !== HOUR) continue;
    const hour = Math.round(at / HOUR);
    const milliwattHours = Math.max(0, row.number('Energy') ?? 0) / 1000;
    hours.add(hour, app, { energyMah: (milliwattHours / millivolts(hour)) * 1000 });
  }
}

interface SpanUse {
  readonly name: string;
  readonly process: string;
  readonly use: HourUse;
}

/** Rows about a span of time, divided over the hours that it touches. */
function readSpans(
  database: SqliteDatabase,
  tableName: string,
  kind: 'bytes' | 'cpu',
  clock: Clock,
  hours: PowerlogHours,
  show: (row: SqliteRow, table: string, use: SpanUse, at: number) => void,
  read: (row: SqliteRow) => SpanUse,
): void {
  const table = database.table(tableName);
  if (table === null) return;
  hours.counted.add(kind);
  for (const row of table.rows()) {
    const from = clock(row.number('timestamp'));
    const to = clock(row.number('timestampEnd')) ?? from;
    const span = read(row);
    if (from === null || to === null || to < from || (to - from) / HOUR > MAX_SPAN_HOURS || span.name === '') continue;
    show(row, tableName, span, from);
    const seconds = to - from;
    for (let hour = Math.floor(from / HOUR); hour <= Math.floor(to / HOUR); hour++) {
      const part = seconds === 0 ? 1 : (Math.min(to, (hour + 1) * HOUR) - Math.max(from, hour * HOUR)) / seconds;
      if (part <= 0) continue;
      const { bytes, cpuSeconds } = span.use;
      hours.add(hour, span.name, {
        ...(bytes === undefined ? {} : { bytes: bytes * part }),
        ...(cpuSeconds === undefined ? {} : { cpuSeconds: cpuSeconds * part }),
      });
    }
  }
}

/** Shows each program once: its first row. */
function createNameRecorder(builder: EvidenceBuilder, file: string) {
  const seen = new Set<string>();
  return (row: SqliteRow, table: string, { name, process }: SpanUse, at: number): void => {
    const key = `${name}\n${process}`;
    if (seen.has(key) || seen.size >= MAX_NAMES) return;
    seen.add(key);
    const shown = process === '' || process === name ? name : `${process} of ${name}`;
    builder.record({
      artefact: 'ios.power-use',
      text: `${shown} used ${table.startsWith('PLProcess') ? 'the network' : 'the processor'}`,
      at: new Date(at * 1000).toISOString(),
      place: { file: `${file}!/${table}#${row.rowid}` },
      fields: { app: name, process },
      observables: [
        { kind: 'app', value: name },
        { kind: 'process', value: process.slice(process.lastIndexOf('/') + 1) },
      ],
      transient: true,
    });
  };
}
