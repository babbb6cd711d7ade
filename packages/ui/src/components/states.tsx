import { CircleDashed, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';

/** Nothing here yet: says what would be here and what to do next. */
export function EmptyState({
  title,
  children,
  action,
  icon,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly icon?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center text-center px-6 py-10 gap-2">
      <span className="text-ink-3">{icon ?? <CircleDashed size={24} strokeWidth={1.5} aria-hidden />}</span>
      <p className="text-16 font-semibold">{title}</p>
      {children === undefined ? null : <div className="prose-v text-14 text-ink-2 max-w-[56ch]">{children}</div>}
      {action === undefined ? null : <div className="mt-2 flex gap-2 flex-wrap justify-center">{action}</div>}
    </div>
  );
}

/** Something failed: what happened, what was kept, what to do. */
export function ErrorState({
  title,
  detail,
  kept,
  onRetry,
  code,
}: {
  readonly title: string;
  readonly detail: string;
  readonly kept?: string | undefined;
  readonly onRetry?: (() => void) | undefined;
  readonly code?: string | undefined;
}) {
  return (
    <div role="alert" className="card p-5 flex gap-3 max-w-[720px]">
      <TriangleAlert size={20} className="text-high flex-none mt-0.5" aria-hidden />
      <div className="min-w-0">
        <p className="text-16 font-semibold">{title}</p>
        <p className="mt-1 text-14 text-ink-2 break-words">{detail}</p>
        {kept === undefined ? null : <p className="mt-1 text-14 text-ink-2">{kept}</p>}
        <div className="mt-3 flex items-center gap-3">
          {onRetry === undefined ? null : (
            <Button size="sm" onClick={onRetry}>
              Try again
            </Button>
          )}
          {code === undefined ? null : <code className="text-12 text-ink-3">{code}</code>}
        </div>
      </div>
    </div>
  );
}

/** Grey bars in the shape of what is coming. */
export function Skeleton({ rows = 6, label = 'Loading' }: { readonly rows?: number; readonly label?: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3 p-4">
      {Array.from({ length: rows }, (_, index) => (
        // The rows are alike and never reorder.
        <div key={`row-${index}`} className="flex gap-4">
          <div className="skeleton h-4 grow-[3]" />
          <div className="skeleton h-4 grow-[1]" />
          <div className="skeleton h-4 grow-[2] max-md:hidden" />
        </div>
      ))}
    </div>
  );
}
