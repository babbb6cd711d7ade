import { NETWORK_JWS_TYPE, NetworkRequest, type NetworkSetup } from '@vedette/contracts';
import type { ServerContext } from '../../context.ts';
import { readSigned } from '../ingest/read-signed.ts';
import { readNetworkSettings } from './settings-store.ts';
import { type GivenTunnel, giveTunnel } from './tunnel-store.ts';

/**
 * Tells an enrolled device how to deal with networks, and gives it its tunnel where it brings a key for one.
 * @param jws the body as received
 * @throws AgentRefused
 */
export async function giveNetworkSetup(
  dependencies: Pick<ServerContext, 'store' | 'clock'>,
  jws: string,
): Promise<NetworkSetup> {
  const { store, clock } = dependencies;
  const { request, sender } = await readSigned(dependencies, jws, NETWORK_JWS_TYPE, NetworkRequest);
  return store.withTenant(sender.tenantId, async (tx) => {
    const { probeTarget, probing, allowedInspections, tunnel } = await readNetworkSettings(tx);
    const { tunnelKey, createdAt } = request;
    const given: GivenTunnel =
      tunnel === null || tunnelKey === null
        ? { tunnel: null, noTunnel: tunnel === null ? 'not-set-up' : null }
        : await giveTunnel(tx, sender, tunnel, { publicKey: tunnelKey, asked: new Date(createdAt) }, clock());
    return { schema: 'vedette.network-setup/1', probeTarget, probing, allowedInspections, ...given };
  });
}
