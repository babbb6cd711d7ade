import type { Diagnostic } from '@vedette/contracts';
import type { InspectSummary } from './inspect-file.ts';
import type { Answers, AskKind, OpenMessage, WorkerAnswer } from './worker-messages.ts';

export interface InspectorEvents {
  readonly onReady: () => void;
  readonly onProgress: (stage: string, share: number) => void;
  readonly onOpened: (summary: InspectSummary) => void;
  readonly onRefused: (diagnostics: readonly Diagnostic[]) => void;
  readonly onFailed: (message: string) => void;
}

/** The page's end of the worker that reads an app. One inspector opens one file. */
export interface Inspector {
  open(file: File, now: string, engineVersion: string): void;
  ask<Kind extends AskKind>(kind: Kind, question: Answers[Kind]['ask']): Promise<Answers[Kind]['answer']>;
  close(): void;
}

const STOPPED =
  'The reader stopped. The file may be too large for the memory of this browser; vedette inspect on the command line reads larger ones.';

/** Starts the worker at once, so that its code is there before a file is: from then on nothing is fetched. */
export function createInspector(events: InspectorEvents): Inspector {
  const worker = new Worker(new URL('./inspect-worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, (value: Answers[AskKind]['answer']) => void>();
  let lastId = 0;
  worker.addEventListener('error', () => events.onFailed(STOPPED));
  worker.addEventListener('message', (event: MessageEvent<WorkerAnswer>) => {
    const message = event.data;
    switch (message.type) {
      case 'ready':
        events.onReady();
        return;
      case 'progress':
        events.onProgress(message.stage, message.share);
        return;
      case 'opened':
        events.onOpened(message.summary);
        return;
      case 'refused':
        events.onRefused(message.diagnostics);
        return;
      case 'failed':
        events.onFailed(message.message);
        return;
      case 'answer':
        waiting.get(message.id)?.(message.value);
        waiting.delete(message.id);
    }
  });
  return {
    open(file, now, engineVersion) {
      const message: OpenMessage = { type: 'open', file, now, engineVersion };
      worker.postMessage(message, []);
    },
    ask<Kind extends AskKind>(kind: Kind, question: Answers[Kind]['ask']) {
      lastId += 1;
      const id = lastId;
      return new Promise<Answers[Kind]['answer']>((resolve) => {
        waiting.set(id, resolve);
        worker.postMessage({ type: kind, id, ...question }, []);
      });
    },
    close: () => worker.terminate(),
  };
}
