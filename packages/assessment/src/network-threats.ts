import type { DeviceEvent, Finding, Severity, ThreatDraft } from '@vedette/contracts';
import type { AssessInput } from './assess-input.ts';
import { plainName } from './plain-name.ts';

/** The attacks that an event can tell of; other kinds of events are kept and make no threat. ATT&CK for Mobile: T1638 Adversary-in-the-Middle. */
const ATTACKS: Readonly<Record<string, { type: string; title: string; severity: Severity }>> = {
  'network.tls-interception': {
    type: 'tls-interception',
    title: 'Encrypted connections are intercepted',
    severity: 'high',
  },
  'network.certificate-mismatch': {
    type: 'certificate-mismatch',
    title: 'A server showed another certificate than it has',
    severity: 'high',
  },
  'network.tls-downgrade': {
    type: 'tls-downgrade',
    title: 'Encryption is held to an older protocol',
    severity: 'high',
  },
  'network.blocked': { type: 'blocked', title: 'Somebody keeps the device from its server', severity: 'medium' },
  'network.monitoring': { type: 'monitoring', title: 'Somebody reads again what was read', severity: 'medium' },
  'network.rogue-router': { type: 'rogue-router', title: 'Somebody poses as a router for IPv6', severity: 'medium' },
  'network.ssl-strip': { type: 'ssl-strip', title: 'Encryption is being stripped', severity: 'high' },
  'network.content-changed': { type: 'content-changed', title: 'Content is changed on the way', severity: 'high' },
  'network.dns-spoofing': { type: 'dns-spoofing', title: 'Names are answered falsely', severity: 'high' },
  'network.arp-spoofing': { type: 'arp-spoofing', title: 'Another device poses as the router', severity: 'high' },
  'network.rogue-access-point': {
    type: 'rogue-access-point',
    title: 'Access point poses as a known network',
    severity: 'medium',
  },
};

export const NETWORK_THREAT_TYPES: readonly string[] = Object.values(ATTACKS).map((attack) => attack.type);

/** Says that the network was tested and nothing was wrong any more. */
const CLEAN_KINDS: ReadonlySet<string> = new Set(['network.clean', 'network.tampering-gone']);

/**
 * A network threat is over when a later event says that the same network is clean, when a later probe finds the connection clean, or when the device has kept reporting for this long without seeing the attack again.
 * Counted to the last report, not to now: a device that went silent has not got better.
 */
export const NETWORK_QUIET_HOURS = 24;
const MAX_EVIDENCE = 20;
const NAMELESS = 'unnamed network';

interface Sighting {
  readonly event: DeviceEvent;
  /** Milliseconds since 1970; never later than the last report, whatever the device's clock says. */
  readonly atMs: number;
}

function networkOf(event: DeviceEvent): string {
  return event.network ?? NAMELESS;
}

function findingOf(
  attack: { title: string; severity: Severity },
  kind: string,
  sightings: readonly Sighting[],
): Finding {
  const newest = sightings.toSorted((a, b) => b.atMs - a.atMs);
  const omitted = newest.length - MAX_EVIDENCE;
  return {
    ruleId: kind,
    ruleVersion: 1,
    title: attack.title,
    severity: attack.severity,
    status: 'bad',
    description:
      'What arrived was not what was sent. Somebody between the device and the server can read or change the traffic.',
    remedy: 'Leave this network. Use mobile data or the company VPN.',
    evidence: newest.slice(0, MAX_EVIDENCE).map(({ event }) => ({
      kind: 'network',
      network: networkOf(event),
      ...(event.host === null ? {} : { host: event.host }),
      ...(event.expected === null ? {} : { expected: event.expected }),
      seen: event.seen ?? event.kind,
      observedAt: event.at,
      note: event.note,
    })),
    ...(omitted > 0 ? { evidenceOmitted: omitted } : {}),
    mappings: { attack: ['T1638'] },
  };
}

type NetworkInput = Pick<AssessInput, 'events' | 'observations' | 'contact' | 'now'>;

/** When a probe last found the connection clean, and whether the newest probe found tampering. */
function probeResult({ observations }: NetworkInput): { cleanAtMs: number; tampered: boolean } {
  let newestMs = -1;
  const result = { cleanAtMs: -1, tampered: false };
  for (const { key, value, observedAt, collectedAt } of observations) {
    const atMs = Date.parse(observedAt ?? collectedAt);
    if (key !== 'network.probe' || !Number.isFinite(atMs)) continue;
    const said = value.trim().toLowerCase();
    if (said === 'clean') result.cleanAtMs = Math.max(result.cleanAtMs, atMs);
    if (atMs < newestMs) continue;
    newestMs = atMs;
    result.tampered = said === 'tampered';
  }
  return result;
}

/**
 * The attacks that are not over: no later word that the network is clean, no later probe that found the connection clean (a device is on one network at a time), and seen within
 * `NETWORK_QUIET_HOURS` before the last report or confirmed by the newest probe. Needs the events of at least that long before the last report.
 */
function standingSightings(input: NetworkInput): Sighting[] {
  const lastMs = Date.parse(input.contact.lastReportAt ?? input.now);
  const probe = probeResult(input);
  const cleanSinceMs = new Map<string, number>();
  const sightings = input.events.flatMap((event): Sighting[] => {
    const atMs = Math.min(Date.parse(event.at), lastMs);
    return Number.isFinite(atMs) ? [{ event, atMs }] : [];
  });
  for (const { event, atMs } of sightings) {
    if (!CLEAN_KINDS.has(event.kind)) continue;
    const network = networkOf(event);
    cleanSinceMs.set(network, Math.max(atMs, cleanSinceMs.get(network) ?? 0));
  }
  return sightings.filter(({ event, atMs }) => {
    if (!Object.hasOwn(ATTACKS, event.kind)) return false;
    if (atMs <= (cleanSinceMs.get(networkOf(event)) ?? -1) || atMs <= probe.cleanAtMs) return false;
    return probe.tampered || lastMs - atMs < NETWORK_QUIET_HOURS * 3_600_000;
  });
}

/** The events without the attacks that are over: what the posture of the device is to be judged by. */
export function standingEvents(input: NetworkInput): DeviceEvent[] {
  const standing = new Set(standingSightings(input).map((sighting) => sighting.event));
  return input.events.filter((event) => standing.has(event) || !Object.hasOwn(ATTACKS, event.kind));
}

/** One threat per network and kind of attack that is not over. */
export function networkDrafts(input: NetworkInput): ThreatDraft[] {
  const groups = new Map<string, Sighting[]>();
  for (const sighting of standingSightings(input)) {
    const { event } = sighting;
    const key = `network:${event.kind.slice('network.'.length)}:${networkOf(event)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [sighting]);
    else group.push(sighting);
  }
  return [...groups].flatMap(([key, group]) => {
    const first = group[0]?.event;
    const attack = first === undefined ? undefined : ATTACKS[first.kind];
    if (first === undefined || attack === undefined) return [];
    const network = networkOf(first);
    return [
      {
        key: key.slice(0, 400),
        kind: 'network' as const,
        type: attack.type,
        title: `${attack.title} on ${plainName(network)}`,
        severity: attack.severity,
        subject: network,
        findings: [findingOf(attack, first.kind, group)],
      },
    ];
  });
}
