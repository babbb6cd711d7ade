// How fast a large bug report is read, and in how much memory. Build first: npx tsc -b packages/forensics
// Usage: node packages/forensics/bench/large-bugreport.mjs [megabytes=500]
// The report is written to the temporary folder line by line, read as `vedette check` reads a folder, and removed.
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDeviceEvidence } from '@vedette/forensics';
import { treeFromDirectory } from '@vedette/forensics/node';

const MEGABYTE = 1024 * 1024;
const megabytes = Number(process.argv[2] ?? '500');
if (!Number.isFinite(megabytes) || megabytes < 1) throw new RangeError('give a number of megabytes');

/** About two thirds log, which is passed over, and one third services whose records are read. */
function* blocks() {
  yield '== dumpstate: 2026-11-20 11:11:12\n------ SYSTEM PROPERTIES (getprop) ------\n[persist.sys.timezone]: [Europe/Berlin]\n';
  for (let round = 0; ; round += 1) {
    const lines = ['------ SYSTEM LOG (logcat -v threadtime -d *:v) ------'];
    for (let line = 0; line < 6000; line += 1)
      lines.push(
        `11-20 10:11:12.${line} 1000  1234  1300 I ActivityManager: Start proc ${round}:org.example.app${line} for service`,
      );
    lines.push('DUMP OF SERVICE package:', 'Receiver Resolver Table:', '  Non-Data Actions:');
    for (let app = 0; app < 1000; app += 1)
      lines.push(
        `      org.example.ACTION_${app}:`,
        `        abc${app % 10} org.example.app${app}.r${round % 40}/.Listener filter def`,
      );
    lines.push('DUMP OF SERVICE dbinfo:', 'Connection pool for /data/user/0/org.example.app/databases/a.db:');
    for (let line = 0; line < 1000; line += 1)
      lines.push(
        `        ${line}: [2026-11-20 10:11:12.123] [Pid:(42)] execute took 0ms - succeeded, sql="SELECT ${round}"`,
      );
    lines.push('DUMP OF SERVICE batterystats:', '          0 (10) RESET:TIME: 2026-11-20-10-00-00');
    for (let line = 0; line < 1000; line += 1)
      lines.push(`  +${line}s001ms (2) 098 +job=u0a12:"org.example.app/.Job${round}"`);
    yield `${lines.join('\n')}\n`;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'vedette-bench-'));
try {
  const path = join(folder, 'bugreport-example.txt');
  const file = openSync(path, 'w');
  let written = 0;
  for (const block of blocks()) {
    written += writeSync(file, block);
    if (written >= megabytes * MEGABYTE) break;
  }
  closeSync(file);
  let seen = 0;
  const started = performance.now();
  const { value } = readDeviceEvidence(treeFromDirectory(folder), {
    now: new Date().toISOString(),
    onRecord: () => {
      seen += 1;
      return false;
    },
  });
  const seconds = (performance.now() - started) / 1000;
  if (value === null) throw new TypeError('the report was not recognised');
  const size = statSync(path).size / MEGABYTE;
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${size.toFixed(0)} MiB in ${seconds.toFixed(1)} s: ${(size / seconds).toFixed(0)} MiB/s, peak RSS ${peak.toFixed(0)} MiB`,
  );
  console.log(`${seen} records seen, ${value.records.length} kept, ${value.recordsOmitted} left out`);
  if (megabytes <= 500 && peak >= 1024) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
