import { AuditList } from '@vedette/contracts';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ServerContext } from '../../context.ts';
import type { App } from '../../http/app-type.ts';
import { decodeCursor, pageOf, pageQuery } from '../../http/cursor.ts';
import { actorOf } from '../../http/request-actor.ts';

/** GET /audit, newest first. Index: `audit_newest`. */
export async function auditRoutes(app: App, { store }: ServerContext): Promise<void> {
  app.get(
    '/audit',
    { config: { permission: 'read' }, schema: { querystring: z.object(pageQuery), response: { 200: AuditList } } },
    (request) =>
      store.withTenant(actorOf(request).tenantId, async (tx) => {
        const { cursor, limit } = request.query;
        let page = tx.selectFrom('audit').selectAll().orderBy('at', 'desc').orderBy('id', 'desc');
        if (cursor !== undefined) {
          const [at, id] = decodeCursor(cursor, z.tuple([z.iso.datetime(), z.uuid()]));
          page = page.where(sql<boolean>`(at, id) < (${at}::timestamptz, ${id}::uuid)`);
        }
        const rows = await page.limit(limit + 1).execute();
        const { total } = await tx
          .selectFrom('audit')
          .select(({ fn }) => fn.countAll<number>().as('total'))
          .executeTakeFirstOrThrow();
        const { shown, nextCursor } = pageOf(rows, limit, (row) => [row.at.toISOString(), row.id]);
        const items = shown.map(({ id, at, actor, action, object, detail }) => ({
          id,
          at: at.toISOString(),
          actor,
          action,
          object,
          detail,
        }));
        return { items, nextCursor, total };
      }),
  );
}
