import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { NetworkList } from '@vedette/contracts';
import { Card, Chip, counted, EmptyState, RelativeTime, SeverityChip, wordsOf } from '@vedette/ui';
import { ChevronRight, Wifi } from 'lucide-react';
import { queries } from '../../api/queries.ts';
import { Page } from '../../app/page.tsx';
import { QueryState } from '../../app/query-state.tsx';
import { EventView } from '../device/device-events.tsx';
import { NetworkPath } from './network-path.tsx';

const route = getRouteApi('/shell/networks');
type Network = NetworkList['items'][number];

export function NetworksPage() {
  const { network: chosen } = route.useSearch();
  const networks = useQuery(queries.networks());
  return (
    <Page title="Networks" lead="Networks on which devices saw something other than expected, worst first.">
      <QueryState query={networks} what="The list of networks">
        {(data) =>
          data.items.length === 0 ? (
            <div className="card">
              <EmptyState
                title="No device saw a network tampered with"
                icon={<Wifi size={24} strokeWidth={1.5} aria-hidden />}
              >
                When a device meets a wrong certificate, changed content or a captive portal, the network is listed here
                with what was expected and what was seen.
              </EmptyState>
            </div>
          ) : (
            <ul className="flex flex-col gap-3">
              {data.items.map((network, index) => (
                <li key={network.network}>
                  <NetworkCard
                    network={network}
                    open={chosen === undefined ? index === 0 : chosen === network.network}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </QueryState>
    </Page>
  );
}

function NetworkCard({ network, open }: { readonly network: Network; readonly open: boolean }) {
  const navigate = useNavigate({ from: '/networks' });
  const latest = [...network.latest].sort((a, b) => (a.at < b.at ? 1 : -1));
  const telling = latest.find((event) => event.expected !== null || event.seen !== null);
  return (
    <section className="card" aria-label={network.network}>
      <button
        type="button"
        aria-expanded={open}
        onClick={() =>
          void navigate({
            search: open ? { network: '-' } : { network: network.network },
            replace: true,
            resetScroll: false,
          })
        }
        className="w-full text-left px-4 py-3 flex flex-wrap items-center gap-x-3 gap-y-1 hover:bg-hover rounded-v"
      >
        <ChevronRight size={16} aria-hidden className={`text-ink-3 transition-transform ${open ? 'rotate-90' : ''}`} />
        <span className="text-14 font-semibold">{network.network}</span>
        {network.severity === null ? null : <SeverityChip severity={network.severity} />}
        {network.kinds.map((kind) => (
          <Chip key={kind}>{wordsOf(kind.replace(/^network\./, ''))}</Chip>
        ))}
        <span className="grow" />
        <span className="text-13 text-ink-2 tnum">
          {counted(network.events, 'event')}, {counted(network.devices, 'device')},{' '}
          {network.openThreats > 0 ? (
            <span className="font-semibold text-ink">{counted(network.openThreats, 'open threat')}</span>
          ) : (
            'nobody at risk on it now'
          )}
        </span>
        <span className="text-12 text-ink-3">
          last <RelativeTime at={network.lastSeenAt} />
        </span>
      </button>
      {open ? (
        <div className="border-t border-line px-4 py-4 flex flex-col gap-4">
          {telling === undefined ? null : (
            <NetworkPath network={network.network} event={telling} deviceName={telling.device.name} />
          )}
          <Card title="Transcript, newest first" flush>
            <ul className="divide-y divide-line">
              {latest.map((event, index) => (
                <li key={`${event.at}-${index}`} className="px-4 py-3">
                  <p className="text-13 mb-1">
                    <Link to="/devices/$id" params={{ id: event.device.id }} className="link font-semibold">
                      {event.device.name}
                    </Link>
                  </p>
                  <EventView event={event} />
                </li>
              ))}
            </ul>
          </Card>
        </div>
      ) : null}
    </section>
  );
}
