import { ErrorState, Skeleton } from '@vedette/ui';
import type { ReactNode } from 'react';
import { ApiError } from '../api/client.ts';

/** Loading, failed or there: the three states of whatever a page asked for. */
export function QueryState<T>({
  query,
  what,
  rows = 8,
  children,
}: {
  readonly query: { readonly data: T | undefined; readonly error: Error | null; readonly refetch: () => unknown };
  /** What could not be loaded, as it stands in "… could not be loaded". */
  readonly what: string;
  readonly rows?: number;
  readonly children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) {
    const missing = query.error instanceof ApiError && query.error.status === 404;
    return (
      <ErrorState
        title={missing ? `${what} is not here` : `${what} could not be loaded`}
        detail={
          missing ? 'It may have been removed, or the link belongs to another organisation.' : query.error.message
        }
        kept={missing ? undefined : 'Nothing was changed.'}
        code={query.error instanceof ApiError ? query.error.code : undefined}
        onRetry={missing ? undefined : () => void query.refetch()}
      />
    );
  }
  return (
    <div className="card">
      <Skeleton rows={rows} label={`Loading: ${what.toLowerCase()}`} />
    </div>
  );
}
