import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'vedette-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Whether a program is there to be run. */
export function hasProgram(name) {
  return spawnSync('bash', ['-c', 'command -v "$0"', name], { stdio: 'ignore' }).status === 0;
}

const canMeasureMemory = hasProgram('/usr/bin/time');

/**
 * Runs a program to its end. CPU is user and system time of the process and all its children, in milliseconds; peak is
 * the largest resident set of any of them in MiB, null where GNU time is not installed.
 */
export function runProcess(command) {
  const report = join(folder, 'peak');
  const measured = canMeasureMemory ? ['/usr/bin/time', '-f', '%M', '-o', report, ...command] : command;
  const script = `TIMEFORMAT='%R %U %S'; time "$@" >/dev/null 2>&1; exit $?`;
  const shell = spawnSync(
    'bash',
    ['-c', `exec 3>&2; { ${script.replace('exit $?', 'status=$?')} ; } 2>&3; exit $status`, 'bash', ...measured],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    },
  );
  const [wall = 0, user = 0, system = 0] = shell.stderr.trim().split(/\s+/).slice(-3).map(Number);
  const peak = canMeasureMemory ? Number(readFileSync(report, 'utf8').trim().split('\n').at(-1)) / 1024 : null;
  return { cpuMs: (user + system) * 1000, wallMs: wall * 1000, peakMiB: peak, status: shell.status };
}

export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Medians of several programs run in turns (A B A B …), so that a busy neighbour slows all of them alike. */
export function runInTurns(commands, runs) {
  const results = commands.map(() => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, command] of commands.entries()) results[index].push(runProcess(command));
  }
  return results.map((all) => ({
    cpuMs: median(all.map(({ cpuMs }) => cpuMs)),
    wallMs: median(all.map(({ wallMs }) => wallMs)),
    peakMiB: all[0].peakMiB === null ? null : Math.max(...all.map(({ peakMiB }) => peakMiB)),
    status: all.at(-1).status,
  }));
}
