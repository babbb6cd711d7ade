import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { LiveContext, type LiveStore, withFresh } from './live-store.ts';

export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const [fresh, setFresh] = useState<LiveStore['fresh']>({});
  const [connected, setConnected] = useState(true);
  const add = useCallback((list: string, id: string) => setFresh((before) => withFresh(before, list, id)), []);
  const clear = useCallback(
    (list: string) => setFresh((before) => ((before[list]?.length ?? 0) === 0 ? before : { ...before, [list]: [] })),
    [],
  );
  const value = useMemo(() => ({ connected, fresh, add, clear, setConnected }), [connected, fresh, add, clear]);
  return <LiveContext value={value}>{children}</LiveContext>;
}
