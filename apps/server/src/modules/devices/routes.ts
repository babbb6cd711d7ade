import {
  DeviceDetail,
  DeviceList,
  DevicePatch,
  DeviceTimeline,
  DeviceUsage,
  FleetStrip,
  LedgerEntry,
} from '@vedette/contracts';
import { z } from 'zod';
import type { ServerContext } from '../../context.ts';
import type { App } from '../../http/app-type.ts';
import { problem } from '../../http/problem.ts';
import { actorOf } from '../../http/request-actor.ts';
import { changeDevice, noSuchDevice, retireDevice } from './device-changes.ts';
import { readDevice, readDeviceUsage, readLedgerEntry } from './device-detail.ts';
import { DeviceListQuery, fleetStrip, listDevices } from './device-list.ts';
import { readTimeline } from './device-timeline.ts';

const Id = z.object({ id: z.uuid() });
const DAY_MS = 86_400_000;
const USUAL_RANGE_DAYS = 7;
const LONGEST_RANGE_DAYS = 92;

/** GET /devices, /devices/strip, /devices/:id, its timeline and reports; PATCH /devices/:id; POST /devices/:id/retire. */
export async function deviceRoutes(app: App, context: ServerContext): Promise<void> {
  const { store, config, clock, events } = context;
  const read = { permission: 'read' } as const;
  const administer = { permission: 'administer' } as const;

  app.get(
    '/devices',
    { config: read, schema: { querystring: DeviceListQuery, response: { 200: DeviceList } } },
    (request) => store.withTenant(actorOf(request).tenantId, (tx) => listDevices(tx, request.query)),
  );

  app.get('/devices/strip', { config: read, schema: { response: { 200: FleetStrip } } }, (request, reply) => {
    // Ten thousand devices: checking our own rows against the contract would take longer than reading them.
    reply.serializer((strip: FleetStrip) => JSON.stringify(strip));
    return store.withTenant(actorOf(request).tenantId, fleetStrip);
  });

  app.get('/devices/:id', { config: read, schema: { params: Id, response: { 200: DeviceDetail } } }, async (request) =>
    found(await store.withTenant(actorOf(request).tenantId, (tx) => readDevice(tx, request.params.id))),
  );

  app.patch(
    '/devices/:id',
    { config: administer, schema: { params: Id, body: DevicePatch, response: { 200: DeviceDetail } } },
    async (request) => {
      const actor = actorOf(request);
      const { id } = request.params;
      await changeDevice(context, actor, id, request.body);
      events.publish(actor.tenantId, { type: 'device', id });
      return found(await store.withTenant(actor.tenantId, (tx) => readDevice(tx, id)));
    },
  );

  app.post(
    '/devices/:id/retire',
    { config: administer, schema: { params: Id, response: { 200: DeviceDetail } } },
    async (request) => {
      const actor = actorOf(request);
      const { id } = request.params;
      await retireDevice(context, actor, id);
      events.publish(actor.tenantId, { type: 'device', id });
      return found(await store.withTenant(actor.tenantId, (tx) => readDevice(tx, id)));
    },
  );

  app.get(
    '/devices/:id/timeline',
    {
      config: read,
      schema: {
        params: Id,
        querystring: z.object({ from: z.iso.datetime().optional(), to: z.iso.datetime().optional() }),
        response: { 200: DeviceTimeline },
      },
    },
    async (request) => {
      const to = request.query.to === undefined ? clock() : new Date(request.query.to);
      const from =
        request.query.from === undefined
          ? new Date(to.getTime() - USUAL_RANGE_DAYS * DAY_MS)
          : new Date(request.query.from);
      if (from >= to || to.getTime() - from.getTime() > LONGEST_RANGE_DAYS * DAY_MS)
        throw problem(400, 'bad-range', `"from" must lie before "to", by at most ${LONGEST_RANGE_DAYS} days`);
      return found(
        await store.withTenant(actorOf(request).tenantId, (tx) =>
          readTimeline(tx, request.params.id, { from, to }, config.reportIntervalSeconds),
        ),
      );
    },
  );

  app.get(
    '/devices/:id/usage',
    { config: read, schema: { params: Id, response: { 200: DeviceUsage } } },
    async (request) =>
      found(await store.withTenant(actorOf(request).tenantId, (tx) => readDeviceUsage(tx, request.params.id, clock()))),
  );

  app.get(
    '/devices/:id/reports/:reportId',
    { config: read, schema: { params: Id.extend({ reportId: z.uuid() }), response: { 200: LedgerEntry } } },
    async (request) => {
      const { id, reportId } = request.params;
      const entry = await store.withTenant(actorOf(request).tenantId, (tx) => readLedgerEntry(tx, id, reportId));
      if (entry === null) throw problem(404, 'not-found', 'The device has no report of this id');
      return entry;
    },
  );
}

function found<T>(value: T | null): T {
  if (value === null) throw noSuchDevice();
  return value;
}
