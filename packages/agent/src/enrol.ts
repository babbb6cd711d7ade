import {
  AGENT_ENROL_PATH,
  type AgentRefusal,
  type AnsweredChallenge,
  type DeviceFacts,
  ENROLMENT_CHALLENGE_PATH,
  ENROLMENT_JWS_TYPE,
  type EnrolmentChallengeRequest,
  EnrolmentRequest,
} from '@vedette/contracts';
import { type AgentState, type Enrolment, initialState, loadState, type StateStore } from './agent-state.ts';
import type { Attestor } from './attestor.ts';
import type { DeviceKey, KeyStore } from './device-key.ts';
import { signCompactJws } from './jws.ts';
import type { ReportQueue } from './report-queue.ts';
import { readChallengeAnswer, readEnrolmentAnswer, type ServerAnswer } from './server-answer.ts';
import type { Transport } from './transport.ts';

export interface EnrolDeps {
  readonly keyStore: KeyStore;
  readonly stateStore: StateStore;
  readonly queue: ReportQueue;
  /** A transport to the server that is enrolled with. */
  readonly transport: Transport;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** A new UUID. */
  readonly newId: () => string;
}

export interface EnrolInput {
  readonly server: string;
  readonly token: string;
  readonly deviceName: string | null;
  readonly facts: DeviceFacts;
  readonly simulated: boolean;
  readonly agent: { readonly name: string; readonly version: string };
  /** Vouches for the device where the link asks for it. */
  readonly attestor?: Attestor;
}

export type EnrolOutcome =
  | { readonly outcome: 'enrolled'; readonly enrolment: Enrolment; readonly discarded: number }
  | { readonly outcome: 'refused'; readonly code: AgentRefusal; readonly detail: string }
  | { readonly outcome: 'retry'; readonly detail: string; readonly afterMs: number | null };

/**
 * Enrols the device: proves that it holds a key by signing the request with it, and remembers the device id the server gives.
 *
 * Repeating is safe at any point: the key is kept before the request leaves, and the server answers the same key with the same
 * device. After a refusal that ended the old enrolment (retired, cloned) a new key is made, because sequence numbers belong to a
 * key, and reports signed for the old device are discarded (`discarded` says how many).
 */
export async function enrol(deps: EnrolDeps, input: EnrolInput): Promise<EnrolOutcome> {
  const { stateStore, transport, clock } = deps;
  const { state, discarded } = await forgetEndedEnrolment(deps, await loadState(stateStore));
  const { key, state: ready } = await keyFor(deps, state);
  const ask = async (attestation?: AnsweredChallenge) => {
    const request = EnrolmentRequest.parse({
      schema: 'vedette.enrolment/1',
      token: input.token,
      agent: input.agent,
      deviceName: input.deviceName,
      facts: input.facts,
      simulated: input.simulated,
      createdAt: new Date(clock()).toISOString(),
      ...(attestation === undefined ? {} : { attestation }),
    } satisfies EnrolmentRequest);
    const jws = await signCompactJws(key, { alg: 'ES256', typ: ENROLMENT_JWS_TYPE, jwk: key.publicKey }, request);
    return readEnrolmentAnswer(await transport.post(AGENT_ENROL_PATH, jws));
  };
  let answer = await ask();
  if (answer.outcome === 'refused' && answer.code === 'attestation-required') {
    const proof = await prove(deps, input, key);
    if (proof.outcome !== 'accepted') return proof;
    if (proof.value !== null) answer = await ask(proof.value);
  }
  if (answer.outcome !== 'accepted') {
    // A server that says this key's device is retired says so for good: the next attempt needs another key.
    if (answer.outcome === 'refused' && answer.code === 'device-retired')
      await stateStore.save({ ...ready, freshKey: true });
    return answer;
  }
  const enrolment: Enrolment = {
    server: input.server,
    deviceId: answer.value.deviceId,
    organisation: answer.value.organisation,
    reportIntervalSeconds: answer.value.reportIntervalSeconds,
    enrolledAt: new Date(clock()).toISOString(),
  };
  await stateStore.save({ ...ready, enrolment });
  return { outcome: 'enrolled', enrolment, discarded };
}

/** A statement for a link that asks for one; null: this device has nothing that could vouch for it. */
async function prove(
  { transport, newId }: EnrolDeps,
  { attestor, token }: EnrolInput,
  key: DeviceKey,
): Promise<ServerAnswer<AnsweredChallenge | null>> {
  const [kind] = attestor?.kinds ?? [];
  if (attestor === undefined || kind === undefined) return { outcome: 'accepted', value: null };
  const session = newId();
  const request: EnrolmentChallengeRequest = { schema: 'vedette.enrolment-challenge/1', token, kind, session };
  const posted = await transport.post(ENROLMENT_CHALLENGE_PATH, JSON.stringify(request), 'application/json');
  const given = readChallengeAnswer(posted, request);
  if (given.outcome !== 'accepted') return given;
  const statement = await attestor.make(given.value, key.publicKey);
  const { challengeId } = given.value;
  return { outcome: 'accepted', value: statement === null ? null : { challengeId, session, statement } };
}

/** The wish for a new key is stored first, so that a crash on the way cannot pair the old key with the new state. */
async function forgetEndedEnrolment(
  { stateStore, queue }: EnrolDeps,
  state: AgentState,
): Promise<{ state: AgentState; discarded: number }> {
  if (state.enrolment === null) return { state, discarded: 0 };
  const fresh: AgentState = { ...initialState(), freshKey: true };
  const entries = await queue.entries();
  await stateStore.save(fresh);
  for (const entry of entries) await queue.remove(entry.sequence);
  return { state: fresh, discarded: entries.length };
}

async function keyFor(
  { keyStore, stateStore, queue }: EnrolDeps,
  state: AgentState,
): Promise<{ key: DeviceKey; state: AgentState }> {
  const kept = state.freshKey ? null : await keyStore.load();
  if (kept !== null) return { key: kept, state };
  // What is still queued was signed with another key, for another device.
  for (const entry of await queue.entries()) await queue.remove(entry.sequence);
  const key = await keyStore.create();
  const ready = { ...state, freshKey: false };
  await stateStore.save(ready);
  return { key, state: ready };
}
