import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEvidenceBuilder } from '../evidence-builder.ts';
import { treeFromFiles } from '../evidence-tree.ts';
import { LOG_READERS } from './device-logs.ts';
import { PROCESS_READERS } from './process-lists.ts';
import { createProcessNotes, type ListedProcess } from './process-notes.ts';
import { readSysdiagnose } from './read-sysdiagnose.ts';
import { snapshotOf } from './snapshot.ts';
import { TEXT_READERS, textTime } from './text-reports.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('times of a sysdiagnose', () => {
  it('are of the zone in the name of its folder', () => {
    const local = { year: 2026, month: 11, day: 3, hour: 8, minute: 0, second: 1 };
    const east = snapshotOf('a/sysdiagnose_2026.11.20_11-11-12+0530_iPhone-OS_iPhone_22G86/');
    expect([east.at, east.date(local)]).toEqual(['2026-11-20T05:41:12.000Z', '2026-11-03T02:30:01.000Z']);
    const west = snapshotOf('sysdiagnose_2026.11.20_11-11-12-0700_iPhone-OS_iPhone_22G86/');
    expect([west.at, west.date(local)]).toEqual(['2026-11-20T18:11:12.000Z', '2026-11-03T15:00:01.000Z']);
    expect(snapshotOf('renamed/')).toMatchObject({ at: null });
    expect(snapshotOf('renamed/').date(local)).toEqual(local);
  });

  it.each([
    ['2026-11-03 08:00:01 +0000', '2026-11-03T08:00:01.000Z'],
    ['2026-11-03 8:00:01 PM +0100', '2026-11-03T19:00:01.000Z'],
    ['2026-11-03 12:00:01\u202fAM +0000', '2026-11-03T00:00:01.000Z'],
    ['2026-11-03 08:00:01', null],
    ['2026-13-03 08:00:01 +0000', null],
  ])('of texts: %s', (text, at) => {
    expect(textTime(text)).toBe(at);
  });
});

describe('lists of processes held against each other', () => {
  const listed = (pid: number, seconds: number | null, path = ''): ListedProcess => ({
    pid,
    name: `p${pid}`,
    path,
    seconds,
    file: 'x',
    line: pid,
  });
  function unlisted(...all: readonly (readonly [string, readonly ListedProcess[]])[]): string[] {
    const notes = createProcessNotes(['ps.txt']);
    for (const [list, processes] of all) for (const process of processes) notes.add(list, process);
    const texts: string[] = [];
    const onRecord = ({ text }: { readonly text: string }): boolean => texts.push(text) > 0;
    notes.finish(createEvidenceBuilder('sysdiagnose', { onRecord }));
    return texts;
  }
  const ps = ['ps.txt', [listed(1, null), listed(2, null)]] as const;

  it('name what has run long and is left out of one', () => {
    expect(unlisted(ps, ['taskinfo.txt', [listed(1, 9_000), listed(7, 9_000)]])).toEqual([
      'Process p7 (7) is in taskinfo.txt and not in ps.txt',
    ]);
  });

  it('name what two other lists have', () => {
    expect(unlisted(ps, ['a', [listed(7, null)]], ['b', [listed(7, null)]])).toHaveLength(1);
  });

  it('say that a list is cut off where it leaves out many', () => {
    const builder = createEvidenceBuilder('sysdiagnose', { onRecord: () => true });
    const notes = createProcessNotes(['ps.txt']);
    for (const pid of [1, 2]) notes.add('ps.txt', listed(pid, null));
    for (let pid = 1; pid < 50; pid++) notes.add('taskinfo.txt', listed(pid, 9_000));
    notes.finish(builder);
    const { records, diagnostics } = builder.finish({ now: '2026-11-22T18:00:00.000Z' });
    expect(records).toEqual([]);
    expect(diagnostics).toContainEqual(expect.objectContaining({ id: 'sysdiagnose.processes', where: 'ps.txt' }));
  });

  it.each([
    ['what began a moment ago', [ps, ['taskinfo.txt', [listed(7, 10)]]]],
    ['what one list alone has, without its age', [ps, ['a', [listed(7, null)]]]],
    ['anything where the list of all is missing', [['taskinfo.txt', [listed(7, 9_000)]]]],
    [
      'anything where the list of all is empty',
      [
        ['ps.txt', [listed(1, null)]],
        ['taskinfo.txt', [listed(7, 9_000)]],
      ],
    ],
    [
      'what a list of some leaves out',
      [
        ['ps.txt', [listed(1, null), listed(7, null)]],
        ['taskinfo.txt', [listed(1, 9_000)]],
      ],
    ],
  ] as const)('do not name %s', (_, all) => {
    expect(unlisted(...all)).toEqual([]);
  });
});

