import {
  type AgentPublicKey,
  type AnsweredChallenge,
  type AttestationDemand,
  AttestationGrade,
  type EnrolmentRequest,
} from '@vedette/contracts';
import type { ServerContext } from '../../context.ts';
import { AgentRefused } from '../ingest/agent-refused.ts';
import { takeChallenge } from './challenge-store.ts';
import { type JudgedStatement, judgeStatement } from './judge-statement.ts';
import { readTrust } from './settings-store.ts';
import { spkiOfJwk } from './spki-of-jwk.ts';

/** A statement that came with an enrolment. */
export interface EnrolmentStatement extends AnsweredChallenge {
  readonly judged: JudgedStatement;
}

/**
 * Judges the statement that an enrolment brings. Its challenge is used up in a transaction of its own, so that a refused enrolment cannot try again with it.
 * @throws AgentRefused where the challenge is not one of this link
 */
export async function judgeEnrolment(
  { store, clock, sealer, revocations }: Pick<ServerContext, 'store' | 'clock' | 'sealer' | 'revocations'>,
  { tenantId, tokenId }: { readonly tenantId: string; readonly tokenId: string },
  request: EnrolmentRequest,
  publicKey: AgentPublicKey,
): Promise<EnrolmentStatement | null> {
  const { attestation } = request;
  if (attestation === undefined) return null;
  const sender = { tenantId, deviceId: null };
  const now = clock();
  const { challengeId, session, statement } = attestation;
  const { taken, trust } = await store.withTenant(tenantId, async (tx) => ({
    taken: await takeChallenge(tx, { tokenId }, { challengeId, session, kind: statement.kind }, now, sender),
    trust: await readTrust(tx, sealer),
  }));
  if (taken.usedBefore)
    throw new AgentRefused('challenge-used', 'This challenge was answered before. Ask for another', sender);
  const judged = await judgeStatement(statement, {
    trust,
    revocations: (await revocations?.current()) ?? null,
    challenge: taken.challenge,
    device: { facts: request.facts, agentKey: spkiOfJwk(publicKey), lastPatchLevel: null, attestedKey: null },
    at: now.getTime(),
    mustBeAgentsKey: statement.kind === 'key-attestation',
  });
  return { ...attestation, judged };
}

/** Grades that count as hardware. */
const HARDWARE: ReadonlySet<AttestationGrade> = new Set(
  AttestationGrade.options.filter((grade) => grade !== 'platform'),
);

/** @throws AgentRefused where a link asks for more than the enrolment brings */
export function requireAttestation(
  demand: AttestationDemand,
  brought: EnrolmentStatement | null,
  tenantId: string,
): void {
  if (demand === 'none') return;
  const sender = { tenantId, deviceId: null };
  if (brought === null)
    throw new AgentRefused(
      'attestation-required',
      demand === 'hardware'
        ? 'This enrolment link asks for a statement by the device’s hardware'
        : 'This enrolment link asks for a statement by the device’s hardware or platform',
      sender,
    );
  const { accepted, reasons, grade } = brought.judged;
  if (!accepted)
    throw new AgentRefused('attestation-refused', `The device’s statement was refused: ${reasons.join(', ')}`, sender);
  if (demand === 'hardware' && (grade === null || !HARDWARE.has(grade)))
    throw new AgentRefused('attestation-refused', 'This enrolment link asks for a statement by hardware', sender);
}
