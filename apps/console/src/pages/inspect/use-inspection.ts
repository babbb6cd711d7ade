import type { Diagnostic } from '@vedette/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { InspectSummary } from '../../inspect/inspect-file.ts';
import { createInspector, type Inspector } from '../../inspect/inspector.ts';

export type Inspection =
  | { readonly at: 'start' }
  | { readonly at: 'reading'; readonly file: File; readonly stage: string; readonly share: number }
  | { readonly at: 'opened'; readonly file: File; readonly summary: InspectSummary; readonly inspector: Inspector }
  | { readonly at: 'refused'; readonly file: File; readonly diagnostics: readonly Diagnostic[] }
  | { readonly at: 'failed'; readonly file: File; readonly message: string };

/** Whether the code that reads is there. */
export type ReaderState = 'loading' | 'ready' | 'missing';

/**
 * One file at a time, read in a worker that stands ready before there is a file and is ended when the page is left.
 * @returns `reader`: once it is `ready`, opening a file needs no network
 */
export function useInspection(engineVersion: string): {
  readonly state: Inspection;
  readonly reader: ReaderState;
  readonly open: (file: File) => void;
  readonly reset: () => void;
} {
  const [state, setState] = useState<Inspection>({ at: 'start' });
  const [reader, setReader] = useState<ReaderState>('loading');
  const current = useRef<{ inspector: Inspector; file: File | null } | null>(null);

  const prepare = useCallback(() => {
    current.current?.inspector.close();
    setReader('loading');
    const held: { inspector: Inspector; file: File | null } = {
      file: null,
      inspector: createInspector({
        onReady: () => setReader('ready'),
        onProgress: (stage, share) =>
          setState((before) => (before.at === 'reading' ? { ...before, stage, share } : before)),
        onOpened: (summary) => {
          if (held.file !== null) setState({ at: 'opened', file: held.file, summary, inspector: held.inspector });
        },
        onRefused: (diagnostics) => {
          if (held.file !== null) setState({ at: 'refused', file: held.file, diagnostics });
        },
        onFailed: (message) => {
          if (held.file !== null) setState({ at: 'failed', file: held.file, message });
          else setReader('missing');
        },
      }),
    };
    current.current = held;
  }, []);

  useEffect(() => {
    prepare();
    return () => {
      current.current?.inspector.close();
      current.current = null;
    };
  }, [prepare]);

  const open = useCallback(
    (file: File) => {
      // A reader that has already read something is not used again: what it held is gone with it.
      if (current.current === null || current.current.file !== null) prepare();
      const held = current.current;
      if (held === null) return;
      held.file = file;
      setState({ at: 'reading', file, stage: 'file', share: 0 });
      held.inspector.open(file, new Date().toISOString(), engineVersion);
    },
    [engineVersion, prepare],
  );
  const reset = useCallback(() => {
    prepare();
    setState({ at: 'start' });
  }, [prepare]);
  return { state, reader, open, reset };
}
