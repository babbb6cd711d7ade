import { createBrowserHost } from '@vedette/bytes/browser';
import { checkFiles } from './check-files.ts';
import type { WorkerAnswer, WorkerQuestion } from './worker-messages.ts';

// Reading a large bug report takes seconds; it is done beside the page so that the page stays alive and can be left.
const host = createBrowserHost(() => performance.now());

function say(answer: WorkerAnswer): void {
  postMessage(answer);
}

async function answer({ files, now, engineVersion, path }: WorkerQuestion): Promise<void> {
  try {
    const given = files.map(({ name, bytes }) => ({ name, bytes: new Uint8Array(bytes) }));
    const outcome = await checkFiles(
      given,
      host,
      now,
      engineVersion,
      (share) => say({ type: 'progress', share }),
      path,
    );
    say({ type: 'done', outcome });
  } catch (error) {
    say({ type: 'failed', message: error instanceof Error ? error.message : 'The file could not be read.' });
  }
}

addEventListener('message', (event: MessageEvent<WorkerQuestion>) => void answer(event.data));
