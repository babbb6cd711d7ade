import {
  type AgentPublicKey,
  type AttestationDemand,
  EnrolmentRequest,
  type EnrolmentResponse,
} from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import { calculateJwkThumbprint } from 'jose';
import { assessJob, type ServerContext } from '../../context.ts';
import { readWish } from '../attestation/attestation-wish.ts';
import { type EnrolmentStatement, judgeEnrolment, requireAttestation } from '../attestation/enrolment-statement.ts';
import { readTrust } from '../attestation/settings-store.ts';
import { recordStatement } from '../attestation/statement-store.ts';
import { hashToken } from '../session/session-cookie.ts';
import { AgentRefused } from './agent-refused.ts';
import { readPayload } from './read-payload.ts';
import { verifyEnrolment } from './verify-jws.ts';

type Dependencies = Pick<ServerContext, 'store' | 'jobs' | 'clock' | 'newId' | 'config' | 'sealer' | 'revocations'>;

interface Enrolment {
  readonly request: EnrolmentRequest;
  readonly publicKey: AgentPublicKey;
  /** RFC 7638, base64url. */
  readonly thumbprint: string;
  readonly attestation: EnrolmentStatement | null;
}

async function organisationName(tx: Tx, tenantId: string): Promise<string> {
  const { name } = await tx.selectFrom('tenants').where('id', '=', tenantId).select('name').executeTakeFirstOrThrow();
  return name;
}

/** Uses the token once, with its row locked: of two devices with the last use, one gets it. */
async function takeToken(tx: Tx, tenantId: string, tokenId: string, now: Date): Promise<AttestationDemand> {
  const refuse = (code: 'token-invalid' | 'token-expired' | 'token-used-up', why: string) =>
    new AgentRefused(code, `${why}. Ask your administrator for a new link`, { tenantId, deviceId: null });
  const token = await tx
    .selectFrom('enrolment_tokens')
    .where('id', '=', tokenId)
    .select(['expires_at', 'revoked_at', 'uses', 'max_uses', 'attestation'])
    .forUpdate()
    .executeTakeFirst();
  if (token === undefined || token.revoked_at !== null)
    throw refuse('token-invalid', 'This enrolment link is not valid any more');
  if (token.expires_at <= now) throw refuse('token-expired', 'This enrolment link has expired');
  if (token.uses >= token.max_uses) throw refuse('token-used-up', 'This enrolment link was used as often as it may be');
  await tx
    .updateTable('enrolment_tokens')
    .set({ uses: token.uses + 1 })
    .where('id', '=', tokenId)
    .execute();
  return token.attestation;
}

function nameOf({ deviceName, facts }: EnrolmentRequest): string {
  const given = deviceName?.trim() ?? '';
  return (given !== '' ? given : (facts.model ?? `${facts.platform} device`)).slice(0, 100);
}

/**
 * Enrols a device by its key. Repeating an enrolment with the same key yields the same device and uses the token no second time, also after the token ended: an agent whose answer got
 * lost must be able to ask again.
 * @param jws the body as received
 * @throws AgentRefused
 */
export async function enrolDevice(dependencies: Dependencies, jws: string): Promise<EnrolmentResponse> {
  const { store, clock, config } = dependencies;
  const { publicKey, payload } = await verifyEnrolment(jws);
  const request = readPayload(payload, EnrolmentRequest, null);
  const thumbprint = await calculateJwkThumbprint({ ...publicKey }, 'sha256');
  const token = await store.lookup.enrolmentToken(hashToken(request.token));
  if (token === null) throw new AgentRefused('token-invalid', 'This enrolment link is not valid');
  const { tenantId, tokenId } = token;
  const deviceId =
    (await enrolledBefore(dependencies, tenantId, thumbprint)) ??
    (await enrolNew(dependencies, tenantId, tokenId, {
      request,
      publicKey,
      thumbprint,
      attestation: await judgeEnrolment(dependencies, token, request, publicKey),
    })) ??
    (await enrolledBefore(dependencies, tenantId, thumbprint));
  if (deviceId === null) throw new Error('a device was enrolled and is not there');
  const { platform } = request.facts;
  return store.withTenant(tenantId, async (tx) => ({
    deviceId,
    organisation: await organisationName(tx, tenantId),
    serverTime: clock().toISOString(),
    reportIntervalSeconds: config.reportIntervalSeconds,
    attestation: await readWish(tx, { id: deviceId, platform }, await readTrust(tx, dependencies.sealer), clock()),
  }));
}

async function enrolledBefore({ store }: Dependencies, tenantId: string, thumbprint: string): Promise<string | null> {
  const device = await store.lookup.deviceByKey(thumbprint);
  if (device === null) return null;
  if (device.tenantId !== tenantId)
    throw new AgentRefused('wrong-device', 'This key is enrolled with another organisation. Make a new one', {
      tenantId,
      deviceId: null,
    });
  if (device.state === 'retired')
    throw new AgentRefused('device-retired', 'This device was retired. Enrol it again with a new key', device);
  return device.deviceId;
}

/** @returns the new device's id; null when another request enrolled the same key in this moment (its transaction counts, this one used no token) */
async function enrolNew(
  dependencies: Dependencies,
  tenantId: string,
  tokenId: string,
  enrolment: Enrolment,
): Promise<string | null> {
  const { store, jobs, clock, newId } = dependencies;
  const { request, publicKey, thumbprint, attestation } = enrolment;
  const id = newId();
  const name = nameOf(request);
  try {
    await store.mutate(
      { tenantId, name: `agent of ${name}` },
      {
        action: 'device.enrol',
        object: `device ${name}`,
        detail: { id, tokenId, platform: request.facts.platform, simulated: request.simulated, agent: request.agent },
      },
      async (tx) => {
        const now = clock();
        requireAttestation(await takeToken(tx, tenantId, tokenId, now), attestation, tenantId);
        await tx
          .insertInto('devices')
          .values({
            id,
            tenant_id: tenantId,
            name,
            simulated: request.simulated,
            platform: request.facts.platform,
            facts: JSON.stringify(request.facts),
            key_thumbprint: thumbprint,
            public_key: JSON.stringify(publicKey),
            enrolled_at: now,
            enrolment_token_id: tokenId,
            owner: null,
            last_full_report_id: null,
            top_threat: null,
          })
          .execute();
        if (attestation !== null)
          await recordStatement(tx, dependencies, {
            ...attestation,
            tenantId,
            deviceId: id,
            via: 'enrolment',
            receivedAt: now,
          });
        await jobs.enqueue(tx, assessJob(tenantId, id));
      },
    );
    return id;
  } catch (error) {
    if (isUniqueViolation(error, 'devices_key_thumbprint_key')) return null;
    throw error;
  }
}

/** PostgreSQL error 23505, unique_violation. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === '23505' &&
    'constraint' in error &&
    error.constraint === constraint
  );
}
