import type { UsageWindow } from '@vedette/contracts';
import type { Tx } from '@vedette/store';

const DAY_MS = 86_400_000;
/** Four weeks that are normal, two days that do not count yet, and two weeks in which a call is news. */
export const USAGE_DAYS = 45;
/** A phone's clock may run ahead by so much. */
const AHEAD_MS = 60 * 60_000;
const ROWS_AT_ONCE = 1_000;

/**
 * Keeps what apps used, as reported: a window that comes again replaces itself. What is dated ahead of now or is older than is looked at is left out, and what has become so old is deleted.
 */
export async function storeUsage(
  tx: Tx,
  { tenantId, deviceId }: { readonly tenantId: string; readonly deviceId: string },
  windows: readonly UsageWindow[],
  receivedAt: Date,
): Promise<void> {
  const oldest = new Date(receivedAt.getTime() - USAGE_DAYS * DAY_MS);
  const rows = new Map<string, UsageWindow>();
  for (const window of windows) {
    const [from, to] = [Date.parse(window.from), Date.parse(window.to)];
    if (from >= to || to > receivedAt.getTime() + AHEAD_MS || to < oldest.getTime()) continue;
    rows.set(`${window.source} ${from} ${to}`, window);
  }
  const all = [...rows.values()];
  for (let at = 0; at < all.length; at += ROWS_AT_ONCE) {
    await tx
      .insertInto('device_usage')
      .values(
        all.slice(at, at + ROWS_AT_ONCE).map((window) => ({
          tenant_id: tenantId,
          device_id: deviceId,
          source: window.source,
          from_at: new Date(window.from),
          to_at: new Date(window.to),
          usage: JSON.stringify(window),
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['device_id', 'source', 'from_at', 'to_at'])
          .doUpdateSet((excluded) => ({ usage: excluded.ref('excluded.usage') })),
      )
      .execute();
  }
  await tx.deleteFrom('device_usage').where('device_id', '=', deviceId).where('to_at', '<', oldest).execute();
}

/** What a device's apps used, in the order of time. */
export async function readUsage(tx: Tx, deviceId: string, until: Date): Promise<UsageWindow[]> {
  const rows = await tx
    .selectFrom('device_usage')
    .where('device_id', '=', deviceId)
    .where('to_at', '>', new Date(until.getTime() - USAGE_DAYS * DAY_MS))
    .select('usage')
    .orderBy('to_at')
    .orderBy('from_at')
    .execute();
  return rows.map((row) => row.usage);
}
