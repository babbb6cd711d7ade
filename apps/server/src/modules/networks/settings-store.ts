import { NetworkSettings, type NetworkSettingsView } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import type { Actor } from '../../actor.ts';
import type { ServerContext } from '../../context.ts';

const NO_SETTINGS: NetworkSettings = NetworkSettings.parse({});

async function readRow(tx: Tx) {
  return tx.selectFrom('network_settings').select(['settings', 'updated_at', 'updated_by']).executeTakeFirst();
}

/** How the organisation deals with networks; nothing is probed where it never said. */
export async function readNetworkSettings(tx: Tx): Promise<NetworkSettings> {
  const row = await readRow(tx);
  return row === undefined ? NO_SETTINGS : NetworkSettings.parse(row.settings);
}

export async function viewNetworkSettings(tx: Tx): Promise<NetworkSettingsView> {
  const row = await readRow(tx);
  return {
    settings: row === undefined ? NO_SETTINGS : NetworkSettings.parse(row.settings),
    updatedAt: row?.updated_at.toISOString() ?? null,
    updatedBy: row?.updated_by ?? null,
  };
}

/** Keeps settings. Tunnels whose addresses are of no pool any more get others when their devices ask the next time. */
export async function saveNetworkSettings(
  { store, clock }: Pick<ServerContext, 'store' | 'clock'>,
  actor: Actor,
  settings: NetworkSettings,
): Promise<void> {
  await store.mutate(
    actor,
    { action: 'network-settings.change', object: 'network settings', detail: { to: settings } },
    async (tx) => {
      const values = { settings: JSON.stringify(settings), updated_at: clock(), updated_by: actor.name };
      await tx
        .insertInto('network_settings')
        .values({ tenant_id: actor.tenantId, ...values })
        .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(values))
        .execute();
    },
  );
}
