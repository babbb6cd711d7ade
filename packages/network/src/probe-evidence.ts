import type { DeviceEvent, Observation, ProbeFindingId, ProbeReport } from '@vedette/contracts';

/** Kinds of events that findings are reported as. What is not named is no threat by itself; it stays in the report. */
const EVENT_KINDS: Partial<Record<ProbeFindingId, string>> = {
  'tls.interception.untrusted_ca': 'network.tls-interception',
  'tls.interception.trusted_ca': 'network.tls-interception',
  'tls.interception.selective': 'network.tls-interception',
  'tls.downgrade': 'network.tls-downgrade',
  'tls.downgrade_proof': 'network.tls-downgrade',
  'tls.blocked': 'network.blocked',
  'dns.blocked': 'network.blocked',
  'http.blocked': 'network.blocked',
  'http.ssl_strip': 'network.ssl-strip',
  'http.content_injection': 'network.content-changed',
  'http.monitoring': 'network.monitoring',
  'dns.spoofed_answer': 'network.dns-spoofing',
  'dns.injection_race': 'network.dns-spoofing',
  'lan.arp_spoofing': 'network.arp-spoofing',
  'lan.rogue_ra': 'network.rogue-router',
  'wifi.evil_twin_suspect': 'network.rogue-access-point',
  'network.captive_portal': 'network.captive-portal',
  'network.inspected': 'network.inspected',
};

/**
 * What an agent reports of a probe: one event for each finding that is one, and the state as an observation `network.probe`: `clean` says
 * that what was seen before is over.
 */
export function probeEvidence(report: ProbeReport): {
  readonly events: readonly DeviceEvent[];
  readonly observations: readonly Observation[];
} {
  const { state, findings, network, target, rounds } = report;
  const at = rounds.at(-1)?.startedAt ?? rounds[0]?.startedAt;
  if (at === undefined) return { events: [], observations: [] };
  const common = { at, source: 'network-probe', network, host: target.zone } as const;
  const events = findings.flatMap((finding): DeviceEvent[] => {
    const kind = EVENT_KINDS[finding.id];
    const lines = finding.evidence.map(({ observation, text }) => `${observation}: ${text}`);
    return kind === undefined
      ? []
      : [
          {
            ...common,
            kind,
            expected: expectedOf(finding.id, report),
            seen: lines.join('\n').slice(0, 1_000),
            note: `${finding.title} (${finding.id}, ${finding.confidence})`.slice(0, 1_000),
          },
        ];
  });
  return {
    events,
    observations: [
      {
        key: 'network.probe',
        value: state,
        source: 'network-probe',
        // The server's own signature stands behind what was exchanged with it.
        trust: 'os-reported',
        observedAt: at,
        collectedAt: at,
      },
    ],
  };
}

function expectedOf(id: ProbeFindingId, { target }: ProbeReport): string | null {
  if (id.startsWith('tls.interception')) return `key ${target.pins.join(' or ')}`;
  return id.startsWith('http.') ? 'what our server sends, byte for byte' : null;
}
