import { useEffect, useRef, useState } from 'react';
import type { Inspector } from '../../inspect/inspector.ts';
import type { Answers, AskKind } from '../../inspect/worker-messages.ts';

/** Asks the worker and gives its latest answer; while the next one is on its way the one before stays, marked `pending`. */
export function useAnswer<Kind extends AskKind>(
  inspector: Inspector,
  kind: Kind,
  question: Answers[Kind]['ask'],
): { readonly answer: Answers[Kind]['answer'] | null; readonly pending: boolean } {
  const key = JSON.stringify(question);
  const [state, setState] = useState<{ readonly key: string; readonly answer: Answers[Kind]['answer'] } | null>(null);
  // A question made anew on each render is the same as long as it reads the same: the key decides when to ask, the latest one is what is asked.
  const latest = useRef(question);
  useEffect(() => {
    latest.current = question;
  });
  useEffect(() => {
    let wanted = true;
    void inspector.ask(kind, latest.current).then((answer) => {
      if (wanted) setState({ key, answer });
    });
    return () => {
      wanted = false;
    };
  }, [inspector, kind, key]);
  return { answer: state?.answer ?? null, pending: state?.key !== key };
}
