import { createBrowserHost } from '@vedette/bytes/browser';
import { inspectFile, type OpenedApp } from './inspect-file.ts';
import { type AskMessage, type OpenMessage, PAGE_ROWS, type WorkerAnswer } from './worker-messages.ts';

// Reading an app takes from a blink to many seconds. It is done beside the page, which stays alive and can stop it at any time.
const host = createBrowserHost(() => performance.now());
const state: { opened: OpenedApp | null } = { opened: null };

function say(answer: WorkerAnswer): void {
  postMessage(answer);
}

async function open({ file, now, engineVersion }: OpenMessage): Promise<void> {
  say({ type: 'progress', stage: 'file', share: 0 });
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    const message =
      'The browser could not read the file. Is it still there, and small enough for the memory of this computer?';
    say({ type: 'failed', message });
    return;
  }
  const onProgress = (stage: string, share: number) => say({ type: 'progress', stage, share: 0.05 + share * 0.95 });
  const outcome = inspectFile(bytes, { name: file.name, host, now, engineVersion, onProgress });
  if ('refused' in outcome) {
    say({ type: 'refused', diagnostics: outcome.refused });
    return;
  }
  state.opened = outcome.opened;
  say({ type: 'opened', summary: outcome.opened.summary });
}

function answer(ask: AskMessage, opened: OpenedApp): void {
  const { id } = ask;
  switch (ask.type) {
    case 'entries':
      say({ type: 'answer', id, value: opened.entries(ask.search, ask.offset, PAGE_ROWS) });
      return;
    case 'strings':
      say({ type: 'answer', id, value: opened.strings(ask.search, ask.offset, PAGE_ROWS) });
      return;
    case 'head':
      say({ type: 'answer', id, value: opened.head(ask.index) });
      return;
    case 'string':
      say({ type: 'answer', id, value: opened.string(ask.index) });
  }
}

addEventListener('message', (event: MessageEvent<OpenMessage | AskMessage>) => {
  const message = event.data;
  if (message.type !== 'open') {
    if (state.opened !== null) answer(message, state.opened);
    return;
  }
  open(message).catch((error: unknown) =>
    say({ type: 'failed', message: error instanceof Error ? error.message : 'The file could not be read.' }),
  );
});

say({ type: 'ready' });
