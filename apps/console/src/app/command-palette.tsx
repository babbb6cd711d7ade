import { Dialog as Base } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { KeyHint } from '@vedette/ui';
import {
  AppWindow,
  CornerDownLeft,
  Keyboard,
  type LucideIcon,
  Moon,
  Plus,
  Search,
  ShieldAlert,
  Smartphone,
  Sun,
  Upload,
  Wifi,
} from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useMemo, useState } from 'react';
import { queries } from '../api/queries.ts';
import { chooseTheme } from '../lib/theme.ts';
import { PLACES } from './navigation.ts';

interface Entry {
  readonly key: string;
  readonly title: string;
  readonly detail: string;
  readonly icon: LucideIcon;
  readonly run: () => void;
}

const KIND_ICON = { device: Smartphone, app: AppWindow, threat: ShieldAlert, network: Wifi } as const;

/** Any device, app, threat, network, page or act, by a few letters. */
export function CommandPalette({
  open,
  onOpenChange,
  onShortcuts,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onShortcuts: () => void;
}) {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const navigate = useNavigate();
  const listId = useId();
  const needle = useDeferredValue(text.trim());
  const found = useQuery({ ...queries.search(needle), enabled: open && needle.length > 1 });
  useEffect(() => {
    if (open) {
      setText('');
      setActive(0);
    }
  }, [open]);

  const commands = useMemo<readonly Entry[]>(
    () => [
      ...PLACES.map((place) => ({
        key: `go ${place.to}`,
        title: place.label,
        detail: 'Page',
        icon: place.icon,
        run: () => void navigate({ to: place.to }),
      })),
      {
        key: 'enrol',
        title: 'Enrol devices',
        detail: 'Action',
        icon: Plus,
        run: () => void navigate({ to: '/settings', search: { tab: 'enrolment', create: '1' } }),
      },
      {
        key: 'upload',
        title: 'Appraise an app file',
        detail: 'Action',
        icon: Upload,
        run: () => void navigate({ to: '/apps' }),
      },
      { key: 'light', title: 'Light theme', detail: 'Action', icon: Sun, run: () => chooseTheme('light') },
      { key: 'dark', title: 'Dark theme', detail: 'Action', icon: Moon, run: () => chooseTheme('dark') },
      { key: 'keys', title: 'Keyboard shortcuts', detail: 'Action', icon: Keyboard, run: onShortcuts },
    ],
    [navigate, onShortcuts],
  );
  const lower = text.trim().toLowerCase();
  const objects: readonly Entry[] =
    needle.length > 1
      ? (found.data?.items ?? []).map((item) => ({
          key: `${item.kind} ${item.id}`,
          title: item.title,
          detail: item.detail,
          icon: KIND_ICON[item.kind],
          run: () => {
            if (item.kind === 'device') void navigate({ to: '/devices/$id', params: { id: item.id } });
            else if (item.kind === 'app') void navigate({ to: '/apps/$sha256', params: { sha256: item.id } });
            else if (item.kind === 'threat') void navigate({ to: '/threats/$id', params: { id: item.id } });
            else void navigate({ to: '/networks', search: { network: item.id } });
          },
        }))
      : [];
  const entries = [...objects, ...commands.filter((command) => command.title.toLowerCase().includes(lower))];
  const current = Math.min(active, Math.max(0, entries.length - 1));

  const run = (entry: Entry | undefined) => {
    if (entry === undefined) return;
    onOpenChange(false);
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((current + step + entries.length) % Math.max(1, entries.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(entries[current]);
    }
  };

  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-[var(--scrim)]" />
        <Base.Popup
          className="fixed z-50 left-1/2 top-[10vh] -translate-x-1/2 w-[min(620px,calc(100vw-24px))] rounded-v border border-line bg-surface shadow-float overflow-hidden"
          aria-label="Search and commands"
        >
          <div className="flex items-center gap-2.5 px-4 border-b border-line">
            <Search size={18} aria-hidden className="text-ink-3 flex-none" />
            <input
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setActive(0);
              }}
              onKeyDown={onKeyDown}
              placeholder="Device, app, hash, host, network, page or action"
              aria-label="Search"
              role="combobox"
              aria-expanded
              aria-controls={listId}
              aria-activedescendant={entries.length === 0 ? undefined : `${listId}-${current}`}
              className="grow h-12 bg-transparent outline-none text-16 placeholder:text-ink-3 placeholder:opacity-100 min-w-0"
            />
            <KeyHint keys={['Esc']} />
          </div>
          <div
            id={listId}
            role="listbox"
            aria-label="Results"
            className="max-h-[56vh] overflow-y-auto p-1.5"
            tabIndex={-1}
          >
            {entries.map((entry, index) => {
              const Icon = entry.icon;
              return (
                <div
                  key={entry.key}
                  id={`${listId}-${index}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === current}
                  ref={(element) => {
                    if (index === current) element?.scrollIntoView({ block: 'nearest' });
                  }}
                  onPointerMove={() => setActive(index)}
                  onClick={() => run(entry)}
                  onKeyDown={onKeyDown}
                  className="flex items-center gap-3 px-2.5 h-10 rounded-[4px] aria-selected:bg-accent-soft cursor-pointer"
                >
                  <Icon size={16} aria-hidden className="text-ink-3 flex-none" />
                  <span className="truncate">{entry.title}</span>
                  <span className="text-12 text-ink-2 truncate grow text-right">{entry.detail}</span>
                  {index === current ? <CornerDownLeft size={14} aria-hidden className="text-ink-3 flex-none" /> : null}
                </div>
              );
            })}
          </div>
          <p role="status" className={`px-4 text-13 text-ink-2 ${entries.length === 0 || found.isError ? 'py-3' : ''}`}>
            {found.isError
              ? 'The search did not answer. Pages and actions still work.'
              : entries.length === 0
                ? 'Nothing found. Names, packages, hashes and hosts are searched from their beginning.'
                : ''}
          </p>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
