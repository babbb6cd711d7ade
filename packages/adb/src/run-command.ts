import { createBoundedBytes } from './bounded-bytes.ts';
import { createFrameReader } from './frame-reader.ts';
import { oneLine, type PhoneLink, type PhoneStream } from './phone-link.ts';
import { OutOfTimeError, withinTime } from './within-time.ts';

/** What came of a command: its whole output, a part of it, or nothing. */
export type CommandAnswer =
  | { readonly kind: 'answered'; readonly output: Uint8Array; readonly exitCode: number | null }
  | { readonly kind: 'incomplete'; readonly output: Uint8Array; readonly why: 'time' | 'size' | 'end' }
  | { readonly kind: 'refused'; readonly reason: string };

export interface CommandLimits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** Of the second shell protocol (shell_protocol.h): kind, length (little-endian), data. */
const SHELL_HEADER_BYTES = 5;
const SHELL_STDOUT = 1;
const SHELL_STDERR = 2;
const SHELL_EXIT = 3;
const MAX_PACKET_BYTES = 1024 * 1024;

/**
 * Runs one command on the phone and gathers what it prints, standard output and error as they come.
 * @throws Error when `signal` aborts
 */
export async function runCommand(link: PhoneLink, command: string, limits: CommandLimits): Promise<CommandAnswer> {
  const { timeoutMs, maxBytes, signal } = limits;
  const output = createBoundedBytes(maxBytes);
  const state: { stream: PhoneStream | null; over: boolean } = { stream: null, over: false };
  const work = async (): Promise<CommandAnswer> => {
    const stream = await link.open(`${link.hasExitCodes ? 'shell,v2,raw' : 'exec'}:${command}`);
    if (state.over) await stream.close();
    state.stream = stream;
    return link.hasExitCodes ? await gatherPackets(stream, output) : await gatherBytes(stream, output);
  };
  try {
    return await withinTime(timeoutMs, signal, work);
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof OutOfTimeError) return { kind: 'incomplete', output: output.bytes(), why: 'time' };
    return { kind: 'refused', reason: oneLine(error instanceof Error ? error.message : String(error)) };
  } finally {
    state.over = true;
    // The phone may be gone and never answer to the farewell.
    void state.stream?.close();
  }
}

type Output = ReturnType<typeof createBoundedBytes>;

async function gatherPackets(stream: PhoneStream, output: Output): Promise<CommandAnswer> {
  const state: { exitCode: number | null; full: boolean } = { exitCode: null, full: false };
  const shape = {
    headerBytes: SHELL_HEADER_BYTES,
    payloadBytes: (header: DataView) => header.getUint32(1, true),
    maxPayloadBytes: MAX_PACKET_BYTES,
  };
  const feed = createFrameReader(shape, ({ header, payload }) => {
    const kind = header.getUint8(0);
    if (kind === SHELL_EXIT) state.exitCode ??= payload[0] ?? 0;
    else if ((kind === SHELL_STDOUT || kind === SHELL_STDERR) && !state.full) state.full = !output.add(payload);
  });
  while (state.exitCode === null && !state.full) {
    const chunk = await stream.read();
    if (chunk === null) break;
    feed(chunk);
  }
  const { exitCode, full } = state;
  if (full) return { kind: 'incomplete', output: output.bytes(), why: 'size' };
  // Without an exit code the command did not end: the phone went away, or killed it.
  if (exitCode === null) return { kind: 'incomplete', output: output.bytes(), why: 'end' };
  return { kind: 'answered', output: output.bytes(), exitCode };
}

async function gatherBytes(stream: PhoneStream, output: Output): Promise<CommandAnswer> {
  for (;;) {
    const chunk = await stream.read();
    if (chunk === null) return { kind: 'answered', output: output.bytes(), exitCode: null };
    if (!output.add(chunk)) return { kind: 'incomplete', output: output.bytes(), why: 'size' };
  }
}
