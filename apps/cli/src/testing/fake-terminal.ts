import { createTerminal, type Terminal } from '../terminal.ts';

/** A terminal that keeps what was written. */
export interface FakeTerminal {
  readonly terminal: Terminal;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly stop: () => void;
}

export function createFakeTerminal(
  over: { readonly isTTY?: boolean; readonly env?: Record<string, string> } = {},
): FakeTerminal {
  const written = { stdout: '', stderr: '' };
  const controller = new AbortController();
  const stream = (name: keyof typeof written) => ({
    isTTY: over.isTTY === true,
    columns: 100,
    write(content: string | Uint8Array): boolean {
      written[name] += typeof content === 'string' ? content : new TextDecoder('latin1').decode(content);
      return true;
    },
  });
  const terminal = createTerminal({
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: over.env ?? {},
    signal: controller.signal,
  });
  return { terminal, stdout: () => written.stdout, stderr: () => written.stderr, stop: () => controller.abort() };
}
