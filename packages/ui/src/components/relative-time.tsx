import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { exactTime, relativeTime } from '../tokens/format.ts';

const NowContext = createContext<number | null>(null);

/** One clock for all relative times below it: moves every `everyMs`, so that a table never has a timer per row. */
export function ClockProvider({
  children,
  everyMs = 20_000,
}: {
  readonly children: ReactNode;
  readonly everyMs?: number;
}) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return <NowContext value={now}>{children}</NowContext>;
}

/** The console's present, in milliseconds since the epoch. */
export function useNow(): number {
  return useContext(NowContext) ?? 0;
}

/** A moment as people say it, with the exact one on hover and for machines; `never` when there is none. */
export function RelativeTime({ at, never = 'never' }: { readonly at: string | null; readonly never?: string }) {
  const now = useNow();
  if (at === null) return <span className="text-ink-3">{never}</span>;
  return (
    <time dateTime={at} title={exactTime(at)} className="whitespace-nowrap">
      {relativeTime(at, now)}
    </time>
  );
}
