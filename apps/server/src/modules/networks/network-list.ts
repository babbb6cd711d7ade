import { type DeviceEvent, type NetworkList, SEVERITIES } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import { sql } from 'kysely';

const MOST_NETWORKS = 200;
const LATEST_EVENTS = 5;

interface Row {
  network: string;
  events: number;
  devices: number;
  kinds: string[];
  first_seen_at: Date;
  last_seen_at: Date;
  open_threats: number;
  severity_rank: number | null;
  latest: { event: DeviceEvent; device: { id: string; name: string } }[];
}

/** Networks on which devices reported events, those with the worst open threats first. Index: `device_events_by_network`. */
export async function listNetworks(tx: Tx): Promise<NetworkList> {
  const { rows } = await sql<Row>`
    with seen as (
      select network, count(*) as events, count(distinct device_id) as devices, array_agg(distinct kind order by kind) as kinds,
        min(at) as first_seen_at, max(at) as last_seen_at
      from device_events where network is not null group by network
    ), threatened as (
      select t.subject as network, count(*) as open_threats, min(t.severity_rank) as severity_rank
      from threats t join devices d on d.id = t.device_id
      where t.kind = 'network' and t.state = 'open' and d.state = 'active' group by t.subject
    ), listed as (
      select seen.*, coalesce(threatened.open_threats, 0) as open_threats, threatened.severity_rank
      from seen left join threatened using (network)
      order by threatened.severity_rank nulls last, seen.last_seen_at desc, seen.network limit ${MOST_NETWORKS}
    )
    select listed.*, newest.latest
    from listed cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('event', e.event, 'device', jsonb_build_object('id', e.device_id, 'name', e.name)) order by e.at desc), '[]') as latest
      from (
        select v.event, v.device_id, v.at, d.name from device_events v join devices d on d.id = v.device_id
        where v.network = listed.network order by v.at desc limit ${LATEST_EVENTS}
      ) e
    ) newest
    order by listed.severity_rank nulls last, listed.last_seen_at desc, listed.network`.execute(tx);
  return {
    items: rows.map((row) => ({
      network: row.network,
      events: row.events,
      devices: row.devices,
      openThreats: row.open_threats,
      severity: row.severity_rank === null ? null : (SEVERITIES[row.severity_rank] ?? null),
      kinds: row.kinds,
      firstSeenAt: row.first_seen_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
      latest: row.latest.map(({ event, device }) => ({ ...event, device })),
    })),
  };
}
