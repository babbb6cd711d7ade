import { readFile } from 'node:fs/promises';
import { AgentError } from '../agent-error.ts';
import type { StateStore } from '../agent-state.ts';
import { isCode, writeFileAtomically } from './atomic-file.ts';

/** Keeps the agent's state in one JSON file, replaced atomically. */
export function createFileStateStore(path: string, sync = true): StateStore {
  return {
    async load() {
      try {
        return JSON.parse(await readFile(path, 'utf8')) as unknown;
      } catch (cause) {
        if (isCode(cause, 'ENOENT')) return null;
        if (cause instanceof SyntaxError)
          throw new AgentError(
            'state-damaged',
            `${path} cannot be read. Remove its folder and enrol the device again.`,
            { cause },
          );
        throw cause;
      }
    },
    save: (state) => writeFileAtomically(path, `${JSON.stringify(state, null, 2)}\n`, sync),
  };
}
