import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  readonly width?: 'sm' | 'md' | 'lg';
}

const WIDTH = { sm: 'max-w-[440px]', md: 'max-w-[560px]', lg: 'max-w-[760px]' } as const;

/** A modal question: focus stays in it, Escape closes it, focus goes back to where it came from. */
export function Dialog({ open, onOpenChange, title, description, children, width = 'md' }: DialogProps) {
  const body = useRef<HTMLDivElement>(null);
  // The first field, not the close button: what one came for.
  const firstField = () => body.current?.querySelector<HTMLElement>('input, textarea, select, a, button') ?? true;
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-[var(--scrim)]" />
        <Base.Popup
          initialFocus={firstField}
          className={`fixed z-50 left-1/2 top-[8vh] -translate-x-1/2 w-[calc(100vw-24px)] ${WIDTH[width]} max-h-[84vh] overflow-auto rounded-v border border-line bg-surface shadow-float p-5`}
        >
          <div className="flex items-start gap-4">
            <Base.Title className="text-16 font-semibold grow">{title}</Base.Title>
            <Base.Close
              className="size-7 -mt-0.5 -mr-1 inline-flex items-center justify-center rounded-v text-ink-3 hover:bg-hover hover:text-ink"
              aria-label="Close"
            >
              <X size={16} aria-hidden />
            </Base.Close>
          </div>
          {description === undefined ? null : (
            <Base.Description className="mt-1 text-14 text-ink-2 max-w-[70ch]" render={<div />}>
              {description}
            </Base.Description>
          )}
          <div className="mt-4" ref={body}>
            {children}
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
