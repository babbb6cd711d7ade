import { useQueryClient } from '@tanstack/react-query';
import { counted } from '@vedette/ui';
import { ArrowUp } from 'lucide-react';
import { useEffect } from 'react';
import { useLiveStore } from '../api/live-store.ts';

/** "12 changed": the list stays still until the reader asks for what came in. */
export function FreshBar({ list, noun }: { readonly list: string; readonly noun: string }) {
  const { fresh, clear } = useLiveStore();
  const client = useQueryClient();
  const count = fresh[list]?.length ?? 0;
  useEffect(() => {
    clear(list);
  }, [clear, list]);
  return (
    <div role="status" className="no-print min-w-0">
      {count === 0 ? null : (
        <button
          type="button"
          onClick={() => {
            clear(list);
            void client.invalidateQueries({ queryKey: [list] });
          }}
          className="inline-flex items-center gap-1 h-7 px-2.5 rounded-v bg-accent-soft text-accent-strong text-13 font-semibold hover:underline"
        >
          <ArrowUp size={14} aria-hidden />
          {count >= 999 ? `999+ ${noun}s` : counted(count, noun)} new or changed
        </button>
      )}
    </div>
  );
}
