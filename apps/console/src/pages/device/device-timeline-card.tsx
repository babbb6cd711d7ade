import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Card, ThreatTimeline } from '@vedette/ui';
import { queries } from '../../api/queries.ts';
import { QueryState } from '../../app/query-state.tsx';
import { oneOf } from '../../lib/search-state.ts';

const SPANS = [1, 7, 14, 30] as const;

export function DeviceTimelineCard({ deviceId, days }: { readonly deviceId: string; readonly days: number }) {
  const timeline = useQuery(queries.timeline(deviceId, days));
  const navigate = useNavigate({ from: '/devices/$id' });
  return (
    <Card
      title="Timeline"
      aside={
        <div
          role="group"
          aria-label="Time range"
          className="no-print flex rounded-v border border-control overflow-hidden"
        >
          {SPANS.map((span) => (
            <button
              key={span}
              type="button"
              aria-pressed={span === days}
              onClick={() =>
                void navigate({
                  search: (before) => ({
                    ...before,
                    days: span === 14 ? undefined : oneOf(String(span), ['1', '7', '30']),
                  }),
                  replace: true,
                  resetScroll: false,
                })
              }
              className="h-7 px-2 text-12 font-semibold text-ink-2 aria-pressed:bg-accent aria-pressed:text-on-accent not-first:border-l border-control focus-visible:outline-offset-[-3px]"
            >
              {span === 1 ? '24 h' : `${span} d`}
            </button>
          ))}
        </div>
      }
    >
      <QueryState query={timeline} what="The timeline" rows={3}>
        {(data) => (
          <ThreatTimeline
            timeline={data}
            onOpenThreat={(id) => void navigate({ to: '/threats/$id', params: { id } })}
            onOpenReport={(report) =>
              void navigate({ search: (before) => ({ ...before, tab: 'reports', report }), resetScroll: false })
            }
          />
        )}
      </QueryState>
    </Card>
  );
}
