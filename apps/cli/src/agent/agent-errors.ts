import { AgentError, type AgentErrorCode } from '@vedette/agent';
import { CliError, EXIT } from '../exit-code.ts';

const WRONG_USAGE: ReadonlySet<AgentErrorCode> = new Set(['link-invalid', 'server-invalid', 'plain-http']);

/**
 * Does some work of the agent.
 * @throws CliError in place of an `AgentError`, with what to do at a command line; anything else as it is
 */
export async function withAgentErrors<T>(work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    const message =
      error.code === 'plain-http' ? `${error.message.replace(/\.$/, '')}, or add --allow-http` : error.message;
    throw new CliError(WRONG_USAGE.has(error.code) ? EXIT.usage : EXIT.failed, message, { cause: error });
  }
}
