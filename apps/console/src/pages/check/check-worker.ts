import { createBrowserHost } from '@vedette/bytes/browser';
import { checkFile } from './check-file.ts';
import type { WorkerAnswer, WorkerQuestion } from './worker-messages.ts';

// Reading a large bug report takes seconds; it is done beside the page so that the page stays alive and can be left.
const host = createBrowserHost(() => performance.now());

function say(answer: WorkerAnswer): void {
  postMessage(answer);
}

addEventListener('message', (event: MessageEvent<WorkerQuestion>) => {
  const { name, bytes, now, engineVersion } = event.data;
  try {
    const outcome = checkFile(name, new Uint8Array(bytes), host, now, engineVersion, (share) =>
      say({ type: 'progress', share }),
    );
    say({ type: 'done', outcome });
  } catch (error) {
    say({ type: 'failed', message: error instanceof Error ? error.message : 'The file could not be read.' });
  }
});
