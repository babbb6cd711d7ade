import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';

/** A page: its title (also the tab's), a line under it, its acts, and the drawer beside it. */
export function Page({
  title,
  lead,
  actions,
  back,
  children,
  drawer,
  wide = true,
  titleAside,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly back?: { readonly to: '/devices' | '/threats' | '/apps'; readonly label: string };
  readonly children: ReactNode;
  readonly drawer?: ReactNode;
  readonly wide?: boolean;
  readonly titleAside?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Vedette`;
  }, [title]);
  return (
    <div className="flex items-start">
      <div className={`grow min-w-0 px-4 lg:px-6 py-5 mx-auto w-full ${wide ? 'max-w-[1400px]' : 'max-w-[880px]'}`}>
        {back === undefined ? null : (
          <Link
            to={back.to}
            className="no-print inline-flex items-center gap-0.5 text-13 text-ink-3 hover:text-ink mb-1 -ml-1 rounded-v"
          >
            <ChevronLeft size={14} aria-hidden />
            {back.label}
          </Link>
        )}
        <div className="flex flex-wrap items-start gap-x-4 gap-y-2 mb-4">
          <div className="min-w-0 grow">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <h1 className="text-20 font-semibold break-words min-w-0">{title}</h1>
              {titleAside}
            </div>
            {lead === undefined ? null : <div className="text-14 text-ink-2 max-w-[90ch]">{lead}</div>}
          </div>
          {actions === undefined ? null : <div className="no-print flex flex-wrap gap-2">{actions}</div>}
        </div>
        {children}
      </div>
      {drawer}
    </div>
  );
}
