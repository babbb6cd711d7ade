import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { KeyHint, Mark, Menu, useToast } from '@vedette/ui';
import { Keyboard, LogOut, Monitor, Moon, Search, Settings, Sun, UserRound, WifiOff } from 'lucide-react';
import { z } from 'zod';
import { send } from '../api/client.ts';
import { useLiveStore } from '../api/live-store.ts';
import { queries } from '../api/queries.ts';
import { chooseTheme, type ThemeChoice, useTheme } from '../lib/theme.ts';

const THEME_ICON: Record<ThemeChoice, typeof Sun> = { light: Sun, dark: Moon, system: Monitor };
const THEME_WORD: Record<ThemeChoice, string> = { light: 'Light', dark: 'Dark', system: 'As the system' };

export function TopBar({ onSearch, onShortcuts }: { readonly onSearch: () => void; readonly onShortcuts: () => void }) {
  const { data: session } = useSuspenseQuery(queries.session());
  const { connected } = useLiveStore();
  const { choice } = useTheme();
  const client = useQueryClient();
  const navigate = useNavigate();
  const say = useToast();
  const ThemeIcon = THEME_ICON[choice];
  const signOut = async () => {
    try {
      await send(z.unknown(), 'DELETE', '/session');
    } catch (error) {
      say({
        kind: 'failed',
        title: 'Signing out did not reach the server',
        detail: error instanceof Error ? error.message : 'Try again.',
      });
      return;
    }
    await navigate({ to: '/signin' });
    client.clear();
  };
  return (
    <header className="no-print sticky top-0 z-20 h-[52px] flex items-center gap-2 px-4 lg:px-6 border-b border-line bg-surface">
      <span className="md:hidden text-accent">
        <Mark size={26} />
      </span>
      <p className="text-14 font-semibold truncate min-w-0">{session.organisation.name}</p>
      {connected ? null : (
        <span className="inline-flex items-center gap-1 text-12 text-high-ink" role="status">
          <WifiOff size={14} aria-hidden />
          <span className="max-sm:sr-only">Live updates paused; trying again</span>
        </span>
      )}
      <span className="grow" />
      <button
        type="button"
        onClick={onSearch}
        aria-keyshortcuts="/ Control+K"
        className="flex items-center gap-2 h-8 px-2.5 rounded-v border border-control text-ink-3 hover:bg-hover md:w-[280px]"
      >
        <Search size={16} aria-hidden />
        <span className="text-13 grow text-left max-md:sr-only">Search or jump to</span>
        <span className="max-md:hidden" aria-hidden>
          <KeyHint keys={['/']} />
        </span>
      </button>
      <Menu
        triggerClass="size-8 inline-flex items-center justify-center rounded-v text-ink-2 hover:bg-hover max-sm:hidden"
        triggerLabel={`Theme: ${THEME_WORD[choice]}`}
        trigger={<ThemeIcon size={18} strokeWidth={1.75} aria-hidden />}
        groups={[
          (['system', 'light', 'dark'] as const).map((option) => {
            const Icon = THEME_ICON[option];
            return {
              label: THEME_WORD[option],
              icon: <Icon size={16} aria-hidden />,
              checked: choice === option,
              onSelect: () => chooseTheme(option),
            };
          }),
        ]}
      />
      <Menu
        triggerClass="size-8 inline-flex items-center justify-center rounded-v text-ink-2 hover:bg-hover"
        triggerLabel={`Account: ${session.user.name}`}
        trigger={<UserRound size={18} strokeWidth={1.75} aria-hidden />}
        header={
          <>
            <p className="text-14 font-semibold">{session.user.name}</p>
            <p className="text-12 text-ink-3">
              {session.user.email}, {session.user.role === 'admin' ? 'administrator' : 'viewer'}
            </p>
            <p className="text-12 text-ink-3">Vedette {session.version}</p>
          </>
        }
        groups={[
          [
            {
              label: 'Settings',
              icon: <Settings size={16} aria-hidden />,
              onSelect: () => void navigate({ to: '/settings' }),
            },
            {
              label: 'Keyboard shortcuts',
              icon: <Keyboard size={16} aria-hidden />,
              detail: '?',
              onSelect: onShortcuts,
            },
          ],
          [{ label: 'Sign out', icon: <LogOut size={16} aria-hidden />, onSelect: () => void signOut() }],
        ]}
      />
    </header>
  );
}
