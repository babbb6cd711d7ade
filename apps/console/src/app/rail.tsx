import { Link } from '@tanstack/react-router';
import { Dialog, Mark } from '@vedette/ui';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { PLACES, type Place } from './navigation.ts';

const ITEM =
  'flex items-center gap-2.5 h-9 px-2.5 rounded-v text-14 text-ink-2 hover:bg-hover hover:text-ink data-[status=active]:bg-accent-soft data-[status=active]:text-accent-strong data-[status=active]:font-semibold max-xl:justify-center max-xl:px-0 max-xl:w-10';

function RailLink({ place }: { readonly place: Place }) {
  const Icon = place.icon;
  return (
    <Link to={place.to} activeOptions={{ exact: place.to === '/' }} className={ITEM} title={place.label}>
      <Icon size={18} strokeWidth={1.75} aria-hidden className="flex-none" />
      <span className="max-xl:sr-only">{place.label}</span>
    </Link>
  );
}

/** Left rail: names from 1280 px, icons below; on a phone's width the bottom bar takes over. */
export function Rail() {
  return (
    <nav
      aria-label="Main"
      className="no-print max-md:hidden sticky top-0 h-dvh flex-none w-[208px] max-xl:w-[60px] border-r border-line bg-surface flex flex-col px-2.5 py-2 gap-0.5"
    >
      <Link
        to="/"
        className="flex items-center gap-2 h-9 px-1.5 mb-3 text-ink rounded-v max-xl:justify-center max-xl:px-0"
        aria-label="Vedette, overview"
      >
        <span className="text-accent">
          <Mark size={28} />
        </span>
        <span className="text-16 font-semibold tracking-[0.01em] max-xl:hidden">Vedette</span>
      </Link>
      {PLACES.slice(0, -1).map((place) => (
        <RailLink key={place.to} place={place} />
      ))}
      <div className="grow" />
      {PLACES.slice(-1).map((place) => (
        <RailLink key={place.to} place={place} />
      ))}
    </nav>
  );
}

const BOTTOM = ['/', '/devices', '/threats', '/apps'] as const;

/** The phone's bar: the four places one needs on the go, and the rest behind "More". */
export function BottomBar() {
  const [more, setMore] = useState(false);
  const first = PLACES.filter((place) => BOTTOM.some((to) => to === place.to)).sort(
    (a, b) => BOTTOM.findIndex((to) => to === a.to) - BOTTOM.findIndex((to) => to === b.to),
  );
  const rest = PLACES.filter((place) => !BOTTOM.some((to) => to === place.to));
  const item =
    'flex flex-col items-center justify-center gap-0.5 h-14 grow basis-0 text-12 text-ink-2 data-[status=active]:text-accent data-[status=active]:font-semibold focus-visible:outline-offset-[-3px]';
  return (
    <>
      <nav
        aria-label="Main"
        className="no-print md:hidden fixed bottom-0 inset-x-0 z-20 bg-surface border-t border-line flex pb-[env(safe-area-inset-bottom)]"
      >
        {first.map((place) => {
          const Icon = place.icon;
          return (
            <Link key={place.to} to={place.to} activeOptions={{ exact: place.to === '/' }} className={item}>
              <Icon size={20} strokeWidth={1.75} aria-hidden />
              {place.short ?? place.label}
            </Link>
          );
        })}
        <button type="button" className={item} onClick={() => setMore(true)}>
          <Ellipsis size={20} strokeWidth={1.75} aria-hidden />
          More
        </button>
      </nav>
      <Dialog open={more} onOpenChange={setMore} title="More" width="sm">
        <div className="flex flex-col gap-1">
          {rest.map((place) => {
            const Icon = place.icon;
            return (
              <Link
                key={place.to}
                to={place.to}
                onClick={() => setMore(false)}
                className="flex items-center gap-3 h-11 px-2 rounded-v text-16 hover:bg-hover"
              >
                <Icon size={20} strokeWidth={1.75} aria-hidden className="text-ink-3" />
                {place.label}
              </Link>
            );
          })}
        </div>
      </Dialog>
    </>
  );
}
