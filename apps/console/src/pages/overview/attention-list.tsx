import { Link } from '@tanstack/react-router';
import type { Overview } from '@vedette/contracts';
import { EmptyState, RelativeTime, SeverityChip } from '@vedette/ui';
import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';

type Item = Overview['attention'][number];
const LINK = 'font-semibold text-ink hover:text-accent after:absolute after:inset-0';

function target(item: Item): ReactNode {
  switch (item.kind) {
    case 'threat':
      return item.id === null ? (
        <Link to="/threats" className={LINK}>
          {item.title}
        </Link>
      ) : (
        <Link to="/threats/$id" params={{ id: item.id }} className={LINK}>
          {item.title}
        </Link>
      );
    case 'device':
      return item.id === null ? (
        <Link to="/devices" className={LINK}>
          {item.title}
        </Link>
      ) : (
        <Link to="/devices/$id" params={{ id: item.id }} className={LINK}>
          {item.title}
        </Link>
      );
    case 'action':
      return (
        <Link to="/response" search={{ state: 'failed' }} className={LINK}>
          {item.title}
        </Link>
      );
    case 'connector':
      return (
        <Link to="/response" search={{ tab: 'connectors' }} className={LINK}>
          {item.title}
        </Link>
      );
    case 'enrolment':
      return (
        <Link to="/settings" search={{ tab: 'enrolment' }} className={LINK}>
          {item.title}
        </Link>
      );
  }
}

/** Worst first, at most ten: each line leads to where it is dealt with. */
export function AttentionList({ items }: { readonly items: readonly Item[] }) {
  if (items.length === 0) {
    return (
      <EmptyState title="Nothing waits for you" icon={<CircleCheck size={24} strokeWidth={1.5} aria-hidden />}>
        Threats, failed actions and silent devices show up here, worst first.
      </EmptyState>
    );
  }
  return (
    <ul className="divide-y divide-line">
      {items.map((item, index) => (
        <li
          key={`${item.kind}-${item.id ?? index}`}
          className="relative flex gap-3 px-4 py-2 items-start hover:bg-hover"
        >
          <span className="w-[76px] flex-none pt-px">
            <SeverityChip severity={item.severity} />
          </span>
          <div className="grow min-w-0">
            <p className="text-14 wrap-anywhere sm:truncate">{target(item)}</p>
            <p className="text-13 text-ink-2 truncate">{item.detail}</p>
          </div>
          <span className="text-12 text-ink-3 flex-none pt-0.5">
            {item.at === null ? null : <RelativeTime at={item.at} />}
          </span>
        </li>
      ))}
    </ul>
  );
}
