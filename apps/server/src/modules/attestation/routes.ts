import {
  AttestationHealth,
  AttestationSettingsChange,
  AttestationSettingsView,
  Challenge,
  DeviceAttestationList,
  ManagedChallengeRequest,
  ManagedStatement,
  StatementAnswer,
} from '@vedette/contracts';
import { z } from 'zod';
import type { Actor } from '../../actor.ts';
import type { ServerContext } from '../../context.ts';
import type { App } from '../../http/app-type.ts';
import { problem } from '../../http/problem.ts';
import { actorOf } from '../../http/request-actor.ts';
import { noSuchDevice } from '../devices/device-changes.ts';
import { readHealth } from './attestation-health.ts';
import { issueChallenge, takeChallenge } from './challenge-store.ts';
import { listDeviceAttestations } from './device-attestations.ts';
import { judgeStatement } from './judge-statement.ts';
import { readRoot } from './own-roots.ts';
import { readTrust, saveSettings, viewSettings } from './settings-store.ts';
import { readStatedDevice } from './stated-device.ts';
import { recordStatement } from './statement-store.ts';

const Id = z.object({ id: z.uuid() });

/** GET /devices/:id/attestations; POST …/attestation-challenges and …/attestations, for what management brings; GET /attestation/health; GET and PUT /attestation/settings. */
export async function attestationRoutes(app: App, context: ServerContext): Promise<void> {
  const { store, clock, newId, events, sealer } = context;
  const read = { permission: 'read' } as const;
  const administer = { permission: 'administer' } as const;

  app.get(
    '/devices/:id/attestations',
    { config: read, schema: { params: Id, response: { 200: DeviceAttestationList } } },
    async (request) => {
      const list = await store.withTenant(actorOf(request).tenantId, (tx) =>
        listDeviceAttestations(tx, request.params.id, clock()),
      );
      if (list === null) throw noSuchDevice();
      return list;
    },
  );

  app.post(
    '/devices/:id/attestation-challenges',
    { config: administer, schema: { params: Id, body: ManagedChallengeRequest, response: { 201: Challenge } } },
    async (request, reply) => {
      const actor = actorOf(request);
      const { id } = request.params;
      const challenge = await store.mutate(
        actor,
        { action: 'attestation.challenge', object: `device ${id}`, detail: { kind: 'managed-device' } },
        async (tx) => {
          const device = await tx.selectFrom('devices').where('id', '=', id).select('id').executeTakeFirst();
          if (device === undefined) throw noSuchDevice();
          return issueChallenge(
            tx,
            { newId, now: clock(), tenantId: actor.tenantId },
            { deviceId: id },
            { kind: 'managed-device', session: newId() },
          );
        },
      );
      return reply.code(201).send(challenge);
    },
  );

  app.post(
    '/devices/:id/attestations',
    { config: administer, schema: { params: Id, body: ManagedStatement, response: { 200: StatementAnswer } } },
    async (request) => {
      const actor = actorOf(request);
      const answer = await takeManaged(context, actor, request.params.id, request.body);
      events.publish(actor.tenantId, { type: 'device', id: request.params.id });
      return answer;
    },
  );

  app.get(
    '/attestation/health',
    { config: read, schema: { response: { 200: AttestationHealth } } },
    async (request) => {
      const revocations = (await context.revocations?.known()) ?? null;
      return store.withTenant(actorOf(request).tenantId, (tx) => readHealth(tx, revocations, clock()));
    },
  );

  app.get(
    '/attestation/settings',
    { config: read, schema: { response: { 200: AttestationSettingsView } } },
    (request) => store.withTenant(actorOf(request).tenantId, viewSettings),
  );

  app.put(
    '/attestation/settings',
    {
      config: administer,
      schema: { body: AttestationSettingsChange, response: { 200: AttestationSettingsView } },
    },
    async (request) => {
      const actor = actorOf(request);
      const { settings, playIntegrityKeys } = request.body;
      requireReadableRoots(request.body);
      await saveSettings({ store, sealer, clock }, actor, settings, playIntegrityKeys);
      return store.withTenant(actor.tenantId, viewSettings);
    },
  );
}

function requireReadableRoots({ settings }: AttestationSettingsChange): void {
  const roots = [
    ...settings.keyAttestation.roots,
    ...(settings.appAttest?.roots ?? []),
    ...settings.managedDevice.roots,
  ];
  const errors = roots
    .filter(({ pem }) => readRoot(pem)?.length !== 1)
    .map(({ label }) => ({ path: 'settings', message: `The root “${label}” must be one certificate as PEM` }));
  if (errors.length > 0) throw problem(422, 'invalid', errors[0]?.message ?? 'A root cannot be read', errors);
}

/** What management brings: a statement of a device that its agent cannot make. */
async function takeManaged(
  context: ServerContext,
  actor: Actor,
  deviceId: string,
  { challengeId, session, statement }: z.infer<typeof ManagedStatement>,
): Promise<StatementAnswer> {
  const { store, clock, sealer } = context;
  if (statement.kind !== 'managed-device')
    throw problem(422, 'invalid', 'Only managed device attestations are handed in here; agents send the others');
  const now = clock();
  return store.mutate(
    actor,
    ({ accepted, reasons }: StatementAnswer) => ({
      action: 'attestation.hand-in',
      object: `device ${deviceId}`,
      detail: { kind: statement.kind, accepted, reasons },
    }),
    async (tx) => {
      const device = await tx
        .selectFrom('devices')
        .where('id', '=', deviceId)
        .select(['id', 'facts', 'public_key'])
        .forUpdate()
        .executeTakeFirst();
      if (device === undefined) throw noSuchDevice();
      const wanted = { challengeId, session, kind: statement.kind };
      const sender = { tenantId: actor.tenantId, deviceId };
      const taken = await takeChallenge(tx, { deviceId }, wanted, now, sender);
      if (taken.usedBefore) throw problem(409, 'challenge-used', 'This challenge was answered before. Ask for another');
      const judged = await judgeStatement(statement, {
        trust: await readTrust(tx, sealer),
        revocations: null,
        challenge: taken.challenge,
        device: await readStatedDevice(tx, device),
        at: now.getTime(),
        mustBeAgentsKey: false,
      });
      return recordStatement(tx, context, {
        ...sender,
        challengeId: taken.id,
        via: 'administrator',
        statement,
        judged,
        receivedAt: now,
      });
    },
  );
}
