/** What a phone answers to one command. */
export interface RecordedAnswer {
  readonly output: Uint8Array;
  readonly errors?: Uint8Array;
  readonly exitCode: number;
}

/**
 * The answers in a folder of ADB answers, by command: `adb/index.json` (or `index.json`) says which file holds which.
 * @throws SyntaxError when there is no such index
 */
export function recordedAnswers(files: ReadonlyMap<string, Uint8Array>): Map<string, RecordedAnswer> {
  const path = [...files.keys()].find((name) => /^(?:adb\/)?index\.json$/.test(name));
  const bytes = path === undefined ? undefined : files.get(path);
  if (path === undefined || bytes === undefined) throw new SyntaxError('There is no index.json among the answers.');
  const index: unknown = JSON.parse(new TextDecoder().decode(bytes));
  const listed = typeof index === 'object' && index !== null && 'answers' in index ? index.answers : [];
  const answers = new Map<string, RecordedAnswer>();
  for (const one of Array.isArray(listed) ? (listed as readonly unknown[]) : []) {
    if (typeof one !== 'object' || one === null || !('file' in one) || !('command' in one)) continue;
    const output = files.get(path.replace('index.json', String(one.file)));
    const exitCode = 'exitCode' in one && typeof one.exitCode === 'number' ? one.exitCode : 0;
    if (output !== undefined) answers.set(String(one.command), { output, exitCode });
  }
  return answers;
}

/** What Android's shell says of a command it does not have. */
export function unknownCommand(command: string): RecordedAnswer {
  const program = command.split(' ')[0] ?? '';
  const errors = new TextEncoder().encode(`/system/bin/sh: ${program}: inaccessible or not found\n`);
  return { output: new Uint8Array(), errors, exitCode: 127 };
}
