import { gzipSync } from 'node:zlib';
import { createNodeHost } from '@vedette/bytes/node';
import { UsageWindow } from '@vedette/contracts';
import { createRealDatabase } from '@vedette/formats/testing';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEvidenceBuilder } from '../evidence-builder.ts';
import { createPowerSources } from './power-sources.ts';

const HOUR = 3600;
/** 2026-11-03T06:00:00Z, where six hours begin. */
const START = Date.parse('2026-11-03T06:00:00Z') / 1000;
/** How far the log's own clock is behind. */
const BEHIND = 500;
const FILE = 'x/logs/powerlogs/CurrentPowerlog.PLSQL';

interface Hour {
  readonly energy?: number;
  readonly front?: number;
  readonly external?: boolean;
  readonly bytes?: number;
}

/** A powerlog of one app, hour by hour. Energy in mWh at four volts: a quarter of it in mAh. */
async function powerlog(hours: readonly Hour[], { battery = true, front = true } = {}): Promise<Uint8Array> {
  const db = await createRealDatabase();
  db.run(
    'create table PLStorageOperator_EventForward_TimeOffset (ID integer primary key, timestamp real, system real)',
  );
  db.run('insert into PLStorageOperator_EventForward_TimeOffset values (1, ?, ?)', [START - 9e5, BEHIND]);
  db.run('create table PLAccountingOperator_EventNone_Nodes (ID integer primary key, timestamp real, Name text)');
  db.run(
    "insert into PLAccountingOperator_EventNone_Nodes values (1, 0, 'CPU'), (2, 0, 'BB'), (9, 0, 'org.example.app')",
  );
  db.run(
    'create table PLAccountingOperator_Aggregate_RootNodeEnergy (ID integer primary key, timestamp real, timeInterval real, NodeID integer, RootNodeID integer, Energy real)',
  );
  db.run(
    'create table PLProcessNetworkAgent_EventInterval_UsageDiff (ID integer primary key, timestamp real, timestampEnd real, BundleName text, ProcessName text, WifiIn integer, WifiOut integer, CellIn integer, CellOut integer)',
  );
  if (front)
    db.run(
      'create table PLAppTimeService_Aggregate_AppRunTime (ID integer primary key, timestamp real, timeInterval real, BundleID text, ScreenOnTime real, BackgroundTime real)',
    );
  if (battery)
    db.run(
      'create table PLBatteryAgent_EventBackward_Battery (ID integer primary key, timestamp real, Voltage integer, DesignCapacity integer, ExternalConnected integer, IsCharging integer)',
    );
  for (const [index, hour] of hours.entries()) {
    const at = START + index * HOUR - BEHIND;
    const row = (sql: string, ...values: readonly unknown[]): void => db.run(sql, values);
    // Two parts of the phone, a sum over a day that must not count, and the part's own row.
    const energy =
      'insert into PLAccountingOperator_Aggregate_RootNodeEnergy (timestamp, timeInterval, NodeID, RootNodeID, Energy) values (?, ?, ?, ?, ?)';
    row(energy, at, HOUR, 9, 1, (hour.energy ?? 0) * 250);
    row(energy, at, HOUR, 9, 2, (hour.energy ?? 0) * 750);
    row(energy, at, 24 * HOUR, 9, 1, 1e9);
    row(energy, at, HOUR, 1, 1, 1e9);
    if (front)
      row(
        "insert into PLAppTimeService_Aggregate_AppRunTime (timestamp, timeInterval, BundleID, ScreenOnTime, BackgroundTime) values (?, 3600, 'org.example.app', ?, 60)",
        at,
        hour.front ?? 0,
      );
    if (battery)
      row(
        'insert into PLBatteryAgent_EventBackward_Battery (timestamp, Voltage, DesignCapacity, ExternalConnected, IsCharging) values (?, 4000, 3200, ?, 0)',
        at + 60,
        hour.external === true ? 1 : 0,
      );
    if (hour.bytes !== undefined)
      row(
        "insert into PLProcessNetworkAgent_EventInterval_UsageDiff (timestamp, timestampEnd, BundleName, ProcessName, WifiIn, WifiOut, CellIn, CellOut) values (?, ?, 'org.example.app', 'App', ?, 0, 0, 0)",
        at,
        at + 1800,
        hour.bytes,
      );
  }
  return db.bytes();
}

function read(files: readonly (readonly [string, Uint8Array])[], host = true) {
  const builder = createEvidenceBuilder('sysdiagnose', { onRecord: () => true });
  const sources = createPowerSources(host ? createNodeHost() : undefined);
  for (const [file, bytes] of files) if (sources.is(file)) sources.read(builder, file, bytes, null);
  sources.finish(builder);
  const { evidence, diagnostics, records } = builder.finish({ now: '2026-11-22T18:00:00.000Z' });
  return { windows: evidence.usage ?? [], diagnostics, records };
}

