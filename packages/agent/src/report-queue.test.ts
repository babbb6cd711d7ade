import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { chooseEvictions, type QueueEntry } from './report-queue.ts';

function entry(sequence: number, type: 'full' | 'heartbeat', events = 0, sizeBytes = 100): QueueEntry {
  return {
    sequence,
    reportId: '0195d000-0000-7000-8000-000000000001',
    type,
    createdAt: '2026-11-20T08:00:00.000Z',
    evidenceHash: type === 'full' ? 'hash' : null,
    eventKeys: Array.from({ length: events }, (_, i) => `event${i}`),
    sizeBytes,
  };
}

it('drops heartbeats before heartbeats with events before full reports, oldest first', () => {
  const entries = [
    entry(1, 'full'),
    entry(2, 'heartbeat', 1),
    entry(3, 'heartbeat'),
    entry(4, 'heartbeat'),
    entry(5, 'full'),
  ];
  const dropped = (reports: number) =>
    chooseEvictions(entries, 100, { reports, bytes: 1e9 }, null).map(({ sequence }) => sequence);
  expect(dropped(6)).toEqual([]);
  expect(dropped(5)).toEqual([3]);
  expect(dropped(3)).toEqual([3, 4, 2]);
  expect(dropped(1)).toEqual([3, 4, 2, 1, 5]);
});

it('makes the queue fit its limits again, and never drops more than it must or what is on its way', () => {
  const arbitraryEntries = fc
    .array(
      fc.tuple(fc.constantFrom('full' as const, 'heartbeat' as const), fc.nat(2), fc.integer({ min: 1, max: 1000 })),
      { maxLength: 30 },
    )
    .map((list) => list.map(([type, events, size], index) => entry(index + 1, type, events, size)));
  fc.assert(
    fc.property(
      arbitraryEntries,
      fc.nat(1000),
      fc.integer({ min: 1, max: 30 }),
      fc.nat(20_000),
      (entries, incoming, reports, bytes) => {
        const inFlight = entries[0]?.sequence ?? null;
        const evicted = chooseEvictions(entries, incoming, { reports, bytes }, inFlight);
        const left = entries.filter((one) => !evicted.includes(one));
        const fits = (kept: readonly QueueEntry[]) =>
          kept.length + 1 <= reports && kept.reduce((sum, one) => sum + one.sizeBytes, incoming) <= bytes;
        expect(evicted.every(({ sequence }) => sequence !== inFlight)).toBe(true);
        expect(fits(left) || left.every(({ sequence }) => sequence === inFlight)).toBe(true);
        if (evicted.length > 0) expect(fits([...left, ...evicted.slice(-1)])).toBe(false);
      },
    ),
  );
});
