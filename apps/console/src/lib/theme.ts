import { useSyncExternalStore } from 'react';

export type ThemeChoice = 'system' | 'light' | 'dark';
const KEY = 'vedette.theme';

/** The choice kept in this browser; `system` when none is, or when storage is closed. */
export function readThemeChoice(): ThemeChoice {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
}

/** Keeps the choice and applies it at once (public/theme.js listens). */
export function chooseTheme(choice: ThemeChoice): void {
  try {
    if (choice === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {
    // Kept for this page only then.
  }
  window.dispatchEvent(new CustomEvent('vedette-theme-chosen'));
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('vedette-theme', changed);
  return () => window.removeEventListener('vedette-theme', changed);
}

/** The theme in effect and what was chosen. */
export function useTheme(): { readonly theme: string; readonly choice: ThemeChoice } {
  const theme = useSyncExternalStore(subscribe, () => document.documentElement.dataset['theme'] ?? 'light');
  const choice = useSyncExternalStore(subscribe, readThemeChoice);
  return { theme, choice };
}