describe('the model of a phone', () => {
  it('is in what it says of itself, and computers that it talks to are not it', () => {
    const folder = 'sysdiagnose_2026.11.20_11-11-12+0100_iPhone-OS_iPhone_22G86/';
    const text =
      'Local device\n\t\tProductType => iPhone15,2\n\t\tOSVersion => 18.6\nFound computer\n\t\tProductType => Mac14,2\n';
    const builder = createEvidenceBuilder('sysdiagnose');
    readSysdiagnose(builder, treeFromFiles(new Map([[`${folder}remotectl_dumpstate.txt`, encode(text)]])), folder);
    const { evidence } = builder.finish({ now: '2026-11-22T18:00:00.000Z' });
    expect(evidence.facts).toMatchObject({ model: 'iPhone15,2', osVersion: '18.6' });
    expect(evidence.observations.map(({ key, value }) => [key, value])).toContainEqual(['ios.model', 'iPhone15,2']);
  });
});

it('every reader of texts is total (fuzz)', () => {
  const words = [
    'process: "x" [1]',
    'Process: x [1]',
    'Path: /x',
    'run time: 99999999 s',
    'PID COMMAND',
    'USER PID COMMAND',
    'root 1 /sbin/x',
    '--- !logd statistics record',
    'time  : 2026-11-03 08:00:00+0000',
    '- [ 1, 2.0, /x ]',
    '{"unixTime":1e300,"processList":[{"process":"/x"}]}',
    'Mon Aug 10 14:09:38 2026 [8567] <notice> (0x17002b000) Install Successful for (Customer:org.app)',
    '08/10/26 13:55:38.4 pid=7 pair: paired',
    'Service: x',
    'App ID: ABCDE12345.org.app',
    'Domain: a.test',
    '----------------------------------------',
    'Client: trust',
    '2026-11-03 08:00:01 +0000 EventHardFailure: x - Attributes: {a : b.c',
    '{"registration":[{"app":"x","a At":"2026-11-03 08:00:01 +0000"}]}',
    'acct : x',
    'ProductType => iPhone15,2',
    '<plist><dict><key>A</key><string>/x</string></dict></plist>',
    ']'.repeat(50),
    '\u0000',
  ];
  const snapshot = snapshotOf('');
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...words), fc.string()), { maxLength: 30 }), (parts) => {
      const bytes = encode(parts.join('\n'));
      const builder = createEvidenceBuilder('sysdiagnose', { onRecord: () => true });
      const notes = createProcessNotes(['ps.txt']);
      for (const [, read] of PROCESS_READERS) read(builder, notes, 'ps.txt', bytes);
      for (const [, read] of LOG_READERS) read(builder, snapshot, 'x', bytes);
      for (const [, read] of TEXT_READERS) read(builder, 'x', bytes);
      notes.finish(builder);
      for (const { at, text } of builder.finish({ now: '2026-11-22T18:00:00.000Z' }).records) {
        expect(text).not.toBe('');
        expect(at === null || !Number.isNaN(Date.parse(at))).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});