describe('the powerlog of an iPhone', () => {
  it('gives energy in mAh, of hours without a charger alone, by six hours', async () => {
    const log = await powerlog([
      { energy: 8 },
      { energy: 4, front: 300 },
      { energy: 100, external: true },
      { energy: 4 },
      {},
      {},
      { energy: 2 },
    ]);
    const energy = read([[FILE, log]]).windows.filter(({ metrics }) => metrics.includes('energy'));
    expect(energy).toEqual([
      {
        from: '2026-11-03T06:00:00.000Z',
        to: '2026-11-03T12:00:00.000Z',
        source: 'sysdiagnose',
        metrics: ['energy', 'background-energy'],
        unpluggedSeconds: 5 * HOUR,
        capacityMah: 3200,
        apps: [{ package: 'org.example.app', used: { energy: 4, 'background-energy': 3 } }],
        rawRef: FILE,
      },
      expect.objectContaining({
        from: '2026-11-03T12:00:00.000Z',
        to: '2026-11-03T13:00:00.000Z',
        unpluggedSeconds: HOUR,
        apps: [{ package: 'org.example.app', used: { energy: 0.5, 'background-energy': 0.5 } }],
      }),
    ]);
  });

  it('gives bytes divided over the hours they were counted in, and says who used the network', async () => {
    const { windows, records } = read([[FILE, await powerlog([{ bytes: 100 }, { bytes: 50, front: 9 }])]]);
    expect(windows.find(({ metrics }) => metrics.includes('bytes'))).toMatchObject({
      metrics: ['bytes', 'background-bytes'],
      unpluggedSeconds: null,
      apps: [{ package: 'org.example.app', used: { bytes: 150, 'background-bytes': 100 } }],
    });
    expect(records).toMatchObject([
      {
        artefact: 'ios.power-use',
        text: 'App of org.example.app used the network',
        at: '2026-11-03T06:00:00.000Z',
        rawRef: `${FILE}!/PLProcessNetworkAgent_EventInterval_UsageDiff#1`,
      },
    ]);
  });

  it('gives seconds of the processor, of programs without an app by their own name', async () => {
    const db = await createRealDatabase();
    db.run(
      'create table PLCoalitionAgent_EventInterval_CoalitionInterval (ID integer primary key, timestamp real, timestampEnd real, BundleId text, LaunchdName text, cpu_time real)',
    );
    const [from, to] = [START + 1800, START + 3 * 1800];
    db.run("insert into PLCoalitionAgent_EventInterval_CoalitionInterval values (1, ?, ?, null, 'org.spy.bh', 12)", [
      from,
      to,
    ]);
    const { windows, records } = read([[FILE, db.bytes()]]);
    expect(windows).toMatchObject([
      { to: '2026-11-03T08:00:00.000Z', metrics: ['cpu'], apps: [{ package: 'org.spy.bh', used: { cpu: 12 } }] },
    ]);
    expect(records[0]?.observables).toContainEqual({ kind: 'process', value: 'org.spy.bh' });
  });

  it('counts what two files have of the same hour once, packed or not', async () => {
    const log = await powerlog([{ energy: 8 }]);
    const archive = 'x/logs/powerlogs/powerlog_2026-11-03.PLSQL.gz';
    expect(
      read([
        [FILE, log],
        [archive, gzipSync(log)],
      ]).windows,
    ).toEqual(read([[FILE, log]]).windows);
    expect(read([[archive, gzipSync(log)]]).windows).toHaveLength(2);
    expect(read([[archive, gzipSync(log)]], false)).toMatchObject({
      windows: [],
      diagnostics: expect.arrayContaining([expect.objectContaining({ id: 'ios.powerlog', where: archive })]),
    });
  });

  it('claims nothing that it does not count', async () => {
    const [energy] = read([[FILE, await powerlog([{ energy: 8 }], { battery: false, front: false })]]).windows;
    // No reading of the battery: whether a charger was there is not known; no time in front: nothing is called background.
    expect(energy).toMatchObject({ metrics: ['energy'], unpluggedSeconds: null, capacityMah: null });
    expect(read([[FILE, await powerlog([])]]).windows).toEqual([]);
    expect(read([[FILE, new Uint8Array(20)]]).diagnostics).toContainEqual(
      expect.objectContaining({ id: 'ios.powerlog' }),
    );
  });

  it('takes the capacity of the battery from its report where the log has none', async () => {
    const csv = new TextEncoder().encode(
      'TimeStamp,BatteryCycleCount,NominalChargeCapacity\n2026-11-02 08:00:00,9,3000\n2026-11-03 08:00:00,10,2999\n',
    );
    const { windows, records } = read([
      ['x/logs/BatteryBDC/BDC_Daily_v.csv', csv],
      [FILE, await powerlog([{ energy: 8 }], { battery: false })],
    ]);
    expect(windows[0]?.capacityMah).toBe(2999);
    expect(records[0]).toMatchObject({
      text: 'The battery was charged 10 times and holds 2999 mAh',
      at: '2026-11-03T08:00:00.000Z',
    });
  });

  it('survives damage, and gives only what the contract allows (fuzz)', async () => {
    const log = await powerlog(
      Array.from({ length: 30 }, (_, index) => ({ energy: index, bytes: index * 1000, front: index % 3 })),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 30 }),
        fc.nat(),
        (changes, cut) => {
          const bytes = log.slice(0, cut % 3 === 0 ? log.length - (cut % log.length) : log.length);
          for (const [at, byte] of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte;
          for (const window of read([[FILE, bytes]]).windows) expect(UsageWindow.safeParse(window).success).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});
