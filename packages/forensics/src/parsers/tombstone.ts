import { createDiagnostics } from '@vedette/bytes';
import { ProtoCursor, WIRE_LENGTH } from '@vedette/formats';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import { forEachLine } from '../lines.ts';
import { parseLocalTime } from '../local-time.ts';

/** The head of a tombstone is short; registers, stack and maps follow. */
const MAX_HEAD_LINES = 60;

/** What the head of a crash report says. */
interface Crash {
  readonly process: string;
  readonly uid: string | null;
  readonly signal: string | null;
  readonly time: string | null;
  readonly command: string | null;
  /** Of the text; a protocol buffer has none. */
  readonly line: number | undefined;
}

/** Reads a crash report of native code, as text or as protocol buffer: one record. */
export function readTombstone(builder: EvidenceBuilder, file: string, bytes: Uint8Array): void {
  const crash = ofText(bytes) ?? ofProtobuf(bytes);
  if (crash === null) {
    builder.diagnose({
      id: 'tombstone.unreadable',
      level: 'note',
      message: 'This is no crash report, neither as text nor as protocol buffer.',
      where: file,
    });
    return;
  }
  const { process, uid, signal, time, command, line } = crash;
  builder.record({
    artefact: 'android.tombstone',
    text: `${process} crashed${signal === null ? '' : ` (${signal})`}${uid === null ? '' : `, as user ${uid}`}`,
    at: time === null ? null : timeOf(time),
    place: { file, line },
    fields: { process, uid: uid ?? '', signal: signal ?? '' },
    observables: [
      { kind: 'process', value: process },
      ...(command === null ? [] : [{ kind: 'command' as const, value: command }]),
    ],
  });
}

/**
 * AOSP debuggerd, `tombstone_proto_to_text.cpp`: `Timestamp:`, `pid: N, tid: N, name: thread  >>> process <<<`, `uid: N`, `signal N (NAME)`. The first `pid:` line is of
 * the process; later ones are of other threads. The time has the phone's offset on most versions, and is local where it has none.
 */
function ofText(bytes: Uint8Array): Crash | null {
  let named: { readonly process: string; readonly line: number } | null = null;
  const found = new Map<string, string>();
  const note = (name: string, match: RegExpExecArray | null): void => {
    if (match?.[1] !== undefined && !found.has(name)) found.set(name, match[1]);
  };
  forEachLine(bytes, (text, number) => {
    note('time', /^Timestamp: (.{10,60})$/.exec(text));
    note('command', /^Cmdline: (.{1,1000})$/.exec(text));
    note('uid', /^uid: (\d{1,10})$/.exec(text));
    note('signal', /^signal \d+ \((\w+)\)/.exec(text));
    const process = /^pid: \d+, tid: \d+, name: .{0,200}?\s+>>> (.{1,500}) <<</.exec(text)?.[1];
    if (process !== undefined) named ??= { process, line: number };
    return number < MAX_HEAD_LINES;
  });
  const head: { readonly process: string; readonly line: number } | null = named;
  if (head === null) return null;
  const { process, line } = head;
  const of = (name: string): string | null => found.get(name) ?? null;
  return { process, line, uid: of('uid'), signal: of('signal'), time: of('time'), command: of('command') };
}

const MAX_ARGUMENTS = 50;

/** AOSP debuggerd, `tombstone.proto`: 4 timestamp, 5 pid, 7 uid, 9 command_line (repeated), 10 signal_info { 2 name }. */
function ofProtobuf(bytes: Uint8Array): Crash | null {
  const diagnostics = createDiagnostics();
  const cursor = new ProtoCursor(bytes, { start: 0, end: bytes.length }, diagnostics);
  let pid: string | null = null;
  let uid: string | null = null;
  let signal: string | null = null;
  let time: string | null = null;
  const command: string[] = [];
  while (cursor.next()) {
    if (cursor.field === 4 && cursor.wireType === WIRE_LENGTH) time = cursor.text().slice(0, 60);
    else if (cursor.field === 5) pid = String(cursor.low());
    else if (cursor.field === 7) uid = String(cursor.low());
    else if (cursor.field === 9 && command.length < MAX_ARGUMENTS) command.push(cursor.text().slice(0, 500));
    else if (cursor.field === 10) {
      const inner = cursor.message();
      while (inner.next()) if (inner.field === 2) signal = inner.text().slice(0, 40);
    }
  }
  const process = command[0] ?? '';
  // Anything may look like a protocol buffer: a process has a number and a name, and the time is one.
  if (pid === null || process === '' || !/^\d{4}-\d\d-\d\d /.test(time ?? '')) return null;
  return { process, uid: uid ?? '0', signal, time, command: command.join(' ').slice(0, 1000), line: undefined };
}

/** `2026-11-01 10:11:12.123456789+0100`: an instant; without the offset a local time. */
function timeOf(text: string): ReturnType<typeof parseLocalTime> | string {
  const whole = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.\d+)?\s*([+-]\d{2}):?(\d{2})$/.exec(text.trim());
  if (whole === null) return parseLocalTime(text);
  const [, date, clock, hours, minutes] = whole;
  const instant = Date.parse(`${date}T${clock}${hours}:${minutes}`);
  return Number.isFinite(instant) ? new Date(instant).toISOString() : null;
}
