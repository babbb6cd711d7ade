import type { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import picocolors from 'picocolors';

/** What commands know of the world around them. */
export interface Terminal {
  /** Results; bytes go out as they are. */
  out(content: string | Uint8Array): void;
  /** One line for a person: errors and notes. */
  note(line: string): void;
  /** One line that only a person at a terminal wants. */
  remark(line: string): void;
  /** A line that overwrites the one before; only on a terminal, and only until `out` or `note` is used. */
  progress(line: string): void;
  /** Whether a person looks at the results, and not a file or a program. */
  readonly interactive: boolean;
  readonly color: ReturnType<typeof picocolors.createColors>;
  /** Columns of the terminal; 100 where results go elsewhere. */
  readonly width: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts when the person or the system asks the process to stop. */
  readonly signal: AbortSignal;
}

export interface TerminalStreams {
  readonly stdout: Pick<Writable, 'write'> & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Pick<Writable, 'write'> & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Colour only where a person looks: a terminal, not `TERM=dumb`, and not against `NO_COLOR` (no-color.org). */
export function createTerminal({ stdout, stderr, env, signal }: TerminalStreams): Terminal {
  const refused = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  const color = picocolors.createColors(stdout.isTTY === true && !refused);
  const live = stderr.isTTY === true && env['TERM'] !== 'dumb';
  let shown = false;
  const clear = (): void => {
    if (shown) stderr.write('\r\u001b[K');
    shown = false;
  };
  const note = (line: string): void => {
    clear();
    stderr.write(`${printable(line)}\n`);
  };
  return {
    interactive: stdout.isTTY === true,
    color,
    width: stdout.isTTY === true ? Math.min(columnsOf(stdout.columns, 100), 140) : 100,
    env,
    signal,
    out(content) {
      clear();
      stdout.write(content);
    },
    note,
    remark(line) {
      if (live) note(line);
    },
    progress(line) {
      if (!live) return;
      clear();
      stderr.write(printable(line).slice(0, columnsOf(stderr.columns, 80) - 1));
      shown = true;
    },
  };
}

/** Some terminals say that they have 0 columns when they do not know. */
function columnsOf(columns: number | undefined, otherwise: number): number {
  return columns === undefined || columns < 20 ? otherwise : columns;
}

/**
 * Text that cannot steer a terminal: file names, labels and answers of servers may hold escape sequences. Control characters but
 * newline and tab, and the marks that reverse the direction of text (Unicode UAX #9), are shown as `\u001b`.
 */
export function printable(text: string): string {
  let safe = '';
  for (const character of stripVTControlCharacters(text)) {
    const code = character.codePointAt(0) ?? 0;
    safe += steersTerminal(code) ? `\\u${code.toString(16).padStart(4, '0')}` : character;
  }
  return safe;
}

function steersTerminal(code: number): boolean {
  if (code < 0x20) return code !== 0x0a && code !== 0x09;
  if (code < 0x7f) return false;
  if (code <= 0x9f) return true;
  return code === 0x200e || code === 0x200f || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}
