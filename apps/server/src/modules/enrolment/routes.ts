import { EnrolmentToken, EnrolmentTokenCreated, EnrolmentTokenList, EnrolmentTokenRequest } from '@vedette/contracts';
import type { EnrolmentTokensTable } from '@vedette/store';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { ServerContext } from '../../context.ts';
import type { App } from '../../http/app-type.ts';
import { problem } from '../../http/problem.ts';
import { actorOf } from '../../http/request-actor.ts';
import { hashToken, newToken } from '../session/session-cookie.ts';

type TokenRow = Selectable<EnrolmentTokensTable>;

const HOUR_MS = 3_600_000;
const MOST_TOKENS = 500;

/** GET and POST /enrolment/tokens; DELETE /enrolment/tokens/:id. */
export async function enrolmentRoutes(app: App, context: ServerContext): Promise<void> {
  const { store, clock, newId } = context;
  const administer = { permission: 'administer' } as const;

  app.get(
    '/enrolment/tokens',
    { config: { permission: 'read' }, schema: { response: { 200: EnrolmentTokenList } } },
    async (request) => {
      const rows = await store.withTenant(actorOf(request).tenantId, (tx) =>
        tx
          .selectFrom('enrolment_tokens')
          .selectAll()
          .orderBy('created_at', 'desc')
          .orderBy('id')
          .limit(MOST_TOKENS)
          .execute(),
      );
      return { items: rows.map(viewToken) };
    },
  );

  app.post(
    '/enrolment/tokens',
    { config: administer, schema: { body: EnrolmentTokenRequest, response: { 201: EnrolmentTokenCreated } } },
    async (request, reply) => {
      const actor = actorOf(request);
      const { label, expiresInHours, maxUses, attestation } = request.body;
      const token = newToken();
      const now = clock();
      const expiresAt = new Date(now.getTime() + expiresInHours * HOUR_MS);
      const row = await store.mutate(
        actor,
        ({ id }: { id: string }) => ({
          action: 'enrolment-token.create',
          object: `enrolment token ${label}`,
          detail: { id, maxUses, attestation, expiresAt: expiresAt.toISOString() },
        }),
        (tx) =>
          tx
            .insertInto('enrolment_tokens')
            .values({
              id: newId(),
              tenant_id: actor.tenantId,
              token_hash: hashToken(token),
              label,
              created_at: now,
              created_by: actor.name,
              expires_at: expiresAt,
              max_uses: maxUses,
              attestation,
            })
            .returningAll()
            .executeTakeFirstOrThrow(),
      );
      return reply.code(201).send({ ...viewToken(row), token, link: `${context.publicUrl}/enrol#t=${token}` });
    },
  );

  app.delete(
    '/enrolment/tokens/:id',
    { config: administer, schema: { params: z.object({ id: z.uuid() }), response: { 200: EnrolmentToken } } },
    async (request) => {
      const actor = actorOf(request);
      const { id } = request.params;
      const { row } = await store.mutate(
        actor,
        ({ row, changed }: { row: TokenRow; changed: boolean }) =>
          changed
            ? {
                action: 'enrolment-token.revoke',
                object: `enrolment token ${row.label}`,
                detail: { id, uses: row.uses },
              }
            : null,
        async (tx) => {
          const before = await tx
            .selectFrom('enrolment_tokens')
            .where('id', '=', id)
            .selectAll()
            .forUpdate()
            .executeTakeFirst();
          if (before === undefined)
            throw problem(404, 'not-found', 'Your organisation has no enrolment token of this id');
          if (before.revoked_at !== null) return { row: before, changed: false };
          const row = await tx
            .updateTable('enrolment_tokens')
            .set({ revoked_at: clock() })
            .where('id', '=', id)
            .returningAll()
            .executeTakeFirstOrThrow();
          return { row, changed: true };
        },
      );
      return viewToken(row);
    },
  );
}

function viewToken(row: TokenRow): EnrolmentToken {
  return {
    id: row.id,
    label: row.label,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    expiresAt: row.expires_at.toISOString(),
    maxUses: row.max_uses,
    uses: row.uses,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    attestation: row.attestation,
  };
}
