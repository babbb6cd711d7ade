import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { PLACES } from './navigation.ts';

/** True where typing is text, so that a letter must not be a command. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

/** `/` and Ctrl-K search, `?` lists the keys, `g` then a letter goes to a page. */
export function useShortcuts({
  onSearch,
  onHelp,
}: {
  readonly onSearch: () => void;
  readonly onHelp: () => void;
}): void {
  const navigate = useNavigate();
  const handlers = useRef({ onSearch, onHelp });
  handlers.current = { onSearch, onHelp };
  useEffect(() => {
    let chordUntil = 0;
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        handlers.current.onSearch();
        return;
      }
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        isTyping(event.target) ||
        document.querySelector('[role="dialog"]') !== null
      )
        return;
      if (event.timeStamp < chordUntil) {
        const place = PLACES.find((candidate) => candidate.key === event.key);
        chordUntil = 0;
        if (place !== undefined) {
          event.preventDefault();
          void navigate({ to: place.to });
          return;
        }
      }
      if (event.key === 'g') chordUntil = event.timeStamp + 1200;
      else if (event.key === '/') {
        event.preventDefault();
        handlers.current.onSearch();
      } else if (event.key === '?') handlers.current.onHelp();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate]);
}
