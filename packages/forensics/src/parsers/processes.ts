import { isDenial } from '../denial.ts';
import type { EvidenceBuilder, RawPlace } from '../evidence-builder.ts';
import { baseName } from '../evidence-tree.ts';
import type { LineReader } from '../lines.ts';
import { ROOT_PROCESS_NAMES, TEMPORARY_FOLDER } from '../root-signs.ts';

/** How many processes were read, and how many of them give a rooting kit away. */
export interface ProcessTally {
  processes: number;
  rootMarkers: number;
}

/** Notes one running process when its name gives a rooting kit away or it runs from the temporary folder. */
export function noteProcess(builder: EvidenceBuilder, command: string, place: RawPlace, tally: ProcessTally): void {
  const program = command.trim().split(/\s+/, 1)[0] ?? '';
  const name = baseName(program).replace(/^\[|\]$/g, '');
  if (ROOT_PROCESS_NAMES.has(name)) {
    tally.rootMarkers += 1;
    builder.observe('process.root-marker', name, place);
  }
  builder.record({
    artefact: 'android.process',
    text: `running: ${command.trim().slice(0, 300)}`,
    place,
    fields: { process: program },
    observables: [{ kind: 'process', value: program.replace(/^\[|\]$/g, '') }],
  });
  if (program.startsWith(TEMPORARY_FOLDER)) builder.observe('process.temporary-executable', program, place);
}

/** Says that the list of processes was read to the end, and with what result. */
export function noteProcessTally(builder: EvidenceBuilder, tally: ProcessTally, place: RawPlace): void {
  builder.observe('processes.count', String(tally.processes), place);
  builder.observe('process.root-marker.count', String(tally.rootMarkers), place);
}

/**
 * `ps`, `ps -A`, and the process sections of bug reports: a header line that names the columns, then one process a line.
 * The command is the last column and runs to the end of the line. Threads of one process count once.
 */
export function createProcessesReader(builder: EvidenceBuilder, file: string): LineReader {
  let columns = 0;
  let pidColumn = -1;
  const tally: ProcessTally = { processes: 0, rootMarkers: 0 };
  let lastPid = '';
  let refused: { text: string; line: number } | null = null;
  return {
    line(text, number) {
      const fields = text.trim().split(/\s+/);
      if (fields.includes('PID') && (fields.includes('NAME') || fields.includes('CMD') || fields.includes('ARGS'))) {
        // Toolbox, before Android 8, has a column for the state and no title for it.
        columns = fields.length + (fields.includes('PC') && !fields.includes('S') ? 1 : 0);
        pidColumn = fields.indexOf('PID');
        return;
      }
      if (columns === 0) {
        if (refused === null && isDenial(text)) refused = { text, line: number };
        return;
      }
      const pid = fields[pidColumn] ?? '';
      if (fields.length < columns - 1 || !/^\d+$/.test(pid)) return;
      if (pid !== lastPid) tally.processes += 1;
      lastPid = pid;
      const command = fields.slice(Math.min(columns, fields.length) - 1).join(' ');
      noteProcess(builder, command, { file, line: number }, tally);
    },
    end() {
      if (tally.processes > 0) noteProcessTally(builder, tally, { file });
      else if (refused !== null) builder.denied('processes', refused.text, { file, line: refused.line });
    },
  };
}
