import type { EvidenceBuilder } from '../evidence-builder.ts';
import { forEachLine } from '../lines.ts';
import { parseLocalTime } from '../local-time.ts';

/** The head of a tombstone is short; registers, stack and maps follow. */
const MAX_HEAD_LINES = 60;

/**
 * A crash report of native code as text (AOSP debuggerd, `tombstone.cpp`): `Timestamp:`, `pid: N, tid: N, name: thread  >>> process <<<`, `uid: N`, `signal N (NAME)`. The first
 * `pid:` line is of the process; later ones are of other threads. The time has the phone's offset on most versions, and is local where it has none.
 */
export function readTombstone(builder: EvidenceBuilder, file: string, bytes: Uint8Array): void {
  let process: string | null = null;
  let line = 0;
  let uid: string | null = null;
  let signal: string | null = null;
  let time: string | null = null;
  let command: string | null = null;
  forEachLine(bytes, (text, number) => {
    time ??= /^Timestamp: (.{10,60})$/.exec(text)?.[1] ?? null;
    command ??= /^Cmdline: (.{1,1000})$/.exec(text)?.[1] ?? null;
    const thread = process === null ? /^pid: \d+, tid: \d+, name: .{0,200}?\s+>>> (.{1,500}) <<</.exec(text) : null;
    if (thread !== null) {
      process = thread[1] ?? null;
      line = number;
    }
    uid ??= /^uid: (\d{1,10})$/.exec(text)?.[1] ?? null;
    signal ??= /^signal \d+ \((\w+)\)/.exec(text)?.[1] ?? null;
    return number < MAX_HEAD_LINES;
  });
  if (process === null) {
    builder.diagnose({
      id: 'tombstone.unreadable',
      level: 'note',
      message: 'This is no crash report as text; as protocol buffer it is not read.',
      where: file,
    });
    return;
  }
  const name: string = process;
  const words = `${name} crashed${signal === null ? '' : ` (${String(signal)})`}${uid === null ? '' : `, as user ${String(uid)}`}`;
  builder.record({
    artefact: 'android.tombstone',
    text: words,
    at: time === null ? null : timeOf(time),
    place: { file, line },
    fields: { process: name, uid: uid ?? '', signal: signal ?? '' },
    observables: [
      { kind: 'process', value: name },
      ...(command === null ? [] : [{ kind: 'command' as const, value: String(command) }]),
    ],
  });
}

/** `2026-11-01 10:11:12.123456789+0100`: an instant; without the offset a local time. */
function timeOf(text: string): ReturnType<typeof parseLocalTime> | string {
  const whole = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.\d+)?\s*([+-]\d{2}):?(\d{2})$/.exec(text.trim());
  if (whole === null) return parseLocalTime(text);
  const [, date, clock, hours, minutes] = whole;
  const instant = Date.parse(`${date}T${clock}${hours}:${minutes}`);
  return Number.isFinite(instant) ? new Date(instant).toISOString() : null;
}
