import { Mark } from '@vedette/ui';
import { type ReactNode, useEffect } from 'react';

/** The frame of the pages before the sign-in: the mark, one card, nothing else. */
export function Door({
  title,
  lead,
  children,
  wide = false,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  readonly wide?: boolean;
}) {
  useEffect(() => {
    document.title = `${title} · Vedette`;
  }, [title]);
  return (
    <main className="min-h-dvh flex flex-col items-center px-4 py-[9vh]">
      <div className={`w-full ${wide ? 'max-w-[640px]' : 'max-w-[400px]'}`}>
        <p className="flex items-center gap-2 mb-5">
          <span className="text-accent">
            <Mark size={36} />
          </span>
          <span className="text-20 font-semibold">Vedette</span>
        </p>
        <div className="card p-6">
          <h1 className="text-20 font-semibold">{title}</h1>
          {lead === undefined ? null : <div className="mt-1 text-14 text-ink-2">{lead}</div>}
          <div className="mt-5">{children}</div>
        </div>
        <p className="mt-4 text-12 text-ink-3">
          Open-source mobile threat defense. This server keeps everything it sees in your organisation.
        </p>
      </div>
    </main>
  );
}
