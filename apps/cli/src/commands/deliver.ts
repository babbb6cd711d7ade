import { CliError, EXIT } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Hands a result to the person or to the file they named.
 * @throws CliError when the file cannot be written
 */
export async function deliver(
  content: string | Uint8Array,
  options: { readonly output?: string },
  terminal: Terminal,
): Promise<void> {
  if (options.output === undefined) {
    terminal.out(content);
    return;
  }
  const { writeFileAtomically } = await import('@vedette/agent/node');
  try {
    await writeFileAtomically(options.output, content, false);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new CliError(EXIT.failed, `${options.output} cannot be written (${reason})`, { cause: error });
  }
  terminal.remark(`Written to ${options.output}`);
}
