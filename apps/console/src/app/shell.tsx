import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useLiveEvents } from '../api/live.ts';
import { CarriedFileProvider } from '../inspect/carried-file.tsx';
import { onSignedOut, queryClient } from './query-client.ts';
import { BottomBar, Rail } from './rail.tsx';
import { TopBar } from './top-bar.tsx';
import { useShortcuts } from './use-shortcuts.ts';

// Asked for now and then: they come with the first request, not with the first page.
const CommandPalette = lazy(async () => ({ default: (await import('./command-palette.tsx')).CommandPalette }));
const ShortcutsDialog = lazy(async () => ({ default: (await import('./shortcuts-dialog.tsx')).ShortcutsDialog }));

/** True from the first time on that `open` was. */
function useOnce(open: boolean): boolean {
  const [opened, setOpened] = useState(open);
  if (open && !opened) setOpened(true);
  return opened || open;
}

/** The frame of every page behind the sign-in: rail, top bar, the page, and what listens to keys and to the server. */
export function Shell() {
  const [palette, setPalette] = useState(false);
  const [shortcuts, setShortcuts] = useState(false);
  const paletteWanted = useOnce(palette);
  const shortcutsWanted = useOnce(shortcuts);
  const navigate = useNavigate();
  const main = useRef<HTMLElement>(null);
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const firstPath = useRef(true);
  useLiveEvents();
  useShortcuts({ onSearch: () => setPalette(true), onHelp: () => setShortcuts(true) });
  useEffect(
    () =>
      onSignedOut(() => {
        queryClient.clear();
        void navigate({ to: '/signin', search: { next: window.location.pathname + window.location.search } });
      }),
    [navigate],
  );
  useEffect(() => {
    // A new page: the reader starts at its beginning, not at the link that led here. Not on the first load.
    if (firstPath.current) firstPath.current = false;
    else main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <CarriedFileProvider>
      <div className="flex min-h-dvh">
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:fixed focus:z-50 focus:top-2 focus:left-2 focus:bg-surface focus:text-accent focus:px-3 focus:py-2 focus:rounded-v focus:shadow-float"
        >
          Skip to the page
        </a>
        <Rail />
        <div className="grow min-w-0 flex flex-col">
          <TopBar onSearch={() => setPalette(true)} onShortcuts={() => setShortcuts(true)} />
          <main id="main" ref={main} tabIndex={-1} className="grow min-w-0 outline-none max-md:pb-20">
            <Outlet />
          </main>
        </div>
        <BottomBar />
        <Suspense>
          {paletteWanted ? (
            <CommandPalette open={palette} onOpenChange={setPalette} onShortcuts={() => setShortcuts(true)} />
          ) : null}
          {shortcutsWanted ? <ShortcutsDialog open={shortcuts} onOpenChange={setShortcuts} /> : null}
        </Suspense>
      </div>
    </CarriedFileProvider>
  );
}
