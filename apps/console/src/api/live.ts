import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { ServerEvent } from '@vedette/contracts';
import { useEffect } from 'react';
import { useLiveStore } from './live-store.ts';

/**
 * Takes one server-sent event in: objects and small summaries are asked for again at once, lists only count what is new,
 * so that no row moves under the reader's hand. Appraisal jobs carry their own state.
 */
export function applyEvent(
  event: ServerEvent,
  client: Pick<QueryClient, 'invalidateQueries'>,
  count: (list: string, id: string) => void,
): void {
  const again = (...queryKey: string[]) => void client.invalidateQueries({ queryKey });
  switch (event.type) {
    case 'device':
      again('device', event.id);
      again('overview');
      again('attestation', 'health');
      count('devices', event.id);
      return;
    case 'threat':
      again('threat', event.id);
      again('overview');
      again('networks');
      count('threats', event.id);
      return;
    case 'action':
      again('overview');
      count('actions', event.id);
      return;
    case 'appraisal':
      again('appraisals');
      if (event.job.state === 'done') {
        again('app', event.job.sha256);
        count('apps', event.job.sha256);
      }
      return;
    case 'policy':
      again('policy');
      return;
    case 'suppressions':
      again('suppressions');
      again('app');
      again('apps');
      return;
  }
}

/** Listens to `/api/v1/events` while mounted. The browser reconnects by itself (HTML standard, 9.2); after a gap everything on the page is asked for again. */
export function useLiveEvents(): void {
  const client = useQueryClient();
  const { add, setConnected } = useLiveStore();
  useEffect(() => {
    const source = new EventSource('/api/v1/events');
    let lost = false;
    source.addEventListener('open', () => {
      setConnected(true);
      if (lost) void client.invalidateQueries();
      lost = false;
    });
    source.addEventListener('error', () => {
      lost = true;
      setConnected(false);
    });
    source.addEventListener('message', (message: MessageEvent<unknown>) => {
      if (typeof message.data !== 'string') return;
      let body: unknown;
      try {
        body = JSON.parse(message.data);
      } catch {
        return;
      }
      const event = ServerEvent.safeParse(body);
      if (event.success) applyEvent(event.data, client, add);
    });
    return () => source.close();
  }, [client, add, setConnected]);
}
