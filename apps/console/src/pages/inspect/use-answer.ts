import { useEffect, useState } from 'react';
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
  useEffect(() => {
    let wanted = true;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the text is the question of this render
    const asked = JSON.parse(key) as Answers[Kind]['ask'];
    void inspector.ask(kind, asked).then((answer) => {
      if (wanted) setState({ key, answer });
    });
    return () => {
      wanted = false;
    };
  }, [inspector, kind, key]);
  return { answer: state?.answer ?? null, pending: state?.key !== key };
}
