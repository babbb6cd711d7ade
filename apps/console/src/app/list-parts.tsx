import { Button, formatCount } from '@vedette/ui';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

/** The search box of a list. Asks 250 ms after the last letter, so that the address does not change with every key. */
export function ListSearch({
  value,
  onChange,
  label,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
}) {
  const [text, setText] = useState(value);
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => latest.current(text), 250);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <span className="relative max-sm:w-full sm:w-[240px]">
      <Search size={16} aria-hidden className="absolute left-2.5 top-[9px] text-ink-3" />
      <input
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={label}
        aria-label={label}
        className="field-box w-full h-[34px] text-13 pl-8"
      />
    </span>
  );
}

/** How many are shown of how many there are, and the way to the rest. */
export function ListFooter({
  shown,
  total,
  noun,
  hasMore,
  busy,
  onMore,
}: {
  readonly shown: number;
  readonly total: number;
  readonly noun: string;
  readonly hasMore: boolean;
  readonly busy: boolean;
  readonly onMore: () => void;
}) {
  return (
    <div className="flex items-center gap-3 px-3 py-2 border-t border-line text-13 text-ink-3 tnum min-h-11">
      <span className="grow" role="status">
        {hasMore ? `${formatCount(shown)} of ${formatCount(total)} ${noun}` : `${formatCount(total)} ${noun}`}
      </span>
      {hasMore ? (
        <Button size="sm" onClick={onMore} busy={busy}>
          {busy ? 'Loading' : 'Show more'}
        </Button>
      ) : null}
    </div>
  );
}
