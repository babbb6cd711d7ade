import {
  CHALLENGE_JWS_TYPE,
  type Challenge,
  ChallengeRequest,
  EnrolmentChallengeRequest,
  STATEMENT_JWS_TYPE,
  type StatementAnswer,
  StatementRequest,
} from '@vedette/contracts';
import type { ServerContext } from '../../context.ts';
import { AgentRefused } from '../ingest/agent-refused.ts';
import { readPayload } from '../ingest/read-payload.ts';
import { readSigned } from '../ingest/read-signed.ts';
import { hashToken } from '../session/session-cookie.ts';
import { issueChallenge, takeChallenge } from './challenge-store.ts';
import { judgeStatement } from './judge-statement.ts';
import { readTrust } from './settings-store.ts';
import { readStatedDevice } from './stated-device.ts';
import { answeredBefore, recordStatement } from './statement-store.ts';

type Dependencies = Pick<ServerContext, 'store' | 'jobs' | 'clock' | 'newId' | 'events' | 'sealer' | 'revocations'>;

/** Gives an enrolled device a challenge. @param jws the body as received @throws AgentRefused */
export async function giveChallenge(
  dependencies: Pick<ServerContext, 'store' | 'clock' | 'newId'>,
  jws: string,
): Promise<Challenge> {
  const { store, clock, newId } = dependencies;
  const { request, sender } = await readSigned(dependencies, jws, CHALLENGE_JWS_TYPE, ChallengeRequest);
  return store.withTenant(sender.tenantId, (tx) =>
    issueChallenge(tx, { newId, now: clock(), tenantId: sender.tenantId }, sender, request),
  );
}

/** Gives one who holds an enrolment link a challenge; whether the link may still be used is seen when it is. @throws AgentRefused */
export async function giveEnrolmentChallenge(
  { store, clock, newId }: Pick<ServerContext, 'store' | 'clock' | 'newId'>,
  body: unknown,
): Promise<Challenge> {
  const request = readPayload(body, EnrolmentChallengeRequest, null);
  const token = await store.lookup.enrolmentToken(hashToken(request.token));
  if (token === null) throw new AgentRefused('token-invalid', 'This enrolment link is not valid');
  const { tenantId, tokenId } = token;
  return store.withTenant(tenantId, (tx) =>
    issueChallenge(tx, { newId, now: clock(), tenantId }, { tokenId }, request),
  );
}

/**
 * Takes a statement of an enrolled device. It is judged and kept, and answers its challenge, whether it holds or not; the same statement again gets the same answer.
 * @param jws the body as received
 * @throws AgentRefused
 */
export async function acceptStatement(dependencies: Dependencies, jws: string): Promise<StatementAnswer> {
  const { store, clock, events } = dependencies;
  const { request, sender } = await readSigned(dependencies, jws, STATEMENT_JWS_TYPE, StatementRequest);
  const revocations = (await dependencies.revocations?.current()) ?? null;
  const answer = await store.withTenant(sender.tenantId, async (tx) => {
    const now = clock();
    const device = await tx
      .selectFrom('devices')
      .where('id', '=', sender.deviceId)
      .select(['id', 'facts', 'public_key'])
      .forUpdate()
      .executeTakeFirstOrThrow();
    const { statement, challengeId, session } = request;
    const taken = await takeChallenge(tx, sender, { challengeId, session, kind: statement.kind }, now, sender);
    if (taken.usedBefore) {
      const before = await answeredBefore(tx, sender.deviceId, taken.id, statement);
      if (before === null)
        throw new AgentRefused('challenge-used', 'This challenge was answered before. Ask for another', sender);
      return before;
    }
    const judged = await judgeStatement(statement, {
      trust: await readTrust(tx, dependencies.sealer),
      revocations,
      challenge: taken.challenge,
      device: await readStatedDevice(tx, device),
      at: now.getTime(),
      mustBeAgentsKey: false,
    });
    return recordStatement(tx, dependencies, {
      ...sender,
      challengeId: taken.id,
      via: 'agent',
      statement,
      judged,
      receivedAt: now,
    });
  });
  events.publish(sender.tenantId, { type: 'device', id: sender.deviceId });
  return answer;
}
