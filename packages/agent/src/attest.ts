import {
  AGENT_CHALLENGE_PATH,
  AGENT_STATEMENT_PATH,
  type AgentRefusal,
  CHALLENGE_JWS_TYPE,
  type ChallengeRequest,
  STATEMENT_JWS_TYPE,
  type StatementAnswer,
  type StatementKind,
  type StatementRequest,
} from '@vedette/contracts';
import { AgentError } from './agent-error.ts';
import { loadState, type StateStore } from './agent-state.ts';
import { type Attestor, chooseKind } from './attestor.ts';
import type { KeyStore } from './device-key.ts';
import { signCompactJws } from './jws.ts';
import { readChallengeAnswer, readStatementAnswer } from './server-answer.ts';
import type { Transport } from './transport.ts';

export interface AttestDeps {
  readonly keyStore: Pick<KeyStore, 'load'>;
  readonly stateStore: StateStore;
  readonly transport: Transport;
  readonly attestor: Attestor;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** A new UUID. */
  readonly newId: () => string;
}

/** What came of attesting. */
export type Attested =
  | { readonly outcome: 'answered'; readonly answer: StatementAnswer }
  /** The device has nothing that the server could judge, or its platform would not. */
  | { readonly outcome: 'unable' }
  | { readonly outcome: 'refused'; readonly code: AgentRefusal; readonly detail: string }
  | { readonly outcome: 'retry'; readonly detail: string; readonly afterMs: number | null };

/**
 * Has the device vouched for: asks for a challenge, has a statement made over it, and sends that. Nothing is kept: who gets no answer attests again, with another challenge.
 * @param wanted what the server can judge, from its last acknowledgement
 * @throws AgentError `not-enrolled`, `no-key`, `state-damaged`
 */
export async function attest(deps: AttestDeps, wanted: readonly StatementKind[]): Promise<Attested> {
  const { transport, attestor, clock, newId } = deps;
  const kind = chooseKind(attestor, wanted);
  if (kind === null) return { outcome: 'unable' };
  const { enrolment } = await loadState(deps.stateStore);
  if (enrolment === null) throw new AgentError('not-enrolled', 'The device is not enrolled yet.');
  const key = await deps.keyStore.load();
  if (key === null) throw new AgentError('no-key', 'The key of this device is gone. Enrol the device again.');
  const { deviceId } = enrolment;
  const session = newId();
  const createdAt = () => new Date(clock()).toISOString();
  const sign = (typ: string, payload: unknown) => signCompactJws(key, { alg: 'ES256', typ, kid: deviceId }, payload);
  const request: ChallengeRequest = {
    schema: 'vedette.challenge-request/1',
    deviceId,
    kind,
    session,
    createdAt: createdAt(),
  };
  const given = readChallengeAnswer(
    await transport.post(AGENT_CHALLENGE_PATH, await sign(CHALLENGE_JWS_TYPE, request)),
    request,
  );
  if (given.outcome !== 'accepted') return given;
  const statement = await attestor.make(given.value, key.publicKey);
  if (statement === null) return { outcome: 'unable' };
  const answering: StatementRequest = {
    schema: 'vedette.statement/1',
    deviceId,
    challengeId: given.value.challengeId,
    session,
    statement,
    createdAt: createdAt(),
  };
  const answer = readStatementAnswer(
    await transport.post(AGENT_STATEMENT_PATH, await sign(STATEMENT_JWS_TYPE, answering)),
  );
  return answer.outcome === 'accepted' ? { outcome: 'answered', answer: answer.value } : answer;
}
