import { RULES } from '@vedette/appraisal';
import { AppSuppression, AppSuppressionList, Suppression, SuppressionRequest } from '@vedette/contracts';
import { z } from 'zod';
import type { ServerContext } from '../../context.ts';
import type { App } from '../../http/app-type.ts';
import { problem } from '../../http/problem.ts';
import { actorOf } from '../../http/request-actor.ts';
import { listSuppressions, recountRule } from './suppression-store.ts';

/** More than anybody can keep an eye on. */
const MOST_SUPPRESSIONS = 1_000;
/** A decision that nobody has to look at again is none. */
const LONGEST_DAYS = 731;
const DAY_MS = 86_400_000;

/** GET and POST /suppressions; DELETE /suppressions/:id. */
export async function suppressionRoutes(app: App, context: ServerContext): Promise<void> {
  const { store, clock, newId, events } = context;

  app.get(
    '/suppressions',
    { config: { permission: 'read' }, schema: { response: { 200: AppSuppressionList } } },
    async (request) => ({
      items: await store.withTenant(actorOf(request).tenantId, (tx) => listSuppressions(tx, clock())),
    }),
  );

  app.post(
    '/suppressions',
    {
      config: { permission: 'administer' },
      schema: { body: SuppressionRequest, response: { 201: AppSuppression } },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const now = clock();
      checkRequest(request.body, now);
      const suppression = Suppression.parse({ ...request.body, by: actor.name });
      const id = newId();
      await store.mutate(
        actor,
        { action: 'suppression.create', object: `finding ${suppression.rule}`, detail: { ...suppression } },
        async (tx) => {
          // One writer at a time, or two could both be the last that fits, and each would miss the other when it counts.
          await tx.selectFrom('tenants').where('id', '=', actor.tenantId).select('id').forUpdate().execute();
          const { count } = await tx
            .selectFrom('suppressions')
            .select((select) => select.fn.countAll<number>().as('count'))
            .executeTakeFirstOrThrow();
          if (count >= MOST_SUPPRESSIONS)
            throw problem(
              409,
              'too-many',
              `There are ${MOST_SUPPRESSIONS} suppressions already: lift some that ran out`,
            );
          const values = { id, tenant_id: actor.tenantId, rule: suppression.rule, created_at: now };
          await tx
            .insertInto('suppressions')
            .values({ ...values, suppression: JSON.stringify(suppression) })
            .execute();
          await recountRule(tx, context, actor.tenantId, suppression.rule, now);
        },
      );
      events.publish(actor.tenantId, { type: 'suppressions' });
      return reply.code(201).send({ id, suppression, createdAt: now.toISOString(), expired: false });
    },
  );

  app.delete(
    '/suppressions/:id',
    {
      config: { permission: 'administer' },
      schema: { params: z.object({ id: z.uuid() }), response: { 204: z.null() } },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      await store.mutate(
        actor,
        ({ rule, reason }: { rule: string; reason: string }) => ({
          action: 'suppression.lift',
          object: `finding ${rule}`,
          detail: { id: request.params.id, reason },
        }),
        async (tx) => {
          await tx.selectFrom('tenants').where('id', '=', actor.tenantId).select('id').forUpdate().execute();
          const gone = await tx
            .deleteFrom('suppressions')
            .where('id', '=', request.params.id)
            .returning('suppression')
            .executeTakeFirst();
          if (gone === undefined) throw problem(404, 'not-found', 'There is no suppression of this id');
          const { rule, reason } = gone.suppression;
          await recountRule(tx, context, actor.tenantId, rule, clock());
          return { rule, reason };
        },
      );
      events.publish(actor.tenantId, { type: 'suppressions' });
      return reply.code(204).send(null);
    },
  );
}

const KNOWN_RULES = new Set(RULES.map(({ id }) => id));

function checkRequest({ rule, until }: SuppressionRequest, now: Date): void {
  const errors: { path: string; message: string }[] = [];
  if (!KNOWN_RULES.has(rule)) errors.push({ path: 'rule', message: `there is no rule ${rule}` });
  if (until < now.toISOString().slice(0, 10)) errors.push({ path: 'until', message: 'is in the past' });
  if (Date.parse(until) - now.getTime() > LONGEST_DAYS * DAY_MS)
    errors.push({ path: 'until', message: 'is more than two years away: decide again by then' });
  if (errors.length > 0) throw problem(422, 'invalid', 'The suppression has errors', errors);
}
