import { z } from 'zod';

/** What the agent knows about a queued report without opening it; enough to redo the state write a crash prevented. */
export const QueueEntry = z.object({
  sequence: z.number().int().positive(),
  reportId: z.uuid(),
  type: z.enum(['full', 'heartbeat']),
  createdAt: z.iso.datetime(),
  /** Hash of the evidence a full report carries; null for a heartbeat. */
  evidenceHash: z.string().nullable(),
  /** Keys of the events the report carries. */
  eventKeys: z.array(z.string()),
  /** Up to when it tells what apps used. */
  usageUntil: z.iso.datetime().optional(),
  sizeBytes: z.number().int().nonnegative(),
});
export type QueueEntry = z.infer<typeof QueueEntry>;

/** Signed reports that wait for the server, oldest first. `append` and `remove` are durable when they resolve. */
export interface ReportQueue {
  /** In order of sequence. */
  entries(): Promise<readonly QueueEntry[]>;
  /** The signed bytes (a compact JWS); null when the entry is gone or unreadable. */
  read(sequence: number): Promise<string | null>;
  append(entry: QueueEntry, jws: string): Promise<void>;
  /** Removing what is not there is no error. */
  remove(sequence: number): Promise<void>;
}

export interface QueueLimits {
  readonly reports: number;
  readonly bytes: number;
}

export const DEFAULT_QUEUE_LIMITS: QueueLimits = { reports: 500, bytes: 64 * 1024 * 1024 };

/**
 * Which queued reports make room for one more of `incomingBytes`: heartbeats without events first, then heartbeats with events,
 * then full reports, each oldest first. The report on its way to the server (`inFlight`) stays: it may be accepted already.
 * @returns sequence numbers to drop; empty when there is room
 */
export function chooseEvictions(
  entries: readonly QueueEntry[],
  incomingBytes: number,
  limits: QueueLimits,
  inFlight: number | null,
): readonly QueueEntry[] {
  let excessReports = entries.length + 1 - limits.reports;
  let excessBytes = entries.reduce((sum, entry) => sum + entry.sizeBytes, incomingBytes) - limits.bytes;
  const candidates = entries
    .filter((entry) => entry.sequence !== inFlight)
    .sort((a, b) => worth(a) - worth(b) || a.sequence - b.sequence);
  const evicted: QueueEntry[] = [];
  for (const entry of candidates) {
    if (excessReports <= 0 && excessBytes <= 0) break;
    evicted.push(entry);
    excessReports -= 1;
    excessBytes -= entry.sizeBytes;
  }
  return evicted;
}

function worth(entry: QueueEntry): number {
  if (entry.type === 'full') return 2;
  return entry.eventKeys.length === 0 ? 0 : 1;
}
