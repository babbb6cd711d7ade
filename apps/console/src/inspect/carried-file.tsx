import { createContext, type ReactNode, useContext, useMemo, useRef } from 'react';

/** Takes a file that was dropped on one page to the page that opens it. It stays in memory and is given out once. */
interface CarriedFile {
  put(file: File): void;
  take(): File | null;
}

const Context = createContext<CarriedFile>({ put: () => undefined, take: () => null });

export function CarriedFileProvider({ children }: { readonly children: ReactNode }) {
  const held = useRef<File | null>(null);
  const value = useMemo<CarriedFile>(
    () => ({
      put(file) {
        held.current = file;
      },
      take() {
        const file = held.current;
        held.current = null;
        return file;
      },
    }),
    [],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useCarriedFile(): CarriedFile {
  return useContext(Context);
}
