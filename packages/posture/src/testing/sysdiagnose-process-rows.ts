import { buildBinaryPlist } from '@vedette/formats/builders';
import { type ArtefactRow, process } from './artefact-row.ts';
import { type Files, lines, sysdiagnose } from './ios-evidence.ts';

const shutdown = (client: string, times: number): Files =>
  sysdiagnose({
    'system_logs.logarchive/Extra/shutdown.0.log': lines(
      ...Array.from({ length: times }, (_, index) => [
        `After ${index + 1}.26s, these clients are still here:`,
        `\t\tremaining client pid: 71 (${client})`,
      ]).flat(),
      'SIGTERM: [1793692800]',
    ),
  });
const PS =
  'USER             UID PRSNA   PID  PPID        F  %CPU %MEM PRI NI      VSZ    RSS WCHAN    TT  STAT STARTED      TIME COMMAND';
const psLine = (pid: number, command: string): string =>
  `root               0     -   ${pid}     1     4004   0.0  0.5  37  0 407920000  10000 -        ??  Ss   10Nov26   1:02.03 ${command}`;
const ps = (...processes: readonly (readonly [number, string])[]): Uint8Array =>
  lines(PS, psLine(1, '/sbin/launchd'), ...processes.map(([pid, command]) => psLine(pid, command)));
const psThread = (pid: number, command: string): Files =>
  sysdiagnose({
    'ps_thread.txt': lines(
      'USER   PID   TT   %CPU STAT PRI     STIME     UTIME COMMAND',
      'root     1   ??    0.0 S    37T   0:00.53   0:01.50 /sbin/launchd',
      `root   ${pid}   ??    0.0 S    37T   0:00.53   0:01.50 ${command}`,
      `       ${pid}         0.0 S    37T   0:00.00   0:00.00 `,
    ),
  });
const taskinfo = (pid: number, name: string, seconds: number): Uint8Array =>
  lines(
    'num tasks: 2',
    '',
    'process: "launchd" [1]',
    'run time: 90000 s',
    '',
    '',
    `process: "${name}" [${pid}]`,
    `run time: ${seconds} s`,
    'threads: 1',
  );
const spindump = (pid: number, path: string): Uint8Array =>
  lines(
    'Date/Time:        2026-11-20 11:12:00.000 +0100',
    '------------------------------------------------------------',
    `Process:          ${path.slice(path.lastIndexOf('/') + 1)} [${pid}]`,
    `Path:             ${path}`,
    'UID:              0',
    'Time Since Fork:  90000s',
    '  Thread 0x1    DispatchQueue 1',
  );
const BH = '/private/var/db/com.apple.xpc.roleaccountd.staging/bh';
const SYSTEM = '/usr/libexec/backboardd';
/** A service of Apple that an update brought. */
const STAGED =
  '/private/var/db/com.apple.xpc.roleaccountd.staging/exec/16777224.1.xpc/com.apple.NRD.UpdateBrainService';
const crash = (name: string, head: object, body: object): Files =>
  sysdiagnose({ [`crashes_and_spins/${name}`]: lines(JSON.stringify(head), JSON.stringify(body)) });
const crashOf = (procName: string, procPath: string): Files =>
  crash(
    `${procName}-2026-11-03-080001.ips`,
    { app_name: procName, timestamp: '2026-11-03 08:00:01.00 +0100', bug_type: '309' },
    { procName, procPath },
  );
const logStatistics = (path: string): Files =>
  sysdiagnose({
    'system_logs.logarchive/Extra/logdata.statistics.0.txt': lines(
      '--- !logd statistics record',
      'type  : File Rotate',
      'time  : 2026-11-03 08:00:00+0000',
      'procs :',
      `  - [ 123, 4.5, ${path} ]`,
    ),
    'system_logs.logarchive/Extra/logdata.statistics.0.jsonl': lines(
      JSON.stringify({ type: 'x', unixTime: 1_793_692_800, processList: [{ process: path }] }),
    ),
  });

