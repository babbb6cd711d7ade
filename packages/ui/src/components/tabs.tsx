import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

export interface Tab {
  readonly value: string;
  readonly label: string;
  readonly count?: number | undefined;
  readonly content: ReactNode;
}

/** Sections of an object page; which one is open is the caller's state, so that the URL can hold it. */
export function Tabs({
  tabs,
  value,
  onChange,
  label,
}: {
  readonly tabs: readonly Tab[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
}) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(String(next))}>
      <Base.List
        aria-label={label}
        className="no-print flex gap-1 border-b border-line overflow-x-auto overflow-y-hidden"
      >
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="relative h-9 px-2.5 text-14 font-medium text-ink-2 whitespace-nowrap hover:text-ink data-active:text-ink data-active:font-semibold after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 data-active:after:bg-accent focus-visible:outline-offset-[-2px]"
          >
            {tab.label}
            {tab.count === undefined ? null : <span className="ml-1.5 text-12 text-ink-3 tnum">{tab.count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="pt-4 outline-none focus-visible:outline-2">
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
