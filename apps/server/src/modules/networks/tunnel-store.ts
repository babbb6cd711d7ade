import { type DeviceTunnel, type NetworkSetup, TunnelConfiguration, type TunnelSettings } from '@vedette/contracts';
import { alone, freeAddress, isWithin } from '@vedette/network';
import type { DeviceTunnelsTable, Tx } from '@vedette/store';
import { type Selectable, sql } from 'kysely';

type Row = Selectable<DeviceTunnelsTable>;

/** The tunnel of a device, or why it has none. */
export type GivenTunnel = Pick<NetworkSetup, 'tunnel' | 'noTunnel'>;

/**
 * Gives a device its tunnel: the addresses that it has, or the lowest free ones of the pools. A device that comes with another key, as after it was set up anew, keeps its addresses.
 * @param asked when the device asked, by its own clock: what is older than what is known changes nothing
 */
export async function giveTunnel(
  tx: Tx,
  device: { readonly tenantId: string; readonly deviceId: string },
  settings: TunnelSettings,
  request: { readonly publicKey: string; readonly asked: Date },
  now: Date,
): Promise<GivenTunnel> {
  // One at a time in an organisation: two devices never get one address.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`tunnels ${device.tenantId}`}, 0))`.execute(tx);
  const rows = await tx.selectFrom('device_tunnels').selectAll().execute();
  const own = rows.find(({ device_id }) => device_id === device.deviceId);
  if (own !== undefined && own.revoked_at !== null) return { tunnel: null, noTunnel: 'revoked' };
  const { publicKey, asked } = request;
  if (rows.some((row) => row.public_key === publicKey && row.device_id !== device.deviceId))
    return { tunnel: null, noTunnel: 'key-taken' };
  const taken = new Set(
    rows.filter(({ device_id }) => device_id !== device.deviceId).flatMap(({ addresses }) => addresses),
  );
  const addresses = settings.pools.flatMap((pool) => {
    const kept = own?.addresses.find((address) => isWithin(address, pool) && !taken.has(address));
    const address = kept ?? freeAddress(pool, taken);
    return address === null ? [] : [address];
  });
  if (addresses.length < settings.pools.length) return { tunnel: null, noTunnel: 'pool-exhausted' };
  const isNewer = own === undefined || asked > own.requested_at;
  const key = isNewer ? publicKey : own.public_key;
  if (own === undefined || key !== own.public_key || addresses.join() !== own.addresses.join()) {
    const values = { public_key: key, addresses: JSON.stringify(addresses), requested_at: asked };
    await tx
      .insertInto('device_tunnels')
      .values({ device_id: device.deviceId, tenant_id: device.tenantId, created_at: now, ...values })
      .onConflict((conflict) => conflict.column('device_id').doUpdateSet(values))
      .execute();
  }
  const { gateway, dns, mtu, seenAs, rules } = settings;
  const tunnel = TunnelConfiguration.parse({ addresses: addresses.map(alone), gateway, dns, mtu, seenAs, rules });
  return { tunnel, noTunnel: null };
}

/** The tunnel of a device; null where it never asked for one. */
export async function readTunnel(tx: Tx, deviceId: string): Promise<DeviceTunnel | null> {
  const row = await tx.selectFrom('device_tunnels').where('device_id', '=', deviceId).selectAll().executeTakeFirst();
  return row === undefined ? null : viewTunnel(row);
}

function viewTunnel(row: Row): DeviceTunnel {
  return {
    publicKey: row.public_key,
    addresses: row.addresses,
    createdAt: row.created_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
    lastHandshakeAt: row.last_handshake_at?.toISOString() ?? null,
    receivedBytes: row.received_bytes,
    sentBytes: row.sent_bytes,
  };
}
