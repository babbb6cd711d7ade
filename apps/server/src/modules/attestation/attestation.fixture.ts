import { randomUUID } from 'node:crypto';
import {
  type KeyAttestationMint,
  type MintedDevice,
  mintDevice,
  mintKeyAttestation,
  pemOf,
} from '@vedette/attestation/testing';
import {
  AGENT_CHALLENGE_PATH,
  AGENT_STATEMENT_PATH,
  AttestationSettings,
  AttestationSettingsView,
  CHALLENGE_JWS_TYPE,
  Challenge,
  Problem,
  STATEMENT_JWS_TYPE,
  type Statement,
  StatementAnswer,
  type StatementKind,
} from '@vedette/contracts';
import type { TestOrganisation, TestServer } from '../../testing/create-test-server.ts';
import { assessDevice } from '../assessment/assess-device.ts';
import { createPolicyReader } from '../assessment/compiled-policy.ts';
import { post, type TestAgent } from '../ingest/agent.fixture.ts';

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
export const challengeBytes = ({ challenge }: Pick<Challenge, 'challenge'>): Uint8Array =>
  new Uint8Array(Buffer.from(challenge, 'base64url'));

/** A minted key attestation as an agent hands it in. */
export function keyStatement(challenge: Challenge, mint: KeyAttestationMint): Statement {
  const { chain } = mintKeyAttestation({ challenge: challengeBytes(challenge), ...mint });
  return { kind: 'key-attestation', chain: chain.map(base64) };
}

/** Has an organisation trust the root of a minted device. */
export async function trustRootOf(organisation: TestOrganisation, device: MintedDevice): Promise<void> {
  const { root } = mintKeyAttestation({ device });
  await saveSettings(organisation, { keyAttestation: { roots: [{ label: 'Test root', pem: pemOf([root]) }] } });
}

export async function saveSettings(organisation: TestOrganisation, settings: object): Promise<AttestationSettingsView> {
  const body = { settings: AttestationSettings.parse(settings) };
  const response = await organisation.admin.send('PUT', '/attestation/settings', body);
  return AttestationSettingsView.parse(response.json());
}

export async function askChallenge(
  server: TestServer,
  agent: TestAgent,
  kind: StatementKind,
  session: string = randomUUID(),
): Promise<Challenge> {
  const request = {
    schema: 'vedette.challenge-request/1',
    deviceId: agent.deviceId,
    kind,
    session,
    createdAt: server.now.toISOString(),
  };
  const jws = await agent.key.sign({ typ: CHALLENGE_JWS_TYPE, kid: agent.deviceId }, request);
  return Challenge.parse((await post(server, AGENT_CHALLENGE_PATH, jws)).json());
}

export async function sendStatement(
  server: TestServer,
  agent: TestAgent,
  challenge: Pick<Challenge, 'challengeId' | 'session'>,
  statement: Statement,
) {
  const request = {
    schema: 'vedette.statement/1',
    deviceId: agent.deviceId,
    challengeId: challenge.challengeId,
    session: challenge.session,
    statement,
    createdAt: server.now.toISOString(),
  };
  const jws = await agent.key.sign({ typ: STATEMENT_JWS_TYPE, kid: agent.deviceId }, request);
  return post(server, AGENT_STATEMENT_PATH, jws);
}

/** The answer to a statement; throws with the problem when it was not taken. */
export async function answered(response: Awaited<ReturnType<typeof sendStatement>>): Promise<StatementAnswer> {
  if (response.statusCode !== 200) throw new Error(response.body);
  return StatementAnswer.parse(response.json());
}

export function codeOf(response: Awaited<ReturnType<typeof sendStatement>>): string {
  return Problem.parse(response.json()).code;
}

/** Hands in a key attestation made for a fresh challenge. */
export async function attest(
  server: TestServer,
  agent: TestAgent,
  mint: KeyAttestationMint = {},
): Promise<StatementAnswer> {
  const challenge = await askChallenge(server, agent, 'key-attestation');
  return answered(await sendStatement(server, agent, challenge, keyStatement(challenge, mint)));
}

export async function assessNow(server: TestServer, organisation: TestOrganisation, deviceId: string): Promise<void> {
  await assessDevice(server.context, createPolicyReader(), organisation.tenantId, deviceId);
}

/** A device of its own under a shared root, with an attestation key of its own serial number. */
export function mintOwn(
  root: MintedDevice['root'],
  serialNumber: number,
  more: KeyAttestationMint = {},
): KeyAttestationMint {
  return { device: mintDevice(root), attestation: { serialNumber }, ...more };
}
