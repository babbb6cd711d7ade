import type { DeviceEvent } from '@vedette/contracts';
import { Picture, wordsOf } from '@vedette/ui';
import { Server, Smartphone, TriangleAlert, Wifi } from 'lucide-react';

/** Device, network and server as stations; the link on which the two ends differ is marked. */
export function NetworkPath({
  network,
  event,
  deviceName,
}: {
  readonly network: string;
  readonly event: DeviceEvent;
  readonly deviceName: string;
}) {
  const host = event.host ?? 'the server';
  const what = wordsOf(event.kind.replace(/^network\./, ''));
  const stations = [
    { icon: Smartphone, title: deviceName, detail: event.seen === null ? 'saw nothing' : `saw ${event.seen}` },
    { icon: Wifi, title: network, detail: what },
    {
      icon: Server,
      title: host,
      detail: event.expected === null ? 'expectation not recorded' : `should show ${event.expected}`,
    },
  ];
  return (
    <Picture
      label="Network path"
      summary={`${what} between ${deviceName} and ${host} on ${network}: the device saw something other than the server shows.`}
      twin={{ columns: ['Station', 'What was seen'], rows: stations.map((station) => [station.title, station.detail]) }}
    >
      <ol className="flex max-md:flex-col md:items-start">
        {stations.map((station, index) => {
          const Icon = station.icon;
          const bad = index === 1;
          return (
            <li
              key={station.title}
              className={`flex max-md:flex-col min-w-0 ${index === 2 ? 'md:flex-none md:max-w-[30%]' : 'md:grow md:basis-0'}`}
            >
              <div className="min-w-0 md:max-w-[260px]">
                <span
                  className={`inline-flex items-center justify-center size-10 rounded-v border ${bad ? 'border-high bg-high-soft text-high-ink' : 'border-line-strong bg-surface text-ink-2'}`}
                >
                  {bad ? <TriangleAlert size={20} aria-hidden /> : <Icon size={20} strokeWidth={1.75} aria-hidden />}
                </span>
                <p className="text-14 font-semibold mt-1 break-words">{station.title}</p>
                <p className="font-mono text-12 text-ink-2 break-all line-clamp-3">{station.detail}</p>
              </div>
              {index === 2 ? null : (
                <span
                  aria-hidden
                  className={`max-md:h-6 max-md:ml-5 max-md:border-l-2 md:grow md:mt-5 md:mx-3 md:border-t-2 ${index === 1 ? 'border-high border-dashed' : 'border-line-strong'}`}
                />
              )}
            </li>
          );
        })}
      </ol>
    </Picture>
  );
}
