import { type GatewayPeers, GatewayRequest } from '@vedette/contracts';
import { alone } from '@vedette/network';
import type { ServerContext } from '../../context.ts';
import { problem } from '../../http/problem.ts';
import { hashToken } from '../session/session-cookie.ts';
import { readNetworkSettings } from './settings-store.ts';

const REFRESH_SECONDS = 15;
const LATER_MS = 60_000;

/**
 * Tells the host of the tunnels whom to let in: the active devices whose tunnel was not taken away. What it tells of them in return is kept.
 * @param authorization header, `Bearer` and the token
 */
export async function answerGateway(
  { store, clock }: Pick<ServerContext, 'store' | 'clock'>,
  authorization: string | undefined,
  body: unknown,
): Promise<GatewayPeers> {
  const token = /^Bearer ([A-Za-z0-9_-]{20,200})$/.exec(authorization ?? '')?.[1];
  const known = token === undefined ? null : await store.lookup.gatewayToken(hashToken(token));
  if (known === null) throw problem(401, 'not-signed-in', 'This is no token of a host of tunnels');
  const request = GatewayRequest.safeParse(body);
  if (!request.success) throw problem(422, 'invalid', 'The body does not say what the host knows of its peers');
  return store.withTenant(known.tenantId, async (tx) => {
    const { tunnel } = await readNetworkSettings(tx);
    if (tunnel === null) throw problem(409, 'no-tunnel', 'This organisation has set up no tunnel');
    const now = clock();
    await tx.updateTable('gateway_tokens').set({ last_used_at: now }).where('id', '=', known.tokenId).execute();
    const rows = await tx
      .selectFrom('device_tunnels')
      .innerJoin('devices', 'devices.id', 'device_tunnels.device_id')
      .where('devices.state', '=', 'active')
      .where('device_tunnels.revoked_at', 'is', null)
      .select(['device_tunnels.device_id', 'device_tunnels.public_key', 'addresses', 'last_handshake_at'])
      .orderBy('device_tunnels.device_id')
      .execute();
    const told = new Map(request.data.peers.map((peer) => [peer.publicKey, peer]));
    for (const row of rows) {
      const peer = told.get(row.public_key);
      if (peer?.lastHandshakeAt == null) continue;
      const at = new Date(Math.min(Date.parse(peer.lastHandshakeAt), now.getTime()));
      // Sessions are renewed every two minutes: not every one is a row written.
      if (row.last_handshake_at !== null && at.getTime() - row.last_handshake_at.getTime() < LATER_MS) continue;
      await tx
        .updateTable('device_tunnels')
        .set({ last_handshake_at: at, received_bytes: peer.receivedBytes, sent_bytes: peer.sentBytes })
        .where('device_id', '=', row.device_id)
        .execute();
    }
    return {
      schema: 'vedette.gateway-peers/1',
      publicKey: tunnel.gateway.publicKey,
      peers: rows.map((row) => ({ publicKey: row.public_key, allowedIps: row.addresses.map(alone) })),
      refreshSeconds: REFRESH_SECONDS,
    };
  });
}
