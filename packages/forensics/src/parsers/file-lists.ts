import { isDenial } from '../denial.ts';
import type { EvidenceBuilder, RawPlace } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';
import { TEMPORARY_FOLDER } from '../root-signs.ts';
import { fieldOf, readJsonRecords, stringField } from './json-records.ts';
import { noteRootBinary } from './root-binaries.ts';

/** Counts of one list of files. */
interface FileTally {
  planted: number;
  /** Files in the temporary folder whose mode could not be read: they may be programs. */
  undecided: number;
}

/** What a mode says: octal digits (`100755`, `-rwxr-xr-x`) or a number of androidqf's collector. True: a regular file someone may run. */
export function isExecutableMode(mode: string): boolean {
  const text = mode.trim();
  if (/^[-a-z][r-][w-]/.test(text)) {
    return text.startsWith('-') && /[xs]/.test(text.slice(1, 10));
  }
  if (!/^[0-7]{3,7}$/.test(text)) return false;
  const bits = Number.parseInt(text, 8);
  const type = bits & 0o170000;
  return (type === 0 || type === 0o100000) && (bits & 0o111) !== 0;
}

function noteFile(builder: EvidenceBuilder, path: string, mode: string, place: RawPlace, tally: FileTally): void {
  if (!path.startsWith(TEMPORARY_FOLDER)) return;
  if (mode === '') tally.undecided += 1;
  if (!isExecutableMode(mode)) return;
  tally.planted += 1;
  builder.observe('file.temporary-executable', path, place);
}

/** A file by its path and digests, at the time it was changed: hundreds of thousands, so only those are kept that somebody asks for. */
function recordFile(builder: EvidenceBuilder, value: unknown, path: string, place: RawPlace): void {
  const seconds = fieldOf(value, 'modified_time');
  const at =
    typeof seconds === 'number' && seconds > 0 && seconds < 1e11 ? new Date(seconds * 1000).toISOString() : null;
  const digests = (['md5', 'sha1', 'sha256'] as const).flatMap((kind) => {
    const digest = stringField(value, kind);
    return digest === null || digest === '' ? [] : [{ kind, value: digest }];
  });
  builder.record({
    artefact: 'android.file',
    text: `file ${path.slice(0, 900)}`,
    at,
    place,
    fields: { path },
    observables: [{ kind: 'path', value: path }, ...digests],
    transient: true,
  });
}

/**
 * androidqf's `files.json`: an array or one object a line, `{path, mode, size, user_id, context, sha256, …}`. Programs in
 * `/data/local/tmp` and binaries of rooting kits anywhere are noted. Without a readable mode a file is not called a program.
 */
export function readFilesJson(builder: EvidenceBuilder, file: string, bytes: Uint8Array): void {
  const { records, complete } = readJsonRecords(bytes);
  const tally: FileTally = { planted: 0, undecided: 0 };
  for (const { value, line } of records) {
    const path = stringField(value, 'path');
    if (path === null) continue;
    const rawMode = fieldOf(value, 'mode');
    const mode = typeof rawMode === 'number' ? rawMode.toString(8) : typeof rawMode === 'string' ? rawMode : '';
    const place = { file, line };
    noteFile(builder, path, mode, place, tally);
    recordFile(builder, value, path, place);
    if (/\/s?x?bin\//.test(path)) noteRootBinary(builder, path, place);
  }
  if (!complete) {
    builder.diagnose({
      id: 'androidqf.files.partial',
      level: 'warning',
      message: 'Part of the list of files could not be read.',
      where: file,
    });
  }
  if (records.length === 0) builder.denied('files', 'the list of files is empty or not JSON', { file });
  else if (complete && tally.undecided === 0)
    builder.observe('file.temporary-executable.count', String(tally.planted), { file });
}

/** `ls -laZ /data/local/tmp`: `-rwxrwxrwx 1 shell shell u:object_r:shell_data_file:s0 1234 2026-11-20 10:11 name`. */
export function createTemporaryFolderReader(builder: EvidenceBuilder, file: string): LineReader {
  const tally: FileTally = { planted: 0, undecided: 0 };
  let listed = false;
  let refused: { text: string; line: number } | null = null;
  return {
    line(text, number) {
      if (/^total \d+/.test(text)) {
        listed = true;
        return;
      }
      const match =
        /^([-dlcbps][-rwxsStT]{9})[.+]?\s+.*?\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\S+)?(?: [+-]\d{4})? (.+)$/.exec(text);
      if (match === null) {
        if (refused === null && isDenial(text)) refused = { text, line: number };
        return;
      }
      listed = true;
      noteFile(builder, `${TEMPORARY_FOLDER}${match[2] ?? ''}`, match[1] ?? '', { file, line: number }, tally);
    },
    end() {
      if (listed) builder.observe('file.temporary-executable.count', String(tally.planted), { file });
      else if (refused !== null) builder.denied('files', refused.text, { file, line: refused.line });
    },
  };
}
