import { randomBytes } from 'node:crypto';
import type { Challenge, StatementKind } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import { AgentRefused, type RefusedSender } from '../ingest/agent-refused.ts';

const CHALLENGE_BYTES = 32;
const MINUTE_MS = 60_000;
/** A device answers at once; management may reach one a day later. */
const LIFE_MS: Readonly<Record<StatementKind, number>> = {
  'key-attestation': 10 * MINUTE_MS,
  'play-integrity': 10 * MINUTE_MS,
  'app-attest': 10 * MINUTE_MS,
  'app-attest-assertion': 10 * MINUTE_MS,
  'managed-device': 24 * 60 * MINUTE_MS,
};
/** Open challenges of one device or link; a further one takes the place of the oldest. */
const MOST_OPEN = { device: 5, token: 200 };
/** Used ones are kept so long, so that one that comes again is told apart from one that never was. */
const REMEMBER_MS = 7 * 24 * 60 * MINUTE_MS;

/** Who asked: an enrolled device, or one who holds an enrolment link. */
export type Asker =
  | { readonly deviceId: string; readonly tokenId?: undefined }
  | { readonly tokenId: string; readonly deviceId?: undefined };

/** Makes a challenge for one asker, kind and session. */
export async function issueChallenge(
  tx: Tx,
  { newId, now, tenantId }: { readonly newId: () => string; readonly now: Date; readonly tenantId: string },
  asker: Asker,
  { kind, session }: { readonly kind: StatementKind; readonly session: string },
): Promise<Challenge> {
  await tidy(tx, asker, now);
  const challenge = randomBytes(CHALLENGE_BYTES);
  const id = newId();
  const expiresAt = new Date(now.getTime() + LIFE_MS[kind]);
  await tx
    .insertInto('attestation_challenges')
    .values({
      id,
      tenant_id: tenantId,
      device_id: asker.deviceId ?? null,
      enrolment_token_id: asker.tokenId ?? null,
      kind,
      session,
      challenge,
      created_at: now,
      expires_at: expiresAt,
    })
    .execute();
  return {
    challengeId: id,
    kind,
    session,
    challenge: challenge.toString('base64url'),
    expiresAt: expiresAt.toISOString(),
  };
}

function ofAsker(tx: Tx, { deviceId, tokenId }: Asker) {
  const all = tx.selectFrom('attestation_challenges');
  return deviceId === undefined ? all.where('enrolment_token_id', '=', tokenId) : all.where('device_id', '=', deviceId);
}

async function tidy(tx: Tx, asker: Asker, now: Date): Promise<void> {
  const surplus = await ofAsker(tx, asker)
    .where('used_at', 'is', null)
    .select('id')
    .orderBy('created_at', 'desc')
    .offset((asker.deviceId === undefined ? MOST_OPEN.token : MOST_OPEN.device) - 1)
    .execute();
  const old = await ofAsker(tx, asker)
    .where('expires_at', '<', new Date(now.getTime() - REMEMBER_MS))
    .select('id')
    .execute();
  const gone = [...surplus, ...old].map(({ id }) => id);
  if (gone.length > 0) await tx.deleteFrom('attestation_challenges').where('id', 'in', gone).execute();
}

/** A challenge that was asked for, with whether it was answered before. */
export interface TakenChallenge {
  readonly id: string;
  readonly challenge: Uint8Array;
  readonly usedBefore: boolean;
}

/**
 * Takes a challenge with its row locked: of two that answer it at once, one does. It is used from then on, whatever the statement is worth.
 * @throws AgentRefused where it is not this asker's, of another kind or session, or too old
 */
export async function takeChallenge(
  tx: Tx,
  asker: Asker,
  wanted: { readonly challengeId: string; readonly session: string; readonly kind: StatementKind },
  now: Date,
  sender: RefusedSender,
): Promise<TakenChallenge> {
  const row = await ofAsker(tx, asker)
    .where('id', '=', wanted.challengeId)
    .where('kind', '=', wanted.kind)
    .where('session', '=', wanted.session)
    .select(['id', 'challenge', 'expires_at', 'used_at'])
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined)
    throw new AgentRefused('challenge-unknown', 'This challenge was not given out here. Ask for another', sender);
  if (row.used_at !== null) return { id: row.id, challenge: row.challenge, usedBefore: true };
  if (row.expires_at <= now)
    throw new AgentRefused('challenge-expired', 'This challenge is too old. Ask for another', sender);
  await tx.updateTable('attestation_challenges').set({ used_at: now }).where('id', '=', row.id).execute();
  return { id: row.id, challenge: row.challenge, usedBefore: false };
}
