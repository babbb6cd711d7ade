import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { buttonClass, ErrorState, Skeleton } from '@vedette/ui';
import { Compass } from 'lucide-react';
import { ApiError } from '../api/client.ts';

export function PendingPage() {
  return <Skeleton rows={8} label="Loading the page" />;
}

export function NotFoundPage() {
  return (
    <main className="min-h-dvh flex items-center justify-center">
      <div className="text-center px-6">
        <Compass size={28} strokeWidth={1.5} aria-hidden className="mx-auto text-ink-3 mb-2" />
        <h1 className="text-20 font-semibold">There is no such page</h1>
        <p className="text-14 text-ink-2 max-w-[56ch] mt-1 mb-4">
          The address may be old or mistyped. Search with <kbd>/</kbd> finds devices, apps, threats and networks by
          name.
        </p>
        <Link to="/" className={buttonClass('primary')}>
          To the overview
        </Link>
      </div>
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
