import { SearchResult } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ServerContext } from '../../context.ts';
import type { App } from '../../http/app-type.ts';
import { containsPattern } from '../../http/cursor.ts';
import { actorOf } from '../../http/request-actor.ts';

const MOST_PER_KIND = 6;

/** GET /search?q= for the command palette: a few of each kind, devices first. */
export async function searchRoutes(app: App, { store }: ServerContext): Promise<void> {
  app.get(
    '/search',
    {
      config: { permission: 'read' },
      schema: { querystring: z.object({ q: z.string().trim().max(200).default('') }), response: { 200: SearchResult } },
    },
    async (request) => {
      if (request.query.q === '') return { items: [] };
      return { items: await store.withTenant(actorOf(request).tenantId, (tx) => search(tx, request.query.q)) };
    },
  );
}

async function search(tx: Tx, q: string): Promise<SearchResult['items']> {
  const pattern = containsPattern(q);
  const { rows } = await sql<SearchResult['items'][number]>`
    (select 'device' as kind, id::text, name as title, concat_ws(' · ', owner, facts->>'model', platform) as detail
      from devices where state = 'active' and (name ilike ${pattern} or owner ilike ${pattern} or facts->>'model' ilike ${pattern} or id::text = lower(${q}))
      order by risk_rank, id limit ${MOST_PER_KIND})
    union all
    (select 'threat', t.id::text, t.title, concat_ws(' · ', d.name, t.severity, t.state)
      from threats t join devices d on d.id = t.device_id
      where t.title ilike ${pattern} or t.subject ilike ${pattern} or t.type ilike ${pattern}
      order by t.state = 'open' desc, t.severity_rank, t.opened_at desc limit ${MOST_PER_KIND})
    union all
    (select 'app', sha256, coalesce(label, package), concat_ws(' · ', package, version_name, verdict)
      from appraisals where package ilike ${pattern} or label ilike ${pattern} or sha256 like lower(${q}) || '%'
      order by malice desc, sha256 limit ${MOST_PER_KIND})
    union all
    (select 'network', network, network, count(*) || ' events on ' || count(distinct device_id) || ' devices'
      from device_events where network ilike ${pattern} group by network order by count(*) desc limit ${MOST_PER_KIND})`.execute(
    tx,
  );
  return rows;
}
