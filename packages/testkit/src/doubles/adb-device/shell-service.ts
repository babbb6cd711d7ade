import type { OpenService, ServiceStream } from './device-service.ts';
import type { RecordedAnswer } from './recorded-answers.ts';

/** Kinds of packet of the second shell protocol (shell_protocol.h of Android's adb). */
const SHELL_STDOUT = 1;
const SHELL_STDERR = 2;
const SHELL_EXIT = 3;

/** Answers of a phone: what is recorded, or `silence`, which keeps the host waiting. */
export type AnswerCommand = (command: string) => RecordedAnswer | 'silence';

/** `shell:COMMAND` and `exec:COMMAND` give output and errors as one; `shell,v2,…:COMMAND` as packets that end with the exit code. Null when `name` is no such service. */
export function shellService(name: string, answer: AnswerCommand): OpenService | null {
  const match = /^(shell|exec)((?:,[^:]*)?):(.+)$/s.exec(name);
  if (match === null) return null;
  const [, , options = '', command = ''] = match;
  return (stream) => {
    const given = answer(command);
    if (given !== 'silence') {
      if (options.split(',').includes('v2')) sendPackets(stream, given);
      else {
        stream.send(given.output);
        if (given.errors !== undefined) stream.send(given.errors);
        stream.end();
      }
    }
    // Standard input of the host: no recorded command reads it.
    return { receive: () => undefined };
  };
}

function sendPackets(stream: ServiceStream, { output, errors, exitCode }: RecordedAnswer): void {
  // Android's shell sends at most what fits a message, so that large answers are several packets.
  for (let at = 0; at < output.length; at += 32_000)
    stream.send(packet(SHELL_STDOUT, output.subarray(at, at + 32_000)));
  if (errors !== undefined && errors.length > 0) stream.send(packet(SHELL_STDERR, errors));
  stream.send(packet(SHELL_EXIT, Uint8Array.of(exitCode)));
  stream.end();
}

function packet(kind: number, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(5 + data.length);
  bytes[0] = kind;
  new DataView(bytes.buffer).setUint32(1, data.length, true);
  bytes.set(data, 5);
  return bytes;
}
