import {
  DeviceTunnelAnswer,
  DeviceTunnelChange,
  GatewayToken,
  GatewayTokenCreate,
  GatewayTokenCreated,
  GatewayTokenList,
  NetworkList,
  NetworkSettings,
  NetworkSettingsView,
} from '@vedette/contracts';
import type { GatewayTokensTable, Tx } from '@vedette/store';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { ServerContext } from '../../context.ts';
import type { App } from '../../http/app-type.ts';
import { problem } from '../../http/problem.ts';
import { actorOf } from '../../http/request-actor.ts';
import { noSuchDevice } from '../devices/device-changes.ts';
import { hashToken, newToken } from '../session/session-cookie.ts';
import { listNetworks } from './network-list.ts';
import { saveNetworkSettings, viewNetworkSettings } from './settings-store.ts';
import { readTunnel } from './tunnel-store.ts';

const Id = z.object({ id: z.uuid() });
const MOST_TOKENS = 100;

/** GET /networks; GET and PUT /network/settings; GET, POST and DELETE /network/gateway-tokens; GET and PUT /devices/:id/tunnel. */
export async function networkRoutes(app: App, context: ServerContext): Promise<void> {
  const { store, clock, newId } = context;
  const read = { permission: 'read' } as const;
  const administer = { permission: 'administer' } as const;

  app.get('/networks', { config: read, schema: { response: { 200: NetworkList } } }, (request) =>
    store.withTenant(actorOf(request).tenantId, listNetworks),
  );

  app.get('/network/settings', { config: read, schema: { response: { 200: NetworkSettingsView } } }, (request) =>
    store.withTenant(actorOf(request).tenantId, viewNetworkSettings),
  );

  app.put(
    '/network/settings',
    { config: administer, schema: { body: NetworkSettings, response: { 200: NetworkSettingsView } } },
    async (request) => {
      const actor = actorOf(request);
      await saveNetworkSettings(context, actor, request.body);
      return store.withTenant(actor.tenantId, viewNetworkSettings);
    },
  );

  app.get(
    '/network/gateway-tokens',
    { config: administer, schema: { response: { 200: GatewayTokenList } } },
    async (request) => {
      const rows = await store.withTenant(actorOf(request).tenantId, (tx) =>
        tx.selectFrom('gateway_tokens').selectAll().orderBy('created_at', 'desc').limit(MOST_TOKENS).execute(),
      );
      return { items: rows.map(viewToken) };
    },
  );

  app.post(
    '/network/gateway-tokens',
    { config: administer, schema: { body: GatewayTokenCreate, response: { 201: GatewayTokenCreated } } },
    async (request, reply) => {
      const actor = actorOf(request);
      const { name } = request.body;
      const token = newToken();
      const row = await store.mutate(
        actor,
        ({ id }: { id: string }) => ({
          action: 'gateway-token.create',
          object: `token of the gateway ${name}`,
          detail: { id },
        }),
        (tx) =>
          tx
            .insertInto('gateway_tokens')
            .values({
              id: newId(),
              tenant_id: actor.tenantId,
              token_hash: hashToken(token),
              name,
              created_at: clock(),
              created_by: actor.name,
            })
            .returningAll()
            .executeTakeFirstOrThrow(),
      );
      return reply.code(201).send({ ...viewToken(row), token });
    },
  );

  app.delete(
    '/network/gateway-tokens/:id',
    { config: administer, schema: { params: Id, response: { 200: GatewayToken } } },
    async (request) => {
      const { id } = request.params;
      const row = await store.mutate(
        actorOf(request),
        ({ name }: Selectable<GatewayTokensTable>) => ({
          action: 'gateway-token.delete',
          object: `token of the gateway ${name}`,
          detail: { id },
        }),
        async (tx) => {
          const gone = await tx.deleteFrom('gateway_tokens').where('id', '=', id).returningAll().executeTakeFirst();
          if (gone === undefined) throw problem(404, 'not-found', 'Your organisation has no token of this id');
          return gone;
        },
      );
      return viewToken(row);
    },
  );

  app.get(
    '/devices/:id/tunnel',
    { config: read, schema: { params: Id, response: { 200: DeviceTunnelAnswer } } },
    (request) =>
      store.withTenant(actorOf(request).tenantId, async (tx) => {
        await requireDevice(tx, request.params.id);
        return { tunnel: await readTunnel(tx, request.params.id) };
      }),
  );

  app.put(
    '/devices/:id/tunnel',
    { config: administer, schema: { params: Id, body: DeviceTunnelChange, response: { 200: DeviceTunnelAnswer } } },
    async (request) => {
      const actor = actorOf(request);
      const { id } = request.params;
      const { revoked } = request.body;
      const tunnel = await store.mutate(
        actor,
        { action: revoked ? 'tunnel.revoke' : 'tunnel.allow', object: `device ${id}`, detail: {} },
        async (tx) => {
          await requireDevice(tx, id);
          const { numUpdatedRows } = await tx
            .updateTable('device_tunnels')
            .set({ revoked_at: revoked ? clock() : null })
            .where('device_id', '=', id)
            .executeTakeFirstOrThrow();
          if (numUpdatedRows === 0n) throw problem(404, 'not-found', 'This device never asked for a tunnel');
          return readTunnel(tx, id);
        },
      );
      context.events.publish(actor.tenantId, { type: 'device', id });
      return { tunnel };
    },
  );
}

async function requireDevice(tx: Tx, id: string): Promise<void> {
  const device = await tx.selectFrom('devices').where('id', '=', id).select('id').executeTakeFirst();
  if (device === undefined) throw noSuchDevice();
}

function viewToken(row: Selectable<GatewayTokensTable>): GatewayToken {
  return {
    id: row.id,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  };
}
