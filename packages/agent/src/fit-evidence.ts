import {
  type DeviceEvent,
  type DeviceEvidence,
  MAX_USAGE_WINDOWS,
  REPORT_BODY_LIMIT_BYTES,
  type UsageWindow,
} from '@vedette/contracts';

const MOST_OBSERVATIONS = 5000;
const MOST_APPS = 5000;
/** Most events one report may carry. */
export const MOST_EVENTS = 1000;
/** Base64url makes three bytes four (RFC 4648 section 5); header, signature and the report's own members take the rest. */
const LARGEST_EVIDENCE_BYTES = Math.floor((REPORT_BODY_LIMIT_BYTES * 3) / 4) - 4096;

/**
 * Cuts evidence to what one report may carry. Observations have the first claim on two thirds of the space, system apps go before
 * other apps; whatever is left out makes the inventory incomplete and is told by an event, so that a missing app is never taken
 * for an absent one.
 * @param now milliseconds since the epoch, for the event
 */
export function fitEvidence(evidence: DeviceEvidence, now: number): DeviceEvidence {
  const events = newestEvents(evidence.events);
  const usage = newestUsage(evidence.usage ?? []);
  const budget = LARGEST_EVIDENCE_BYTES - byteLength(events) - byteLength(evidence.facts) - byteLength(usage);
  const appBytes = evidence.apps.reduce((sum, app) => sum + byteLength(app), 0);
  const forObservations = Math.max((budget * 2) / 3, budget - appBytes);
  const kept = takeWithin(evidence.observations, MOST_OBSERVATIONS, forObservations);
  const apps = takeWithin(evidence.apps, MOST_APPS, budget - kept.bytes, (app) => !app.system);
  const missingApps = evidence.apps.length - apps.items.length;
  const missingObservations = evidence.observations.length - kept.items.length;
  const fitted = {
    ...evidence,
    observations: kept.items,
    apps: apps.items,
    appsComplete: evidence.appsComplete && missingApps === 0,
    events,
    ...(usage.length === 0 ? {} : { usage }),
  };
  if (missingApps + missingObservations === 0) return fitted;
  return { ...fitted, events: [...events.slice(0, MOST_EVENTS - 1), trimmed(missingApps, missingObservations, now)] };
}

/** The newest windows of use, as many as fit a fifth of a report: older ones were sent before. */
function newestUsage(windows: readonly UsageWindow[]): UsageWindow[] {
  const newestFirst = [...windows].sort((a, b) => (a.to < b.to ? 1 : -1));
  return takeWithin(newestFirst, MAX_USAGE_WINDOWS, LARGEST_EVIDENCE_BYTES / 5).items.reverse();
}

/** The first items, preferred ones before others, as many as fit. */
function takeWithin<T>(
  items: readonly T[],
  most: number,
  budgetBytes: number,
  preferred: (item: T) => boolean = () => true,
): { items: T[]; bytes: number } {
  const taken: T[] = [];
  let bytes = 0;
  for (const item of [...items.filter(preferred), ...items.filter((one) => !preferred(one))]) {
    const size = byteLength(item);
    if (taken.length >= most || bytes + size > budgetBytes) break;
    taken.push(item);
    bytes += size;
  }
  return { items: taken, bytes };
}

function newestEvents(events: readonly DeviceEvent[]): DeviceEvent[] {
  if (events.length <= MOST_EVENTS) return [...events];
  return [...events].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, MOST_EVENTS);
}

function trimmed(apps: number, observations: number, now: number): DeviceEvent {
  return {
    ...agentEvent(now),
    kind: 'agent.evidence-trimmed',
    seen: `${apps} apps, ${observations} observations`,
    note: `The evidence was larger than one report may be: ${apps} apps and ${observations} observations were left out.`,
  };
}

/** An event about the agent itself. */
export function agentEvent(now: number): Omit<DeviceEvent, 'kind' | 'note'> {
  return { at: new Date(now).toISOString(), source: 'agent', network: null, host: null, expected: null, seen: null };
}

/** Bytes as JSON in UTF-8, with the comma that follows. */
function byteLength(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).byteLength + 1;
}
