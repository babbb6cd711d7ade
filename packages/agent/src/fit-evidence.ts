import { type DeviceEvidence, type DeviceEvent, REPORT_BODY_LIMIT_BYTES } from '@vedette/contracts';

const MOST_OBSERVATIONS = 5000;
const MOST_APPS = 5000;
/** Most events one report may carry. */
export const MOST_EVENTS = 1000;
/** Base64url makes three bytes four (RFC 4648 section 5); header, signature and the report's own members take the rest. */
const LARGEST_EVIDENCE_BYTES = Math.floor((REPORT_BODY_LIMIT_BYTES * 3) / 4) - 4096;

/**
 * Cuts evidence to what one report may carry. Installed apps go before observations and system apps before others; whatever is
 * left out makes the inventory incomplete and is told by an event, so that a missing app is never taken for an absent one.
 * @param now milliseconds since the epoch, for the event
 */
export function fitEvidence(evidence: DeviceEvidence, now: number): DeviceEvidence {
  const events = newestEvents(evidence.events);
  let apps = MOST_APPS;
  let observations = MOST_OBSERVATIONS;
  for (;;) {
    const fitted: DeviceEvidence = {
      ...evidence,
      observations: evidence.observations.slice(0, observations),
      apps: chooseApps(evidence.apps, apps),
      appsComplete: evidence.appsComplete && evidence.apps.length <= apps,
      events,
    };
    const missingApps = evidence.apps.length - fitted.apps.length;
    const missingObservations = evidence.observations.length - fitted.observations.length;
    if (byteLength(fitted) <= LARGEST_EVIDENCE_BYTES || (apps === 0 && observations === 0))
      return missingApps + missingObservations === 0
        ? fitted
        : { ...fitted, events: [...events.slice(0, MOST_EVENTS - 1), trimmed(missingApps, missingObservations, now)] };
    if (fitted.apps.length > 0) apps = Math.floor(fitted.apps.length / 2);
    else observations = Math.floor(fitted.observations.length / 2);
  }
}

function chooseApps(apps: DeviceEvidence['apps'], most: number): DeviceEvidence['apps'] {
  if (apps.length <= most) return apps;
  return [...apps].sort((a, b) => Number(a.system) - Number(b.system)).slice(0, most);
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

function byteLength(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).byteLength;
}
