import type { DeviceEvent } from '@vedette/contracts';
import { Chip, EmptyState, ExpectedSeen, RelativeTime, SOURCE_WORDS, wordsOf } from '@vedette/ui';

/** What happened on the device or to its network, newest first, with what was expected beside what was seen. */
export function DeviceEvents({ events }: { readonly events: readonly DeviceEvent[] }) {
  if (events.length === 0) {
    return (
      <div className="card">
        <EmptyState title="No event was reported">
          Tampered connections, captive portals and the like show up here with their transcript.
        </EmptyState>
      </div>
    );
  }
  const ordered = [...events].sort((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <ul className="card divide-y divide-line">
      {ordered.map((event, index) => (
        <li key={`${event.at}-${index}`} className="px-4 py-3">
          <EventView event={event} />
        </li>
      ))}
    </ul>
  );
}

export function EventView({ event }: { readonly event: DeviceEvent }) {
  return (
    <div>
      <div className="flex flex-wrap items-center gap-2">
        <p className="text-14 font-semibold">{wordsOf(event.kind.replace(/^network\./, ''))}</p>
        {event.network === null ? null : <Chip>{event.network}</Chip>}
        <span className="text-12 text-ink-3">
          <RelativeTime at={event.at} />, from the {SOURCE_WORDS[event.source]}
        </span>
      </div>
      <p className="text-13 text-ink-2">
        {event.note}
        {event.host === null ? null : (
          <>
            {' '}
            <code className="text-12 break-all">{event.host}</code>
          </>
        )}
      </p>
      {event.expected === null && event.seen === null ? null : (
        <ExpectedSeen expected={event.expected} seen={event.seen} />
      )}
    </div>
  );
}
