import type { DeviceEvent, Evidence } from '@vedette/contracts';
import type { Cell } from '../cell.ts';
import { findingsOf } from '../cell.ts';
import type { EvidenceView } from '../evidence-view.ts';
import { resolve } from '../question.ts';
import { findingOf } from '../rules.ts';
import { signalOf, type Verdict } from '../verdict.ts';

/** `network.proxy`: a proxy for everything, set by hand or by management. */
export const PROXY: Cell = {
  id: 'network.proxy',
  platforms: ['android', 'ios'],
  questions: [
    {
      keys: ['settings.global.http_proxy', 'agent.http_proxy', 'ios.http_proxy'],
      artefacts: ['settings.global'],
      read: ({ value }) => {
        const proxy = value.trim();
        // Android keeps `:0` after a proxy was removed.
        if (['', 'null', ':0', 'none', 'off'].includes(proxy.toLowerCase())) return { status: 'ok', text: 'none' };
        return {
          status: 'bad',
          text: proxy.slice(0, 100),
          reason: 'All web traffic goes through a proxy.',
          rule: 'device.network.proxy',
        };
      },
    },
  ],
  extra: [
    {
      keys: ['settings.global.global_proxy_pac_url'],
      read: ({ value }) => {
        const url = value.trim();
        if (url === '' || url === 'null') return null;
        return {
          status: 'bad',
          text: url.slice(0, 100),
          reason: 'A script from the network chooses the proxy.',
          rule: 'device.network.proxy',
        };
      },
    },
  ],
};

/** Kinds of events that are tampering, with what they mean. Others are carried along. */
export const TAMPERING_EVENTS: ReadonlyMap<string, { readonly title: string; readonly severity: 'high' | 'medium' }> =
  new Map([
    ['network.tls-interception', { title: 'TLS connections were intercepted', severity: 'high' }],
    ['network.certificate-mismatch', { title: 'A server showed another certificate than it has', severity: 'high' }],
    ['network.tls-downgrade', { title: 'Connections were held to an older protocol', severity: 'high' }],
    ['network.blocked', { title: 'Connections to the server were cut off', severity: 'medium' }],
    ['network.monitoring', { title: 'Pages that were read were fetched again by somebody', severity: 'medium' }],
    ['network.rogue-router', { title: 'Somebody announced himself as a router', severity: 'medium' }],
    ['network.ssl-strip', { title: 'Secure links were turned into insecure ones', severity: 'high' }],
    ['network.content-changed', { title: 'Content was changed on the way', severity: 'high' }],
    ['network.dns-spoofing', { title: 'Names were resolved to somebody else’s address', severity: 'high' }],
    ['network.arp-spoofing', { title: 'Another device on the network took the router’s place', severity: 'high' }],
    ['network.rogue-access-point', { title: 'A copy of a known Wi-Fi network', severity: 'medium' }],
  ]);

/** `network.tampering`: fresh events that say so; `ok` needs a probe that ran and saw nothing. */
export function judgeTampering(view: EvidenceView): Verdict {
  const id = 'network.tampering';
  const { now, staleAfterHours } = view.context;
  const fresh = view.evidence.events.filter((event) => {
    const hours = view.ageHours(event.at);
    return TAMPERING_EVENTS.has(event.kind) && hours <= staleAfterHours && hours >= -24;
  });
  const probe = resolve(view, {
    keys: ['network.probe'],
    read: ({ value }) => {
      const result = value.trim().toLowerCase();
      if (result === 'clean') return { status: 'ok', text: 'a probe saw none' };
      if (result !== 'tampered') return null;
      return {
        status: 'bad',
        text: 'seen by a probe',
        reason: 'A probe saw tampering.',
        rule: 'device.network.tampering',
      };
    },
  });
  const latest = fresh.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))[0];
  if (latest !== undefined) {
    const kinds = [...new Set(fresh.map((event) => event.kind))];
    const title = TAMPERING_EVENTS.get(latest.kind)?.title ?? latest.kind;
    const signal = signalOf(
      id,
      {
        status: 'bad',
        value: `${title}${latest.network === null ? '' : ` on ${latest.network}`}`,
        reason: fresh.length === 1 ? `${title}.` : `${fresh.length} events in the last ${staleAfterHours} hours.`,
      },
      {
        key: 'event',
        value: latest.kind,
        source: latest.source,
        trust: 'os-reported',
        observedAt: latest.at,
        collectedAt: latest.at,
      },
      now,
    );
    return {
      signal,
      findings: kinds.map((kind) =>
        tamperingFinding(
          kind,
          fresh.filter((event) => event.kind === kind),
        ),
      ),
    };
  }
  return {
    signal: signalOf(
      id,
      { status: probe.status, value: probe.text, reason: probe.status === 'ok' ? undefined : probe.reason },
      probe.basis,
      now,
    ),
    findings: findingsOf(probe),
  };
}

function tamperingFinding(kind: string, events: readonly DeviceEvent[]): ReturnType<typeof findingOf> {
  const known = TAMPERING_EVENTS.get(kind);
  return findingOf('device.network.tampering', {
    ...(known === undefined ? {} : { title: known.title, severity: known.severity }),
    evidence: events.map((event): Evidence => {
      return {
        kind: 'network',
        network: event.network ?? 'unknown network',
        ...(event.host === null ? {} : { host: event.host }),
        ...(event.expected === null ? {} : { expected: event.expected }),
        seen: event.seen ?? event.kind,
        observedAt: event.at,
        note: event.note,
      };
    }),
  });
}
