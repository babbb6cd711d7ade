import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { buttonClass, EmptyState, ErrorState, Skeleton } from '@vedette/ui';
import { Compass } from 'lucide-react';
import { ApiError } from '../api/client.ts';

export function PendingPage() {
  return <Skeleton rows={8} label="Loading the page" />;
}

export function NotFoundPage() {
  return (
    <main className="min-h-dvh flex items-center justify-center">
      <EmptyState
        title="There is no such page"
        icon={<Compass size={24} strokeWidth={1.5} aria-hidden />}
        action={
          <Link to="/" className={buttonClass('primary')}>
            To the overview
          </Link>
        }
      >
        The address may be old or mistyped. Search with <kbd>/</kbd> finds devices, apps, threats and networks by name.
      </EmptyState>
    </main>
  );
}

/** A page that could not be drawn at all: the fault is named, the way back is offered. */
export function CrashPage({ error }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <div className="p-6">
      <ErrorState
        title={error instanceof ApiError ? error.title : 'This page could not be shown'}
        detail={error instanceof Error ? error.message : 'The page stopped with an unnamed fault.'}
        kept="Nothing was changed."
        code={error instanceof ApiError ? error.code : undefined}
        onRetry={() => void router.invalidate()}
      />
    </div>
  );
}
