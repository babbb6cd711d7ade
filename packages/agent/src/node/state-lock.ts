import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AgentError } from '../agent-error.ts';
import { isCode } from './atomic-file.ts';

/** Held while a process uses a state folder: two agents with one key would use sequence numbers twice. */
export interface StateLock {
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Takes the folder for this process. A lock left by a process that is gone (killed, power lost) is taken over: its owner is named
 * by process id and, where the system tells it, by start time, so that a reused id is not mistaken for the owner.
 * @throws AgentError `state-locked`
 */
export async function lockStateFolder(folder: string): Promise<StateLock> {
  const path = join(folder, 'lock');
  const mine = `${process.pid} ${await startTimeOf(process.pid)}`;
  const draft = join(folder, `lock.${process.pid}`);
  await writeFile(draft, mine, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        // link(2) fails when the name exists and never leaves a half-written lock, unlike open followed by write.
        await link(draft, path);
        return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
      } catch (error) {
        if (!isCode(error, 'EEXIST')) throw error;
        const owner = await readFile(path, 'utf8').catch(() => '');
        if (await isAlive(owner)) throw locked(folder, owner);
        if ((await readFile(path, 'utf8').catch(() => '')) === owner) await rm(path, { force: true });
      }
    }
    throw locked(folder, '');
  } finally {
    await rm(draft, { force: true });
  }
}

function locked(folder: string, owner: string): AgentError {
  const who = owner === '' ? 'Another agent' : `Another agent (process ${owner.split(' ')[0]})`;
  return new AgentError('state-locked', `${who} uses ${folder}. Stop it, or give this one another --state.`);
}

async function isAlive(owner: string): Promise<boolean> {
  const [pidText = '', started = ''] = owner.split(' ');
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (isCode(error, 'ESRCH')) return false;
  }
  return (await startTimeOf(pid)) === started;
}

/** Field 22 of /proc/PID/stat (proc(5)): start time in clock ticks since boot. Empty where there is no /proc. */
async function startTimeOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
