import type { ReactNode } from 'react';

/** A titled box: the page's unit of meaning. `flush` lets tables and lists run to the edge. */
export function Card({
  title,
  aside,
  children,
  flush = false,
  id,
  note,
}: {
  readonly title?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly flush?: boolean;
  readonly id?: string | undefined;
  readonly note?: ReactNode;
}) {
  return (
    <section className="card min-w-0" id={id}>
      {title === undefined ? null : (
        <div className="flex items-center gap-3 px-4 min-h-11 border-b border-line">
          <h2 className="text-14 font-semibold grow py-2">{title}</h2>
          {aside}
        </div>
      )}
      {note === undefined ? null : <p className="px-4 pt-3 text-13 text-ink-2 max-w-[80ch]">{note}</p>}
      <div className={flush ? '' : 'p-4'}>{children}</div>
    </section>
  );
}

/** Names and values in two columns. */
export function Facts({ items }: { readonly items: readonly { readonly name: string; readonly value: ReactNode }[] }) {
  return (
    <dl className="grid content-start grid-cols-[minmax(96px,max-content)_minmax(0,1fr)] gap-x-5 gap-y-1.5 text-13">
      {items.map((item) => (
        <div key={item.name} className="contents">
          <dt className="text-ink-3">{item.name}</dt>
          <dd className="min-w-0 break-words">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
