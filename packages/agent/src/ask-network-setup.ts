import {
  AGENT_NETWORK_PATH,
  NETWORK_JWS_TYPE,
  type NetworkRequest,
  type NetworkSetup,
  type WireGuardKey,
} from '@vedette/contracts';
import { AgentError } from './agent-error.ts';
import { loadState, type StateStore } from './agent-state.ts';
import type { KeyStore } from './device-key.ts';
import { signCompactJws } from './jws.ts';
import { readNetworkAnswer, type ServerAnswer } from './server-answer.ts';
import type { Transport } from './transport.ts';

export interface NetworkSetupDeps {
  readonly keyStore: Pick<KeyStore, 'load'>;
  readonly stateStore: StateStore;
  readonly transport: Transport;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/**
 * Asks the server how this device shall deal with networks.
 * @param tunnelKey public key of its tunnel; null where it can raise none
 * @throws AgentError `not-enrolled`, `no-key`, `state-damaged`
 */
export async function askNetworkSetup(
  { keyStore, stateStore, transport, clock }: NetworkSetupDeps,
  tunnelKey: WireGuardKey | null,
): Promise<ServerAnswer<NetworkSetup>> {
  const { enrolment } = await loadState(stateStore);
  if (enrolment === null) throw new AgentError('not-enrolled', 'The device is not enrolled yet.');
  const key = await keyStore.load();
  if (key === null) throw new AgentError('no-key', 'The key of this device is gone. Enrol the device again.');
  const { deviceId } = enrolment;
  const request: NetworkRequest = {
    schema: 'vedette.network-request/1',
    deviceId,
    tunnelKey,
    createdAt: new Date(clock()).toISOString(),
  };
  const jws = await signCompactJws(key, { alg: 'ES256', typ: NETWORK_JWS_TYPE, kid: deviceId }, request);
  return readNetworkAnswer(await transport.post(AGENT_NETWORK_PATH, jws));
}
