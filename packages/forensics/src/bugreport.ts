import type { EvidenceBuilder } from './evidence-builder.ts';
import { baseName, type EvidenceTree } from './evidence-tree.ts';
import { forEachLine, type LineReader } from './lines.ts';
import { parseLocalTime } from './local-time.ts';
import { createServiceReader, openedService } from './parsers/dumpsys-services.ts';
import { createGetpropReader } from './parsers/getprop.ts';
import { createMountsReader } from './parsers/mounts.ts';
import { createProcessesReader } from './parsers/processes.ts';
import { createSelinuxReader } from './parsers/selinux.ts';
import { createBatteryCheckinReader } from './power/battery-checkin.ts';

const HEAD_BYTES = 8192;
const HEADER = /^== dumpstate: /m;

/**
 * Finds the text of the bug report: the file that `main_entry.txt` names (AOSP), else `bugreport-*.txt`, else Samsung's
 * `dumpState_*.log`, else any text file that begins like one. Null when there is none.
 */
export function findBugReport(tree: EvidenceTree): string | null {
  const paths = tree.list();
  const entry = paths.find((path) => baseName(path) === 'main_entry.txt' && depth(path) <= 4);
  if (entry !== undefined) {
    const bytes = tree.read(entry, 1024);
    const name = bytes === null ? '' : new TextDecoder().decode(bytes).trim();
    const folder = entry.slice(0, entry.length - 'main_entry.txt'.length);
    if (name !== '' && tree.size(folder + name) !== null) return folder + name;
  }
  const named = paths.filter(
    (path) =>
      depth(path) <= 5 &&
      /^(?:bugreport[-_.].*\.txt|bugreport\.txt|dumpstate[-_.].*\.(?:txt|log))$/i.test(baseName(path)),
  );
  const other = paths.filter((path) => depth(path) <= 3 && /\.(?:txt|log)$|^[^.]*$/i.test(baseName(path)));
  // `dumpstate_log.txt` is dumpstate's own log and begins differently: the header decides, not the name.
  for (const path of [...named, ...other.slice(0, 50)]) {
    const head = tree.read(path, HEAD_BYTES);
    if (head !== null && HEADER.test(new TextDecoder().decode(head))) return path;
  }
  return null;
}

function depth(path: string): number {
  return path.split('/').length;
}

const SECTION = /^------ (.{1,200}?) \((.{0,500})\) ------\s*$/;
const SECTION_END = /^------ [\d.]+s was the duration of /;
const SERVICE_END = /^--------- [\d.]+s was the duration of dumpsys /;

/**
 * Reads a bug report (AOSP `dumpstate`; Samsung's has the same sections): a header with `== dumpstate: <local time>`, then
 * sections `------ NAME (command) ------` and, within the dumpsys sections, `DUMP OF SERVICE x:`. One pass, one line at a time.
 * @returns how many sections were recognised
 */
export function readBugReport(
  builder: EvidenceBuilder,
  file: string,
  bytes: Uint8Array,
  onProgress?: (fraction: number) => void,
): number {
  let reader: LineReader | null = null;
  let sections = 0;
  let inHeader = true;
  let seen = 0;

  function open(next: LineReader | null): void {
    reader?.end();
    reader = next;
  }

  forEachLine(bytes, (text, number) => {
    seen += text.length + 1;
    if (number % 50_000 === 0) onProgress?.(Math.min(1, seen / bytes.length));
    // Nearly every line is content: markers all begin with one of two letters.
    const marker = text.startsWith('------') || text.startsWith('DUMP OF SERVICE');
    if (marker) {
      const service = openedService(text);
      if (service !== null) {
        sections += 1;
        inHeader = false;
        open(createServiceReader(builder, service, file));
        return;
      }
      const section = SECTION.exec(text);
      if (section !== null) {
        sections += 1;
        inHeader = false;
        open(createSectionReader(builder, file, section[1] ?? '', section[2] ?? ''));
        return;
      }
      if (SECTION_END.test(text) || SERVICE_END.test(text)) {
        open(null);
        return;
      }
    }
    if (inHeader) readHeaderLine(builder, file, text, number);
    else reader?.line(text, number);
  });
  open(null);
  return sections;
}

function createSectionReader(builder: EvidenceBuilder, file: string, name: string, command: string): LineReader | null {
  if (name === 'SYSTEM PROPERTIES') return createGetpropReader(builder, file);
  if (/^(?:mount|(?:cat )?\/proc\/(?:self\/|\d+\/)?(?:mounts|mountinfo))$/.test(command) || /^MOUNTS?\b/.test(name)) {
    return createMountsReader(builder, file);
  }
  if (/^(?:PROCESSES|PROCESS LIST|PROCESSES AND THREADS)$/.test(name)) return createProcessesReader(builder, file);
  if (name === 'CHECKIN BATTERYSTATS') return createBatteryCheckinReader(builder, file);
  if (command === 'getenforce') return createSelinuxReader(builder, file);
  return null;
}

/** Header lines: the time, and what the bootloader told the kernel. */
function readHeaderLine(builder: EvidenceBuilder, file: string, text: string, line: number): void {
  if (text.startsWith('== dumpstate: ')) {
    const time = parseLocalTime(text.slice('== dumpstate: '.length));
    if (time !== null) builder.setCollectedAt(time);
    return;
  }
  if (!/^(?:Command line|Bootconfig):/.test(text)) return;
  const place = { file, line };
  const selinux = /\bandroidboot\.selinux\s*=\s*"?(\w+)/.exec(text)?.[1];
  if (selinux === 'permissive' || selinux === 'disabled') {
    builder.observe('selinux.mode', selinux === 'permissive' ? 'Permissive' : 'Disabled', place);
  }
  const state = /\bandroidboot\.verifiedbootstate\s*=\s*"?(\w+)/.exec(text)?.[1];
  if (state !== undefined) builder.observe('cmdline.androidboot.verifiedbootstate', state, place);
  const device = /\bandroidboot\.vbmeta\.device_state\s*=\s*"?(\w+)/.exec(text)?.[1];
  if (device !== undefined) builder.observe('cmdline.androidboot.vbmeta.device_state', device, place);
}
