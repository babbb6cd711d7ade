import { Menu as Base } from '@base-ui/react/menu';
import type { ReactNode } from 'react';

export interface MenuItem {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly detail?: string;
  readonly onSelect: () => void;
  readonly checked?: boolean;
  readonly danger?: boolean;
}

/** A button that opens a list of acts. `groups` are separated by a line. */
export function Menu({
  trigger,
  triggerLabel,
  triggerClass,
  groups,
  header,
}: {
  readonly trigger: ReactNode;
  readonly triggerLabel?: string;
  readonly triggerClass: string;
  readonly groups: readonly (readonly MenuItem[])[];
  readonly header?: ReactNode;
}) {
  return (
    <Base.Root>
      <Base.Trigger className={triggerClass} {...(triggerLabel === undefined ? {} : { 'aria-label': triggerLabel })}>
        {trigger}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={6} align="end" className="z-50 outline-none">
          <Base.Popup className="min-w-52 max-w-80 rounded-v border border-line bg-surface shadow-float p-1 outline-none">
            {header === undefined ? null : <div className="px-2.5 py-2 border-b border-line mb-1">{header}</div>}
            {groups.map((items, index) => (
              <div
                key={items.map((item) => item.label).join()}
                className={index === 0 ? '' : 'border-t border-line mt-1 pt-1'}
              >
                {items.map((item) => (
                  <Base.Item
                    key={item.label}
                    onClick={item.onSelect}
                    className={`flex items-center gap-2 px-2.5 h-8 rounded-[4px] text-14 outline-none data-highlighted:bg-hover cursor-default ${item.danger === true ? 'text-critical-ink' : ''}`}
                  >
                    <span className="w-4 inline-flex text-ink-3">{item.icon}</span>
                    <span className="grow">{item.label}</span>
                    {item.checked === true ? <span className="text-12 text-accent font-semibold">on</span> : null}
                    {item.detail === undefined ? null : <span className="text-12 text-ink-3">{item.detail}</span>}
                  </Base.Item>
                ))}
              </div>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
