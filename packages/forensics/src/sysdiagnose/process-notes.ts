import type { EvidenceBuilder } from '../evidence-builder.ts';

/** One process as one list has it. */
export interface ListedProcess {
  readonly pid: number;
  readonly name: string;
  /** Empty: the list does not say. */
  readonly path: string;
  /** How long it has run, in seconds; null: the list does not say. */
  readonly seconds: number | null;
  readonly file: string;
  readonly line: number;
}

/** Processes kept of all lists. */
const MAX_PROCESSES = 50_000;
/** What runs for as long as this was there when the first list was made: collecting takes minutes. */
const LASTING_SECONDS = 600;

/** What hides itself is one process or a few. Where more are missing, the list is not whole and proves nothing. */
const MOST_HIDDEN = 5;
const MOST_HIDDEN_PART = 0.05;

/** The lists of processes in one sysdiagnose, held against each other. */
export interface ProcessNotes {
  /** `list` is its name: `ps.txt`. */
  add(list: string, process: ListedProcess): void;
  /** Writes a record of each process that was there and that a list of all processes leaves out: something hides it. */
  finish(builder: EvidenceBuilder): void;
}

/** @param complete lists that name every process of the phone, while they hold any */
export function createProcessNotes(complete: readonly string[]): ProcessNotes {
  const lists = new Map<string, Map<number, ListedProcess>>();
  let kept = 0;
  return {
    add(list, process) {
      if (!Number.isSafeInteger(process.pid) || process.pid < 0 || kept >= MAX_PROCESSES) return;
      let known = lists.get(list);
      if (known === undefined) {
        known = new Map();
        lists.set(list, known);
      }
      if (known.has(process.pid)) return;
      known.set(process.pid, process);
      kept += 1;
    },
    finish(builder) {
      const pids = new Set([...lists.values()].flatMap((list) => [...list.keys()]));
      const missing = [...pids].flatMap((pid) => missingOf(lists, complete, pid) ?? []);
      if (missing.length > Math.max(MOST_HIDDEN, pids.size * MOST_HIDDEN_PART)) {
        const where = missing[0]?.without.join(' and ') ?? '';
        const message = `${missing.length} processes of other lists are not in it: it is cut off, or of another time.`;
        builder.diagnose({ id: 'sysdiagnose.processes', level: 'warning', message, where });
        return;
      }
      for (const { process, by, without } of missing)
        builder.record({
          artefact: 'ios.process-unlisted',
          text: `Process ${process.name} (${process.pid}) is in ${by.join(' and ')} and not in ${without.join(' and ')}`,
          place: { file: process.file, line: process.line },
          fields: {
            process: process.name,
            path: process.path,
            pid: String(process.pid),
            in: by.join(' '),
            without: without.join(' '),
          },
          observables: [
            { kind: 'process', value: process.name },
            { kind: 'path', value: process.path },
          ],
          transient: true,
        });
    },
  };
}

interface Missing {
  readonly process: ListedProcess;
  /** Lists that have it, and lists of all processes that do not. */
  readonly by: readonly string[];
  readonly without: readonly string[];
}

function missingOf(
  lists: ReadonlyMap<string, ReadonlyMap<number, ListedProcess>>,
  complete: readonly string[],
  pid: number,
): Missing | null {
  const by = [...lists].flatMap(([list, known]) => {
    const process = known.get(pid);
    return process === undefined ? [] : [{ list, process }];
  });
  const without = complete.filter((list) => (lists.get(list)?.size ?? 0) > 1 && lists.get(list)?.has(pid) === false);
  const process = by.find((one) => one.process.path !== '')?.process ?? by[0]?.process;
  if (process === undefined || without.length === 0 || !lasts(by.map((one) => one.process))) return null;
  return { process, by: by.map(({ list }) => list), without };
}

/** Whether a process was there all the time: a list says how long it ran, or several lists of different moments have it. */
function lasts(by: readonly ListedProcess[]): boolean {
  const seconds = by.flatMap((process) => process.seconds ?? []);
  return seconds.length > 0 ? Math.max(...seconds) >= LASTING_SECONDS : by.length >= 2;
}
