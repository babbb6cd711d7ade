import { createContext, useContext } from 'react';

/** What came in since a list was last read: ids per list, so that one device reporting ten times counts once. */
export interface LiveStore {
  readonly connected: boolean;
  readonly fresh: Readonly<Record<string, readonly string[]>>;
  readonly add: (list: string, id: string) => void;
  readonly clear: (list: string) => void;
  readonly setConnected: (connected: boolean) => void;
}

export const LiveContext = createContext<LiveStore>({
  connected: true,
  fresh: {},
  add: () => undefined,
  clear: () => undefined,
  setConnected: () => undefined,
});

export function useLiveStore(): LiveStore {
  return useContext(LiveContext);
}

/** Adds an id to a list's fresh ones; at most 999 are kept, the count is shown as "999+" then. */
export function withFresh(fresh: LiveStore['fresh'], list: string, id: string): LiveStore['fresh'] {
  const ids = fresh[list] ?? [];
  return ids.includes(id) || ids.length >= 999 ? fresh : { ...fresh, [list]: [...ids, id] };
}