/** Rows of a sysdiagnose about what ran. */
export const SYSDIAGNOSE_PROCESS_ROWS: readonly ArtefactRow[] = [
  {
    row: 'shutdownlogs: a path that holds no programs',
    artefact: 'ios.shutdown',
    bad: shutdown(BH, 2),
    rules: ['device.artefact.process-elsewhere'],
    listed: process('bh'),
    place: /Extra\/shutdown\.0\.log:2/,
    good: shutdown(SYSTEM, 3),
  },
  {
    row: 'shutdownlogs: more than three delays',
    artefact: 'ios.shutdown',
    bad: shutdown(SYSTEM, 4),
    rules: ['device.artefact.shutdown-delayed'],
    place: /Extra\/shutdown\.0\.log:2/,
    good: shutdown(SYSTEM, 3),
  },
  {
    row: 'ps.txt',
    artefact: 'ios.process',
    bad: sysdiagnose({ 'ps.txt': ps([123, `${BH} -x`]) }),
    rules: ['device.artefact.process-elsewhere'],
    listed: process('bh'),
    place: /ps\.txt:3/,
    good: sysdiagnose({ 'ps.txt': ps([123, SYSTEM], [124, STAGED]) }),
  },
  {
    row: 'ps.txt: a folder that is none of those of programs',
    artefact: 'ios.process',
    bad: sysdiagnose({ 'ps.txt': ps([123, '/private/var/wireless/bh']) }),
    rules: ['device.artefact.process-unusual-folder'],
    place: /ps\.txt:3/,
    good: sysdiagnose({ 'ps.txt': ps([123, '/private/var/containers/Bundle/Application/A/Shop.app/Shop']) }),
  },
  {
    row: 'ps_thread.txt',
    artefact: 'ios.process',
    bad: psThread(123, BH),
    rules: ['device.artefact.process-elsewhere'],
    listed: process('bh'),
    place: /ps_thread\.txt:3/,
    good: psThread(123, SYSTEM),
  },
  {
    row: 'taskinfo.txt',
    artefact: 'ios.process',
    bad: sysdiagnose({ 'taskinfo.txt': taskinfo(123, 'bh', 90_000) }),
    listed: process('bh'),
    place: /taskinfo\.txt:7/,
    good: sysdiagnose({ 'taskinfo.txt': taskinfo(123, 'backboardd', 90_000) }),
  },
  {
    row: 'spindump-nosymbols.txt',
    artefact: 'ios.process',
    bad: sysdiagnose({ 'spindump-nosymbols.txt': spindump(123, BH) }),
    rules: ['device.artefact.process-elsewhere'],
    listed: process('bh'),
    place: /spindump-nosymbols\.txt:3/,
    good: sysdiagnose({ 'spindump-nosymbols.txt': spindump(123, SYSTEM) }),
  },
  {
    row: 'remotectl_dumpstate.txt',
    artefact: 'ios.remote-service',
    bad: sysdiagnose({
      'remotectl_dumpstate.txt': lines(
        'Local device',
        '\tProperties: {',
        '\t\tProductType => iPhone15,2',
        '\t}',
        '\tServices:',
        '\t\torg.spy.remote.service',
      ),
    }),
    listed: process('org.spy.remote.service'),
    place: /remotectl_dumpstate\.txt:6/,
    good: sysdiagnose({
      'remotectl_dumpstate.txt': lines('Local device', '\tServices:', '\t\tcom.apple.mobile.lockdown.remote'),
    }),
  },
  {
    row: 'logdata.statistics',
    artefact: 'ios.binary',
    bad: logStatistics(BH),
    rules: ['device.artefact.process-elsewhere'],
    listed: process('bh'),
    place: /logdata\.statistics\.0\.(?:txt:5|jsonl:1)/,
    good: logStatistics(SYSTEM),
  },
  {
    row: 'UUIDToBinaryLocations',
    artefact: 'ios.binary',
    bad: sysdiagnose({ 'logs/tailspindb/UUIDToBinaryLocations': buildBinaryPlist({ 'AAAA-1': BH }) }),
    rules: ['device.artefact.process-elsewhere'],
    listed: { kind: 'path', value: BH },
    place: /UUIDToBinaryLocations#AAAA-1/,
    good: sysdiagnose({ 'logs/tailspindb/UUIDToBinaryLocations': buildBinaryPlist({ 'AAAA-1': SYSTEM }) }),
  },
  {
    row: 'a process in one source and not in the others (hiding)',
    artefact: 'ios.process-unlisted',
    bad: sysdiagnose({ 'ps.txt': ps([122, SYSTEM]), 'taskinfo.txt': taskinfo(123, 'watcher', 90_000) }),
    rules: ['device.artefact.process-hidden'],
    listed: process('watcher'),
    place: /taskinfo\.txt:7/,
    // What began while the lists were made is in one of them by chance.
    good: sysdiagnose({ 'ps.txt': ps([122, SYSTEM]), 'taskinfo.txt': taskinfo(123, 'spindump', 5) }),
    says: /watcher \(123\) is in taskinfo\.txt and not in ps\.txt/,
  },
  ...['IMTranscoderAgent', 'mediaserverd', 'MessagesBlastDoorService'].map(
    (name): ArtefactRow => ({
      row: `crashes: ${name}`,
      artefact: 'ios.crash',
      bad: crashOf(name, `/System/Library/${name}`),
      rules: ['device.artefact.parser-crash'],
      listed: process(name),
      place: /crashes_and_spins\/.*\.ips/,
      good: crashOf('Shop', '/private/var/containers/Bundle/Application/A/Shop.app/Shop'),
    }),
  ),
  {
    row: 'crashes: WebContent',
    artefact: 'ios.crash',
    bad: crashOf('com.apple.WebKit.WebContent', '/System/Library/WebContent'),
    rules: ['device.artefact.web-crash'],
    place: /WebContent-.*\.ips/,
    good: crashOf('Shop', '/private/var/containers/Bundle/Application/A/Shop.app/Shop'),
  },
  {
    row: 'crashes: a program beyond its share of the processor',
    artefact: 'ios.report',
    bad: crash(
      'Shop.cpu_resource-2026-11-03-080001.ips',
      { app_name: 'Shop', timestamp: '2026-11-03 08:00:01.00 +0100', bug_type: '202' },
      {},
    ),
    rules: ['device.artefact.processor-report'],
    place: /Shop\.cpu_resource/,
    good: crash('JetsamEvent-2026-11-03-080001.ips', { bug_type: '298' }, { largestProcess: 'Shop', processes: [] }),
  },
  {
    row: 'crashes: a process when memory ran out (jetsam)',
    artefact: 'ios.process-name',
    bad: crash(
      'JetsamEvent-2026-11-03-080001.ips',
      { bug_type: '298' },
      { largestProcess: 'Shop', processes: [{ name: 'bh', pid: 3 }] },
    ),
    listed: process('bh'),
    place: /JetsamEvent/,
    good: crash(
      'JetsamEvent-2026-11-03-080001.ips',
      { bug_type: '298' },
      { largestProcess: 'Shop', processes: [{ name: 'Shop', pid: 3 }] },
    ),
  },
];
